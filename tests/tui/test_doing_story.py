"""Every key that does something to tickets: on the queue, on a ticket, among escalations, and on marked ones."""

import pytest

from supporttui.domain.events import Kind, State
from supporttui.domain.people import Team
from supporttui.domain.states import AuthorityKind, Relation
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.tui.windows.form import Form
from supporttui.usecases import bonds, escalation, tickets
from tests.tui.conftest import Night
from tests.tui.screens import message

OUTCOMES = {
    "T to a person": (("T", "b", "e", "n", "enter", "h", "i", "enter"), lambda t: t.owner == "ben"),
    "T to a team": (("T", *"netw", "ctrl+s"), lambda t: t.team == "network"),
    "z in an hour": (("z", "1"), lambda t: t.reminder_of("ana") is not None),
    "z at a time": (("z", "o", *"2h", "enter"), lambda t: t.reminder_of("ana") is not None),
    "w": (("w",), lambda t: t.followers == ("ana",)),
    "w twice": (("w", "w"), lambda t: t.followers == ()),
    "x": (("x", *"jira", "enter", *"OPS1", "ctrl+s"), lambda t: [r.key for r in t.references] == ["OPS1"]),
    "e": (("e", "!", "ctrl+s"), lambda t: t.title.endswith("!")),
    "M relates": (("M", "d", "2", "enter"), lambda t: [(r.other, r.relation) for r in t.relations] == [(2, Relation.duplicate)]),
    "M merges": (("M", "M", "2", "enter"), lambda t: t.merged_into == 2),
    "D": (("D", *"spam", "enter", "T", "minus", "1", "ctrl+s"), lambda t: t.void),
    "r": (("r", *"hello", "ctrl+s"), lambda t: t.version == 2),
}  # fmt: skip
"""On ticket 1."""


@pytest.mark.parametrize("screen", ["queue", "ticket"])
@pytest.mark.parametrize("name", OUTCOMES)
async def test_every_key_does_it_to_the_ticket_that_is_meant_and_no_other(night: Night, name: str, screen: str) -> None:
    keys, outcome = OUTCOMES[name]
    async with night() as desk:
        assert desk.current == 1
        if screen == "ticket":
            await desk.press("enter")
        others = {number: desk.stored(number).version for number in desk.ids if number not in (1, 2)}
        for key in keys:
            await desk.press(key)
        assert outcome(desk.stored(1)), (desk.text, desk.stored(1))
        assert {number: desk.stored(number).version for number in others} == others


async def test_reopening_asks_why(night: Night) -> None:
    async with night() as desk:
        await desk.others(tickets.resolve, 1, None)
        await desk.press("colon")
        await desk.type("reopen 1 again")
        await desk.press("enter")
        assert desk.stored(1).state is State.active
        await desk.others(tickets.resolve, 1, None)
        desk.app.open_ticket(1)
        await desk.settle()
        await desk.press("R", *"again", "enter")
        assert (desk.stored(1).state, desk.stored(1).reopened) == (State.active, 2)


async def test_reopening_what_is_open_is_refused_before_anything_is_asked(night: Night) -> None:
    async with night() as desk:
        await desk.press("R")
        assert desk.app.screen is desk.queue
        desk.expect_message("T-1 is open already.")
        await desk.press("enter", "R")
        assert isinstance(desk.app.screen, TicketScreen)
        assert "T-1 is open already." in message(desk)


@pytest.mark.parametrize("key", list("dmpTzE"))
async def test_what_only_open_tickets_allow_is_refused_before_anything_is_asked(night: Night, key: str) -> None:
    async with night() as desk:
        await desk.others(tickets.resolve, 1, None)
        await desk.others(tickets.resolve, 2, None)
        desk.app.open_ticket(1)
        await desk.settle()
        await desk.press(key)
        assert isinstance(desk.app.screen, TicketScreen)
        assert "T-1 is resolved; reopen it first." in message(desk)


async def test_some_that_allow_it_are_enough_to_be_asked(night: Night) -> None:
    async with night() as desk:
        await desk.others(tickets.resolve, 2, None)
        await desk.press("space", "j", "space", "d")
        desk.expect("Resolve T-1, T-")


async def test_a_closed_ticket_is_related_but_not_merged(night: Night) -> None:
    async with night() as desk:
        await desk.others(tickets.close, 1, None)
        desk.app.open_ticket(1)
        await desk.settle()
        await desk.press("M", "M")
        assert "T-1 is closed; reopen it first." in message(desk)
        await desk.press("M", "d", "2", "enter")
        assert desk.stored(1).relations != ()


async def test_what_is_merged_away_is_not_asked_why_it_begins_again(night: Night) -> None:
    async with night() as desk:
        await desk.others(bonds.merge, 1, None, into=2)
        desk.app.open_ticket(1)
        await desk.settle()
        await desk.press("R")
        assert "T-1 goes on as another ticket; work there." in message(desk)


@pytest.mark.parametrize("key", list("catrTezwxMDdmpEn"))
async def test_who_may_only_read_is_asked_nothing(night: Night, key: str) -> None:
    async with night(me="aud") as desk:
        await desk.press(key)
        assert desk.app.screen is desk.queue
        desk.expect_message("Aud may not do this")


@pytest.mark.parametrize(
    ("keys", "outcome"),
    [
        (("T", "b", "e", "n", "ctrl+s"), lambda t: t.owner == "ben"),
        (("w",), lambda t: t.followers == ("ana",)),
        (("z", "4"), lambda t: t.reminder_of("ana") is not None),
        (("e", "tab", "tab", "tab", "tab", *"de", "ctrl+s"), lambda t: t.language == "de"),
        (("x", *"jira", "enter", *"OPS1", "ctrl+s"), lambda t: t.references != ()),
    ],
)
async def test_marked_tickets_are_meant_together_and_undone_together(night: Night, keys, outcome) -> None:
    async with night() as desk:
        await desk.press("space", "space")
        for key in keys:
            await desk.press(key)
        assert [number for number in desk.ids if outcome(desk.stored(number))] == [1, 2], message(desk)
        await desk.press("u")
        assert not any(outcome(desk.stored(number)) for number in desk.ids)


async def test_keys_act_among_escalations_too(night: Night) -> None:
    async with night() as desk:
        await desk.others(escalation.escalate, 3, None, delay=0)
        await desk.press("3", "w")
        assert desk.stored(3).followers == ("ana",)
        await desk.press("T", "b", "e", "n", "ctrl+s")
        assert desk.stored(3).owner == "ben"


async def test_those_outside_are_named_so_and_the_team_keeps_the_ticket(night: Night) -> None:
    async with night() as desk:
        with desk.other.store.write() as tx:
            tx.definitions.put("acme", Team("acme", "Acme Networks", AuthorityKind.external))
        await desk.press("T", "a", "c", "m")
        desk.expect("Acme Networks (outside)")
        await desk.press("ctrl+s")
        assert (desk.stored(1).resolver, desk.stored(1).team) == ("acme", "desk")


async def test_what_the_use_case_refuses_is_said_in_the_form_and_stays_there(night: Night) -> None:
    async with night() as desk:
        await desk.press("x", *"jira", "enter", "1", "enter", *"nowhere", "ctrl+s")
        assert isinstance(desk.app.screen, Form)
        desk.expect("is no web address")
        await desk.press("shift+tab", "2", "tab", *["backspace"] * 7, "ctrl+s")
        assert [reference.key for reference in desk.stored(1).references] == ["12"]


async def test_the_other_ticket_is_shown_before_enter_takes_it(night: Night) -> None:
    async with night() as desk:
        await desk.press("M", "M")
        desk.expect(":unmerge undoes it")
        await desk.press("9", "9", "9", "enter")
        desk.expect("There is no ticket T-999")
        await desk.press("backspace", "backspace")
        desk.expect("T-9  Ticket number 8")
        await desk.press("enter")
        assert desk.stored(1).merged_into == 9


async def test_what_cannot_be_the_other_ticket_is_said_under_its_number(night: Night) -> None:
    async with night() as desk:
        await desk.others(tickets.close, 7, None)
        await desk.press("M", "M", "1", "enter")
        desk.expect("T-1 cannot be merged into itself")
        await desk.press("backspace", "7", "enter")
        desk.expect("T-7").expect("closed")
        await desk.press("escape", "M", "d", "1", "enter")
        desk.expect("itself")
        assert desk.stored(1).version == 1


async def test_a_long_title_leaves_room_to_say_how_it_is_taken_back(night: Night) -> None:
    async with night(size=(50, 20)) as desk:
        await desk.press("M", "M", "9")
        desk.expect("T-9  Ticket numb").expect(":unmerge undoes it.")
        await desk.press("escape")


async def test_voiding_needs_the_tickets_own_code_and_one_ticket(night: Night) -> None:
    async with night() as desk:
        await desk.press("D")
        desk.expect("Void T-1: it cannot be undone")
        await desk.press("x", "enter", "T", "minus", "2", "ctrl+s")
        desk.expect("type its own number: T-1")
        assert not desk.stored(1).void
        await desk.press("escape", "space", "space", "D")
        assert "One ticket at a time" in message(desk)


async def test_a_new_ticket_by_hand_is_opened_and_shown_at_enter(night: Night) -> None:
    async with night() as desk:
        await desk.press("n", *"新しい", "tab", *"mai", "tab", "tab", "up", "tab", "tab", *"Li", "ctrl+s")
        made = 61  # sixty are there
        ticket = desk.stored(made)
        assert (ticket.title, ticket.service, ticket.requester, ticket.impact) == ("新しい", "mail", "Li", 1)
        assert ticket.kind is Kind.incident
        desk.expect_message(f"Opened T-{made}. Enter shows it.")
        await desk.press("enter")
        assert isinstance(desk.app.screen, TicketScreen)


async def test_a_new_ticket_by_a_command_says_what_is_missing_or_is_opened(night: Night) -> None:
    async with night() as desk:
        await desk.press("colon", *"new", "space", *"Printer", "enter")
        assert "service" in message(desk)
        await desk.press("colon", *"new", "space", *"Printer", "space", *"service=mail", "enter")
        desk.expect_message("Opened T-61. Enter shows it.")
        assert desk.stored(61).title == "Printer"


async def test_a_new_ticket_that_was_left_is_a_draft(night: Night) -> None:
    async with night() as desk:
        await desk.press("n", *"half", "escape", "n")
        assert desk.app.screen.texts["title"] == "half"


@pytest.mark.parametrize("key", list("rTezwxMRDn"))
@pytest.mark.parametrize("option", [{"read_only": True}, {"as_of": 1}])
async def test_where_nothing_may_be_changed_no_key_asks(night: Night, key: str, option) -> None:
    async with night(**option) as desk:
        await desk.press(key)
        assert desk.app.screen is desk.queue
        assert message(desk)


async def test_a_reply_can_be_withdrawn_until_it_leaves(night: Night) -> None:
    async with night() as desk:
        with desk.other.store.write() as tx:
            tx.definitions.put_site({"reply_channel": "mail"})
        await desk.others(tickets.edit, 1, None, fields={"requester": "Shop <shop@example.com>"})
        await desk.press("r")
        await desk.settle()
        if not isinstance(desk.app.screen, Form):
            await desk.press("0")
        await desk.press(*"hello", "ctrl+s")
        assert message(desk) == "Reply on T-1 leaves in 8s - u withdraw"
        await desk.press("u")
        assert "Withdrawn before it left" in message(desk)


async def test_a_reply_that_was_left_is_offered_again(night: Night) -> None:
    async with night() as desk:
        await desk.press("r")
        await desk.settle()
        await desk.press(*"half", "escape", "r")
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.texts["text"] == "half"
