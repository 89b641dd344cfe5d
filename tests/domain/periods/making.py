"""Periods for tests, one word for each deviation."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from supporttui.domain.ids import ServiceId
from supporttui.domain.periods.hours import laid_over
from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.periods.plan import Plan, compile_plan
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.hours import Hours, compile_days, compile_hours
from tests.domain.sla.calendars import EVERY_DAY, Window

MAIL = ServiceId("mail")
PEAK = (date(2026, 11, 20), date(2027, 1, 2))
SATURDAYS = PeriodHours((Window("08:00", "20:00", (6,)),))


def dates(first: date, last: date, **rest: Any) -> Dates:
    return Dates(first, last, **rest)


def period(**deviations: Any) -> Period:
    """The Christmas peak of 2026: open on Saturdays too."""
    defaults = {
        "id": "peak", "name": "Christmas peak", "kind": PeriodKind.season, "zone": "UTC",
        "services": (MAIL,), "dates": (Dates(*PEAK),), "hours": SATURDAYS,
    }  # fmt: skip
    return Period(**{**defaults, **deviations})


def always(**hours: Any) -> PeriodHours:
    """Round the clock."""
    return PeriodHours((Window("00:00", "24:00", EVERY_DAY),), **hours)


def plan_of(*periods: Period, calendars: Mapping[str, Calendar] | None = None) -> Plan:
    """Each period in one version without beginning."""
    days = {key: compile_days([(None, found)]) for key, found in (calendars or {}).items()}
    return compile_plan({one.id: [(None, one)] for one in periods}, lambda key: days[key].opens_on)


def with_periods(usual: Calendar, *periods: Period) -> Hours:
    """The hours of the service ``mail`` by a calendar and these periods."""
    known = [(None, usual)]
    plan = plan_of(*periods, calendars={usual.id: usual})
    return laid_over(compile_hours(known), compile_days(known).holidays, plan, MAIL)
