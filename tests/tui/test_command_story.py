"""Commands at work: every verb, on the screen's ticket and on named ones; what is wrong is said under the line."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from supporttui.domain.events import Referenced, State
from supporttui.domain.faults import BadInput
from supporttui.i18n.catalogue import Words
from supporttui.tui import commands
from supporttui.tui.queue.screen import QueueScreen
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.tui.windows.command_line import CommandLine
from supporttui.usecases import record, tickets
from tests.builders import opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import block, command, line, message


def typed(desk: Driven) -> str:
    """What stands after the colon."""
    return desk.app.screen.query_one(Input).value


# --- verbs on tickets -----------------------------------------------------------------------------------

ON_TICKETS = [
    ("ack{}", lambda t: t.acknowledged_by == "ana"),
    ("take{}", lambda t: t.owner == "ana"),
    ("note{} called the vendor", lambda t: t.version == 2),
    ("wait{} vendor", lambda t: t.state is State.waiting_vendor),
    ("wait{} scheduled until=2h", lambda t: t.state is State.scheduled and t.hold_until is not None),
    ("wait{} requester reason=evidence", lambda t: t.hold_reason == "evidence"),
    ("resolve{} restarted it code=workaround", lambda t: (t.state, t.resolution) == (State.resolved, "workaround")),
    ("priority{} 1 shop is down", lambda t: t.priority == 1),
    ("priority{} p2 board asks", lambda t: t.priority == 2),
    ("escalate{}", lambda t: t.version == 2),
    ("escalate{} L2 database is down", lambda t: t.version == 2),
]


@pytest.mark.parametrize(("text", "outcome"), ON_TICKETS)
async def test_a_verb_without_a_number_acts_on_the_ticket_of_the_screen(night: Night, text: str, outcome) -> None:
    async with night() as desk:
        number, other = desk.ids[:2]
        await desk.press("enter")
        await command(desk, text.format(""))
        assert outcome(desk.stored(number)), message(desk)
        assert desk.stored(other).version == 1


@pytest.mark.parametrize(("text", "outcome"), ON_TICKETS)
async def test_a_verb_with_a_number_acts_on_that_ticket_wherever_one_is(night: Night, text: str, outcome) -> None:
    async with night() as desk:
        here, there = desk.ids[0], desk.ids[4]
        await desk.press("2")
        await command(desk, text.format(f" T-{there}"))
        assert outcome(desk.stored(there)), message(desk)
        assert desk.stored(here).version == 1


async def test_resuming_by_command(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await command(desk, f"wait t-{number} vendor")
        await command(desk, f"resume t-{number}")
        assert desk.stored(number).state is State.active


async def test_a_verb_acts_on_all_numbers_and_u_takes_them_back_together(night: Night) -> None:
    async with night() as desk:
        chosen = desk.ids[2:5]
        await command(desk, "ack " + " ".join(f"T-{n}" for n in chosen))
        assert message(desk).startswith("Acknowledged ")
        assert [desk.stored(n).acknowledged_by for n in chosen] == ["ana"] * 3
        await command(desk, "undo")
        assert [desk.stored(n).acknowledged_by for n in chosen] == [None] * 3


async def test_one_unknown_number_among_several_changes_nothing(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await command(desk, f"take T-{number} T-99999")
        assert "99999" in message(desk)
        assert desk.stored(number).version == 1


async def test_where_no_ticket_is_meant_a_verb_asks_for_a_number(night: Night) -> None:
    async with night() as desk:
        await desk.press("2")
        await command(desk, "ack")
        assert message(desk) == "Which ticket? Give its number."


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("wait nowhere", "nowhere"),
        ("wait scheduled until=nonsense", "nonsense"),
        ("priority high because", "high"),
        ("escalate L9", "L9"),
    ],
)
async def test_a_value_that_cannot_be_read_changes_nothing_and_is_named(night: Night, text: str, part: str) -> None:
    async with night() as desk:
        number = desk.current
        await command(desk, text)
        assert part in (block(desk, "hint") if isinstance(desk.app.screen, CommandLine) else message(desk))
        assert desk.stored(number).version == 1


async def test_a_page_by_command_can_be_withdrawn_by_command(night: Night) -> None:
    async with night() as desk:
        await command(desk, "escalate L2")
        assert "in 8s - u withdraw" in message(desk)
        await command(desk, "withdraw")
        assert message(desk).startswith("Withdrawn before it left")


async def test_an_operation_is_undone_by_its_id(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await command(desk, "take")
        operation = desk.stored(number).last_operation
        await command(desk, f"undo operation={operation}")
        assert desk.stored(number).owner is None
        await command(desk, "undo operation=unheard-of")
        assert message(desk)


@pytest.mark.parametrize("option", [{"read_only": True}, {"as_of": 1_772_418_000}])
async def test_where_nothing_may_be_changed_no_verb_does(night: Night, option: dict) -> None:
    async with night(**option) as desk:
        number = desk.current
        for text, _ in ON_TICKETS:
            await command(desk, text.format(""))
            assert message(desk)
        assert desk.stored(number).version == 1


# --- verbs that look or move ----------------------------------------------------------------------------


async def test_queue_filters_from_any_screen_and_alone_shows_all(night: Night) -> None:
    async with night() as desk:
        before = desk.ids
        await desk.press("2")
        await command(desk, 'queue "number 7"')
        assert isinstance(desk.app.screen, QueueScreen)
        assert len(desk.ids) == 1
        await command(desk, "queue")
        assert desk.ids == before
        await command(desk, 'filter "number 8"')
        assert len(desk.ids) == 1


async def test_a_wrong_filter_is_refused_and_changes_nothing(night: Night) -> None:
    async with night() as desk:
        before = desk.ids
        await command(desk, "queue is:nonsense")
        assert "nonsense" in line(desk, "hint")
        assert desk.ids == before


async def test_sort_changes_the_order_and_refuses_what_is_none(night: Night) -> None:
    async with night() as desk:
        before = desk.ids
        await command(desk, "sort created")
        assert desk.ids != before
        await command(desk, "sort nonsense")
        assert "nonsense" in line(desk, "hint")
        await desk.press("escape")
        await command(desk, "sort")
        assert desk.ids == before


@pytest.mark.parametrize("text", ["ticket {}", "t T-{}", "t t-{}"])
async def test_t_opens_a_ticket_by_its_number(night: Night, text: str) -> None:
    async with night() as desk:
        number = desk.ids[3]
        await command(desk, text.format(number))
        assert line(desk, "title").startswith(f" T-{number} ")


async def test_t_finds_a_ticket_by_the_number_of_another_system(night: Night) -> None:
    async with night() as desk:
        number = desk.ids[3]
        with desk.other.store.write() as tx:
            record.record(desk.other.call(), tx, tx.tickets.get(number), (Referenced("servicenow", "INC0000045", ""),))
        await desk.hear()
        await command(desk, "t INC0000045")
        assert desk.ids == [number]


async def test_no_view_hides_what_t_finds_by_the_number_of_another_system(night: Night) -> None:
    async with night() as desk:
        number = desk.ids[3]
        with desk.other.store.write() as tx:
            record.record(desk.other.call(), tx, tx.tickets.get(number), (Referenced("vendor", "CS:45#1", ""),))
        desk.other.do(tickets.resolve, number, None, text="restarted", by="ben", code="fixed")
        desk.other.do(tickets.close, number, None, by="ben")
        await desk.hear()
        await command(desk, "view mine")
        assert number not in desk.ids
        await command(desk, "t CS:45#1")
        assert desk.ids == [number], message(desk)


async def test_t_with_a_number_that_nobody_knows_says_so(night: Night) -> None:
    async with night() as desk:
        await command(desk, "t 99999")
        assert not isinstance(desk.app.screen, TicketScreen)
        assert "99999" in message(desk)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("rota", "week 10"),
        ("rota week 12", "week 12"),
        ("rota 12", "week 12"),
        ("escalations", "No escalation is running."),
        ("esc", "No esc"),
    ],
)
async def test_the_digit_screens_have_verbs(night: Night, text: str, part: str) -> None:
    async with night() as desk:
        await command(desk, text)
        desk.expect(part)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("oncall", "L1 now: Ben until 08:00 CET, then you"),
        ("oncall mail", "L2 now: Mia"),
        ("oncall Mail at=6h", "L1 now: you until"),
    ],
)
async def test_oncall_tells_who_is_on_call_now_for_a_service_and_at_a_moment(
    night: Night, text: str, part: str
) -> None:
    async with night() as desk:
        await command(desk, text)
        assert part in block(desk, "lines")
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_oncall_of_an_unknown_service_is_refused(night: Night) -> None:
    async with night() as desk:
        await command(desk, "oncall nonsense")
        assert "nonsense" in message(desk)


async def test_lang_changes_every_text_at_once_and_back(night: Night) -> None:
    async with night() as desk:
        english = desk.lines[1:]
        await command(desk, "lang de")
        assert "Warteschlange" in desk.lines[1]
        assert "Eskalieren" in desk.footer
        await command(desk, "lang ja")
        assert "キュー" in desk.lines[1]
        await command(desk, "lang en")
        assert desk.lines[1:] == english


async def test_a_filter_typed_in_words_of_one_language_goes_on_in_the_next(night: Night) -> None:
    async with night() as desk:
        await command(desk, "lang de")
        await desk.press("slash")
        await desk.type("Status:neu Ticket")
        await desk.press("enter")
        listed = desk.ids
        assert listed
        await command(desk, "lang ja")
        await command(desk, "refresh")
        assert desk.ids == listed
        await desk.press("slash")
        desk.expect("state:new Ticket")


async def test_a_language_that_we_do_not_speak_is_refused_and_nothing_changes(night: Night) -> None:
    def load(language: str) -> Words:
        raise BadInput("language.unknown", language=language, allowed="en, de, ja")

    async with night() as desk:
        desk.app.parts = replace(desk.app.parts, load_words=load)
        await command(desk, "lang tlh")
        assert message(desk) == "There is no language tlh. There are: en, de, ja."
        assert "1 Queue" in desk.lines[1]


async def test_refresh_reads_again(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        desk.other.do(tickets.take, number, None, by="ben")
        desk.clock.forward(seconds=5)
        await command(desk, "refresh")
        await desk.tick(seconds=3)
        assert "Ben" in next(row for row in desk.lines if f"T-{number} " in row)


async def test_messages_shows_what_was_said_newest_first(night: Night) -> None:
    async with night() as desk:
        await desk.press("a", "c", "x", "enter")
        await command(desk, "messages")
        said = block(desk, "lines").split("\n")
        assert "Note saved on " in said[0]
        assert "Acknowledged " in said[1]


async def test_quit_ends_the_desk(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("q")
        desk.send("enter")
        await desk.until(lambda: desk.app.return_code == 0)


async def test_every_verb_runs_with_the_least_it_takes_and_none_breaks_the_desk(night: Night) -> None:
    least = {"note": "note x", "priority": "priority 2 y", "ticket": "ticket 1", "lang": "lang en"}
    async with night() as desk:
        for verb in commands.verbs():
            if verb != "quit":
                await command(desk, least.get(verb, verb))
                await desk.press("escape", "escape")
                assert desk.app.is_running, verb


# --- the line itself ------------------------------------------------------------------------------------


async def test_a_mistyped_verb_is_answered_under_the_line_which_stays_to_be_mended(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await command(desk, "akc")
        desk.expect("^^^ There is no command akc. Did you mean ack?")
        assert typed(desk) == "akc"
        await desk.press("backspace", "backspace")
        assert "no command" not in desk.text
        await desk.type("ck")
        await desk.press("enter")
        assert desk.stored(number).acknowledged_by == "ana"


@pytest.mark.parametrize(("text", "part"), [("note", "note needs more: text."), ("ack 1042 now", "ack takes no now.")])
async def test_too_little_or_too_much_is_said_under_the_line(night: Night, text: str, part: str) -> None:
    async with night() as desk:
        await command(desk, text)
        desk.expect(part)
        assert typed(desk) == text


async def test_what_the_last_word_may_become_stands_below_and_tab_completes_it(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon")
        await desk.type("wa")
        assert desk.lines[23].split() == ["wait"]
        await desk.press("tab")
        assert typed(desk) == "wait "
        assert desk.lines[23].split()[:2] == ["waiting_requester", "waiting_vendor"]
        await desk.type("w")
        await desk.press("tab")
        assert typed(desk) == "wait waiting_"
        await desk.type("v")
        await desk.press("tab")
        assert typed(desk) == "wait waiting_vendor "


@pytest.mark.parametrize("key", ["colon", "ctrl+p"])
async def test_both_keys_open_it_and_nothing_typed_leaves_it_as_escape_does(night: Night, key: str) -> None:
    async with night() as desk:
        for leave in ("enter", "escape"):
            await desk.press(key)
            assert typed(desk) == ""
            await desk.press(leave)
            assert isinstance(desk.app.screen, QueueScreen)


async def test_no_letter_typed_here_is_a_key_of_the_screen_below(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("colon")
        await desk.type("atcmdpEujkqGVs?-123")
        await desk.press("escape")
        assert desk.stored(number).version == 1
        assert desk.current == number


async def test_a_command_hits_the_version_that_was_on_screen(night: Night) -> None:
    async with night() as desk:
        made = await desk.others(tickets.open_ticket, opened(priority=1))
        await desk.tick(seconds=3)
        desk.app.open_ticket(made.id)
        await desk.settle()
        desk.other.do(tickets.note, made.id, None, text="meanwhile", by="ben")
        await command(desk, "take")
        assert "Not saved" in message(desk)
        assert desk.stored(made.id).owner is None
