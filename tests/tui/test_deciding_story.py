"""What waits for somebody's word: entries of other calendars and special periods that ended, each in a list."""

from datetime import date

from supporttui.domain.exchange.review import Entry, Receiver, Verdict
from supporttui.domain.people import Role
from supporttui.domain.periods.period import Dates, Period, PeriodKind
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore
from supporttui.tui.windows.listing import ListWindow
from supporttui.tui.windows.reader import Reader
from tests.builders import NOW, person
from tests.tui.conftest import Night
from tests.tui.screens import command, message


def holiday(key: str, day: int) -> Entry:
    start = Instant(NOW - NOW % 86_400 - 3600 + day * 86_400)
    return Entry(key, Receiver.calendar, "office", f"Feast {key}", start, Instant(start + 86_400), "Europe/Berlin",
                 "Germany, public holidays", found_at=NOW)  # fmt: skip


def verdicts(store: SqlStore) -> list[Verdict]:
    with store.read() as tx:
        return [one.verdict for one in tx.exchange.entries()]


async def test_an_entry_counts_once_somebody_saw_what_that_does(night: Night, filled: SqlStore) -> None:
    with filled.write() as tx:
        tx.definitions.put("lea", person("Lea", role=Role.lead))
        tx.exchange.put_entries([holiday("a", 8), holiday("b", 9)])
    async with night(me="lea", size=(160, 24)) as desk:
        assert "2 to decide" in desk.lines[0]
        await command(desk, "calendar review list")
        desk.expect("Feast a")
        desk.expect("All 2 of them")
        await desk.press("down", "enter", "a")
        desk.expect("Feast a")
        assert verdicts(filled) == [Verdict.pending, Verdict.pending]
        await desk.press("enter")
        assert verdicts(filled) == [Verdict.accepted, Verdict.pending]
        assert isinstance(desk.app.screen, ListWindow), "the rest waits"
        await desk.press("enter", "x")
        desk.expect("No timer and no duty is touched.")
        assert verdicts(filled) == [Verdict.accepted, Verdict.pending]
        await desk.press("enter")
        assert verdicts(filled) == [Verdict.accepted, Verdict.rejected]
        desk.expect("Nothing waits for a decision.")
        await desk.press("q")
        assert "to decide" not in desk.lines[0]


async def test_an_ended_period_is_extended_from_the_list(night: Night, filled: SqlStore) -> None:
    with filled.write() as tx:
        tx.definitions.put("lea", person("Lea", role=Role.lead))
        dates = (Dates(date(2026, 2, 20), date(2026, 2, 27)),)
        tx.definitions.put("peak", Period("peak", "Freight peak", PeriodKind.season, "Europe/Berlin", dates=dates))
    async with night(me="lea", size=(160, 24)) as desk:
        await command(desk, "period list")
        desk.expect("Freight peak ended at")
        await desk.press("enter", "e")
        await desk.type("2026-03-09")
        await desk.press("enter")
        desk.expect("dates").expect("Running timers:")
        assert "extend" not in message(desk)
        await desk.press("enter")
        assert "extend" in message(desk)
        with filled.read() as tx:
            assert tx.definitions.periods()["peak"][-1].value.dates[0].last == date(2026, 3, 9)


async def test_a_coming_period_is_only_read_and_escape_goes_back_to_the_list(night: Night, filled: SqlStore) -> None:
    with filled.write() as tx:
        dates = (Dates(date(2026, 3, 3), date(2026, 3, 9)),)
        tx.definitions.put("peak", Period("peak", "Freight peak", PeriodKind.freeze, "Europe/Berlin", dates=dates))
    async with night(size=(120, 24)) as desk:
        await command(desk, "period list")
        desk.expect("2026-03-03 00:00 CET to 2026-03-10 00:00 CET")
        await desk.press("enter")
        assert isinstance(desk.app.screen, Reader)
        await desk.press("escape")
        assert isinstance(desk.app.screen, ListWindow)
