"""Reports become tickets whole: opened once by key, counted, noted as over; a flood hides nothing and pages once."""

from dataclasses import replace

import pytest

from supporttui.domain.events import EscalationStarted, Opened, PriorityChanged, Reported, Signal, StateChanged
from supporttui.domain.faults import Conflict, Forbidden, NotFound
from supporttui.domain.incoming.report import Report
from supporttui.domain.incoming.source import IntakeSource, SourceKind, WhenOver
from supporttui.domain.states import Origin, Role, State
from supporttui.usecases import bonds, tickets
from supporttui.usecases.incoming import taking
from supporttui.usecases.incoming.taking import Outcome, Taken
from supporttui.usecases.ports import Call
from tests.builders import Desk, person, refuses

pytestmark = pytest.mark.core


def source(desk: Desk, **deviations) -> None:
    values = {"id": "prom", "kind": SourceKind.alertmanager, "service": "mail", "name": "Prometheus", **deviations}
    with desk.store.write() as tx:
        tx.definitions.put(values["id"], IntakeSource(**values))


def disk(**deviations) -> Report:
    return Report(**{"key": "disk", "title": "Disk full", "service": "mail", **deviations})


def take(desk: Desk, *reports: Report, message: str = "") -> tuple[Taken, ...]:
    with desk.store.write() as tx:
        return taking.take(desk.call("intake", Origin.intake), tx, "prom", reports, message=message)


def ticket(desk: Desk, number: int):
    return desk.ask(lambda tx: tx.tickets.get(number))


def told(desk: Desk, number: int) -> list[object]:
    return [fact.event for fact in desk.ask(lambda tx: tx.journal.of_ticket(number))]


def pages(desk: Desk, number: int) -> list[str]:
    return [one.key for one in desk.ask(lambda tx: tx.outbox.of_ticket(number)) if one.code == "page"]


def reports(desk: Desk, number: int) -> list[tuple[Signal, int]]:
    return [(one.state, one.count) for one in told(desk, number) if isinstance(one, Reported)]


def test_an_alert_is_a_ticket_with_service_priority_timers_and_escalation(desk: Desk):
    source(desk)
    (taken,) = take(desk, disk(impact=1, urgency=1, text="db1", link="http://prom/x", category="disk"))
    found = ticket(desk, taken.ticket)
    assert (taken.outcome, taken.count) == (Outcome.opened, 1)
    assert (found.service, found.team, found.priority, found.category) == ("mail", "desk", 1, "disk")
    assert found.text == "db1\n\nhttp://prom/x"
    assert [type(one) for one in told(desk, found.id)] == [Opened, Reported, EscalationStarted]
    assert len(desk.ask(lambda tx: tx.tickets.timers(found.id))) >= 2
    assert desk.ask(lambda tx: tx.escalations.get(found.id)) is not None
    facts = desk.ask(lambda tx: tx.journal.of_ticket(found.id))
    assert {(fact.actor, fact.origin) for fact in facts} == {("prom", Origin.intake)}


def test_a_repetition_is_counted_on_the_open_ticket_and_pages_nobody(desk: Desk):
    source(desk)
    first = take(desk, disk(impact=1, urgency=1))[0].ticket
    queued = pages(desk, first)
    desk.clock.forward(hours=4)
    (again,) = take(desk, disk(impact=1, urgency=1, text="db1 and db2"))
    assert again == Taken(Outcome.folded, first, "disk", 2)
    assert told(desk, first)[-1] == Reported("prom", "disk", count=2, text="db1 and db2")
    assert pages(desk, first) == queued
    assert desk.ask(lambda tx: tx.escalations.get(first)).generation == 1


def test_the_history_does_not_tell_of_every_repetition_and_the_count_is_exact(desk: Desk):
    source(desk)
    for _ in range(25):
        (last,) = take(desk, disk())
    assert last.count == 25
    assert [count for _, count in reports(desk, last.ticket)] == [*range(1, 11), 20]


def test_what_gets_worse_is_more_pressing_and_begins_to_escalate_unless_a_person_decided(desk: Desk):
    source(desk)
    first = take(desk, disk(impact=3, urgency=3))[0].ticket
    take(desk, disk(impact=1, urgency=1))
    assert ticket(desk, first).priority == 1
    assert desk.ask(lambda tx: tx.escalations.get(first)) is not None
    take(desk, disk(impact=3, urgency=3))
    assert ticket(desk, first).priority == 1
    desk.do(tickets.change_priority, first, None, priority=4, reason="a test machine")
    take(desk, disk(impact=1, urgency=1))
    assert ticket(desk, first).priority == 4
    assert sum(isinstance(one, PriorityChanged) for one in told(desk, first)) == 2


def test_over_is_noted_once_and_what_is_over_of_nothing_known_changes_nothing(desk: Desk):
    source(desk)
    over = disk(state=Signal.resolved)
    assert take(desk, over) == (Taken(Outcome.unmatched, key="disk"),)
    first = take(desk, disk())[0].ticket
    assert [take(desk, over)[0].outcome for _ in range(2)] == [Outcome.over, Outcome.over]
    assert reports(desk, first) == [(Signal.firing, 1), (Signal.resolved, 1)]
    assert ticket(desk, first).is_open


def test_over_resolves_the_ticket_where_the_source_says_so_and_nothing_else_of_it_goes_on(desk: Desk):
    source(desk, when_over=WhenOver.resolve)
    first = take(desk, disk())[0].ticket
    other = take(desk, disk(key="cpu", title="Cpu"))[0].ticket
    desk.do(bonds.merge, other, None, into=first)
    assert take(desk, disk(state=Signal.resolved))[0].outcome is Outcome.over
    assert take(desk, disk(key="cpu", state=Signal.resolved))[0].outcome is Outcome.resolved
    assert ticket(desk, first).state is State.resolved


def test_what_comes_again_after_resolving_reopens_and_after_closing_opens_anew(desk: Desk):
    source(desk)
    first = take(desk, disk(impact=1, urgency=1))[0].ticket
    desk.do(tickets.resolve, first, None)
    (again,) = take(desk, disk(impact=1, urgency=1))
    assert (again.outcome, again.ticket) == (Outcome.reopened, first)
    assert ticket(desk, first).reopened == 1
    assert desk.ask(lambda tx: tx.escalations.get(first)).generation == 2
    desk.do(tickets.close, first, None)
    (anew,) = take(desk, disk())
    assert (anew.outcome, anew.count) == (Outcome.opened, 1)
    assert anew.ticket != first
    assert take(desk, disk())[0].ticket == anew.ticket


def test_what_comes_again_worse_after_resolving_is_reopened_and_more_pressing(desk: Desk):
    source(desk)
    first = take(desk, disk(impact=3, urgency=3))[0].ticket
    desk.do(tickets.resolve, first, None)
    assert take(desk, disk(impact=1, urgency=1))[0].outcome is Outcome.reopened
    assert (ticket(desk, first).is_open, ticket(desk, first).priority) == (True, 1)


def test_a_source_may_open_anew_instead_of_reopening(desk: Desk):
    source(desk, reopens=False)
    first = take(desk, disk())[0].ticket
    desk.do(tickets.resolve, first, None)
    assert take(desk, disk())[0].outcome is Outcome.opened


def test_a_message_with_an_id_is_taken_in_once(desk: Desk):
    source(desk)
    first = take(desk, disk(key=""), message="m-1")[0].ticket
    assert take(desk, disk(key=""), message="m-1") == (Taken(Outcome.known, first),)
    assert take(desk, disk(key=""), message="m-2")[0].outcome is Outcome.opened


def test_a_flood_opens_one_ticket_that_counts_is_as_pressing_as_the_worst_and_knows_the_keys(desk: Desk):
    source(desk, most=3)
    taken = [take(desk, disk(key=f"k{n}", title=f"Disk {n}"))[0] for n in range(6)]
    assert [one.outcome for one in taken] == [Outcome.opened] * 3 + [Outcome.flooded] * 3
    flood = taken[-1].ticket
    assert {one.ticket for one in taken[3:]} == {flood}
    (worse,) = take(desk, disk(key="core", title="Core down", impact=1, urgency=1))
    assert (worse.outcome, worse.count) == (Outcome.flooded, 4)
    assert ticket(desk, flood).priority == 1
    assert [one.text for one in told(desk, flood) if isinstance(one, Reported)] == [
        "Disk 3",
        "Disk 4",
        "Disk 5",
        "Core down",
    ]
    assert take(desk, disk(key="core"))[0] == Taken(Outcome.folded, flood, "core", 2)
    desk.clock.forward(minutes=2)
    assert take(desk, disk(key="later"))[0].outcome is Outcome.opened


def test_a_flood_is_over_when_all_of_it_is_and_its_history_stays_short(desk: Desk):
    source(desk, most=1, when_over=WhenOver.resolve)
    flood = [take(desk, disk(key=f"k{n}"))[0] for n in range(12)][-1].ticket
    for n in range(1, 12):
        take(desk, disk(key=f"k{n}"))
    before = len(told(desk, flood))
    over = [take(desk, disk(key=f"k{n}", state=Signal.resolved))[0].outcome for n in range(1, 12)]
    assert over == [Outcome.over] * 10 + [Outcome.resolved]
    assert ticket(desk, flood).state is State.resolved
    assert [type(one) for one in told(desk, flood)[before:]] == [Reported, StateChanged]


def test_one_sender_cannot_use_up_what_others_may_open(desk: Desk):
    source(desk, most_of_one=2)
    mine = [take(desk, disk(key="", requester="ben"))[0].outcome for _ in range(3)]
    assert mine == [Outcome.opened, Outcome.opened, Outcome.flooded]
    assert take(desk, disk(key="", requester="ana"))[0].outcome is Outcome.opened


def test_levels_beyond_the_matrix_are_its_last_and_a_rule_may_leave_out(desk: Desk):
    source(desk)
    taken = take(desk, disk(impact=9, urgency=9), disk(key="x", left_out=True))
    assert [one.outcome for one in taken] == [Outcome.opened, Outcome.left_out]
    assert ticket(desk, taken[0].ticket).priority == 4


def test_a_message_of_which_one_part_is_refused_leaves_nothing(desk: Desk):
    source(desk)
    with refuses("service.unknown", NotFound):
        take(desk, disk(), disk(key="cpu", service="nowhere"))
    assert desk.ask(lambda tx: tx.incoming.newest(source=None, limit=9)) == ()
    assert desk.ask(lambda tx: tx.journal.head()) == 0


def test_a_source_that_is_unknown_or_not_active_is_named(desk: Desk):
    source(desk, active=False)
    with refuses("source.unknown", NotFound):
        take(desk, disk())


def test_somebody_who_may_not_work_may_not_hand_in(desk: Desk):
    source(desk)
    with desk.store.write() as tx:
        tx.definitions.put("rea", person("Rea", role=Role.auditor))
    with refuses("access.denied", Forbidden), desk.store.write() as tx:
        taking.take(desk.call("rea"), tx, "prom", [disk()])


def test_two_that_report_the_same_at_once_open_one_ticket(desk: Desk):
    """What the second one read is not so any more when it writes: all of it is taken back."""
    source(desk)
    with desk.store.write() as tx:
        call = Call("intake", desk.clock(), "first", Origin.intake)
        known = taking.take(call, tx, "prom", [disk()])[0]
        stale = replace(tx.incoming.alert("prom", "disk"), count=0)
        with refuses("intake.raced", Conflict), tx.attempt():
            tx.incoming.put(stale, known=stale)
    assert take(desk, disk())[0] == Taken(Outcome.folded, known.ticket, "disk", 2)


@pytest.mark.parametrize(
    ("settle", "flaps", "kept_open"), [(3600, 2, True), (600, 2, False), (0, 2, False), (3600, 3, False)]
)
def test_what_comes_and_goes_stays_open_so_that_it_calls_nobody_each_time(desk: Desk, settle, flaps, kept_open):
    source(desk, when_over=WhenOver.resolve, settle=settle, flaps=flaps)
    first = take(desk, disk(impact=1, urgency=1))[0].ticket
    over = disk(state=Signal.resolved)
    for _ in range(2):
        take(desk, over)
        desk.clock.forward(minutes=10)
        assert take(desk, disk(impact=1, urgency=1))[0].outcome is Outcome.reopened
    assert take(desk, over)[0].outcome is (Outcome.over if kept_open else Outcome.resolved)
    assert reports(desk, first)[-1][0] is (Signal.flapping if kept_open else Signal.resolved)
    taken = take(desk, disk(impact=1, urgency=1))[0]
    assert taken.outcome is (Outcome.folded if kept_open else Outcome.reopened)
    assert desk.ask(lambda tx: tx.escalations.get(first)).generation == (3 if kept_open else 4)


def test_once_it_has_settled_a_report_resolves_the_ticket_again(desk: Desk):
    source(desk, when_over=WhenOver.resolve)
    take(desk, disk())
    over = disk(state=Signal.resolved)
    for _ in range(2):
        take(desk, over, disk(key="other"))
        take(desk, disk())
    assert take(desk, over)[0].outcome is Outcome.over
    take(desk, disk())
    desk.clock.forward(hours=2)
    assert take(desk, over)[0].outcome is Outcome.resolved
