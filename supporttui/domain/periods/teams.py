"""Temporary teams: a team that an event brings ends with the last of its dates."""

from collections.abc import Iterable

from supporttui.domain.ids import TeamId
from supporttui.domain.periods.period import Period
from supporttui.domain.periods.plan import instant_of
from supporttui.domain.spans import BEGINNING, Instant


def end_of(period: Period) -> Instant:
    """When the last of its dates is over; one that was dropped, or has no dates, is over anyway."""
    dates = (one for one in period.dates if period.until is None or one.first <= period.until)
    ends = (instant_of(one.last, one.end, period.zone) for one in dates if period.active)
    return max(ends, default=BEGINNING)


def ends_with(periods: Iterable[Period], team: str) -> Period | None:
    """The period with which a team ends, of several that bring it the last one; ``None``: it is no temporary team."""
    return max((one for one in periods if one.team == TeamId(team)), key=end_of, default=None)


def ended_with(periods: Iterable[Period], team: str, at: Instant) -> Period | None:
    """The period with which a team has ended by an instant; ``None``: it lasts, or is no temporary team."""
    last = ends_with(periods, team)
    return last if last is not None and end_of(last) <= at else None
