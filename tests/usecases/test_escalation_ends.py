"""What comes after an escalation's end, and what is left when nobody can be reached at all."""

from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.events import EscalationEnded, EscalationStarted, StepFired
from supporttui.storage import SqlStore
from supporttui.usecases import escalation, notices, queue, tickets
from supporttui.usecases.pacing import Pace
from tests.builders import Desk, MovableClock, fact, opened, policy, refuses, rota, site

pytestmark = pytest.mark.core

NOBODY = Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),))


def events(desk: Desk, ticket: int, kind: type) -> list:
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket))
    return [fact.event for fact in facts if isinstance(fact.event, kind)]


def test_escalating_what_is_reopened_begins_anew_by_the_newest_policy(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(escalation.escalate, ticket.id, None, step=3)
    desk.do(tickets.resolve, ticket.id, None)
    desk.clock.forward(hours=1)
    with desk.store.write() as tx:
        tx.definitions.put("urgent", policy(version=2, name="New"), valid_from=desk.clock())
    desk.do(tickets.reopen, ticket.id, None)
    assert desk.do(escalation.escalate, ticket.id, None).step == 1
    begun = [(event.generation, event.policy_version) for event in events(desk, ticket.id, EscalationStarted)]
    assert begun == [(1, 1), (2, 2)]


def test_a_fallback_who_cannot_be_reached_either_leaves_a_round_unheard_and_on_record(
    store: SqlStore, clock: MovableClock
) -> None:
    site(store, policy=policy(steps=(NOBODY,), rounds=1, repeat_wait=60), rota=rota(fallback="aud"))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    clock.forward(minutes=2)
    desk.watch(escalation.sweep, desk.token)
    assert [(step.paged, step.cause) for step in events(desk, ticket.id, StepFired)] == [((), "empty.unreachable")]
    assert [ended.exhausted for ended in events(desk, ticket.id, EscalationEnded)] == [True]
    told = desk.ask(queue.detail, ticket.id, clock()).notices
    assert [(notice.code, notice.person) for notice in told] == [("exhausted", "zoe")]


def test_a_policy_that_cannot_be_read_silences_no_page(desk: Desk) -> None:
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    (page,) = desk.ask(queue.detail, ticket.id, desk.clock()).notices
    with desk.store.write() as tx:
        began = (EscalationStarted("gone", 1, 2), StepFired(2, 1, 1, 1, paged=("ben",)))
        tx.journal.append([fact(event, ticket=ticket.id, operation="x", at=desk.clock()) for event in began])
        tx.outbox.add([replace(page, key="another", params={**page.params, "generation": 2})])
    claimed = desk.watch(notices.claim, desk.token)
    assert [(notice.key, notice.person) for notice in claimed] == [("another", "ben")]


def test_the_version_that_a_ticket_holds_goes_on_when_the_policy_changes(desk: Desk) -> None:
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    with desk.store.write() as tx:
        tx.definitions.put("urgent", policy(version=2, steps=(NOBODY,)), valid_from=desk.clock())
    desk.clock.forward(minutes=10)
    desk.watch(escalation.sweep, desk.token)
    assert [step.paged for step in events(desk, ticket.id, StepFired)] == [("ben",), ("mia",)]


def test_one_ticket_s_step_is_taken_like_those_of_a_sweep(desk: Desk) -> None:
    token = desk.lead()
    ticket, other = (desk.do(tickets.open_ticket, opened(priority=1)) for _ in range(2))
    assert desk.watch(escalation.advance, token, ticket.id) == 1
    assert [len(events(desk, one.id, StepFired)) for one in (ticket, other)] == [1, 0]


def test_a_page_for_somebody_named_follows_no_rota(desk: Desk) -> None:
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(escalation.escalate, ticket.id, None, step=3)
    desk.clock.forward(hours=12)
    desk.lead()
    claimed = desk.watch(notices.claim, desk.token, pace=Pace(hold=0))
    assert [notice.person for notice in claimed] == ["lea"]


def test_where_looking_again_fails_a_page_leaves_as_it_was_queued(desk: Desk) -> None:
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.watch(escalation.sweep, desk.token)
    desk.do(tickets.acknowledge, ticket.id, None)
    assert [notice.person for notice in desk.watch(notices.claim, desk.token, look=False)] == ["ben"]


def test_a_step_that_was_answered_between_looking_and_taking_is_not_taken(desk: Desk) -> None:
    token = desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.acknowledge, ticket.id, None)
    assert desk.watch(escalation.advance, token, ticket.id) == 0
    assert events(desk, ticket.id, StepFired) == []


def test_facts_that_name_an_unknown_policy_are_an_unreadable_escalation(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    with desk.store.write() as tx:
        began = fact(EscalationStarted("gone", 1, 1), ticket=ticket.id, operation="x", at=desk.clock())
        tx.journal.append([began])
    with refuses("policy.unknown"):
        desk.do(escalation.escalate, ticket.id, None)
