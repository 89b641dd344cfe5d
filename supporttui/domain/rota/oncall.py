"""Who is on call: one pure function of a plan and a window, for every screen, page, report and check.

What decides, and in which order, is in ``stages``.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft
from supporttui.domain.rota.layers import drafts_of
from supporttui.domain.rota.overlays import joined, people_of
from supporttui.domain.rota.schedule import Layer, Rota
from supporttui.domain.rota.snapshot import Plan, in_time, rota_at, snapshot_of, stretches
from supporttui.domain.rota.stages import stages
from supporttui.domain.spans import Instant, Span

_DAY = 86400
HORIZONS = (2 * _DAY, 9 * _DAY, 64 * _DAY, 400 * _DAY)
"""How far "next" and "until" look, in growing steps: most answers lie near."""


class Duty(NamedTuple):
    """Who is on duty in one level for one span; without people it is a gap, and ``cause`` says why.

    A plain tuple, as a year of a rota has hundreds of them.
    """

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
    return tuple(chain.from_iterable(level_duty(plan, start, end, level=level) for level in levels(plan)))


def level_duty(plan: Plan, start: Instant, end: Instant, *, level: int) -> tuple[Duty, ...]:
    """The final plan of one level, tiling the window."""
    return tuple(duties_of(level_drafts(plan, start, end, level=level), level))


def layer_duty(plan: Plan, start: Instant, end: Instant) -> dict[str, tuple[Duty, ...]]:
    """What each layer plans by itself, by name, before overrides, intended gaps, pinned periods and validity.

    Layers of a snapshot stand in the order of its last version in the window; those that it no longer has
    come after them. A version in which a layer is not has a gap there that is intended.
    """
    parts = list(stretches(in_time(snapshot_of(plan)), Span(start, end)))
    rotas = [rota for rota, _ in reversed(parts) if rota is not None] or [rota_at(plan, start)]
    layers: dict[str, Layer] = {}
    for rota in rotas:
        layers |= {layer.name: layer for layer in rota.layers if layer.name not in layers}
    return {name: tuple(_own_plan(parts, layer)) for name, layer in layers.items()}


def levels(plan: Plan, at: Instant | None = None) -> tuple[int, ...]:
    """The lines of support, called in this order; a rota without layers has one, in which nobody is.

    Of a snapshot those of every version and pinned period, or of what is in force at an instant.
    """
    if isinstance(plan, Rota):
        return tuple(sorted({layer.level for layer in plan.layers})) or (1,)
    rotas = [version.rota for version in plan.versions] if at is None else [rota_at(plan, at)]
    periods = [period for period in plan.pinned if at is None or period.start <= at < period.end]
    found = {layer.level for rota in rotas for layer in rota.layers}
    return tuple(sorted(found | {shift.level for period in periods for shift in period.shifts})) or (1,)


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


def before_on_call(plan: Plan, at: Instant, *, level: int = 1) -> Duty | None:
    """The last duty of other people, gaps passed over; ``None``: none within 400 days."""
    for horizon in HORIZONS:
        *earlier, now = level_duty(plan, Instant(at - horizon), Instant(at + 1), level=level)
        found = next((piece for piece in reversed(earlier) if piece.people and piece.people != now.people), None)
        if found is not None:
            return found
    return None


def duty_of(draft: Draft, level: int) -> Duty:
    """A draft as an answer."""
    (found,) = duties_of((draft,), level)
    return found


def duties_of(drafts: Iterable[Draft], level: int) -> Sequence[Duty]:
    """Drafts as answers."""
    return [
        Duty(Span(start, end), people_of(entries), entries[0].layer if entries else None, level, cause)
        for start, end, entries, cause in drafts
    ]


def level_drafts(plan: Plan, start: Instant, end: Instant, *, level: int) -> list[Draft]:
    """The final plan of one level as drafts, which also know whose place each person has."""
    return joined(stages(plan, Span(start, end), level).final)


def _own_plan(parts: Iterable[tuple[Rota | None, Span]], layer: Layer) -> Sequence[Duty]:
    drafts = (draft for rota, span in parts for draft in _in_version(rota, layer, span))
    return duties_of(joined(drafts), layer.level)


def _in_version(rota: Rota | None, layer: Layer, span: Span) -> Iterable[Draft]:
    if rota is None:
        return [Draft(span.start, span.end, (), Cause.not_begun)]
    found = next((one for one in rota.layers if one.name == layer.name), None)
    if found is None:
        return [Draft(span.start, span.end, (), Cause.intended)]
    return drafts_of(rota, found, start=span.start, end=span.end)
