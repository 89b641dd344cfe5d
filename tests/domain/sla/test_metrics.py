"""Ownership, OLAs and underpinning contracts; whose promise holds; what stands first where several timers run."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    MergedIn,
    Origin,
    State,
    StateChanged,
    Undone,
    Voided,
)
from supporttui.domain.ids import OperationId, PersonId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import AgreementKind, agreement_of
from supporttui.domain.sla.targets import Asked, Metric, ReopenRule, Target
from supporttui.domain.sla.timer import (
    SortBucket,
    SortKey,
    Timer,
    TimerState,
    by_urgency,
    decisive,
    fold,
    sort_key,
)
from supporttui.domain.states import Kind
from tests.domain.sla.calendars import HOUR
from tests.domain.sla.facts import (
    ACTIVE,
    HOURS,
    REPLY,
    RESOLVED,
    VENDOR,
    WAITING,
    facts,
    office,
    opened,
    scheduled,
    t,
    target_for,
    timer,
    word,
)

pytestmark = pytest.mark.core

OWNERSHIP = Target(Metric.ownership, HOUR)
OLA = Target(Metric.ola, 4 * HOUR)
CONTRACT = Target(Metric.underpinning, 8 * HOUR)
SOLVE = Target(Metric.resolution, 16 * HOUR)
ANA = Assigned(owner=PersonId("ana"))
TO_NET = Assigned(team=TeamId("net"), owner=PersonId(""), resolver="")
TO_DESK = Assigned(team=TeamId("desk"), owner=PersonId(""), resolver="")
TO_ACME = Assigned(resolver="acme")
BACK = Assigned(resolver="")
OPENED = ("Mon 09:00", opened())


def with_authorities(targets, metric, ticket):
    asked = Asked(ticket.service, ticket.kind, ticket.priority, ticket.team, ticket.resolver)
    return target_for(targets, metric, asked)


def told(*what, targets) -> tuple[Timer, ...]:
    """The timers of a ticket of the team ``desk``, where ``acme`` and ``bolt`` are outside."""
    return fold(
        facts(*what), lambda metric, ticket: with_authorities(targets, metric, ticket), HOURS, office,
        outside=frozenset({"acme", "bolt"}),
    )  # fmt: skip


def spans(found: tuple[Timer, ...]) -> list[tuple[str, str, str, TimerState]]:
    return [(x.authority, word(x.started), word(x.stopped) if x.stopped else "", x.state) for x in found]


# --- ownership ------------------------------------------------------------------------------------


@pytest.mark.parametrize("owning", [ANA, Acknowledged(PersonId("ana"))])
def test_the_first_owner_meets_ownership_and_the_next_changes_nothing(owning):
    found = timer(facts(OPENED, ("Mon 09:30", owning), ("Mon 12:00", Assigned(owner=PersonId("ben")))), OWNERSHIP)
    assert (found.state, word(found.stopped), found.remaining) == (TimerState.met, "Mon 09:30", HOUR // 2)


def test_a_team_alone_is_no_owner_and_nobody_is_none():
    found = timer(facts(OPENED, ("Mon 09:30", TO_NET), ("Mon 09:40", Assigned(owner=PersonId("")))), OWNERSHIP)
    assert (found.state, word(found.due)) == (TimerState.running, "Mon 10:00")


def test_an_owner_after_due_is_late():
    found = timer(facts(OPENED, ("Mon 10:30", ANA)), OWNERSHIP)
    assert (found.late, word(found.breached_at), found.remaining) == (True, "Mon 10:00", -HOUR // 2)


def test_ownership_never_pauses_and_ends_without_being_met_when_the_ticket_is_resolved():
    assert timer(facts(OPENED, ("Mon 09:10", WAITING)), OWNERSHIP).state is TimerState.running
    assert timer(facts(OPENED, ("Mon 09:30", RESOLVED)), OWNERSHIP).state is TimerState.void


def test_taking_it_and_undoing_that_makes_nobody_its_owner():
    undone = Undone(OperationId("op2"), {"owner": None})
    again = Undone(OperationId("op3"), {"owner": "ana"})
    taken = facts(OPENED, ("Mon 09:10", ANA), ("Mon 09:20", undone))
    assert timer(taken, OWNERSHIP).state is TimerState.running
    redone = facts(OPENED, ("Mon 09:10", ANA), ("Mon 09:20", undone), ("Mon 09:30", again))
    assert word(timer(redone, OWNERSHIP).stopped) == "Mon 09:10"
    later = facts(OPENED, ("Mon 09:10", ANA), ("Mon 09:20", undone), ("Mon 09:40", ANA))
    assert word(timer(later, OWNERSHIP).stopped) == "Mon 09:40"


# --- OLA ------------------------------------------------------------------------------------------


def test_each_hand_over_starts_a_cycle_of_its_own():
    found = told(OPENED, ("Mon 11:00", TO_NET), ("Mon 16:00", TO_DESK), targets=[OLA])
    assert spans(found) == [
        ("desk", "Mon 09:00", "Mon 11:00", TimerState.met),
        ("net", "Mon 11:00", "Mon 16:00", TimerState.met),
        ("desk", "Mon 16:00", "", TimerState.running),
    ]
    assert [(x.cycle, x.late, word(x.due)) for x in found] == [
        (1, False, "Mon 13:00"), (2, True, "Mon 15:00"), (3, False, "Tue 12:00"),
    ]  # fmt: skip


def test_another_person_of_the_team_is_no_hand_over():
    (found,) = told(OPENED, ("Mon 10:00", ANA), ("Mon 11:00", Assigned(owner=PersonId("ben"))), targets=[OLA])
    assert (found.authority, word(found.started)) == ("desk", "Mon 09:00")


def test_an_ola_does_not_pause_for_the_requester_but_for_an_agreed_date():
    (waiting,) = told(OPENED, ("Mon 10:00", WAITING), targets=[OLA])
    assert (waiting.state, word(waiting.due)) == (TimerState.running, "Mon 13:00")
    (held,) = told(OPENED, ("Mon 10:00", scheduled("Tue 10:00")), targets=[OLA])
    assert word(held.due) == "Tue 13:00"


def test_an_authority_outside_ends_the_teams_time_and_the_ticket_that_comes_back_starts_it_anew():
    found = told(OPENED, ("Mon 10:00", TO_ACME), ("Mon 15:00", BACK), targets=[OLA])
    assert spans(found) == [
        ("desk", "Mon 09:00", "Mon 10:00", TimerState.met),
        ("desk", "Mon 15:00", "", TimerState.running),
    ]


def test_handed_on_within_one_second_nobody_had_it_in_between():
    found = told(OPENED, ("Mon 09:00", TO_NET), ("Mon 12:00", TO_ACME), ("Mon 12:00", TO_DESK), targets=[OLA])
    assert spans(found) == [
        ("net", "Mon 09:00", "Mon 12:00", TimerState.met),
        ("desk", "Mon 12:00", "", TimerState.running),
    ]
    to_and_fro = told(OPENED, ("Mon 12:00", TO_NET), ("Mon 12:00", TO_DESK), targets=[OLA])
    assert spans(to_and_fro) == [("desk", "Mon 09:00", "", TimerState.running)]


def test_an_undone_hand_over_gives_nobody_a_fresh_start():
    undone = Undone(OperationId("op2"), {"team": "desk", "owner": None, "resolver": ""})
    found = told(OPENED, ("Mon 11:00", TO_NET), ("Mon 11:01", undone), targets=[OLA])
    assert spans(found) == [("desk", "Mon 09:00", "", TimerState.running)]
    assert word(found[0].due) == "Mon 13:00"


def test_resolved_it_is_met_and_a_reopening_goes_by_the_targets_rule():
    resolved = (OPENED, ("Mon 11:00", RESOLVED))
    reopened = (*resolved, ("Mon 13:00", ACTIVE))
    (met,) = told(*resolved, targets=[OLA])
    assert (met.state, met.remaining) == (TimerState.met, 2 * HOUR)
    (on,) = told(*reopened, targets=[OLA])
    assert word(on.due) == "Mon 15:00"
    first, second = told(*reopened, targets=[replace(OLA, reopen=ReopenRule.new_cycle)])
    assert (first.state, word(second.started), word(second.due)) == (TimerState.met, "Mon 13:00", "Mon 17:00")
    (ignored,) = told(*reopened, targets=[replace(OLA, reopen=ReopenRule.ignore)])
    assert ignored.state is TimerState.met


def test_a_ticket_assigned_while_it_is_resolved_has_no_cycle_until_it_is_reopened():
    moved = (OPENED, ("Mon 11:00", RESOLVED), ("Mon 12:00", TO_NET))
    assert [x.authority for x in told(*moved, targets=[OLA])] == ["desk"]
    *_, last = told(*moved, ("Mon 13:00", ACTIVE), targets=[OLA])
    assert (last.authority, word(last.due)) == ("net", "Mon 17:00")


def test_each_team_is_measured_by_its_own_promise():
    own = replace(OLA, seconds=HOUR, authority="net")
    found = told(OPENED, ("Mon 11:00", TO_NET), ("Mon 11:30", TO_DESK), targets=[OLA, own])
    assert [(x.authority, x.seconds) for x in found] == [("desk", 4 * HOUR), ("net", HOUR), ("desk", 4 * HOUR)]
    only = told(OPENED, ("Mon 11:00", TO_NET), ("Mon 11:30", TO_DESK), targets=[own])
    assert [(x.authority, x.seconds) for x in only] == [("net", HOUR)]


# --- underpinning contracts -----------------------------------------------------------------------


def test_a_vendors_time_runs_only_while_the_ticket_waits_for_it():
    found = told(
        OPENED, ("Mon 10:00", TO_ACME), ("Mon 11:00", VENDOR), ("Mon 13:00", ACTIVE), ("Mon 15:00", VENDOR),
        targets=[CONTRACT],
    )  # fmt: skip
    assert spans(found) == [("acme", "Mon 10:00", "", TimerState.running)]
    assert word(found[0].due) == "Tue 13:00"  # two hours on Monday, two until closing, four on Tuesday
    (waiting,) = told(OPENED, ("Mon 10:00", TO_ACME), targets=[CONTRACT])
    assert (waiting.state, waiting.remaining) == (TimerState.paused, 8 * HOUR)


def test_waiting_for_a_vendor_that_nobody_named_is_nobodys_time():
    assert told(OPENED, ("Mon 10:00", VENDOR), targets=[CONTRACT]) == ()


def test_each_vendor_has_its_own_contract_and_its_own_cycles():
    bolt = replace(CONTRACT, seconds=2 * HOUR, authority="bolt")
    found = told(
        OPENED, ("Mon 10:00", VENDOR), ("Mon 10:00", TO_ACME), ("Mon 12:00", Assigned(resolver="bolt")),
        ("Mon 13:00", TO_ACME), ("Mon 14:00", BACK), targets=[CONTRACT, bolt],
    )  # fmt: skip
    assert [(x.authority, x.cycle, x.seconds, x.remaining) for x in found] == [
        ("acme", 1, 8 * HOUR, 6 * HOUR), ("bolt", 2, 2 * HOUR, HOUR), ("acme", 3, 8 * HOUR, 7 * HOUR),
    ]  # fmt: skip


# --- who answers, and what is no answer -------------------------------------------------------------


def test_an_automatic_reply_is_no_answer():
    answered = facts(OPENED, ("Mon 09:30", REPLY))
    automatic = (answered[0], replace(answered[1], origin=Origin.watch, actor="watch"))
    response = Target(Metric.first_response, 2 * HOUR)
    assert timer(answered, response).state is TimerState.met
    assert timer(automatic, response).state is TimerState.running


def test_a_void_ticket_does_not_come_back_to_life():
    found = timer(facts(OPENED, ("Mon 10:00", RESOLVED), ("Mon 10:00", Voided("double")), ("Mon 12:00", ACTIVE)), SOLVE)
    assert found.state is TimerState.met


def test_of_merged_tickets_the_older_start_counts_until_they_are_resolved():
    newer = facts(("Tue 09:00", opened()), ("Tue 10:00", MergedIn(TicketId(2), t("Mon 09:00"))))
    older = facts(("Tue 09:00", opened()), ("Tue 10:00", MergedIn(TicketId(2), t("Tue 12:00"))))
    assert (word(timer(newer, SOLVE).started), word(timer(newer, SOLVE).due)) == ("Mon 09:00", "Tue 17:00")
    assert (word(timer(older, SOLVE).started), word(timer(older, SOLVE).due)) == ("Tue 09:00", "Wed 17:00")
    response = Target(Metric.first_response, 2 * HOUR)
    assert word(timer(newer, response).started) == "Tue 09:00"  # the other one was answered, or not, for itself


# --- which promise --------------------------------------------------------------------------------

parts = st.sampled_from([None, "a", "b"])
targets = st.lists(
    st.builds(
        Target, metric=st.sampled_from(list(Metric)), seconds=st.sampled_from([0, 60, 120]),
        days=st.sampled_from([0, 0, 2]), authority=parts, service=parts,
        kind=st.sampled_from([None, Kind.incident, Kind.request]), priority=st.sampled_from([None, 1, 2]),
    ),
    max_size=12,
)  # fmt: skip


@given(targets)
def test_every_combination_has_one_target_or_explicitly_none(agreed):
    """The one that names most, from the authority down; of equals the first; without time it is no promise."""
    for metric, service, kind, level, resolver in product(
        Metric, "ac", (Kind.incident, Kind.change), (Priority(1), Priority(3)), ("", "b")
    ):
        authorities = {"a", resolver or "a"} if agreement_of(metric) is AgreementKind.sla else {resolver or "a"}
        fitting = [
            x for x in agreed
            if x.metric is metric and x.service in (None, service) and x.kind in (None, kind)
            and x.priority in (None, level) and (x.authority is None or x.authority in authorities)
        ]  # fmt: skip
        named = [(x.authority, x.service, x.kind, x.priority) for x in fitting]
        best = max(([part is not None for part in one] for one in named), default=None)
        expected = next(
            (x for x, one in zip(fitting, named, strict=True) if [p is not None for p in one] == best), None
        )
        found = target_for(agreed, metric, Asked(service, kind, level, "a", resolver))
        assert found is (expected if expected is not None and (expected.seconds or expected.days) else None)


def test_whose_agreement_each_metric_is():
    assert {metric: agreement_of(metric) for metric in Metric if agreement_of(metric) is not AgreementKind.sla} == {
        Metric.ola: AgreementKind.ola, Metric.underpinning: AgreementKind.uc,
    }  # fmt: skip


# --- side by side ---------------------------------------------------------------------------------


def test_an_ola_decides_the_order_only_where_nothing_is_owed_to_the_business():
    beside = told(OPENED, targets=[SOLVE, OLA])
    assert (decisive(beside).metric, sort_key(beside)) == (Metric.resolution, SortKey(SortBucket.due, t("Tue 17:00")))
    alone = told(OPENED, targets=[OLA])
    assert sort_key(alone) == SortKey(SortBucket.due, t("Mon 13:00"))
    paused = told(OPENED, ("Mon 10:00", WAITING), targets=[SOLVE, OLA])
    assert sort_key(paused).bucket is SortBucket.paused


def test_all_timers_of_a_ticket_the_most_urgent_first_and_the_ended_last():
    response, update = Target(Metric.first_response, HOUR), Target(Metric.update, 8 * HOUR)
    found = told(
        OPENED, ("Mon 09:30", REPLY), ("Mon 10:00", TO_ACME), ("Mon 10:00", StateChanged(State.waiting_vendor)),
        targets=[response, update, SOLVE, OLA, CONTRACT, OWNERSHIP],
    )  # fmt: skip
    assert [(x.metric.value, x.unmet) for x in by_urgency(found)] == [
        ("ownership", True), ("underpinning", True), ("resolution", True),
        ("first_response", False), ("ola", False), ("update", False),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(["running", "paused", "never", "met"]), st.integers(0, 9)), max_size=50))
def test_the_order_of_tickets_is_that_of_a_reference_sort(made):
    """Due ascending; then paused by what is left; then never due; then without a timer; ties by number."""
    base = Timer(Metric.resolution, 1, 60, None, t("Mon 09:00"), TimerState.running, None, 0, t("Mon 09:00"))
    states = {"running": TimerState.running, "never": TimerState.running, "paused": TimerState.paused}
    tickets = [
        base._replace(state=states.get(kind, TimerState.met), due=n if kind == "running" else None, remaining=n)
        for kind, n in made
    ]
    order = {"running": 0, "paused": 1, "never": 2, "met": 3}
    expected = sorted(range(len(made)), key=lambda i: (order[made[i][0]], made[i][1] * (order[made[i][0]] < 2), i))
    keys = [sort_key([one]) for one in tickets]
    assert sorted(range(len(made)), key=lambda i: (keys[i].bucket, keys[i].key, i)) == expected
