"""Special periods at the desk: everybody is told before one begins."""

from datetime import date

from supporttui.domain.periods.period import Dates, Period, PeriodKind
from tests.tui.conftest import Night


async def test_the_first_line_tells_of_a_period_in_the_week_before_it_begins(night: Night, filled) -> None:
    def peak(first: date, last: date) -> Period:
        return Period("peak", "Freight peak", PeriodKind.season, "Europe/Berlin", dates=(Dates(first, last),))

    with filled.write() as tx:
        tx.definitions.put("peak", peak(date(2026, 3, 30), date(2026, 4, 2)))
    async with night(size=(160, 24)) as desk:
        assert "Freight peak" not in desk.text
    with filled.write() as tx:
        tx.definitions.put("peak", peak(date(2026, 3, 5), date(2026, 3, 6)))
    async with night(size=(160, 24)) as desk:
        assert "Freight peak from 03-05 00:00 on" in desk.lines[0]
