"""The gaps of the coming months, each with what makes it: a leaver, an absence, a holiday, a clock change."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.absence import Absence
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.coverage import DELIBERATE, Shadows, attended
from supporttui.domain.rota.drafts import Draft
from supporttui.domain.rota.oncall import Duty, duty_of, levels
from supporttui.domain.rota.overlays import joined, people_of
from supporttui.domain.rota.seams import ClosedHours
from supporttui.domain.rota.shadows import second_layers
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.rota.stages import stages
from supporttui.domain.rota.validity import Bar
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


def gap_list(
    plan: Plan, start: Instant, end: Instant, *, absences: Sequence[Absence] = (), shadows: Shadows = frozenset()
) -> tuple[Gap, ...]:
    """Every gap between two instants by time and level, also the intended ones, which are marked.

    A span in which everybody on duty is away or a shadow counts as one.
    """
    if start >= end:
        return ()
    window = Span(start, end)
    found = [
        gap for level in levels(plan) for gap in _of_level(plan, window, level, absences=absences, shadows=shadows)
    ]
    return tuple(sorted(found, key=lambda gap: (gap.duty.span.start, gap.duty.level)))


def _of_level(plan: Plan, window: Span, level: int, *, absences: Sequence[Absence], shadows: Shadows) -> Iterator[Gap]:
    done = stages(plan, window, level)
    closed = {id(rota): ClosedHours(rota, level) for rota in done.rotas if rota is not None}
    meant, final = joined(done.pinned), joined(done.final)
    for draft in attended(final, absences, shadows, second_layers(plan)):
        if draft.entries:
            continue
        if draft.cause is Cause.not_valid:
            yield from (_barred(done.bars, part, level) for part in _within(meant, draft))
        elif draft.cause in (Cause.absent, Cause.learning):
            parts = _within(final, draft)
            yield from (Gap(duty_of(_nobody(part, draft.cause), level), people_of(part.entries)) for part in parts)
        else:
            hours = closed.get(id(rota_at(plan, draft.start))) if draft.cause is Cause.restriction else None
            cause = draft.cause if hours is None else hours.cause(Span(draft.start, draft.end))
            yield Gap(duty_of(draft._replace(cause=cause), level), intended=draft.cause in DELIBERATE)


def _barred(bars: Sequence[Bar], planned: Draft, level: int) -> Gap:
    """A stretch in which those who are planned may not be there, with what bars the first of them."""
    people = people_of(planned.entries)
    acting = (
        bar.cause
        for bar in bars
        if bar.person in people[:1] and bar.start < planned.end and planned.start < bar.end
    )  # fmt: skip
    return Gap(duty_of(_nobody(planned, next(acting, Cause.not_valid)), level), people)


def _nobody(planned: Draft, cause: Cause) -> Draft:
    return planned._replace(entries=(), cause=cause)


def _within(drafts: Sequence[Draft], gap: Draft) -> Iterator[Draft]:
    """Drafts that tile a window, as far as they lie in a gap."""
    first = bisect_right(drafts, gap.start, key=lambda draft: draft.start) - 1
    for draft in islice(drafts, first, None):
        if draft.start >= gap.end:
            break
        yield draft._replace(start=max(draft.start, gap.start), end=min(draft.end, gap.end))
