"""Swaps: somebody asks to be covered, and whoever takes it first has it, both sides in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from supporttui.domain.access import Permission
from supporttui.domain.faults import Conflict, Forbidden, Refused
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.snapshot import Snapshot
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest, SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.costs import Clash, whatif_away
from supporttui.usecases.rota.effects import Effect, effect
from supporttui.usecases.rota.rights import begin, leads, require_own
from supporttui.usecases.rota.swap_pieces import (
    as_of,
    from_now_on,
    moved,
    open_request,
    overrides_of,
    require_takeable,
    require_unpinned,
    taken_proposal,
)
from supporttui.usecases.rota.telling import tell_asked, tell_changed, tell_to_agree
from supporttui.usecases.rota.wishes import Proposal, known, require_people
from supporttui.usecases.rules import Rules, rules_of

SECOND_THOUGHTS = 600
"""Seconds in which who took a duty may give it back by themselves: after that others count on it."""


@dataclass(frozen=True, slots=True)
class SwapView:
    """A request as it stands at an instant."""

    swap: SwapRequest
    """Its state is that of the instant: one whose time has passed is expired, though nobody wrote that."""
    fits: bool
    """Whether the plan is still what it was when it was asked: else it must be asked again."""
    awaits_approval: bool
    """Somebody takes it, and a lead has yet to say yes."""


@dataclass(frozen=True, slots=True)
class Swapped:
    """What became of a request, and what that does to the plan; nothing while a lead has yet to say yes."""

    swap: SwapRequest
    effect: Effect | None = None


# --- reading ------------------------------------------------------------------------------------------


def swaps(tx: Transaction, now: Instant, *, rota: RotaId | None = None) -> tuple[SwapView, ...]:
    """The requests that are not over, by their first piece; withdrawn ones are left out."""
    rules = rules_of(tx)
    found = (as_of(swap, now) for swap in tx.rotas.swaps(since=now, rota=rota))
    return tuple(_view(rules, swap, now) for swap in found if swap.state is not SwapState.withdrawn)


def whatif_taken(tx: Transaction, swap: str, person: PersonId, now: Instant) -> Effect:
    """What it would do if a person took a request. Raises as ``take`` does, but for rights."""
    rules = rules_of(tx)
    asked = open_request(tx, swap, now)
    require_takeable(asked, person)
    return effect(rules, taken_proposal(rules, asked, person, now))


def whatif_asked(tx: Transaction, wanted: SwapRequest, person: PersonId, now: Instant) -> Effect:
    """What it would do if a person took a request that is not asked yet. Raises as ``take`` does, but for rights."""
    rules = rules_of(tx)
    return effect(rules, taken_proposal(rules, wanted, person, now))


def whatif_open(tx: Transaction, wanted: SwapRequest, now: Instant) -> tuple[Clash, ...]:
    """Who could take a request that is to be asked of everybody, piece by piece; nothing moves until somebody does.

    Raises as ``ask`` does of the plan: Refused ``swap.not_on_duty``, ``swap.pinned``.
    """
    _require_own_duty(known(rules_of(tx), wanted.rota), wanted, now)
    return tuple(
        clash
        for piece in wanted.pieces
        for clash in whatif_away(
            tx, Absence("", wanted.asked_by, piece.span.start, piece.span.end, AbsenceKind.leave), now
        )
        if (clash.rota, clash.conflict.duty.level) == (wanted.rota, piece.level)
    )


def _view(rules: Rules, swap: SwapRequest, now: Instant) -> SwapView:
    waits = swap.state is SwapState.asked and swap.taken_by is not None
    fits = swap.state is not SwapState.asked or not list(moved(known(rules, swap.rota), swap, now))
    return SwapView(swap, fits, waits)


# --- asking -------------------------------------------------------------------------------------------


def ask(
    call: Call,
    tx: Transaction,
    rota: RotaId,
    pieces: Sequence[SwapPiece],
    *,
    person: PersonId | None = None,
    give_back: Sequence[SwapPiece] = (),
    to: PersonId | None = None,
    deadline: Instant | None = None,
    approval: bool = False,
    reason: str = "",
) -> SwapRequest:
    """Ask to be covered; ``person`` is for whom, where a lead asks for somebody else.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``rota.unknown``, ``person.unknown``.
        Refused: ``swap.not_on_duty``, ``swap.pinned``, ``rota.past``, ``operation.known``; BadInput ``swap.empty``,
            ``swap.own``.
    """
    rules = begin(call, tx)
    asking = call.actor if person is None else person
    require_own(call, tx, asking)
    require_people(rules, asking, to)
    asked = SwapRequest(
        call.operation, rota, asking, from_now_on(pieces, call.at), from_now_on(give_back, call.at), to, deadline,
        approval, reason=reason.strip(), created_at=call.at,
    )  # fmt: skip
    if deadline is not None and deadline <= call.at:
        raise Refused("rota.past", end=deadline)
    _require_own_duty(known(rules, rota), asked, call.at)
    tx.rotas.put_swap(asked, over=None)
    tx.journal.append_definition(call, "swap", asked.id, 1)
    tell_asked(call, rules, asked)
    return asked


def _require_own_duty(plan: Snapshot, asked: SwapRequest, now: Instant) -> None:
    for piece, somebody in moved(plan, asked, now):
        raise Refused("swap.not_on_duty", person=somebody or "", start=piece.span.start, end=piece.span.end)
    require_unpinned(plan, asked, now)


def withdraw(call: Call, tx: Transaction, swap: str) -> Swapped:
    """Take a request back; a lead may also take back one that was taken, from now on and on both sides.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``swap.unknown``.
        Refused: ``swap.taken``, ``swap.withdrawn``, ``swap.expired``, ``operation.known``.
    """
    rules = begin(call, tx)
    stored = tx.rotas.swap(swap)
    require_own(call, tx, stored.value.asked_by)
    if stored.value.state is SwapState.taken and leads(call, tx):
        return _undo(call, rules, stored.value, stored.version)
    asked = open_request(tx, swap, call.at)
    gone = replace(asked, state=SwapState.withdrawn, taken_by=None, taken_at=None)
    _write(call, tx, gone, over=stored.version)
    return Swapped(gone)


# --- taking -------------------------------------------------------------------------------------------


def take(call: Call, tx: Transaction, swap: str, *, person: PersonId | None = None) -> Swapped:
    """Take a request; ``person`` is who does, where a lead says so for somebody else.

    The pieces are looked at again: where the plan has moved since, nothing is done. One that needs a lead's yes
    waits for it; a lead's own doing is that yes.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``; ``swap.not_for_you``.
        NotFound: ``swap.unknown``, ``person.unknown``.
        Refused: ``swap.taken`` (by whom), ``swap.withdrawn``, ``swap.expired``, ``swap.own``, ``swap.moved``,
            ``swap.pinned``, ``swap.already``, ``swap.cannot``, ``operation.known``.
    """
    rules = begin(call, tx)
    taker = call.actor if person is None else person
    require_own(call, tx, taker)
    require_people(rules, taker)
    stored = tx.rotas.swap(swap)
    asked = open_request(tx, swap, call.at)
    require_takeable(asked, taker)
    wanted = replace(asked, taken_by=taker, taken_at=call.at)
    if asked.approval and asked.approved_by is None and leads(call, tx) and call.actor != asked.asked_by:
        wanted = replace(wanted, approved_by=call.actor)
    return _settle(call, rules, wanted, over=stored.version)


def approve(call: Call, tx: Transaction, swap: str) -> Swapped:
    """A lead's yes; one that somebody takes already acts from then on. Raises as ``take`` does; ``swap.approved``."""
    require(call, tx, Permission.configure)
    rules = begin(call, tx)
    stored = tx.rotas.swap(swap)
    asked = open_request(tx, swap, call.at, taken=True)
    if not asked.approval or asked.approved_by is not None:
        raise Refused("swap.approved", swap=asked.id)
    if call.actor in (asked.asked_by, asked.taken_by):
        raise Forbidden("swap.own_approval", person=call.actor)
    return _settle(call, rules, replace(asked, approved_by=call.actor), over=stored.version)


def give_back(call: Call, tx: Transaction, swap: str) -> SwapRequest:
    """Undo a taking: the duty goes back, and the request is asked anew, in one transaction; the new request.

    For the taker within ``SECOND_THOUGHTS`` of it and where no lead had to agree; a lead may later too. What is past
    stays, and where a piece is over nothing is done. Who asked is told.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``rota.not_yours``.
        NotFound: ``swap.unknown``.
        Refused: ``swap.not_taken``, ``swap.settled``, ``rota.past``, ``operation.known``.
    """
    rules = begin(call, tx)
    stored = tx.rotas.swap(swap)
    taken = stored.value
    if taken.state is not SwapState.taken or taken.taken_by is None or taken.taken_at is None:
        raise Refused("swap.not_taken", swap=taken.id)
    require_own(call, tx, taken.taken_by)
    pieces, back = (from_now_on(side, call.at) for side in (taken.pieces, taken.give_back))
    late = call.at - taken.taken_at > SECOND_THOUGHTS
    if (late or taken.approval) and not leads(call, tx):
        raise Refused("swap.settled", swap=taken.id)
    _undo(call, rules, taken, stored.version)
    again = replace(
        taken, id=call.operation, pieces=pieces, give_back=back, state=SwapState.asked, taken_by=None, taken_at=None,
        approved_by=None, created_at=call.at,
    )  # fmt: skip
    tx.rotas.put_swap(again, over=None)
    tx.journal.append_definition(call, "swap", again.id, 1)
    return again


def _settle(call: Call, rules: Rules, swap: SwapRequest, *, over: int) -> Swapped:
    """Act, if somebody takes it and nobody's yes is missing; else keep what was said."""
    person = swap.taken_by
    if person is None:
        _write(call, rules.tx, swap, over=over)
        return Swapped(swap)
    proposed = taken_proposal(rules, swap, person, call.at)
    if swap.approval and swap.approved_by is None:
        _write(call, rules.tx, swap, over=over)
        tell_to_agree(call, rules, swap)
        return Swapped(swap)
    done = replace(swap, state=SwapState.taken)
    found = effect(rules, proposed)
    for override in overrides_of(swap, person, call.at):
        rules.tx.definitions.put(swap.rota, override)
    _write(call, rules.tx, done, over=over)
    tell_changed(call, rules, found, swap.reason)
    return Swapped(done, found)


def _undo(call: Call, rules: Rules, swap: SwapRequest, version: int) -> Swapped:
    before = known(rules, swap.rota)
    mine = [one for one in before.overrides if one.swap_id == swap.id and one.end > call.at]
    for override in mine:
        rules.tx.rotas.end(swap.rota, override, call.at)
    gone = replace(swap, state=SwapState.withdrawn)
    _write(call, rules.tx, gone, over=version)
    if not mine:
        return Swapped(gone)
    span = Span(max(call.at, min(one.start for one in mine)), max(one.end for one in mine))
    found = effect(rules, Proposal(swap.rota, before, known(rules, swap.rota), span))
    tell_changed(call, rules, found, swap.reason)
    return Swapped(gone, found)


def _write(call: Call, tx: Transaction, swap: SwapRequest, *, over: int) -> None:
    if not tx.rotas.put_swap(swap, over=over):
        raise Conflict("swap.changed", changed_by=swap.asked_by, at=call.at, swap=swap.id)
    tx.journal.append_definition(call, "swap", swap.id, over + 1)
