"""Escalation to those who decide, beside that to those who know more; sleep, taking back, several answers."""

from dataclasses import replace

import pytest

from supporttui.domain.escalation.policy import EscalationKind, Policy, Silence, Step, StepHours, StepTarget, TargetKind
from supporttui.domain.events import EscalationMoved, EscalationStarted, StepFired
from supporttui.domain.sla.calendars import Window
from supporttui.storage import SqlStore
from supporttui.usecases import bonds, escalation, notices, policies, queue, replay, tickets
from supporttui.usecases.definitions.defining import Pack, check
from supporttui.usecases.ports import EscalationState
from supporttui.usecases.rules import rules_of
from tests.builders import NOW, PEOPLE, Desk, MovableClock, opened, person, policy, refuses, rota, service, site
from tests.quick import memory_store

pytestmark = pytest.mark.core

HIERARCHICAL = EscalationKind.hierarchical
LEA, MIA = StepTarget(TargetKind.person, person="lea"), StepTarget(TargetKind.person, person="mia")


def boss(**deviations: object) -> Policy:
    """Lea an hour after a top priority is opened, then Zoe."""
    steps = (Step("Lead", 3600, (LEA,)), Step("Head", 3600, (StepTarget(TargetKind.person, person="zoe"),)))
    defaults = {
        "id": "boss", "name": "Management", "kind": HIERARCHICAL, "steps": steps, "priorities": (1,), "rounds": 1,
        "last_resort": "zoe",
    }  # fmt: skip
    return Policy(**{**defaults, **deviations})


@pytest.fixture
def both(store: SqlStore, clock: MovableClock) -> Desk:
    """A desk with a watch, at which mail has a policy of each kind."""
    site(store, boss=boss(), mail=service(management="boss"))
    desk = Desk(store, clock)
    desk.lead()
    return desk


def with_policy(store: SqlStore, clock: MovableClock, *steps: Step, people=PEOPLE, **deviations: object) -> Desk:
    site(store, people=people, policy=policy(steps=steps, **deviations))
    desk = Desk(store, clock)
    desk.lead()
    return desk


def sweep(desk: Desk) -> int:
    return desk.watch(escalation.sweep, desk.token)


def fired(desk: Desk, ticket: int, kind: EscalationKind = EscalationKind.functional) -> list[StepFired]:
    facts = desk.ask(lambda tx: tx.journal.of_ticket(ticket))
    return [fact.event for fact in facts if isinstance(fact.event, StepFired) and fact.event.kind is kind]


def state(desk: Desk, ticket: int, kind: EscalationKind = EscalationKind.functional) -> EscalationState:
    return desk.ask(lambda tx: tx.escalations.get(ticket, kind)).state


# --- two kinds --------------------------------------------------------------------------------------------


def test_both_begin_with_a_watched_priority_each_with_a_generation_of_its_own(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    facts = both.ask(lambda tx: tx.journal.of_ticket(ticket.id))
    begun = [fact.event for fact in facts if isinstance(fact.event, EscalationStarted)]
    assert [(one.kind, one.policy, one.generation) for one in begun] == [
        (EscalationKind.functional, "urgent", 1),
        (HIERARCHICAL, "boss", 2),
    ]
    second = both.do(tickets.open_ticket, opened(priority=2))
    assert both.ask(lambda tx: tx.escalations.get(second.id, HIERARCHICAL)) is None


def test_who_decides_is_paged_although_somebody_works_on_it_and_that_takes_nothing_back(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    sweep(both)
    both.do(tickets.acknowledge, ticket.id, None)
    both.clock.forward(hours=1)
    assert sweep(both) == 1
    assert [step.paged for step in fired(both, ticket.id, HIERARCHICAL)] == [("lea",)]
    assert both.ask(queue.detail, ticket.id, both.clock()).ticket.acknowledged_by == "ana"
    assert (state(both, ticket.id), state(both, ticket.id, HIERARCHICAL)) == ("acknowledged", "running")
    (page,) = both.watch(notices.claim, both.token)
    assert (page.person, page.params["kind"]) == ("lea", "hierarchical")


def test_only_whom_it_paged_stops_it_also_if_they_had_acknowledged_the_ticket_before(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    both.do(tickets.acknowledge, ticket.id, None, by="lea")
    both.clock.forward(hours=1)
    sweep(both)
    both.do(tickets.acknowledge, ticket.id, None, by="ben")
    assert state(both, ticket.id, HIERARCHICAL) == "running"
    both.do(tickets.acknowledge, ticket.id, None, by="lea")
    assert state(both, ticket.id, HIERARCHICAL) == "acknowledged"
    with refuses("ticket.already_acknowledged"):
        both.do(tickets.acknowledge, ticket.id, None, by="lea")


def test_it_is_taken_back_only_by_whom_it_paged_likewise(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    both.clock.forward(hours=1)
    sweep(both)
    both.do(tickets.acknowledge, ticket.id, None, by="lea")
    both.do(escalation.unacknowledge, ticket.id, None, by="ben")
    assert (state(both, ticket.id), state(both, ticket.id, HIERARCHICAL)) == ("running", "acknowledged")
    both.do(escalation.unacknowledge, ticket.id, None, by="lea")
    assert state(both, ticket.id, HIERARCHICAL) == "running"


def test_by_hand_to_management_leaves_the_acknowledgement_of_who_works_on_it(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=3))
    both.do(tickets.acknowledge, ticket.id, None)
    done = both.do(escalation.escalate, ticket.id, None, kind="hierarchical")
    assert ([one.person for one in done.people], done.ticket.acknowledged_by) == (["lea"], "ana")
    assert both.do(escalation.withdraw, done.operation) == 1
    vpn = both.do(tickets.open_ticket, opened(service="vpn"))
    with refuses("escalation.no_management"):
        both.do(escalation.escalate, vpn.id, None, kind="hierarchical")


def test_used_up_it_tells_its_own_last_resort_and_the_stored_readings_follow_from_the_facts(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    for _ in range(5):
        both.clock.forward(hours=1)
        sweep(both)
    assert state(both, ticket.id, HIERARCHICAL) == "exhausted"
    assert both.ask(replay.differences) == ()
    running = both.ask(escalation.running, both.clock())
    assert {one.escalation.kind for one in running} == set(EscalationKind)
    assert both.ask(queue.detail, ticket.id, both.clock()).management.policy_name == "Management"


# --- asleep, and awake again ------------------------------------------------------------------------------


def test_hushed_it_pages_nobody_until_then_and_goes_on_with_what_was_left(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    sweep(both)
    both.clock.forward(minutes=4)
    both.do(escalation.hush, ticket.id, None, until=both.clock() + 3600)
    assert both.watch(notices.claim, both.token) == ()
    assert both.ask(queue.detail, ticket.id, both.clock()).notices[0].error == "notice.asleep"
    both.clock.forward(minutes=61)
    sweep(both)
    assert state(both, ticket.id) == "running"
    assert len(fired(both, ticket.id)) == 1
    both.clock.forward(minutes=5)
    sweep(both)
    assert [step.step for step in fired(both, ticket.id)] == [1, 2]


def test_a_hush_is_undone_and_a_wrong_one_is_refused(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    both.do(escalation.hush, ticket.id, None, until=both.clock() + 3600)
    both.do(tickets.undo, both.last)
    assert state(both, ticket.id) == "running"
    with refuses("escalation.awake"):
        both.do(escalation.hush, ticket.id, None)
    with refuses("ticket.until_past"):
        both.do(escalation.hush, ticket.id, None, until=both.clock())
    quiet = both.do(tickets.open_ticket, opened())
    with refuses("escalation.not_running"):
        both.do(escalation.hush, quiet.id, None, until=both.clock() + 60)


@pytest.mark.parametrize(("resume", "minutes"), [("", 6), ("next", 0)])
def test_an_acknowledgement_taken_back_goes_on_as_chosen(both: Desk, resume: str, minutes: int) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    sweep(both)
    both.clock.forward(minutes=4)
    both.do(tickets.acknowledge, ticket.id, None)
    both.clock.forward(minutes=30)
    back = both.do(escalation.unacknowledge, ticket.id, None, resume=resume)
    assert back.acknowledged_by is None
    assert both.ask(escalation.forecast, ticket.id, both.clock())[0].at == both.clock() + 60 * minutes
    both.do(tickets.undo, both.last)
    assert state(both, ticket.id) == "acknowledged"


def test_what_nobody_acknowledged_cannot_be_taken_back(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    with refuses("ticket.not_acknowledged"):
        both.do(escalation.unacknowledge, ticket.id, None)


def test_a_merged_ticket_calls_nobody_and_unmerged_goes_on_with_the_time_that_was_left(both: Desk) -> None:
    target = both.do(tickets.open_ticket, opened())
    both.clock.forward(minutes=1)
    ticket = both.do(tickets.open_ticket, opened(priority=1))
    sweep(both)
    both.clock.forward(minutes=4)
    both.do(bonds.merge, ticket.id, None, into=target.id)
    assert (state(both, ticket.id), both.watch(notices.claim, both.token)) == ("done", ())
    both.do(tickets.note, target.id, None, text="not the same after all")
    both.clock.forward(hours=3)
    assert sweep(both) == 0
    back = both.do(bonds.unmerge, ticket.id, None)
    assert (back.state, back.merged_into) == ("new", None)
    assert both.ask(lambda tx: tx.tickets.get(target.id)).merged == ()
    assert both.ask(escalation.forecast, ticket.id, both.clock())[0].at == both.clock() + 360
    assert both.ask(replay.differences) == ()
    both.do(tickets.resolve, ticket.id, None)
    with refuses("unmerge.not"):
        both.do(bonds.unmerge, ticket.id, None)


# --- whom a step reaches, and who must answer ---------------------------------------------------------------


def test_two_must_acknowledge_and_only_who_has_not_is_called_again(store: SqlStore, clock: MovableClock) -> None:
    desk = with_policy(store, clock, Step("Both", 0, (LEA, MIA), acks=2, silence=Silence.repeat, repeats=3))
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)
    desk.do(tickets.acknowledge, ticket.id, None, by="lea")
    assert state(desk, ticket.id) == "running"
    assert [one.person for one in desk.watch(notices.claim, desk.token, limit=5)] == ["mia"]
    clock.forward(minutes=15)
    sweep(desk)
    assert [(step.paged, step.answered) for step in fired(desk, ticket.id)] == [
        (("lea", "mia"), ()),
        (("mia",), ("lea",)),
    ]
    desk.do(tickets.acknowledge, ticket.id, None, by="mia")
    assert state(desk, ticket.id) == "acknowledged"
    (running,) = desk.ask(escalation.running, clock())
    assert (running.needed, set(running.answered)) == (2, {"lea", "mia"})


def test_a_round_robin_goes_on_with_the_next_who_can_be_reached(store: SqlStore, clock: MovableClock) -> None:
    circle = StepTarget(TargetKind.round_robin, people=("ana", "aud", "ben"))
    desk = with_policy(store, clock, Step("In turn", 0, (circle,)))
    paged = []
    for _ in range(3):
        ticket = desk.do(tickets.open_ticket, opened(priority=1))
        sweep(desk)
        clock.forward(seconds=60)
        paged += [step.paged for step in fired(desk, ticket.id)]
    assert paged == [("ana",), ("ben",), ("ana",)]
    for back, place in ((0, 1), (100, 3)):
        past = memory_store(clock)
        with past.write() as there, desk.store.read() as here:
            replay.rebuild(here, there, clock() - back)
            assert there.escalations.pointer("round_robin:urgent:1") == place


def test_who_speaks_the_requester_s_language_is_called_and_else_who_is_next_and_does(
    store: SqlStore, clock: MovableClock
) -> None:
    people = (person("Ben"), person("Mia", speaks=("ja",)), person("Ana", speaks=("pt-BR",)), person("Zoe"))
    desk = with_policy(store, clock, Step("Speaks", 0, (StepTarget(TargetKind.speaker),)), people=people)
    for language, expected in (("ja", ("mia",)), ("pt", ("ana",)), ("fr", ())):
        ticket = desk.do(tickets.open_ticket, opened(priority=1, language=language))
        sweep(desk)
        assert fired(desk, ticket.id)[0].paged == expected


def test_who_works_on_it_who_was_on_duty_before_and_a_channel_can_be_called(
    store: SqlStore, clock: MovableClock
) -> None:
    targets = (
        StepTarget(TargetKind.resolver), StepTarget(TargetKind.on_call_previous),
        StepTarget(TargetKind.command, channel="chat"),
    )  # fmt: skip
    desk = with_policy(store, clock, Step("All", 0, targets), Step("Lead", 600, (LEA,)))
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(tickets.transfer, ticket.id, None, team="network")
    sweep(desk)
    (step,) = fired(desk, ticket.id)
    assert (step.paged, step.called) == (("zoe", "ana"), ("chat",))
    told = desk.ask(queue.detail, ticket.id, clock()).notices
    assert [(one.person, one.channel, one.address) for one in told if one.channel == "chat"] == [("", "chat", "")]
    assert desk.ask(replay.differences) == ()


def test_a_channel_alone_is_waited_for_like_a_person(store: SqlStore, clock: MovableClock) -> None:
    chat = Step("Chat", 0, (StepTarget(TargetKind.command, channel="chat"),))
    desk = with_policy(store, clock, chat, Step("Lead", 600, (LEA,)))
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    assert sweep(desk) == 1
    assert desk.ask(escalation.forecast, ticket.id, clock())[0].at == NOW + 600


def test_a_step_for_other_priorities_or_hours_is_skipped_at_once_and_told(store: SqlStore, clock: MovableClock) -> None:
    night = StepHours("Europe/Berlin", (Window("09:00", "17:00"),))
    desk = with_policy(
        store, clock, Step("Only P2", 0, (LEA,), priorities=(2,)), Step("By day", 0, (LEA,), hours=night),
        Step("Mia", 0, (MIA,)),
    )  # fmt: skip
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    assert [step.name for step in desk.ask(escalation.forecast, ticket.id, clock())[:3]] == ["Only P2", "By day", "Mia"]
    sweep(desk)
    assert [(step.paged, step.cause) for step in fired(desk, ticket.id)] == [
        ((), "filtered.priority"), ((), "filtered.hours"), (("mia",), ""),
    ]  # fmt: skip
    assert desk.do(escalation.escalate, ticket.id, None, step=1).people[0].person == "lea"


# --- before it happens --------------------------------------------------------------------------------------


def test_what_escalating_would_do_names_people_ways_and_times_and_does_nothing(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened())
    found = both.ask(escalation.foretell, ticket.id, both.clock())
    assert [(step.at - NOW, [(one.person, one.channel) for one in step.people]) for step in found.steps[:3]] == [
        (0, [("ben", "mail")]),
        (600, [("mia", "mail")]),
        (1200, [("lea", "mail")]),
    ]
    assert found.steps[0].people[0].ways[0].at == NOW
    *_, end = both.ask(escalation.foretell, ticket.id, both.clock(), step=3).steps
    assert (end.step, [one.person for one in end.people]) == (0, ["zoe"])
    assert fired(both, ticket.id) == []
    with refuses("escalation.no_step"):
        both.ask(escalation.foretell, ticket.id, both.clock(), step=9)


def test_a_policy_tells_whom_it_would_page_in_the_next_day_stretch_by_stretch(desk: Desk) -> None:
    found = desk.ask(policies.ahead, "Urgent", NOW)
    first, second, lead = (stretches for _, stretches in found.steps)
    assert [(one.span.start - NOW, [reach.person for reach in one.people]) for one in first] == [
        (0, ["ben"]),
        (4 * 3600 + 40 * 60, ["ana"]),
    ]
    assert [[reach.person for reach in one.people] for one in (*second, *lead)] == [["mia"], ["lea"]]
    assert first[-1].span.end == NOW + 86_400


def test_the_hours_of_a_step_cut_its_forecast_and_say_why(store: SqlStore, clock: MovableClock) -> None:
    day = StepHours("Europe/Berlin", (Window("09:00", "17:00"),))
    desk = with_policy(store, clock, Step("By day", 0, (LEA,), hours=day))
    ((_, stretches),) = desk.ask(policies.ahead, "urgent", NOW).steps
    assert [(len(one.people), one.cause) for one in stretches] == [
        (0, "filtered.hours"), (1, ""), (0, "filtered.hours"),
    ]  # fmt: skip


# --- another version ------------------------------------------------------------------------------------------


def test_running_ones_are_moved_to_the_newest_version_as_one_action_and_back(both: Desk) -> None:
    found = [both.do(tickets.open_ticket, opened(priority=1)) for _ in range(2)]
    sweep(both)
    with both.store.write() as tx:
        tx.definitions.put("urgent", policy(version=2, steps=(Step("L1", 0, (LEA,)), Step("Mia", 60, (MIA,)))))
    assert (both.ask(policies.one, "urgent").running, both.ask(policies.one, "urgent").behind) == (2, 2)
    with refuses("access.denied"):
        both.do(escalation.move, policy="urgent", by="ana")
    moved = both.do(escalation.move, policy="urgent", by="zoe")
    assert (moved.version, moved.tickets) == (2, tuple(ticket.id for ticket in found))
    both.clock.forward(minutes=1)
    assert both.ask(escalation.forecast, found[0].id, both.clock())[0].name == "Mia"
    both.do(tickets.undo, moved.operation, by="zoe")
    assert both.ask(escalation.forecast, found[0].id, both.clock())[0].name == "L2"
    assert both.ask(policies.one, "urgent").behind == 2


def test_there_is_nothing_to_move_where_all_hold_the_newest(both: Desk) -> None:
    both.do(tickets.open_ticket, opened(priority=1))
    with refuses("policy.nothing_to_move"):
        both.do(escalation.move, policy="urgent", by="zoe")
    facts = both.ask(lambda tx: list(tx.journal.each()))
    assert not any(isinstance(fact.event, EscalationMoved) for fact in facts)


# --- because a criterion holds -----------------------------------------------------------------------------------


def test_what_pushes_takes_the_next_step_of_what_runs_or_begins_one(both: Desk) -> None:
    ticket = both.do(tickets.open_ticket, opened(priority=3))

    def push(call, tx):
        rules = rules_of(tx)
        return escalation.push(call, rules, tx.tickets.get(ticket.id), rules.policy("boss"), cause="criterion.late")

    both.watch(push)
    assert fired(both, ticket.id, HIERARCHICAL) == []
    both.watch(push)
    assert [(one.step, one.paged, one.cause) for one in fired(both, ticket.id, HIERARCHICAL)] == [
        (1, ("lea",), "criterion.late")
    ]
    both.do(escalation.hush, ticket.id, None, until=both.clock() + 60, kind="hierarchical")
    both.watch(push)
    assert len(fired(both, ticket.id, HIERARCHICAL)) == 1


def test_what_pushes_into_a_round_that_found_nobody_pages_the_rota_s_fallback(store: SqlStore, clock: MovableClock):
    nobody = policy(steps=(Step("Nobody", 0, (StepTarget(TargetKind.person, person="aud"),)),))
    site(store, policy=nobody, rota=rota(fallback="lea"))
    desk = Desk(store, clock)
    desk.lead()
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    sweep(desk)

    def push(call, tx):
        rules = rules_of(tx)
        return escalation.push(call, rules, tx.tickets.get(ticket.id), rules.policy("urgent"), cause="criterion.late")

    desk.watch(push)
    assert [(one.round, one.paged, one.cause) for one in fired(desk, ticket.id)] == [
        (1, ("lea",), "empty.fallback"), (2, ("lea",), "empty.fallback"),
    ]  # fmt: skip


def test_a_policy_of_the_other_kind_or_without_a_last_resort_is_refused(desk: Desk) -> None:
    for pack, code in (
        (Pack("x", policies=(boss(last_resort=None),)), "definition.no_last_resort"),
        (Pack("x", policies=(boss(last_resort="aud"),)), "definition.last_resort_unreachable"),
        (Pack("x", policies=(boss(),), services=(replace(service(), policy="boss"),)), "definition.policy_kind"),
        (Pack("x", services=(service(management="urgent"),)), "definition.policy_kind"),
    ):
        with refuses(code):
            desk.ask(check, pack)
