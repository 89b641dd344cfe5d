"""A ticket just below a criterion is left alone, one just above it escalates, and the journal has the numbers."""

import pytest

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.escalation.policy import EscalationKind, Step, StepTarget, TargetKind
from supporttui.domain.events import CriterionHeld, StepFired
from supporttui.domain.sla.order import Metric
from supporttui.domain.states import State
from supporttui.usecases import attention, criteria, escalation, promises, replay, replies, tickets
from tests.builders import NOW, Desk, opened, policy, service

pytestmark = pytest.mark.core

HOUR, DAY = 3600, 86_400
BOSS = Step("Boss", 0, (StepTarget(TargetKind.person, person="lea"),))


def watch_over(desk: Desk, *found: Criterion, hierarchical: bool = False) -> None:
    """Only criteria start anything: no priority does."""
    with desk.store.write() as tx:
        kind = EscalationKind.hierarchical if hierarchical else EscalationKind.functional
        tx.definitions.put("urgent", policy(priorities=()))
        tx.definitions.put("boss", policy(id="boss", steps=(BOSS,), rounds=1, priorities=(), kind=kind))
        watching = policy(
            id="watch", priorities=(), criteria=found, kind=kind, steps=(BOSS,) if hierarchical else policy().steps
        )
        tx.definitions.put("watch", watching)
        used = {"management": "watch", "policy": "urgent"} if hierarchical else {"policy": "watch"}
        tx.definitions.put("mail", service(**used))


def ticket(desk: Desk, **deviations) -> int:
    return desk.do(tickets.open_ticket, opened(priority=3, **deviations)).id


def looked(desk: Desk) -> int:
    """What the watch does now: criteria, then the steps that follow."""
    token = desk.token or desk.lead()
    due = desk.ask(lambda tx: tx.looks.due(desk.clock(), 50))
    done = sum(desk.watch(escalation.look, token, one) for one in due)
    desk.watch(escalation.sweep, token)
    return done


def events(desk: Desk, number: int, kind: type) -> list:
    return [f.event for f in desk.ask(lambda tx: tx.journal.of_ticket(number)) if isinstance(f.event, kind)]


def test_a_missed_promise_escalates_and_one_that_a_reply_kept_does_not(desk: Desk) -> None:
    watch_over(desk, Criterion("told", CriterionKind.promise))
    missed, kept = ticket(desk), ticket(desk)
    for number in (missed, kept):
        desk.do(promises.promise, number, None, until=NOW + HOUR)
    desk.do(replies.reply, kept, None, text="soon")
    desk.clock.forward(seconds=HOUR + 60)
    assert looked(desk) == 1
    (held,) = events(desk, missed, CriterionHeld)
    assert (held.kind, held.limit, events(desk, kept, CriterionHeld)) == ("promise", 0, [])


def test_what_stands_still_escalates_at_its_second_and_not_one_before(desk: Desk) -> None:
    watch_over(desk, Criterion("slow", CriterionKind.no_update, 10 * DAY), Criterion("hops", CriterionKind.hops, 1))
    number = ticket(desk)
    desk.do(tickets.wait, number, None, state=State.waiting_vendor)
    desk.clock.forward(seconds=10 * DAY - 1)
    assert looked(desk) == 0
    desk.clock.forward(seconds=1)
    assert looked(desk) == 1
    (held,) = events(desk, number, CriterionHeld)
    assert (held.criterion, held.value, held.limit) == ("slow", 10 * DAY, 10 * DAY)
    assert [step.step for step in events(desk, number, StepFired)] == [1]


@pytest.mark.parametrize(
    ("kind", "value", "deed"),
    [
        (CriterionKind.chased, 3, lambda desk, number: desk.do(attention.chase, number, None)),
        (CriterionKind.hops, 3, lambda desk, number: desk.do(
            tickets.transfer, number, None, team="network" if desk.clock() % 2 else "desk")),
    ],
    ids=["chases", "hops"],
)  # fmt: skip
def test_a_count_escalates_when_it_reaches_its_limit(desk: Desk, kind, value, deed) -> None:
    watch_over(desk, Criterion("often", kind, value))
    number = ticket(desk, team="desk")
    for times in range(1, value + 1):
        desk.clock.forward(seconds=1)
        deed(desk, number)
        assert looked(desk) == (times == value)
    (held,) = events(desk, number, CriterionHeld)
    assert (held.value, held.limit) == (value, value)


def test_a_share_of_a_target_escalates_in_service_hours_only(desk: Desk) -> None:
    watch_over(desk, Criterion("half", CriterionKind.used, 50, metric=Metric.resolution))
    number = ticket(desk)
    at = desk.ask(lambda tx: tx.looks.at(number))
    gauge = desk.ask(criteria.gauges, number, at)[0]
    before = desk.ask(criteria.gauges, number, at - 1)[0]
    assert (gauge.measured.holds, before.measured.holds, gauge.measured.value) == (True, False, 50)


def test_a_running_escalation_takes_its_next_step_also_when_it_was_acknowledged(desk: Desk) -> None:
    watch_over(desk, Criterion("slow", CriterionKind.no_update, HOUR, cooldown=HOUR))
    number = ticket(desk)
    desk.do(escalation.escalate, number, None, delay=0)
    desk.do(tickets.acknowledge, number, None, by="ben")
    desk.clock.forward(seconds=HOUR)
    assert looked(desk) == 1
    assert [(step.step, step.cause) for step in events(desk, number, StepFired)] == [(1, ""), (2, "criterion.slow")]
    desk.clock.forward(seconds=HOUR - 1)
    assert looked(desk) == 0
    desk.clock.forward(seconds=1)
    assert looked(desk) == 1


def test_management_hears_of_it_beside_those_who_work_on_it(desk: Desk) -> None:
    """Two kinds at once."""
    watch_over(desk, Criterion("half", CriterionKind.used, 50, metric=Metric.resolution), hierarchical=True)
    number = ticket(desk)
    desk.do(escalation.escalate, number, None, delay=0)
    at = desk.ask(lambda tx: tx.looks.at(number))
    desk.clock.forward(seconds=at - desk.clock())
    assert looked(desk) == 1
    kinds = {step.kind for step in events(desk, number, StepFired)}
    assert kinds == {EscalationKind.functional, EscalationKind.hierarchical}
    assert desk.ask(lambda tx: tuple(replay.differences(tx))) == ()


def test_while_it_is_hushed_a_criterion_waits_for_the_end(desk: Desk) -> None:
    watch_over(desk, Criterion("slow", CriterionKind.no_update, HOUR))
    number = ticket(desk)
    desk.do(escalation.escalate, number, None, delay=0)
    desk.do(escalation.hush, number, None, until=NOW + 2 * HOUR)
    desk.clock.forward(seconds=HOUR)
    assert looked(desk) == 0
    assert events(desk, number, CriterionHeld) == []
    desk.clock.forward(seconds=HOUR)
    assert looked(desk) == 1


def test_work_on_it_puts_the_look_off_and_the_end_takes_it_back(desk: Desk) -> None:
    watch_over(desk, Criterion("slow", CriterionKind.no_update, HOUR))
    number = ticket(desk)
    desk.clock.forward(seconds=600)
    desk.do(tickets.note, number, None, text="looked")
    assert desk.ask(lambda tx: tx.looks.at(number)) == NOW + 600 + HOUR
    desk.do(tickets.resolve, number, None)
    assert desk.ask(lambda tx: tx.looks.at(number)) is None
