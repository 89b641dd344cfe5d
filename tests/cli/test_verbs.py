"""The verbs that change tickets; they are made from the registry of actions."""

import io

import pytest

from supporttui import actions
from supporttui.cli.exits import Exit
from supporttui.cli.root import VERBS
from supporttui.domain.events import Noted
from supporttui.usecases import bonds, escalation, notices, tickets
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


def test_several_tickets_are_one_operation_and_a_refused_one_stops_no_other(shell, desk, ticket):
    other = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.resolve, ticket, None, code="fixed")
    found = shell("ack", str(ticket), str(other), "--as", "ana")
    assert found.code == Exit.refused
    assert "T-1" in found.err
    assert of(desk, other).acknowledged_by == "ana"


def test_several_tickets_as_json_name_the_done_and_the_refused_and_end_with_the_worst_code(shell, desk, ticket):
    other = desk.do(tickets.open_ticket, opened()).id
    closed = desk.do(tickets.open_ticket, opened()).id
    desk.do(tickets.close, closed, None)
    found = shell("take", f"{ticket},{closed}", str(other), "7", "--as", "ben", "--json")
    assert found.code == Exit.not_found
    told = found.json
    assert [done["id"] for done in told["results"]] == [ticket, other]
    assert {done["operation"] for done in told["results"]} == {told["operation"]}
    assert [(one["id"], one["error"]["code"], one["exit"]) for one in told["refused"]] == [
        (closed, "ticket.not_open", Exit.refused), (7, "ticket.unknown", Exit.not_found),
    ]  # fmt: skip
    taken_back = shell("undo", told["operation"], "--as", "ben", "--json").json
    assert [one["owner"] for one in taken_back["results"]] == [None, None]
    again = shell("redo", taken_back["results"][0]["operation"], "--as", "ben", "--json").json
    assert [one["owner"] for one in again["results"]] == ["ben", "ben"]


def test_a_preview_says_what_would_happen_and_changes_nothing(shell, desk, ticket):
    before = desk.ask(lambda tx: tx.journal.head())
    found = shell("take", "1", "7", "--preview", "--as", "ben")
    assert (found.code, "T-1" in found.out, "T-7" in found.err) == (Exit.not_found, True, True)
    told = shell("take", "1", "7", "--preview", "--as", "ben", "--json").json
    assert (told["preview"], told["results"][0]["owner"], told["refused"][0]["id"]) == (True, "ben", 7)
    assert desk.ask(lambda tx: tx.journal.head()) == before


def test_a_reply_that_nothing_sends_says_so_and_gives_the_text(shell, desk, ticket):
    found = shell("reply", "1", "We", "are", "on", "it.", "--as", "ana")
    assert found.code == 0
    assert "NOT SENT" in found.out
    assert "We are on it." in found.out


def test_a_reply_waits_for_its_delay_and_can_be_undone(shell, desk, ticket):
    with desk.store.write() as tx:
        tx.definitions.put_site({"reply_channel": "mail"})
    desk.do(tickets.edit, ticket, None, fields={"requester": "Mia <mia@shop.example>"})
    told = shell("reply", "1", "hello", "--delay", "30", "--as", "ana", "--json").json["results"][0]
    assert (told["sent_to"], told["send_at"]) == ("mia@shop.example", "2026-03-02T02:20:30Z")
    assert shell("undo", told["operation"], "--as", "ana").code == 0
    assert desk.ask(lambda tx: tx.outbox.counts())[NoticeState.withdrawn] == 1


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


def test_what_the_watch_did_since_is_nobody_s_to_take_back_and_is_why_nothing_is(shell, desk, ticket):
    shell("take", "1", "--as", "ana")
    desk.lead()
    desk.watch(escalation.sweep, desk.token)
    found = shell("undo", "1", "--as", "ana")
    assert (found.code, found.err) == (Exit.refused, "supporttui: Not undone: T-1 was changed afterwards.\n")


def test_a_page_that_left_already_is_withdrawn_too_late_and_it_says_so(shell, desk, ticket):
    shell("escalate", "1", "--as", "ana", SUPPORTTUI_PAGE_DELAY="0")
    desk.lead()
    (page,) = desk.watch(notices.claim, desk.token, limit=1)
    desk.watch(notices.settle, page, token=desk.token)
    assert "Too late" in shell("withdraw", "1", "--as", "ana").out


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


# --- everything else that a person does to one ticket ----------------------------------------------------------


def result(found) -> dict:
    """The one ticket of an answer as JSON."""
    assert (found.code, found.err) == (0, "")
    (only,) = found.json["results"]
    return only


def test_transfer_takes_a_team_by_name_and_an_owner(shell, desk, ticket):
    found = result(shell("transfer", "1", "Network", "--owner", "Zoe", "--text", "router", "--as", "ana", "--json"))
    assert (found["team"], found["owner"], found["resolver"]) == ("network", "zoe", None)
    assert notes(desk, ticket) == ["router"]


def test_edit_takes_fields_whose_values_may_hold_spaces_and_signs(shell, desk, ticket):
    assert shell("edit", "1", "title=Mail is = slow", "language=de", "--as", "ana").code == 0
    assert (of(desk, ticket).title, of(desk, ticket).language) == ("Mail is = slow", "de")


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("edit", "1", "service=shoes"), "edit.value", ("service", "shoes", "mail, vpn")),
        (("edit", "1", "kind=wish"), "edit.value", ("kind", "wish", "incident")),
        (("edit", "1", "language=12"), "edit.value", ("language", "12", "de")),
        (("edit", "1", "zone=Mars"), "zone.unknown", ("Mars",)),
        (("edit", "1", "titel=x"), "edit.field", ("titel", "title")),
        (("edit", "1", "slow"), "cli.not_fields", ("slow", "title")),
        (("transfer", "1", "nobody"), "cli.not_a_choice", ("team", "nobody", "desk, network")),
        (("transfer", "1"), "transfer.nobody", ("desk, network",)),
        (("relate", "1", "2", "--relation", "aunt"), "cli.not_a_choice", ("relation", "aunt", "parent")),
        (("refer", "1", "jira", "7", "--url", "ftp://x"), "refer.url", ("ftp://x", "https://")),
        (("new", "Slow", "--service", "shoes"), "cli.not_a_choice", ("service", "shoes", "mail, vpn")),
        (("new", "Slow"), "edit.missing", ("service", "mail, vpn")),
        (("new", "Slow", "--service", "mail", "--kind", "wish"), "cli.not_a_choice", ("kind", "wish", "incident")),
        (("new", "Slow", "--service", "mail", "--priority", "9"), "priority.unknown", ("9", "1, 2, 3, 4")),
        (("new", "Slow", "--service", "mail", "--impact", "x"), "cli.not_a_number", ("impact", "x")),
        (("snooze", "1", "someday"), "moment.unreadable", ("someday",)),
    ],
)
def test_a_bad_value_says_what_it_is_of_and_what_is_allowed(shell, desk, ticket, typed, code, said):
    desk.do(tickets.open_ticket, opened())
    before = desk.ask(lambda tx: tx.journal.head())
    found = shell(*typed, "--as", "ana", "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, code)
    assert all(part in found.err for part in said)
    assert desk.ask(lambda tx: tx.journal.head()) == before


def test_follow_and_unfollow_take_several_tickets(shell, desk, ticket):
    other = desk.do(tickets.open_ticket, opened()).id
    assert shell("follow", "1", "2", "--as", "ana").code == 0
    assert (of(desk, ticket).followers, of(desk, other).followers) == (("ana",), ("ana",))
    assert result(shell("unfollow", "1", "--as", "ana", "--json"))["followers"] == []
    assert shell("unfollow", "1", "--as", "ana").code == Exit.refused


def test_snooze_takes_a_moment_and_a_text_and_without_them_takes_it_back(shell, desk, ticket):
    found = result(shell("snooze", "1", "2h", "call", "back", "--as", "ana", "--json"))
    assert found["reminders"] == [{"person": "ana", "until": "2026-03-02T04:20:00Z", "text": "call back"}]
    assert result(shell("snooze", "1", "--as", "ana", "--json"))["reminders"] == []
    assert shell("snooze", "1", "--as", "ana").code == Exit.refused


def test_relate_and_unrelate_change_both_tickets(shell, desk, ticket):
    desk.do(tickets.open_ticket, opened())
    found = result(shell("relate", "1", "T-2", "--relation", "duplicate", "--as", "ana", "--json"))
    assert found["relations"] == [{"ticket": 2, "relation": "duplicate"}]
    assert "duplicate of T-1" in shell("ticket", "show", "2").out
    assert shell("unrelate", "2", "1", "--as", "ana").code == 0
    assert of(desk, ticket).relations == ()
    assert shell("relate", "1", "99", "--as", "ana").code == Exit.not_found


def test_merge_closes_the_tickets_before_the_last(shell, desk, ticket):
    desk.do(tickets.open_ticket, opened())
    desk.do(tickets.open_ticket, opened())
    assert shell("merge", "1,2", "3", "--as", "ana").code == 0
    assert (of(desk, 1).merged_into, of(desk, 2).merged_into, of(desk, 3).merged) == (3, 3, (1, 2))
    assert "T-1 goes on here" in shell("ticket", "history", "3").out
    assert shell("undo", "1", "--as", "ana").code == Exit.refused


def test_a_foreign_number_means_the_ticket_that_goes_on(shell, desk, ticket):
    desk.do(tickets.open_ticket, opened())
    desk.do(bonds.refer, ticket, None, system="jira", key="OPS-7")
    assert shell("merge", "OPS-7", "2", "--as", "ana").code == 0
    assert shell("ticket", "show", "OPS-7", "--json").json["ticket"]["id"] == 2


def test_close_and_reopen_take_their_reasons(shell, desk, ticket):
    found = result(shell("close", "1", "nothing", "left", "--reason", "no_fault", "--as", "ana", "--json"))
    assert (found["state"], found["resolution"]) == ("closed", "no_fault")
    assert result(shell("reopen", "1", "still", "slow", "--as", "ana", "--json"))["state"] == "active"
    assert "still slow" in shell("ticket", "history", "1").out


def test_void_needs_the_tickets_own_code(shell, desk, ticket):
    assert shell("void", "1", "typed twice", "--as", "ana").code == Exit.refused
    assert "T-1" in shell("void", "1", "typed twice", "--word", "T-2", "--as", "ana").err
    found = result(shell("void", "1", "typed twice", "--word", "T-1", "--as", "ana", "--json"))
    assert (found["void"], found["void_reason"], found["state"]) == (True, "typed twice", "closed")
    assert "T-1" not in shell("queue").out
    assert "T-1" in shell("queue", "is:void").out
    assert shell("reopen", "1", "--as", "ana").code == Exit.refused


def test_refer_adds_a_number_by_which_the_ticket_is_found(shell, desk, ticket):
    shell("refer", "1", "jira", "OPS-7", "--url", "https://jira.example/OPS-7", "--as", "ana")
    assert shell("ticket", "show", "OPS-7", "--json").json["ticket"]["references"] == [
        {"system": "jira", "key": "OPS-7", "url": "https://jira.example/OPS-7"}
    ]


def test_new_opens_a_ticket_of_its_services_team_by_the_matrix(shell, desk):
    found = result(
        shell(
            "new", "Mail is slow", "--service", "Mail", "--impact", "1", "--urgency", "1", "--requester", "Shop Ltd",
            "--language", "de", "--text", "since noon", "--as", "ana", "--json",
        )
    )  # fmt: skip
    assert (found["title"], found["service"], found["team"], found["priority"]) == ("Mail is slow", "mail", "desk", 1)
    assert (found["requester"], found["language"], found["text"]) == ("Shop Ltd", "de", "since noon")


def test_a_fact_of_a_bond_is_plain_data_in_the_history(shell, desk, ticket):
    shell("follow", "1", "--as", "ana")
    told = shell("ticket", "history", "1", "--json").json["history"][-1]
    assert (told["kind"], told["data"]) == ("followed", {"person": "ana"})


def test_bonds_are_seen_as_of_a_moment_before(shell, desk, ticket):
    shell("follow", "1", "--as", "ana")
    desk.clock.forward(minutes=10)
    shell("unfollow", "1", "--as", "ana")
    then = shell("ticket", "show", "1", "--as-of", "2026-03-02T02:25:00Z", "--json").json["ticket"]
    assert (then["followers"], of(desk, ticket).followers) == (["ana"], ())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("new", "Mail is slow", "--service", "mail"), "T-3 is open: Mail is slow. It is P3 moderate, with Desk."),
        (("follow", "1"), "You follow T-1: Mail is down."),
        (("snooze", "1", "2h"), "You are reminded of T-1 at 2026-03-02 04:20. Its timers run on."),
        (("relate", "1", "2", "--relation", "blocks"), "T-1 is now: blocks T-2."),
        (("merge", "1", "2"), "T-1 is closed and goes on as T-2. Unmerge takes it back."),
        (("refer", "1", "jira", "OPS-7"), "T-1 has the reference jira OPS-7 now."),
        (("edit", "1", "title=Mail is gone"), "T-1 is changed: Mail is gone."),
    ],
)
def test_a_verb_says_what_it_changed(shell, desk, ticket, typed, said):
    desk.do(tickets.open_ticket, opened())
    assert shell(*typed, "--as", "ana").out.strip() == said
