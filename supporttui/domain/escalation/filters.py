"""For which tickets, and at which hours, a step is taken at all."""

import functools

from supporttui.domain.escalation.course import FILTERED
from supporttui.domain.escalation.policy import Step, StepHours
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.hours import Hours, compile_hours
from supporttui.domain.spans import Instant

BY_PRIORITY = f"{FILTERED}priority"
BY_HOURS = f"{FILTERED}hours"


def left_out(step: Step, priority: int, at: Instant) -> str:
    """Why a step is not taken for a ticket at an instant, as a code; empty: it is."""
    if step.priorities and priority not in step.priorities:
        return BY_PRIORITY
    if step.hours is not None and not _open(step.hours).is_open(at):
        return BY_HOURS
    return ""


def next_change(hours: StepHours, at: Instant) -> Instant | None:
    """When a step's hours next begin or end."""
    return _open(hours).next_change(at)


@functools.lru_cache(maxsize=64)
def _open(hours: StepHours) -> Hours:
    return compile_hours([(None, Calendar(CalendarId("step"), "", hours.zone, hours.windows))])
