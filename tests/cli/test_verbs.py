"""The verbs that change tickets; they are made from the registry of actions."""

import io

import pytest

from supporttui import actions
from supporttui.cli.exits import Exit
from supporttui.cli.root import VERBS
from supporttui.domain.events import Noted
from supporttui.usecases import escalation, tickets
from supporttui.usecases.ports import NoticeState
from tests.builders import opened


def of(desk, number):
    return desk.ask(lambda tx: tx.tickets.get(number))


def notes(desk, number):
    facts = desk.ask(lambda tx: tx.journal.of_ticket(number))
    return [fact.event.text for fact in facts if isinstance(fact.event, Noted)]


@pytest.mark.parametrize("action", [action for action in actions.TICKET_ACTIONS if action.verb])
def test_every_action_on_tickets_has_its_verb_and_its_help(shell, action):
    assert action.verb in VERBS
    found = shell(action.verb, "--help")
    assert found.code == 0
    for arg in action.args:
        if not arg.positional and action.scope is not actions.Scope.operation:
            assert f"--{arg.name}" in found.out


def test_ack_says_who_has_it_now(shell, desk, ticket):
    found = shell("ack", "1", "--as", "ana")
    assert (found.code, found.err) == (0, "")
    assert "T-1" in found.out
    assert "Ana" in found.out
    assert of(desk, ticket).acknowledged_by == "ana"


@pytest.mark.parametrize("written", ["1", "T-1", "t-1", "#1"])
def test_a_ticket_may_be_written_in_several_ways(shell, desk, ticket, written):
    assert shell("take", written, "--as", "ben").code == 0
    assert of(desk, ticket).owner == "ben"


def test_several_tickets_are_done_one_by_one_and_the_first_refusal_decides_the_exit_code(shell, desk, ticket):
    other = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.resolve, ticket, None, code="fixed")
    found = shell("ack", str(ticket), str(other), "--as", "ana")
    assert found.code == Exit.refused
    assert "T-1" in found.err
    assert of(desk, other).acknowledged_by == "ana"


def test_a_note_takes_the_rest_of_the_line(shell, desk, ticket):
    assert shell("note", "1", "db", "is", "down", "--as", "ana").code == 0
    assert notes(desk, ticket) == ["db is down"]


def test_a_text_may_come_from_standard_input(shell, desk, ticket, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("first line\nsecond line\n"))
    assert shell("note", "1", "-", "--as", "ana").code == 0
    assert notes(desk, ticket) == ["first line\nsecond line"]


def test_waiting_takes_a_part_of_the_states_name_and_a_moment_as_people_say_it(shell, desk, ticket):
    assert shell("wait", "1", "scheduled", "--until", "wed 09:00", "--zone", "Europe/Berlin", "--as", "ana").code == 0
    assert (of(desk, ticket).state, of(desk, ticket).hold_until) == ("scheduled", 1_772_611_200)
    assert shell("wait", "1", "vendor", "--as", "ana").code == 0
    assert of(desk, ticket).state == "waiting_vendor"
    assert shell("resume", "1", "--as", "ana").code == 0
    assert of(desk, ticket).state == "active"


def test_resolve_takes_a_code_and_a_text(shell, desk, ticket):
    found = shell("resolve", "1", "restarted", "the", "pool", "--code", "workaround", "--as", "ana", "--json").json
    assert (found["results"][0]["state"], found["results"][0]["resolution"]) == ("resolved", "workaround")


def test_priority_takes_p_and_a_reason(shell, desk, ticket):
    assert shell("priority", "1", "P2", "only one site", "--as", "ana").code == 0
    assert of(desk, ticket).priority == 2


def test_a_version_guards_against_what_somebody_else_did(shell, desk, ticket):
    version = of(desk, ticket).version
    desk.do(tickets.note, ticket, None, text="meanwhile")
    found = shell("take", "1", "--version", str(version), "--as", "ben")
    assert found.code == Exit.conflict
    assert "Ana" in found.err or "ana" in found.err
    assert of(desk, ticket).owner is None


def test_a_version_for_several_tickets_means_nothing(shell, desk, ticket):
    desk.do(tickets.open_ticket, opened())
    assert shell("take", "1", "2", "--version", "1", "--as", "ben").code == Exit.usage


def test_escalate_pages_the_next_line_and_can_be_taken_back(shell, desk, ticket):
    found = shell("escalate", "1", "--as", "ana", "--json").json["results"][0]
    assert found["paged"][0]["person"]
    assert found["send_at"] == "2026-03-02T02:20:08Z"
    taken = shell("withdraw", found["operation"], "--as", "ana", "--json").json
    assert taken["results"][0]["withdrawn"] == 1
    assert desk.ask(lambda tx: tx.outbox.counts())[NoticeState.withdrawn] == 1


def test_escalate_goes_to_the_step_that_is_named_and_lists_them_if_it_is_not_known(shell, desk, ticket):
    assert shell("escalate", "1", "L2", "db down", "--as", "ana", "--json").json["results"][0]["step"] == 2
    found = shell("escalate", "1", "nobody", "--as", "ana")
    assert found.code == Exit.usage
    assert "L1" in found.err


def test_the_delay_of_a_page_is_a_setting(shell, desk, ticket):
    found = shell("escalate", "1", "--as", "ana", "--json", SUPPORTTUI_PAGE_DELAY="0").json
    assert found["results"][0]["send_at"] == "2026-03-02T02:20:00Z"


def test_undo_takes_an_operation_or_the_last_one_of_a_ticket(shell, desk, ticket):
    operation = shell("take", "1", "--as", "ana", "--json").json["results"][0]["operation"]
    assert shell("undo", operation, "--as", "ana").code == 0
    assert of(desk, ticket).owner is None
    shell("take", "1", "--as", "ana")
    assert shell("undo", "T-1", "--as", "ana").code == 0
    assert of(desk, ticket).owner is None


@pytest.mark.parametrize(
    ("args", "code", "fault"),
    [
        (("ack", "999", "--as", "ana"), Exit.not_found, "ticket.unknown"),
        (("ack", "INC0815", "--as", "ana"), Exit.not_found, "ticket.unknown_number"),
        (("ack", "1", "--as", "aud"), Exit.forbidden, "access.denied"),
        (("ack", "1", "--as", "stranger"), Exit.forbidden, "access.unknown_person"),
        (("ack", "1", "--read-only", "--as", "ana"), Exit.refused, "store.read_only"),
        (("ack", "1", "--as-of", "2026-03-02"), Exit.usage, "cli.as_of_only_reads"),
        (("wait", "1", "nowhere", "--as", "ana"), Exit.usage, "cli.not_a_choice"),
        (("wait", "1", "scheduled", "--until", "soonish", "--as", "ana"), Exit.usage, "moment.unreadable"),
        (("priority", "1", "high", "why", "--as", "ana"), Exit.usage, "cli.not_a_number"),
        (("priority", "1", "1", "why", "--as", "ana"), Exit.refused, "priority.same"),
        (("resume", "1", "--as", "ana"), Exit.refused, "ticket.not_waiting"),
        (("ack", ",", "--as", "ana"), Exit.usage, "cli.no_ticket"),
    ],
)
def test_each_refusal_has_its_exit_code_its_sentence_and_changes_nothing(shell, desk, ticket, args, code, fault):
    before = desk.ask(lambda tx: tx.journal.head())
    found = shell(*args, "--json")
    assert (found.code, found.out) == (code, "")
    assert found.fault["code"] == fault
    assert len(found.fault["message"]) > 10
    assert desk.ask(lambda tx: tx.journal.head()) == before


def test_pages_of_an_escalation_are_there_once_however_often_it_is_looked_at(shell, desk, ticket):
    shell("escalate", "1", "--as", "ana")
    running = desk.ask(escalation.running, desk.clock())
    assert [page.item.row.id for page in running] == [ticket]
