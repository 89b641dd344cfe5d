"""Who is on call: one pure function of a rota and a window, for every screen, page, report and check.

Precedence, first to last: turns within their windows and lives; the highest layer that has somebody wins,
layers that add join; intended gaps; overrides; the validity of people. Each step only ever sees the result
of the one before.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.layers import Cause, Piece, pieces
from supporttui.domain.rota.overrides import Entry, covered, of_level
from supporttui.domain.rota.schedule import Layer, LayerMode, Override, Rota, Validity, for_people
from supporttui.domain.rota.snapshot import Plan, Snapshot, in_time, rota_at, stretches
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span

_DAY = 86400
HORIZONS = (2 * _DAY, 9 * _DAY, 64 * _DAY, 400 * _DAY)
"""How far "next" and "until" look, in growing steps: most answers lie near."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty in one level for one span; without people it is a gap, and ``cause`` says why."""

    span: Span
    people: tuple[PersonId, ...]
    """In the order in which they are called: the winning layer's turn, then those who joined."""
    layer: str | None
    """Whose place the first person has; ``None`` in a gap and for somebody added beside the layers."""
    level: int
    cause: Cause


def duty(plan: Plan, start: Instant, end: Instant) -> tuple[Duty, ...]:
    """The final plan between two instants: for each level, by number, pieces that tile the window.

    Neighbours differ. An empty or reversed window gives nothing.
    """
    if start >= end:
        return ()
    return tuple(piece for level in levels(plan) for piece in level_duty(plan, start, end, level=level))


def level_duty(plan: Plan, start: Instant, end: Instant, *, level: int) -> tuple[Duty, ...]:
    """The final plan of one level, tiling the window."""
    if isinstance(plan, Rota):
        return _of_version(plan, start, end, level)
    pieces: list[Duty] = []
    for rota, span in stretches(in_time(plan), Span(start, end)):
        if rota is None:
            pieces.append(Duty(span, (), None, level, Cause.not_begun))
        else:
            pieces += _of_version(_in_snapshot(rota, plan), span.start, span.end, level)
    return tuple(_joined(pieces))


def layer_duty(plan: Plan, start: Instant, end: Instant) -> dict[str, tuple[Duty, ...]]:
    """What each layer plans by itself, before overrides, intended gaps and validity; of a snapshot, each
    layer of the version at the window's start."""  # noqa: D205, D209
    rota = rota_at(plan, start)
    if start >= end:
        return {layer.name: () for layer in rota.layers}
    return {
        layer.name: tuple(
            Duty(Span(p.start, p.end), p.people, layer.name if p.people else None, layer.level, p.cause)
            for p in pieces(rota, layer, start=start, end=end)
        )
        for layer in rota.layers
    }


def levels(plan: Plan) -> tuple[int, ...]:
    """The lines of support, called in this order; a rota without layers has one, in which nobody is."""
    rotas = (plan,) if isinstance(plan, Rota) else [version.rota for version in plan.versions]
    return tuple(sorted({layer.level for rota in rotas for layer in rota.layers})) or (1,)


def on_call(plan: Plan, at: Instant, *, level: int = 1) -> tuple[PersonId, ...]:
    """Who is on call at an instant; in the second of a handoff only the new person."""
    return at_instant(plan, at, level=level).people


def at_instant(plan: Plan, at: Instant, *, level: int = 1) -> Duty:
    """The answer for one second, with its cause; ``until`` says how long it holds."""
    return level_duty(plan, at, Instant(at + 1), level=level)[0]


def until(plan: Plan, at: Instant, level: int = 1) -> Instant | None:
    """The first instant after ``at`` at which other people are on call; ``None``: not within 400 days."""
    for horizon in HORIZONS:
        now, *later = level_duty(plan, at, Instant(at + horizon), level=level)
        for piece in later:
            if piece.people != now.people:
                return piece.span.start
    return None


def next_on_call(plan: Plan, at: Instant, *, level: int = 1) -> Duty | None:
    """The next duty of other people, gaps passed over; ``None``: none begins within 400 days."""
    found: Duty | None = None
    for horizon in HORIZONS:
        now, *later = level_duty(plan, at, Instant(at + horizon), level=level)
        found = next((piece for piece in later if piece.people and piece.people != now.people), None)
        if found is not None and found.span.end < at + horizon:
            break
    return found


def _of_version(rota: Rota, start: Instant, end: Instant, level: int) -> tuple[Duty, ...]:
    layers = [layer for layer in rota.layers if layer.level == level]
    plans = [pieces(rota, layer, start=start, end=end) for layer in layers]
    overrides = of_level(rota, level, start=start, end=end)
    base = _base(layers, plans, Span(start, end))
    changes = _changes(rota, overrides)
    return _final(_cut(base, changes), _rules(rota, overrides), level)


def _in_snapshot(rota: Rota, snapshot: Snapshot) -> Rota:
    """A version with the overrides and people that lie over all versions."""
    bounded = [person for person in snapshot.people if (person.valid_from, person.valid_to) != (None, None)]
    stays = tuple(Validity(person.id, person.valid_from, person.valid_to) for person in bounded)
    whole = replace(rota, overrides=(*rota.overrides, *snapshot.overrides), validities=(*rota.validities, *stays))
    return for_people(whole, snapshot.people)


def _joined(pieces: Iterable[Duty]) -> Iterator[Duty]:
    """Neighbours with the same answer as one."""
    last: Duty | None = None
    for piece in pieces:
        if last and (last.people, last.layer, last.cause) == (piece.people, piece.layer, piece.cause):
            last = replace(last, span=Span(last.span.start, piece.span.end))
        else:
            if last:
                yield last
            last = piece
    if last:
        yield last


# --- the base plan of a level ---------------------------------------------------------------------


class _Draft(NamedTuple):
    start: Instant
    end: Instant
    entries: tuple[Entry, ...]
    cause: Cause


def _base(layers: Sequence[Layer], plans: Sequence[Sequence[Piece]], window: Span) -> Iterator[_Draft]:
    """At each moment the highest layer that has somebody, and beside it the layers that add."""
    if not layers:
        yield _Draft(window.start, window.end, (), Cause.no_layer)
        return
    cursors = [iter(plan) for plan in plans]
    current = [next(cursor) for cursor in cursors]
    at = window.start
    while at < window.end:
        end = min(piece.end for piece in current)
        yield _Draft(at, end, _present(layers, current), _cause(current))
        at = end
        for i, piece in enumerate(current):
            if piece.end == at < window.end:
                current[i] = next(cursors[i])


def _present(layers: Sequence[Layer], current: Sequence[Piece]) -> tuple[Entry, ...]:
    winners: tuple[Entry, ...] = ()
    joining: tuple[Entry, ...] = ()
    for layer, piece in zip(layers, current, strict=True):
        if layer.mode is LayerMode.adds:
            joining += tuple(Entry(person, layer.name) for person in piece.people)
        elif not winners:
            winners = tuple(Entry(person, layer.name) for person in piece.people)
    return winners + joining


_UNINFORMATIVE = (Cause.restriction, Cause.not_begun, Cause.ended)


def _cause(current: Sequence[Piece]) -> Cause:
    """Of several layers without people, what the highest active one says; else the nearest to active."""
    causes = [piece.cause for piece in current]
    if Cause.rotation in causes:
        return Cause.rotation
    active = [cause for cause in causes if cause not in _UNINFORMATIVE]
    return active[0] if active else min(causes, key=_UNINFORMATIVE.index)


# --- intended gaps, overrides and validity on top -----------------------------------------------


def _changes(rota: Rota, overrides: Iterable[Override]) -> list[Instant]:
    """Every instant at which a rule above the layers may change its answer."""
    instants: set[Instant | None] = set()
    for bounded in (overrides, rota.intended_gaps, rota.validities):
        instants.update(instant for each in bounded for instant in (each.start, each.end))
    return sorted(instant for instant in instants if instant is not None)


def _cut(base: Iterable[_Draft], changes: Sequence[Instant]) -> Iterator[_Draft]:
    i = 0
    for draft in base:
        at = draft.start
        while i < len(changes) and changes[i] < draft.end:
            if changes[i] > at:
                yield draft._replace(start=at, end=changes[i])
                at = changes[i]
            i += 1
        yield draft._replace(start=at)


_Answer = tuple[tuple[Entry, ...], Cause]
_Rule = Callable[[Instant, tuple[Entry, ...], Cause], _Answer]


def _rules(rota: Rota, overrides: Sequence[Override]) -> tuple[_Rule, ...]:
    """The rules above the layers, in their order; those with nothing to say are left out."""
    valid: dict[PersonId, list[Span]] = {}
    for entry in rota.validities:
        span = Span(BEGINNING if entry.start is None else entry.start, FOREVER if entry.end is None else entry.end)
        valid.setdefault(entry.person, []).append(span)

    def intend(at: Instant, entries: tuple[Entry, ...], cause: Cause) -> _Answer:
        meant = any(gap.start <= at < gap.end for gap in rota.intended_gaps)
        return ((), Cause.intended) if meant else (entries, cause)

    def override(at: Instant, entries: tuple[Entry, ...], cause: Cause) -> _Answer:
        after = covered(entries, [o for o in overrides if o.start <= at < o.end])
        if _people(after) == _people(entries):
            return entries, cause
        return after, Cause.override if after else Cause.removed

    def admit(at: Instant, entries: tuple[Entry, ...], cause: Cause) -> _Answer:
        after = tuple(e for e in entries if e.person not in valid or any(at in s for s in valid[e.person]))
        return after, Cause.not_valid if entries and not after else cause

    rules = ((intend, rota.intended_gaps), (override, overrides), (admit, valid))
    return tuple(rule for rule, applies in rules if applies)


def _people(entries: Iterable[Entry]) -> tuple[PersonId, ...]:
    """Each once, in the order in which they are called."""
    return tuple(dict.fromkeys(entry.person for entry in entries))


def _final(drafts: Iterable[_Draft], rules: Sequence[_Rule], level: int) -> tuple[Duty, ...]:
    result: list[Duty] = []
    for draft in drafts:
        entries, cause = draft.entries, draft.cause
        for rule in rules:
            entries, cause = rule(draft.start, entries, cause)
        people = _people(entries)
        layer = entries[0].layer if entries else None
        before = result[-1] if result else None
        if before and (before.people, before.layer, before.cause) == (people, layer, cause):
            result[-1] = Duty(Span(before.span.start, draft.end), people, layer, level, cause)
        else:
            result.append(Duty(Span(draft.start, draft.end), people, layer, level, cause))
    return tuple(result)
