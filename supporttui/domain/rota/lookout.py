"""The gaps of the coming months, each with what makes it: a leaver, an absence, a holiday, a clock change."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absence import Absence
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import DELIBERATE, attended
from supporttui.domain.rota.drafts import Draft, Entry
from supporttui.domain.rota.oncall import Duty, duty_of, levels
from supporttui.domain.rota.overlays import joined, people_of
from supporttui.domain.rota.seams import ClosedHours
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.rota.stages import Stages, stages
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of a level with nobody on duty."""

    duty: Duty
    """With the finer cause, such as ``Cause.left`` where the plan itself says ``not_valid``."""
    people: tuple[PersonId, ...] = ()
    """Who would be there, but has left, has not begun, may not or is away."""
    intended: bool = False
    """Somebody decided on it."""


def gap_list(plan: Plan, start: Instant, end: Instant, *, absences: Sequence[Absence] = ()) -> tuple[Gap, ...]:
    """Every gap between two instants by time and level, also the intended ones, which are marked.

    A span in which everybody on duty is away counts as one.
    """
    if start >= end:
        return ()
    found = [gap for level in levels(plan) for gap in _of_level(plan, Span(start, end), level, absences=absences)]
    return tuple(sorted(found, key=lambda gap: (gap.duty.span.start, gap.duty.level)))


def _of_level(plan: Plan, window: Span, level: int, *, absences: Sequence[Absence]) -> Iterator[Gap]:
    done = stages(plan, window, level)
    closed = {id(rota): ClosedHours(rota, level) for rota in done.rotas if rota is not None}
    for draft in attended(list(joined(done.final)), absences):
        if draft.entries:
            continue
        if draft.cause is Cause.not_valid:
            yield from _barred(done, draft, level)
        elif draft.cause is Cause.absent:
            yield from _away(done, draft, level)
        elif draft.cause is Cause.restriction:
            cause = closed[id(rota_at(plan, draft.start))].cause(Span(draft.start, draft.end))
            yield Gap(duty_of(draft._replace(cause=cause), level))
        else:
            yield Gap(duty_of(draft, level), intended=draft.cause in DELIBERATE)


def _barred(done: Stages, gap: Draft, level: int) -> Iterator[Gap]:
    """The gap in parts by who would be there, each with what bars the first of them."""
    for entries, span in _planned(done.pinned, gap):
        people = people_of(entries)
        acting = (bar for bar in done.bars if bar.person == people[0] and bar.start < span.end and span.start < bar.end)
        cause = next((bar.cause for bar in acting), Cause.not_valid)
        yield Gap(replace(duty_of(gap, level), span=span, cause=cause), people)


def _away(done: Stages, gap: Draft, level: int) -> Iterator[Gap]:
    for entries, span in _planned(list(joined(done.final)), gap):
        yield Gap(replace(duty_of(gap, level), span=span), people_of(entries))


def _planned(drafts: Sequence[Draft], gap: Draft) -> Iterator[tuple[tuple[Entry, ...], Span]]:
    """Who would be there in the course of a gap."""
    for draft in joined(draft for draft in drafts if draft.start < gap.end and gap.start < draft.end):
        if draft.entries:
            yield draft.entries, Span(max(draft.start, gap.start), min(draft.end, gap.end))
