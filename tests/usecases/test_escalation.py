"""Escalating by hand and by the watch: who is paged, when, once, and what takes it back."""

from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.events import EscalationEnded, PageWithdrawn, StepFired
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.storage import SqlStore
from supporttui.usecases import escalation, notices, queue, tickets
from supporttui.usecases.ports import EscalationState, NoticeState
from tests.builders import NOW, PEOPLE, Desk, MovableClock, opened, person, policy, refuses, rota, site

pytestmark = pytest.mark.core


@pytest.fixture
def leading(desk: Desk) -> Desk:
    """A desk at which a watch leads."""
    desk.lead()
    return desk


def pages(desk: Desk, ticket: int) -> list[tuple[str, NoticeState]]:
    found = desk.ask(queue.detail, ticket, desk.clock()).notices
    return [(notice.person, notice.state) for notice in found if notice.code == "page"]


def fired(desk: Desk, ticket: int) -> list[StepFired]:
    facts = desk.ask(queue.detail, ticket, desk.clock()).facts
    return [fact.event for fact in reversed(facts) if isinstance(fact.event, StepFired)]


def sweep(desk: Desk) -> int:
    return desk.watch(escalation.sweep, desk.token)


# --- by the watch ---------------------------------------------------------------------------------------


def test_the_first_step_pages_whoever_is_on_call_in_the_sweep_after_its_due_instant(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    assert sweep(leading) == 1
    # Ana's turn begins on Monday at 08:00; at 03:20 it is still Ben's.
    assert pages(leading, ticket.id) == [("ben", NoticeState.pending)]
    assert sweep(leading) == 0


def test_steps_follow_their_waits_then_rounds_then_the_last_resort(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    reached = []
    for _ in range(8):
        sweep(leading)
        reached = [(step.round, step.step, step.paged) for step in fired(leading, ticket.id)]
        leading.clock.forward(minutes=15)
    first, second = (
        [(1, 1, ("ben",)), (1, 2, ("mia",)), (1, 3, ("lea",))],
        [(2, 1, ("ben",)), (2, 2, ("mia",)), (2, 3, ("lea",))],
    )
    assert reached == [*first, *second]
    (running,) = leading.ask(escalation.running, leading.clock())
    assert running.escalation.state is EscalationState.exhausted
    told = leading.ask(queue.detail, ticket.id, leading.clock()).notices
    assert [notice.person for notice in told if notice.code == "exhausted"] == ["zoe"]


def test_a_sweep_without_the_lease_takes_nothing(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    leading.clock.forward(hours=2)
    old, leading.token = leading.token, leading.lead("another")
    with refuses("lease.lost"):
        leading.watch(escalation.sweep, old)
    assert fired(leading, ticket.id) == []


def test_a_person_may_not_sweep(leading: Desk) -> None:
    with refuses("access.denied"):
        leading.do(escalation.sweep, leading.token)


def test_after_downtime_only_the_current_step_is_taken(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    leading.clock.forward(minutes=21)
    sweep(leading)
    assert [(step.step, step.cause) for step in fired(leading, ticket.id)] == [(3, "late.skipped")]


def test_a_step_that_reaches_nobody_is_recorded_and_the_next_one_taken_at_once(
    store: SqlStore, clock: MovableClock
) -> None:
    steps = (Step("Nobody", 0, (StepTarget(TargetKind.person, person="gone"),)), *policy().steps[1:])
    site(store, policy=policy(steps=steps))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    assert [(step.step, step.paged, step.cause) for step in fired(desk, ticket.id)] == [
        (1, (), "empty.no_person"),
        (2, ("mia",), ""),
    ]


def test_a_round_that_found_nobody_pages_the_rota_s_fallback(store: SqlStore, clock: MovableClock) -> None:
    steps = (Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),)),)
    site(store, policy=policy(steps=steps), rota=rota(fallback="lea"))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    assert [(step.paged, step.cause) for step in fired(desk, ticket.id)] == [(("lea",), "empty.fallback")]


def test_teams_and_the_next_on_call_can_be_paged(store: SqlStore, clock: MovableClock) -> None:
    targets = (StepTarget(TargetKind.on_call_next, level=1), StepTarget(TargetKind.team, team="network"))
    site(store, policy=policy(steps=(Step("Both", 0, targets),)))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    assert [step.paged for step in fired(desk, ticket.id)] == [("ana", "zoe")]


def test_an_escalation_without_its_policy_waits_and_does_not_stop_the_others(leading: Desk) -> None:
    broken = leading.do(tickets.open_ticket, opened(priority=1))
    good = leading.do(tickets.open_ticket, opened(priority=1))
    with leading.store.write() as tx:
        tx.escalations.save(replace(tx.escalations.get(broken.id), policy="gone"))
    assert sweep(leading) == 1
    assert (len(fired(leading, broken.id)), len(fired(leading, good.id))) == (0, 1)
    assert leading.ask(lambda tx: tx.escalations.get(broken.id)).due > leading.clock()


def test_an_acknowledgement_that_runs_out_lets_the_plan_go_on(store: SqlStore, clock: MovableClock) -> None:
    site(store, policy=policy(ack_timeout=1800))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    desk.do(tickets.acknowledge, ticket.id, None, by="ben")
    clock.forward(minutes=20)
    assert sweep(desk) == 0
    clock.forward(minutes=20)
    assert sweep(desk) == 1
    assert [step.step for step in fired(desk, ticket.id)] == [1, 2]


@pytest.mark.parametrize("minutes", [10, 31, 60], ids=["before it runs out", "after it ran out", "after the next step"])
def test_where_acknowledgements_run_out_the_same_person_can_give_another(
    store: SqlStore, clock: MovableClock, minutes: int
) -> None:
    site(store, policy=policy(ack_timeout=1800))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    desk.do(tickets.acknowledge, ticket.id, None)
    clock.forward(minutes=minutes)
    sweep(desk)
    desk.do(tickets.acknowledge, ticket.id, None)
    assert desk.ask(lambda tx: tx.escalations.get(ticket.id)).state == "acknowledged"


def test_whoever_acknowledged_a_ticket_before_it_was_raised_can_answer_its_page(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened())
    leading.do(tickets.acknowledge, ticket.id, None)
    raised = leading.do(tickets.change_priority, ticket.id, None, priority=1, reason="all down", by="ben")
    assert raised.acknowledged_by is None
    assert sweep(leading) == 1
    leading.do(tickets.acknowledge, ticket.id, None)
    assert leading.ask(lambda tx: tx.escalations.get(ticket.id)).state == "acknowledged"


# --- by hand ----------------------------------------------------------------------------------------------


def test_the_chooser_names_every_step_with_people_channel_and_until(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    first, second, lead = desk.ask(escalation.choices, ticket.id, desk.clock())
    assert (first.step, first.name, first.is_next) == (1, "L1", True)
    assert [(r.person, r.name, r.channel) for r in first.people] == [("ben", "Ben", "mail")]
    assert first.people[0].until == NOW + 4 * 3600 + 40 * 60
    assert (second.is_next, lead.people[0].until) == (False, None)


def test_there_is_nothing_to_choose_without_a_policy_or_on_a_ticket_that_is_done(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(service="vpn"))
    assert desk.ask(escalation.choices, ticket.id, desk.clock()) == ()
    done = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.resolve, done.id, None)
    assert desk.ask(escalation.choices, done.id, desk.clock()) == ()


def test_escalating_by_hand_queues_the_page_behind_its_delay(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    done = desk.do(escalation.escalate, ticket.id, ticket.version, delay=8, text="db down")
    assert (done.step, done.step_name, done.send_at) == (1, "L1", desk.clock() + 8)
    assert [reach.name for reach in done.people] == ["Ben"]
    (notice,) = desk.ask(queue.detail, ticket.id, desk.clock()).notices
    assert (notice.not_before, notice.params["text"], notice.params["by"]) == (done.send_at, "db down", "Ana")


def test_escalating_an_acknowledged_ticket_goes_on_and_makes_it_unacknowledged(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    leading.do(tickets.acknowledge, ticket.id, None)
    done = leading.do(escalation.escalate, ticket.id, None)
    assert (done.step_name, done.ticket.acknowledged_by) == ("L2", None)
    (running,) = leading.ask(escalation.running, leading.clock())
    assert running.escalation.state is EscalationState.running


def test_a_step_can_be_named_and_must_exist_and_reach_somebody(store: SqlStore, clock: MovableClock) -> None:
    steps = (*policy().steps, Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),)))
    site(store, policy=policy(steps=steps))
    desk = Desk(store, clock)
    ticket = desk.do(tickets.open_ticket, opened())
    assert desk.do(escalation.escalate, ticket.id, None, step=3).people[0].person == "lea"
    with refuses("escalation.no_step"):
        desk.do(escalation.escalate, ticket.id, None, step=9)
    with refuses("escalation.nobody"):
        desk.do(escalation.escalate, ticket.id, None, step=4)


def test_a_next_step_that_reaches_nobody_gives_way_to_the_one_after_it(store: SqlStore, clock: MovableClock) -> None:
    nobody = Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),))
    site(store, policy=policy(steps=(nobody, policy().steps[1])))
    desk = Desk(store, clock)
    ticket = desk.do(tickets.open_ticket, opened())
    assert desk.do(escalation.escalate, ticket.id, None).step == 2
    (step,) = fired(desk, ticket.id)
    assert (step.step, step.paged, step.cause, step.skipped) == (2, ("mia",), "empty.passed_over", ((1, 1),))


def test_with_nobody_in_any_step_the_last_resort_is_paged_or_it_is_refused(
    store: SqlStore, clock: MovableClock
) -> None:
    nobody = Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),))
    site(store, policy=policy(steps=(nobody,)))
    desk = Desk(store, clock)
    ticket = desk.do(tickets.open_ticket, opened())
    assert [reach.person for reach in desk.do(escalation.escalate, ticket.id, None).people] == ["zoe"]
    with desk.store.write() as tx:
        tx.definitions.put("zoe", person("Zoe", contacts=()))
    with refuses("escalation.nobody"):
        desk.do(escalation.escalate, ticket.id, None)


def test_what_cannot_be_escalated_says_why(desk: Desk) -> None:
    vpn = desk.do(tickets.open_ticket, opened(service="vpn"))
    with refuses("escalation.no_policy"):
        desk.do(escalation.escalate, vpn.id, None)
    done = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.resolve, done.id, None)
    with refuses("ticket.not_open"):
        desk.do(escalation.escalate, done.id, None)
    with refuses("access.denied"):
        desk.do(escalation.escalate, vpn.id, None, by="aud")


# --- taking it back -----------------------------------------------------------------------------------------


def test_withdrawing_inside_the_delay_means_that_it_never_happened(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    leading.do(tickets.acknowledge, ticket.id, None)
    done = leading.do(escalation.escalate, ticket.id, None)
    leading.clock.forward(seconds=5)
    assert leading.do(escalation.withdraw, done.operation) == 1
    assert pages(leading, ticket.id) == [("mia", NoticeState.withdrawn), ("ben", NoticeState.pending)]
    detail = leading.ask(queue.detail, ticket.id, leading.clock())
    assert detail.ticket.acknowledged_by == "ana"
    assert detail.escalation.escalation.state is EscalationState.acknowledged
    assert any(isinstance(fact.event, PageWithdrawn) for fact in detail.facts)


def test_withdrawing_after_it_left_tells_those_who_got_it(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened())
    done = leading.do(escalation.escalate, ticket.id, None)
    leading.clock.forward(seconds=9)
    (page,) = leading.watch(notices.claim, leading.token)
    leading.watch(notices.settle, page, token=leading.token)
    assert leading.do(escalation.withdraw, done.operation) == 0
    found = leading.ask(queue.detail, ticket.id, leading.clock()).notices
    assert sorted((notice.code, notice.person, notice.state) for notice in found) == [
        ("page", "ben", NoticeState.sent),
        ("withdrawn", "ben", NoticeState.pending),
    ]


def test_a_page_that_was_on_its_way_when_it_was_withdrawn_is_not_tried_again(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened())
    done = leading.do(escalation.escalate, ticket.id, None)
    leading.clock.forward(seconds=9)
    (page,) = leading.watch(notices.claim, leading.token)
    leading.do(escalation.withdraw, done.operation)
    leading.watch(notices.settle, page, token=leading.token, error="channel.refused")
    leading.clock.forward(hours=1)
    assert [notice.code for notice in leading.watch(notices.claim, leading.token)] == ["withdrawn"]
    assert pages(leading, ticket.id) == [("ben", NoticeState.suppressed)]


def test_a_withdrawn_escalation_that_it_began_does_not_go_on(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened())
    done = leading.do(escalation.escalate, ticket.id, None)
    leading.do(escalation.withdraw, done.operation)
    leading.clock.forward(hours=5)
    assert sweep(leading) == 0
    assert leading.ask(escalation.running, leading.clock()) == ()


def test_withdrawing_twice_or_something_else_is_refused(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    done = desk.do(escalation.escalate, ticket.id, None)
    desk.do(escalation.withdraw, done.operation)
    with refuses("escalation.withdrawn"):
        desk.do(escalation.withdraw, done.operation)
    desk.do(tickets.note, ticket.id, None, text="hm")
    with refuses("operation.unknown"):
        desk.do(escalation.withdraw, desk.last)


# --- what comes -----------------------------------------------------------------------------------------------


def test_the_forecast_names_steps_people_and_instants_in_order(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    coming = desk.ask(escalation.forecast, ticket.id, desk.clock())
    assert [(step.at - NOW, step.name, [r.person for r in step.people]) for step in coming[:3]] == [
        (0, "L1", ["ben"]),
        (600, "L2", ["mia"]),
        (1200, "Lead", ["lea"]),
    ]
    assert desk.ask(escalation.forecast, desk.do(tickets.open_ticket, opened()).id, desk.clock()) == ()


def test_a_running_escalation_shows_its_policy_step_pages_and_countdown(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    (running,) = leading.ask(escalation.running, leading.clock())
    assert (running.policy_name, running.step_name, running.item.row.id) == ("Urgent", "L1", ticket.id)
    assert [notice.person for notice in running.notices] == ["ben"]
    assert running.item.row.escalated
    assert running.upcoming[0].name == "L2"


def test_exhausted_escalations_can_still_be_escalated_by_hand(store: SqlStore, clock: MovableClock) -> None:
    site(store, people=PEOPLE, policy=policy(rounds=1, repeat_wait=60))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    for _ in range(5):
        sweep(desk)
        clock.forward(minutes=11)
    facts = desk.ask(queue.detail, ticket.id, clock()).facts
    assert any(isinstance(fact.event, EscalationEnded) for fact in facts)
    assert desk.do(escalation.escalate, ticket.id, None).step_name == "Lead"


# --- between queueing and sending -----------------------------------------------------------------------------


def test_a_page_that_nobody_needs_any_more_is_suppressed_with_its_cause(leading: Desk) -> None:
    acknowledged = leading.do(tickets.open_ticket, opened(priority=1))
    resolved = leading.do(tickets.open_ticket, opened(priority=1))
    reopened = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    leading.do(tickets.acknowledge, acknowledged.id, None)
    leading.do(tickets.resolve, resolved.id, None)
    leading.do(tickets.resolve, reopened.id, None)
    leading.do(tickets.reopen, reopened.id, None)
    assert leading.watch(notices.claim, leading.token) == ()
    causes = [
        leading.ask(queue.detail, ticket.id, leading.clock()).notices[0].error
        for ticket in (acknowledged, resolved, reopened)
    ]
    assert causes == ["notice.acknowledged", "notice.not_open", "notice.reopened"]


def test_a_page_follows_the_rota_to_whoever_is_on_call_when_it_leaves(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    cover = Override("o1", OverrideKind.replace, NOW, NOW + 36_000, person="mia", in_place_of="ben", created_at=NOW)
    with leading.store.write() as tx:
        tx.definitions.put("night", cover)
    assert leading.watch(notices.claim, leading.token) == ()
    assert sorted(pages(leading, ticket.id)) == [("ben", NoticeState.suppressed), ("mia", NoticeState.pending)]
    (page,) = leading.watch(notices.claim, leading.token)
    assert (page.person, page.params["passed_on"]) == ("mia", 1)


def test_a_page_that_comes_back_to_the_first_person_has_a_key_of_its_own(leading: Desk) -> None:
    ticket = leading.do(tickets.open_ticket, opened(priority=1))
    sweep(leading)
    for number, there in enumerate(("mia", "ben")):
        cover = Override(f"o{number}", OverrideKind.replace, NOW, NOW + 36_000, person=there, created_at=NOW + number)
        with leading.store.write() as tx:
            tx.definitions.put("night", cover)
        leading.watch(notices.claim, leading.token)
    (page,) = leading.watch(notices.claim, leading.token)
    assert page.person == "ben"
    assert len({notice.key for notice in leading.ask(queue.detail, ticket.id, NOW).notices}) == 3
