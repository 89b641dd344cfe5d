"""Why this due at the desk: one key from list and ticket, every timer, every span, and the sum."""

from datetime import date

import pytest

from supporttui.domain.events import State
from supporttui.domain.sla.hours import Break, Holiday
from supporttui.i18n import countdown
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui.panes import head
from supporttui.tui.panes import why as lines
from supporttui.tui.windows.why import WhyWindow
from supporttui.usecases import tickets, why
from tests import builders
from tests.i18n import pseudo
from tests.tui.conftest import Night

BERLIN = "Europe/Berlin"
WORDS = load("en", BERLIN, {})


@pytest.fixture
def desk(site_store, clock):
    return builders.Desk(site_store, clock)


@pytest.fixture
def ticket(desk):
    """A ticket of priority 1, opened three minutes ago."""
    made = desk.do(tickets.open_ticket, builders.opened(priority=1))
    desk.clock.forward(minutes=3)
    return made.id


def look(desk, *, words=WORDS, width=80) -> head.Look:
    return head.Look(words, width, desk.clock(), "T-", BERLIN)


def asked(desk, ticket):
    return desk.ask(why.of, ticket, desk.clock())


def text(found) -> str:
    return "\n".join("".join(part for _, part in line) for line in found)


def test_a_section_tells_every_timer_with_what_counted_and_what_is_ahead(desk, ticket):
    shown = text(lines.section(look(desk), asked(desk, ticket)))
    assert shown.count("target ") == 2
    assert "3m  Mon 2 03:20-03:23 CET  service hours\n" in shown
    assert "service hours, still ahead" in shown
    assert "= 3m counted + 12m ahead = 15m, the target" in shown


def test_time_after_due_is_called_late(desk, ticket):
    desk.clock.forward(hours=1)
    shown = text(lines.section(look(desk), asked(desk, ticket)))
    assert "  Mon 2 03:35-04:23 CET  service hours, late" in shown
    assert "= 15m counted = 15m, the target; 48m late" in shown


def test_each_skipped_span_has_its_name(desk):
    """Night, lunch, a holiday, a weekend, and the requester who is waited for."""
    with desk.store.write() as tx:
        rich = builders.calendar(
            breaks=(Break("12:00", "13:00", name="Lunch"),), holidays=(Holiday("Cup day", date(2026, 3, 3)),)
        )
        tx.definitions.put("office", rich)
    made = desk.do(tickets.open_ticket, builders.opened())
    desk.clock.forward(hours=8)
    desk.do(tickets.wait, made.id, None, state=State.waiting_requester, reason="")
    desk.clock.forward(hours=3)
    waiting = text(lines.section(look(desk), asked(desk, made.id)))
    assert "waiting for the requester since Mon 2 11:20" in waiting
    assert "left = 40h00m, the target" in waiting
    desk.do(tickets.resume, made.id, None)
    reasons = asked(desk, made.id).reasons
    shown = text(line for reason in reasons for line in lines.story(look(desk), reason, most=99)[1])
    for name in ("night", "break (Lunch)", "holiday (Cup day)", "weekend", "waiting for the requester"):
        assert name in shown
    assert "Service Mail (open, closes in 2h40m) | P3 moderate" in shown
    assert "agreement standard, version 1" in shown
    assert "hours Office, version 2 (Europe/Berlin)" in shown


@pytest.mark.parametrize("language", ["de", "ja"])
def test_no_figure_is_cut(desk, ticket, language):
    """Hours, minutes and seconds in Japanese are wider than a countdown."""
    desk.clock.forward(hours=13, minutes=21, seconds=14)
    words = load(language, BERLIN, {})
    reasons = asked(desk, ticket).reasons
    spans = [line for reason in reasons for line in lines.story(look(desk, words=words), reason, most=99)[1]]
    assert countdown.exact(words, 13 * 3600 + 9 * 60 + 14) in text(spans)
    assert "~" not in text(spans)


def test_a_long_story_is_gathered_by_days_so_that_it_fits(desk):
    made = desk.do(tickets.open_ticket, builders.opened())
    reason = next(r for r in asked(desk, made.id).reasons if r.timer.seconds == 144_000)
    whole = lines.story(look(desk), reason, most=99)
    few = lines.story(look(desk), reason, most=11)
    assert len(whole[1]) > 11 >= len(few[1])
    assert (whole[0], few[0]) == ("piece", "day")
    assert text(whole[1]).split("\n")[-1] == text(few[1]).split("\n")[-1]
    assert "all but night" in text(few[1])


def test_a_ticket_without_a_promise_says_so(desk):
    with desk.store.write() as tx:
        tx.definitions.put("standard", builders.targets(targets=()))
    made = desk.do(tickets.open_ticket, builders.opened())
    assert "No promise was made" in text(lines.timers(look(desk), asked(desk, made.id), chosen=0))


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_it_breaks_at_the_width_in_every_language(desk, ticket, language, width):
    words = pseudo.words(language, BERLIN) if language in pseudo.KINDS else load(language, BERLIN, {})
    found, shape = asked(desk, ticket), look(desk, words=words, width=width)
    shown = (*lines.timers(shape, found, chosen=0), *lines.section(shape, found))
    assert max(cell_width("".join(part for _, part in line)) for line in shown) <= width


# --- at the desk --------------------------------------------------------------------------------------


async def test_one_key_in_the_list_and_on_the_ticket_tells_why(night: Night) -> None:
    async with night() as driven:
        number = driven.current
        await driven.press("equals_sign")
        driven.expect(f"T-{number}: why this due?").expect("> ").expect("the target")
        await driven.press("equals_sign", "enter", "equals_sign")
        assert isinstance(driven.app.screen, WhyWindow)
        await driven.press("escape")
        driven.expect("[Timeline]")


async def test_tab_goes_through_the_timers_and_plus_tells_every_span(night: Night) -> None:
    async with night() as driven:
        await driven.press("equals_sign")
        first = driven.text
        await driven.press("tab", "minus", "minus")
        driven.expect("by week")
        await driven.press("plus", "plus")
        driven.expect("every span").expect("night")
        await driven.press("G")
        driven.expect("the target")
        await driven.press("g", "j", "k", "space", "b", "shift+tab")
        assert driven.text == first


async def test_a_command_tells_why_of_a_ticket_by_its_number(night: Night) -> None:
    async with night() as driven:
        await driven.press("colon")
        await driven.type("why 7")
        await driven.press("enter")
        driven.expect("T-7: why this due?")
        await driven.press("q", "colon")
        await driven.type("why 4711")
        await driven.press("enter")
        driven.expect_message("4711")
