"""Calls at the desk: each thing once, not too often, quiet at night but for what pages, and harmless whatever it says."""

import json
import os
import sys
from types import SimpleNamespace

import pytest

from supporttui.domain.alerts import Alert, Pressing
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n import catalogue
from supporttui.tui.alerts import Alerts, Calls, clean, sequences, worded
from supporttui.tui.calling import Call, NotifyOptions
from supporttui.tui.parts import DeskOptions, Programs
from supporttui.usecases import alerts, escalation, tickets
from tests.builders import Desk, opened, refuses

NOON, MIDNIGHT = 12 * 60, 0
LATE = Pressing(Alert.breached, "7", TicketId(7))
PAGE = Pressing(Alert.paged, "7:1:1", TicketId(7))
RISK = Pressing(Alert.at_risk, "8", TicketId(8))


class AtDesk:
    """What calling sees of the desk."""

    words = catalogue.load("en", "UTC", {})
    prefix = "T-"
    status = SimpleNamespace(site="Berlin", open=40, breached=6)

    def __init__(self, options: NotifyOptions) -> None:
        self.parts = SimpleNamespace(options=DeskOptions(notify=options), programs=Programs())
        self.sent: list[str] = []


def calls(**options) -> Calls:
    """Somebody who sat down while nothing pressed."""
    made = Calls(NotifyOptions(**options))
    assert made.due((), Instant(0), minute=NOON) == ()
    return made


def test_what_pressed_before_the_desk_began_does_not_call():
    made = Calls(NotifyOptions())
    assert made.due((LATE,), Instant(0), minute=NOON) == ()
    assert made.due((LATE, PAGE), Instant(60), minute=NOON) == (PAGE,)


def test_each_thing_calls_once_and_again_if_it_comes_again():
    made = calls()
    assert made.due((LATE,), Instant(0), minute=NOON) == (LATE,)
    assert made.due((LATE,), Instant(60), minute=NOON) == ()
    assert made.due((), Instant(120), minute=NOON) == ()
    assert made.due((LATE,), Instant(180), minute=NOON) == (LATE,)


def test_what_comes_within_half_a_minute_is_told_together_after_it():
    made = calls()
    assert made.due((LATE,), Instant(0), minute=NOON) == (LATE,)
    assert made.due((LATE, RISK), Instant(29), minute=NOON) == ()
    assert made.due((LATE, RISK, PAGE), Instant(30), minute=NOON) == (PAGE, RISK)


@pytest.mark.parametrize(
    ("quiet", "minute", "told"),
    [("22:00-07:00", MIDNIGHT, (PAGE,)), ("22:00-07:00", 7 * 60, (PAGE, LATE)), ("00:00-06:00", 359, (PAGE,))],
)
def test_quiet_hours_are_for_all_but_pages(quiet, minute, told):
    assert calls(quiet=quiet).due((LATE, PAGE), Instant(0), minute=minute) == told


def test_only_what_is_chosen_calls():
    assert calls(events=(Alert.paged,)).due((LATE, PAGE), Instant(0), minute=NOON) == (PAGE,)


@pytest.mark.parametrize("quiet", ["night", "22-7", "25:00-07:00", "22:00-07:00-08:00"])
def test_hours_that_are_none_are_refused(quiet):
    with refuses("notify.quiet", BadInput):
        NotifyOptions(quiet=quiet)


def test_a_message_goes_with_a_bell_which_may_be_all_that_arrives():
    assert sequences((Call.osc9, Call.osc777), "x", {}) == ("\x1b]9;x\x07", "\x1b]777;notify;supporttui;x\x07", "\x07")
    assert (sequences((Call.bell,), "x", {}), sequences((Call.as_title,), "x", {})) == (("\x07",), ())


def test_tmux_and_screen_pass_it_on():
    assert sequences((Call.osc9,), "x", {"TMUX": "1"})[0] == "\x1bPtmux;\x1b\x1b]9;x\x07\x1b\\"
    assert sequences((Call.osc9,), "x", {"STY": "1"})[0] == "\x1bP\x1b]9;x\x07\x1b\\"


def test_what_is_told_is_short_and_cannot_end_the_sequence():
    text = clean("a\x07b\x1b]0;c\n" + "d" * 200)
    assert len(text) <= 80
    assert not set(text) & set("\x07\x1b\n;")


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_loudest_is_named_and_the_others_are_counted(language):
    text = worded(catalogue.load(language, "UTC", {}), (PAGE, RISK), "T-")
    assert "T-7" in text
    assert text.endswith("(+1)")


def test_a_top_priority_presses_everybody_and_other_tickets_their_owners(site_store, clock):
    desk = Desk(site_store, clock)
    top = desk.do(tickets.open_ticket, opened(priority=1)).id
    taken = desk.do(tickets.open_ticket, opened(priority=3))
    other = desk.do(tickets.take, taken.id, taken.version, by="ana").id
    clock.forward(days=30)
    found = {
        who: {(one.alert, one.ticket) for one in desk.ask(alerts.pressing, clock(), who)} for who in ("ana", "ben")
    }
    assert {(Alert.p1, top), (Alert.breached, top), (Alert.breached, other)} <= found["ana"]
    assert (Alert.breached, other) not in found["ben"]


def test_a_page_presses_whom_it_calls_until_somebody_answers(site_store, clock):
    desk = Desk(site_store, clock)
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(escalation.escalate, ticket.id, ticket.version)
    clock.forward(minutes=1)
    called = [who for who in ("ana", "ben", "cem") if _paged(desk, clock, who)]
    assert called
    again = desk.ask(lambda tx: tx.tickets.get(ticket.id))
    desk.do(tickets.acknowledge, again.id, again.version, by=called[0])
    assert not _paged(desk, clock, called[0])


def _paged(desk, clock, who) -> bool:
    return any(one.alert is Alert.paged for one in desk.ask(alerts.pressing, clock(), who))


def test_a_hook_gets_the_facts_in_its_environment_and_no_text_of_a_ticket(tmp_path):
    """Its pipe says when it has run; what failed to start disturbs nobody."""
    told = tmp_path / "told"
    os.mkfifo(told)
    code = "import json, os, sys; json.dump({k: v for k, v in os.environ.items() if 'SUPPORTTUI_' in k}, open(sys.argv[1], 'w'))"
    frame = AtDesk(NotifyOptions(terminal=(Call.hook,), hook=(sys.executable, "-c", code, str(told))))
    made = Alerts(frame, frame.sent.append)
    made.show((), Instant(0))
    made.show((PAGE,), Instant(60))
    assert json.loads(told.read_text()) == {
        "SUPPORTTUI_EVENT": "paged", "SUPPORTTUI_TICKET": "7", "SUPPORTTUI_TEXT": "You are called: T-7",
    }  # fmt: skip
    assert frame.sent == []


def test_the_title_tells_counts_and_the_site_and_is_given_back():
    frame = AtDesk(NotifyOptions(terminal=(Call.as_title,)))
    made = Alerts(frame, frame.sent.append)
    for second in (0, 60):
        made.show((), Instant(second))
    made.end()
    assert frame.sent == ["\x1b[22;2t\x1b]2;Berlin 40 6!\x07", "\x1b[23;2t"]
