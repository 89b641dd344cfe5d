"""The dates of special periods: fiscal years, their months and quarters, and the days around their ends."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice

from supporttui.domain.periods.period import Fiscal, Rule, Unit, Weeks

IsWorking = Callable[[date], bool]

_DAY = timedelta(days=1)
_MONTHS = {Unit.month: 1, Unit.quarter: 3, Unit.year: 12}
_WEEKS = {Weeks.w445: (4, 4, 5), Weeks.w454: (4, 5, 4), Weeks.w544: (5, 4, 4)}


def months_of(fiscal: Fiscal, year: int) -> tuple[date, ...]:
    """The first dates of the twelve months of a fiscal year, and behind them that of the next year.

    ``year`` is the civil year in which its start month lies.

    >>> first, second, *_ = months_of(Fiscal(4), 2026)
    >>> print(first, second)
    2026-04-01 2026-05-01
    >>> print(*months_of(Fiscal(2, Weeks.w445), 2026)[:4])
    2026-02-01 2026-03-01 2026-03-29 2026-05-03
    """
    if fiscal.weeks is None:
        places = range(fiscal.start_month - 1, fiscal.start_month + 12)
        return tuple(date(year + place // 12, place % 12 + 1, 1) for place in places)
    start, following = _week_year(fiscal, year), _week_year(fiscal, year + 1)
    weeks = accumulate(_WEEKS[fiscal.weeks] * 4, initial=0)
    return (*islice((start + timedelta(weeks=n) for n in weeks), 12), following)


def _week_year(fiscal: Fiscal, year: int) -> date:
    """The first date of a fiscal year of whole weeks: the day after the weekday that ends the one before."""
    border = date(year, fiscal.start_month, 1) - _DAY
    back = (border.isoweekday() - fiscal.week_ends) % 7
    forward = 7 if fiscal.nearest and back > 3 else 0
    return border + timedelta(days=1 + forward - back)


def ranges_of(rule: Rule, year: int, is_working: IsWorking) -> Iterator[tuple[date, date]]:
    """First and last date of what the rule gives around each unit's end of a fiscal year, the last one's too."""
    starts = [*months_of(rule.fiscal, year), *months_of(rule.fiscal, year + 1)[1:]]
    starts = starts[:: _MONTHS[rule.unit]]
    counts = is_working if rule.working else _any_day
    units = 12 // _MONTHS[rule.unit]
    for begin, border, end in list(zip(starts, starts[1:], starts[2:]))[:units]:  # noqa: B905  neighbours
        before = _first(rule.last, _backwards(border, begin), counts)
        after = _first(rule.first, _forwards(border, end), counts)
        days = (*reversed(before), *after)
        if days:
            yield days[0], days[-1]


def _first(count: int, days: Iterator[date], counts: IsWorking) -> tuple[date, ...]:
    return tuple(islice((day for day in days if counts(day)), max(0, count)))


def _backwards(after: date, first: date) -> Iterator[date]:
    return (after - _DAY * n for n in range(1, (after - first).days + 1))


def _forwards(first: date, after: date) -> Iterator[date]:
    return (first + _DAY * n for n in range((after - first).days))


def _any_day(_: date) -> bool:
    return True


def on_weekdays(day: date) -> bool:
    """Monday to Friday: working days where no calendar says otherwise."""
    return day.isoweekday() <= 5
