"""An import from end to end, on both databases: what stands in the queue, and what a second import does."""

import itertools
from datetime import UTC, datetime

import pytest

from supporttui.domain.events import Imported, Origin, Replied, State, StateChanged
from supporttui.domain.faults import BadInput, Forbidden
from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.people import AuthorityKind, Role
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import replay
from supporttui.intake.files import check_file
from supporttui.intake.importing import BATCH, import_checked
from supporttui.intake.mapping import load
from supporttui.storage import memory_store, open_store
from supporttui.usecases import intake
from supporttui.usecases import replay as replaying
from supporttui.usecases.ports import Call
from tests.intake import rows

NOW = Instant(1_772_413_200)
_numbers = itertools.count(1)


def call(who="me"):
    return Call(PersonId(who), NOW, OperationId(f"operation-{next(_numbers)}"))


def at(text):
    return Instant(int(datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=UTC).timestamp()))


@pytest.fixture
def memory():
    store = memory_store(lambda: NOW)
    yield store
    store.close()


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def both(request):
    """An empty store, on SQLite and on PostgreSQL."""
    store = open_store(request.getfixturevalue(request.param), clock=lambda: NOW)
    yield store
    store.close()


@pytest.fixture
def log(tmp_path):
    def log(*lines, name="log.csv"):
        return rows.write_log(tmp_path / name, *lines)

    return log


def taken(store, caller, path, mapping, **options):
    """As ``supporttui import`` does it: a file is checked whole, then taken in."""
    return import_checked(store, caller, check_file(path, mapping), mapping, **options)


def run(store, path, *, preset="servicenow", **options):
    return taken(store, call(), path, load(preset), **options)


def counts(summary):
    return (summary.imported, summary.updated, summary.unchanged, summary.refused)


def of_number(store, number, system="servicenow"):
    """A ticket, its facts and its timers."""
    with store.read() as tx:
        ticket = tx.tickets.find(system, number)
        assert ticket is not None
        return tx.tickets.get(ticket), tx.journal.of_ticket(ticket), tx.tickets.timers(ticket)


def test_two_imports_of_one_file_at_once_take_each_ticket_in_once(postgres_url, log, monkeypatch):
    """On PostgreSQL, where both write at the same time: the other one commits between look and write."""
    first, second = (open_store(postgres_url, clock=lambda: NOW) for _ in range(2))
    run(first, log(*rows.CALM, name="calm.csv"))  # people and teams are met, so that neither waits for the other
    path = log(*(line.replace("INC0000045", "INC0000046") for line in rows.CALM))
    real, met = intake.keep, []

    def keep(*arguments, **options):
        if not met:
            met.append(True)
            assert counts(run(second, path)) == (1, 0, 0, 0)
        return real(*arguments, **options)

    monkeypatch.setattr(intake, "keep", keep)
    assert counts(run(first, path)) == (0, 0, 1, 0)
    with first.read() as tx:
        assert len({fact.ticket for fact in tx.journal.each()}) == 2
    first.close()
    second.close()


def test_a_log_comes_in_with_its_true_history_and_a_second_import_changes_nothing(both, log):
    path = log(*rows.CALM, *rows.RESTLESS)
    first = run(both, path)
    assert (counts(first), first.rows, first.starter) == ((2, 0, 0, 0), 13, True)
    head = both.head()
    again = run(both, path)
    assert (counts(again), again.starter, both.head()) == ((0, 0, 2, 0), False, head)


def test_what_is_stored_is_what_the_journal_says(both, log):
    run(both, log(*rows.CALM, *rows.RESTLESS))
    with both.read() as tx:
        assert replaying.differences(tx) == ()


def test_states_assignments_priority_and_reopening_are_the_sources(memory, log):
    run(memory, log(*rows.RESTLESS))
    ticket, facts, _ = of_number(memory, "INC0000047")
    assert (ticket.state, ticket.hold_reason) == (State.waiting_requester, "evidence")
    assert (ticket.team, ticket.owner, ticket.priority, ticket.reopened) == ("group-24", None, 2, 1)
    states = [(fact.at, fact.event.state.value) for fact in facts if isinstance(fact.event, StateChanged)]
    assert states == [
        (at("29/2/2016 07:14"), "active"), (at("29/2/2016 09:45"), "waiting_requester"),
        (at("1/3/2016 10:00"), "active"), (at("1/3/2016 11:00"), "waiting_vendor"),
        (at("2/3/2016 12:06"), "resolved"), (at("3/3/2016 08:00"), "active"),
        (at("3/3/2016 09:00"), "waiting_requester"),
    ]  # fmt: skip


def test_every_fact_says_that_it_was_imported_and_by_whom_the_source_had_it(memory, log):
    run(memory, log(*rows.CALM))
    _, facts, _ = of_number(memory, "INC0000045")
    assert {fact.origin for fact in facts} == {Origin.imported}
    assert {fact.actor for fact in facts} == {"Updated by 21", "Updated by 642"}
    assert sum(isinstance(fact.event, Imported) for fact in facts) == 4


def test_the_world_at_an_instant_is_the_fold_of_the_facts_until_then(memory, log):
    run(memory, log(*rows.RESTLESS))
    with memory.read() as tx:
        ticket = tx.tickets.find("servicenow", "INC0000047")
        then = replay(tx.journal.of_ticket(ticket, until=at("1/3/2016 10:30")))
    assert (then.state, then.hold_reason, then.team, then.resolver) == (State.active, "problem", "group-70", "")


def test_waiting_for_the_requester_pauses_and_a_problem_does_not(memory, log):
    run(memory, log(*rows.RESTLESS[:3]))
    _, _, timers = of_number(memory, "INC0000047")
    assert {timer.metric.value: timer.state.value for timer in timers}["resolution"] == "paused"
    run(memory, log(*rows.RESTLESS[:4]))
    _, _, timers = of_number(memory, "INC0000047")
    assert {timer.metric.value: timer.state.value for timer in timers}["resolution"] == "running"


def test_the_first_response_is_derived_and_says_so(memory, log):
    run(memory, log(*rows.CALM))
    _, facts, timers = of_number(memory, "INC0000045")
    assert [(fact.at, fact.event.derived) for fact in facts if isinstance(fact.event, Replied)] == [
        (at("29/2/2016 08:53"), True)
    ]
    assert next(timer for timer in timers if timer.metric.value == "first_response").derived


def test_a_longer_log_adds_only_its_new_rows(memory, log):
    run(memory, log(*rows.CALM[:2], *rows.RESTLESS))
    before = memory.head()
    summary = run(memory, log(*rows.CALM, *rows.RESTLESS))
    assert counts(summary) == (0, 1, 1, 0)
    added = memory.head() - before
    assert added == 3  # two rows, one of which closed it
    assert of_number(memory, "INC0000045")[0].state is State.closed


def test_one_changed_row_is_one_update(memory, log):
    run(memory, log(*rows.CALM, *rows.RESTLESS))
    changed = rows.row(
        "INC0000047", "Active", "29/2/2016 07:14", assigned_to="Resolver 12", assignment_group="Group 70"
    )
    summary = run(memory, log(*rows.CALM, rows.RESTLESS[0], changed, *rows.RESTLESS[2:]))
    assert counts(summary) == (0, 1, 1, 0)
    assert of_number(memory, "INC0000047")[0].state is State.waiting_requester


def test_rows_that_say_the_same_again_add_nothing(memory, log):
    run(memory, log(*rows.CALM))
    head = memory.head()
    run(memory, log(*rows.CALM, *rows.CALM))
    assert memory.head() == head


def test_a_check_counts_what_would_happen_and_writes_nothing(memory, log):
    path = log(*rows.CALM, rows.row("INC9", "Odd", "1/3/2016 10:00"))
    summary = run(memory, path, only_check=True)
    assert (counts(summary), summary.checked_only, memory.head()) == ((1, 0, 0, 1), True, 0)
    with memory.read() as tx:
        assert tx.definitions.services() == ()


def test_a_bad_row_is_reported_and_its_ticket_is_not_half_imported(both, log):
    bad = rows.row("INC0000047", "Active", "31/2/2016 10:00")
    summary = run(both, log(*rows.CALM, *rows.RESTLESS[:2], bad))
    assert (counts(summary), summary.refused_rows) == ((1, 0, 0, 1), 1)
    (fault,) = summary.faults
    assert (fault.line, fault.column, fault.number, fault.code) == (
        8,
        "sys_updated_at",
        "INC0000047",
        "import.bad_date",
    )
    with both.read() as tx:
        assert tx.tickets.find("servicenow", "INC0000047") is None


def test_a_file_that_turns_bad_at_its_end_leaves_the_store_untouched(memory, tmp_path):
    lines = [rows.row(f"INC{n}", "New", "1/3/2016 10:00") for n in range(2 * BATCH)]
    path = rows.write_log(tmp_path / "log.csv.gz", *lines, packed=True)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(BadInput, match=r"import\.damaged"):
        run(memory, path)
    assert memory.head() == 0


def test_more_tickets_than_a_batch_are_all_there(memory, log):
    lines = [rows.row(f"INC{n}", "New", "1/3/2016 10:00") for n in range(2 * BATCH + 1)]
    assert counts(run(memory, log(*lines))) == (2 * BATCH + 1, 0, 0, 0)


def test_people_teams_and_vendors_are_met_once(memory, log):
    run(memory, log(*rows.RESTLESS))
    run(memory, log(*rows.RESTLESS, *rows.CALM))
    with memory.read() as tx:
        people = {person.id: person for person in tx.definitions.people()}
        teams = {team.id: team for team in tx.definitions.teams()}
    assert (people["resolver-89"].name, people["resolver-89"].may_be_on_call) == ("Resolver 89", False)
    assert teams["group-70"].kind is AuthorityKind.internal
    assert (teams["code-8s"].name, teams["code-8s"].kind) == ("code 8s", AuthorityKind.external)


def test_nobody_is_told_and_nothing_escalates(memory, log):
    run(memory, log(rows.row("INC1", "New", "1/3/2016 10:00", priority="1 - Critical")))
    with memory.read() as tx:
        assert tx.outbox.counts() == {}
        assert tx.escalations.running() == ()


def test_who_imports_into_an_empty_store_is_its_first_administrator(memory, log):
    run(memory, log(*rows.CALM))
    with memory.read() as tx:
        assert next(person for person in tx.definitions.people() if person.id == "me").role is Role.admin
    with pytest.raises(Forbidden):
        taken(memory, call("stranger"), log(*rows.RESTLESS), load("servicenow"))


def test_a_service_of_the_mapping_that_is_not_here_is_refused_before_anything_else(site_store, log):
    with pytest.raises(BadInput, match=r"import\.service_unknown"):
        taken(site_store, call("ana"), log(*rows.CALM), load("servicenow"))


def test_a_newer_export_of_a_plain_table_updates_what_changed_and_keeps_what_the_desk_did(memory, tmp_path):
    def export(state, priority):
        path = tmp_path / "tickets.csv"
        path.write_text(
            "number,title,state,opened_at,updated_at,priority\n"
            f"1,Printer,{state},2026-03-01T08:00Z,2026-03-01T0{priority}:00Z,{priority}\n"
            "2,Mail,new,2026-03-01T08:00Z,2026-03-01T08:00Z,3\n",
            encoding="utf-8",
        )
        return path

    assert counts(run(memory, export("new", 8), preset="csv")) == (2, 0, 0, 0)
    assert counts(run(memory, export("active", 9), preset="csv")) == (0, 1, 1, 0)
    assert counts(run(memory, export("active", 9), preset="csv")) == (0, 0, 2, 0)
    ticket, _, _ = of_number(memory, "1", system="csv")
    assert (ticket.state, ticket.priority) == (State.active, 9)
