"""Before Enter: what an answer would do to the promises of one ticket, and of many."""

from datetime import date

import pytest

from supporttui.domain.events import State
from supporttui.domain.sla.hours import Holiday
from supporttui.i18n.catalogue import load
from supporttui.i18n.whatif_labels import brief, lines, redefined
from supporttui.usecases import tickets, whatif
from supporttui.usecases.definitions.defining import Pack
from tests.builders import Desk, calendar, opened
from tests.tui.conftest import Night

WORDS = load("en", "Europe/Berlin", {})


async def test_each_priority_says_when_the_ticket_would_be_due(night: Night) -> None:
    async with night(size=(120, 24)) as desk:
        await desk.press("p")
        desk.expect("1 critical (late at once)")  # opened an hour ago, with a quarter of an hour to answer
        desk.expect("3 moderate")
        assert desk.stored(desk.current).version == 1


async def test_before_enter_every_timer_is_told_with_its_old_and_its_new_due(night: Night) -> None:
    async with night() as desk:
        await desk.press("p", "2")
        desk.expect("P2 for T-")
        desk.expect("first response: due 13:00 -> ")
        desk.expect("resolution: due 2026-03-06 17:00 -> due 11:20")
        number = desk.current
        await desk.press("escape")
        assert desk.stored(number).priority == 3


async def test_what_waits_stands_still_with_what_is_left(night: Night) -> None:
    async with night(size=(120, 24)) as desk:
        await desk.others(tickets.reply, desk.current, None, text="which mailbox?")
        await desk.press("home", "m")
        desk.expect("requester (stands still, 1d16h left)").expect("vendor (nothing moves)")
        await desk.press("d")
        await desk.type("2h")
        desk.expect("No timer moves.")  # nobody would have worked on it before nine anyway
        await desk.press(*["backspace"] * 2)
        await desk.type("2d")
        desk.expect("resolution: due 2026-03-06 17:00 -> due ")
        await desk.press("escape")


async def test_of_many_marks_the_sum_and_the_most_pressing_are_told(night: Night) -> None:
    async with night() as desk:
        await desk.press("V", "p", "1")
        desk.expect("50 of 50 would move, ").expect("late at once").expect("T-1 first response: ")
        await desk.press("escape")


async def test_resolving_and_reopening_say_what_becomes_of_the_timers(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("d", "f")
        desk.expect("resolution: due ").expect("-> met in time")
        await desk.press("enter")
        assert desk.stored(number).state is State.resolved
        await desk.press("colon")
        await desk.type(f"ticket {number}")
        await desk.press("enter", "R")
        desk.expect("resolution: met in time -> due ")


@pytest.fixture
def desk(site_store, clock) -> Desk:
    return Desk(site_store, clock)


def asked(desk: Desk, run, *targets: int, **args) -> whatif.Whatif:
    with desk.store.read() as tx:
        return whatif.of(desk.call(), tx, run, [(ticket, None) for ticket in targets], **args)


def told(found: whatif.Whatif) -> tuple[str, ...]:
    return lines(WORDS, found, lambda ticket: f"T-{ticket}")


def test_few_cells_say_the_worst(desk: Desk) -> None:
    first, second = (desk.do(tickets.open_ticket, opened()).id for _ in range(2))
    wait = {"state": State.waiting_requester}
    stands = "resolve: stands still, 1d16h left"  # the first response still decides
    assert brief(WORDS, asked(desk, tickets.wait, first, **wait)) == stands
    assert brief(WORDS, asked(desk, tickets.wait, first, second, **wait)) == "2 move"
    assert brief(WORDS, asked(desk, tickets.take, first)) == "nothing moves"
    assert brief(WORDS, asked(desk, tickets.resolve, first)) == "all timers stop"
    assert brief(WORDS, asked(desk, tickets.resume, first)) == ""
    desk.clock.forward(hours=1)
    urgent = {"priority": 1, "reason": "x"}
    assert brief(WORDS, asked(desk, tickets.change_priority, first, **urgent)) == "late at once"
    assert brief(WORDS, asked(desk, tickets.change_priority, first, second, **urgent)) == "2 late at once"
    assert told(asked(desk, tickets.change_priority, first, second, **urgent)) == (
        "2 of 2 would move, 2 late at once",
        "T-1 first response: due 13:00 -> was due 03:35, late at once",
        "T-2 first response: due 13:00 -> was due 03:35, late at once",
    )


def test_what_moves_nothing_says_so(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened()).id
    assert told(asked(desk, tickets.take, ticket)) == ("No timer moves.",)
    assert told(asked(desk, tickets.resume, ticket)) == ()


def test_what_other_definitions_would_do_is_a_sum_and_the_widest_moves(desk: Desk) -> None:
    pack = Pack("x", calendars=(calendar(holidays=(Holiday("Cup day", date(2026, 3, 2)),)),))
    with desk.store.write() as tx:
        none = whatif.of_definitions(tx, pack, desk.clock())
    assert list(redefined(WORDS, none, str, desk.clock())) == ["Of 0 running timers none moves."]
    desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=6)
    with desk.store.write() as tx:
        found = whatif.of_definitions(tx, pack, desk.clock())
    assert list(redefined(WORDS, found, lambda ticket: f"T-{ticket}", desk.clock())) == [
        "2 timers move.",
        "T-1 resolution: due 2026-03-06 17:00 -> due 2026-03-09 16:40",
        "T-1 first response: due 13:00 -> due 2026-03-03 12:40",
    ]
