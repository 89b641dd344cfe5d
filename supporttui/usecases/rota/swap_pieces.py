"""What must hold for a swap to be taken, and the overrides by which it acts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from supporttui.domain.faults import Forbidden, Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.oncall import Duty, level_duty
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.rota.snapshot import Snapshot
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest, SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.wishes import Proposal, known
from supporttui.usecases.rules import Rules


def as_of(swap: SwapRequest, now: Instant) -> SwapRequest:
    """A request with the state that it has at an instant."""
    over = max(piece.span.end for piece in swap.pieces) <= now
    late = swap.deadline is not None and swap.deadline <= now
    if swap.state is SwapState.asked and (over or late):
        return replace(swap, state=SwapState.expired)
    return swap


def open_request(tx: Transaction, swap: str, now: Instant, *, taken: bool = False) -> SwapRequest:
    """A request that can still be taken; with ``taken`` also one that somebody takes, if a lead agrees."""
    found = as_of(tx.rotas.swap(swap).value, now)
    if found.state is SwapState.withdrawn:
        raise Refused("swap.withdrawn", swap=found.id)
    if found.state is SwapState.taken or (found.taken_by is not None and not taken):
        raise Refused("swap.taken", swap=found.id, person=found.taken_by or "")
    if found.state is SwapState.expired:
        raise Refused("swap.expired", swap=found.id)
    return found


def require_takeable(swap: SwapRequest, person: PersonId) -> None:
    """Not one's own, and for this person or for everybody. Raises ``swap.own``, ``swap.not_for_you``."""
    if person == swap.asked_by:
        raise Refused("swap.own", swap=swap.id, person=person)
    if swap.to not in (None, person):
        raise Forbidden("swap.not_for_you", swap=swap.id, person=swap.to or "")


def taken_proposal(rules: Rules, swap: SwapRequest, person: PersonId, now: Instant) -> Proposal:
    """The plan after the swap.

    Raises:
        Refused: ``swap.pinned``, ``swap.already``; ``swap.moved`` where a piece is not the duty any more of whom it
            should go from, ``swap.cannot`` where it could not go to the other one.
    """
    before = known(rules, swap.rota)
    for piece, somebody in moved(before, replace(swap, taken_by=person), now):
        raise Refused("swap.moved", person=somebody or "", start=piece.span.start, end=piece.span.end)
    require_unpinned(before, swap, now)
    overrides = tuple(overrides_of(swap, person, now))
    after = replace(before, overrides=(*before.overrides, *overrides))
    for override in overrides:
        if _meets(before, Span(override.start, override.end), override.level or 1, override.person):
            raise Refused("swap.already", person=override.person or "", start=override.start, end=override.end)
        if not _has(after, Span(override.start, override.end), override.level or 1, override.person):
            raise Refused("swap.cannot", person=override.person or "", start=override.start, end=override.end)
    span = Span(min(one.start for one in overrides), max(one.end for one in overrides))
    return Proposal(swap.rota, before, after, span)


def moved(plan: Snapshot, swap: SwapRequest, now: Instant) -> Iterator[tuple[SwapPiece, PersonId | None]]:
    """Pieces that are not, or not whole, the duty of the person from whom they should go.

    Whose pieces are given back is known only once somebody takes the request, or is asked for it.
    """
    taker = swap.taken_by or swap.to
    for pieces, person in ((swap.pieces, swap.asked_by), (swap.give_back, taker)):
        for piece in _left(pieces, now):
            if person is not None and not _has(plan, piece.span, piece.level, person):
                yield piece, person


def require_unpinned(plan: Snapshot, swap: SwapRequest, now: Instant) -> None:
    """A plan set by hand lies over all swaps. Raises Refused ``swap.pinned``."""
    for piece in _left((*swap.pieces, *swap.give_back), now):
        duties = level_duty(plan, piece.span.start, piece.span.end, level=piece.level)
        if any(one.cause is Cause.pinned for one in duties):
            raise Refused("swap.pinned", start=piece.span.start, end=piece.span.end)


def _meets(plan: Snapshot, span: Span, level: int, person: PersonId | None) -> bool:
    return any(person in piece.people for piece in level_duty(plan, span.start, span.end, level=level))


def _has(plan: Snapshot, span: Span, level: int, person: PersonId | None) -> bool:
    def on_duty(piece: Duty) -> bool:
        return person in piece.people

    return all(map(on_duty, level_duty(plan, span.start, span.end, level=level)))


def overrides_of(swap: SwapRequest, person: PersonId, now: Instant) -> Iterator[Override]:
    """One for each piece of either side, as far as it is not past."""
    sides = ((swap.pieces, person, swap.asked_by), (swap.give_back, swap.asked_by, person))
    number = 0
    for pieces, comes, goes in sides:
        for piece in _left(pieces, now):
            number += 1
            yield Override(
                f"{swap.id}:{number}", OverrideKind.replace, piece.span.start, piece.span.end, person=comes,
                in_place_of=goes, layer=piece.layer, level=piece.level, reason=swap.reason, created_at=now,
                created_by=comes, swap_id=swap.id,
            )  # fmt: skip


def _left(pieces: Sequence[SwapPiece], now: Instant) -> tuple[SwapPiece, ...]:
    """The part of the pieces that is still to come."""
    coming = [piece for piece in pieces if piece.span.end > now]
    return tuple(replace(piece, span=Span(max(piece.span.start, now), piece.span.end)) for piece in coming)


def from_now_on(pieces: Sequence[SwapPiece], now: Instant) -> tuple[SwapPiece, ...]:
    """The same, where none may be over. Raises Refused ``rota.past``."""
    for piece in pieces:
        if piece.span.end <= now:
            raise Refused("rota.past", end=piece.span.end)
    return _left(pieces, now)
