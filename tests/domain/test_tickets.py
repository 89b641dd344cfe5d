"""The ticket's decisions, each in every state, and the fold that they agree with."""

import itertools
from dataclasses import replace

import pytest

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    AttentionLowered,
    AttentionRaised,
    Edited,
    EscalationStarted,
    Event,
    Imported,
    Noted,
    Opened,
    Origin,
    PriorityChanged,
    Referenced,
    State,
    StateChanged,
    StepFired,
    Undone,
)
from supporttui.domain.priorities import Level
from supporttui.domain.tickets import (
    OPEN_STATES,
    WAITING_STATES,
    Reference,
    Ticket,
    apply,
    open_ticket,
    replay,
)
from supporttui.domain.tickets import decisions as tickets
from supporttui.domain.undoing import undo
from tests.builders import NOW, fact, opened, refuses, ticket

pytestmark = pytest.mark.core

TRANSITIONS = {
    State.new: frozenset(State) - {State.new},
    State.active: frozenset(State) - {State.active, State.new},
    State.waiting_requester: frozenset(State) - {State.waiting_requester, State.new},
    State.waiting_vendor: frozenset(State) - {State.waiting_vendor, State.new},
    State.scheduled: frozenset(State) - {State.scheduled, State.new},
    State.resolved: frozenset({State.active, State.closed}),
    State.closed: frozenset({State.active}),
}
"""From → to, for people at the desk; an import may record what another system allowed."""

DECISIONS = {
    "acknowledge": lambda t: tickets.acknowledge(t, "ana"),
    "take": lambda t: tickets.take(t, "ana"),
    "assign": lambda t: tickets.assign(t, owner="ben"),
    "note": lambda t: tickets.note(t, "text"),
    "reply": lambda t: tickets.reply(t, "text"),
    "wait": lambda t: tickets.wait(t, State.waiting_requester, reason="new reason", at=NOW),
    "vendor": lambda t: tickets.wait(t, State.waiting_vendor, reason="new reason", at=NOW),
    "schedule": lambda t: tickets.wait(t, State.scheduled, until=NOW + 60, at=NOW),
    "resume": tickets.resume,
    "resolve": lambda t: tickets.resolve(t, code="fixed", text=""),
    "close": tickets.close,
    "reopen": lambda t: tickets.reopen(t, "again"),
    "priority": lambda t: tickets.change_priority(t, 1, reason="whole house"),
}
WORKING = dict.fromkeys(
    ("acknowledge", "take", "assign", "note", "reply", "wait", "vendor", "schedule", "resolve", "close", "priority")
)
OPEN = {**WORKING, "resume": "ticket.not_waiting", "reopen": "ticket.is_open"}
WAITING = {**WORKING, "resume": None, "reopen": "ticket.is_open"}
SOLVED = {
    **dict.fromkeys(DECISIONS, "ticket.not_open"),
    "note": None, "reply": None, "close": None, "reopen": None, "resume": "ticket.not_waiting",
}  # fmt: skip
TABLE = {
    State.new: OPEN,
    State.active: OPEN,
    State.waiting_requester: WAITING,
    State.waiting_vendor: WAITING,
    State.scheduled: WAITING,
    State.resolved: SOLVED,
    State.closed: {**SOLVED, "close": "ticket.already_in_state"},
}
"""State → decision → the code of its refusal, or ``None``: allowed."""


@pytest.mark.parametrize(("state", "decision"), list(itertools.product(State, DECISIONS)))
def test_each_decision_in_each_state_is_allowed_or_refused_with_its_code(state: State, decision: str) -> None:
    code = TABLE[state][decision]
    if code is not None:
        with refuses(code):
            DECISIONS[decision](ticket(state=state))
        return
    before = after = ticket(state=state)
    for event in DECISIONS[decision](before):
        after = apply(after, fact(event))
    assert after.state is state or after.state in TRANSITIONS[state]


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        (lambda: tickets.acknowledge(ticket(acknowledged_by="ana"), "ana"), "ticket.already_acknowledged"),
        (lambda: tickets.take(ticket(owner="ana"), "ana"), "ticket.already_yours"),
        (lambda: tickets.assign(ticket(owner="ana"), owner="ana"), "assign.nothing"),
        (lambda: tickets.note(ticket(), " \n"), "text.empty"),
        (lambda: tickets.reply(ticket(), ""), "text.empty"),
        (lambda: tickets.wait(ticket(), State.active, at=NOW), "ticket.not_a_waiting_state"),
        (lambda: tickets.wait(ticket(), State.scheduled, at=NOW), "ticket.until_missing"),
        (lambda: tickets.wait(ticket(), State.scheduled, until=NOW, at=NOW), "ticket.until_past"),
        (
            lambda: tickets.wait(ticket(state=State.waiting_vendor), State.waiting_vendor, at=NOW),
            "ticket.already_in_state",
        ),
        (lambda: tickets.change_priority(ticket(), 3, reason="same"), "priority.same"),
        (lambda: tickets.change_priority(ticket(), 1, reason=" "), "priority.reason_missing"),
    ],
)
def test_what_would_change_nothing_or_lacks_something_is_refused(decide, code: str) -> None:
    with refuses(code):
        decide()


def test_taking_a_ticket_that_works_elsewhere_brings_it_back() -> None:
    events = tickets.take(ticket(owner="ana", resolver="vendor", state=State.active), "ana")
    assert events == (Assigned(owner="ana", resolver=""),)


def test_acknowledging_does_not_take_a_ticket_from_its_owner() -> None:
    found = apply(ticket(owner="ben"), fact(Acknowledged("ana"), at=NOW + 5))
    assert (found.owner, found.acknowledged_by, found.acknowledged_at) == ("ben", "ana", NOW + 5)


@pytest.mark.parametrize(
    ("asked", "owner", "team", "resolver", "hops"),
    [
        ({"owner": "ben"}, "ben", "desk", "", 0),
        ({"owner": ""}, None, "desk", "", 0),
        ({"team": "network"}, None, "network", "", 1),
        ({"team": "network", "owner": "zoe"}, "zoe", "network", "", 1),
        ({"resolver": "vendor"}, "ana", "desk", "vendor", 1),
        ({"team": "desk", "owner": "ben"}, "ben", "desk", "", 0),
    ],
)
def test_assigning_changes_what_it_names_and_a_new_team_empties_the_rest(asked, owner, team, resolver, hops) -> None:
    before = ticket(owner="ana")
    (event,) = tickets.assign(before, **asked)
    after = apply(before, fact(event))
    assert (after.owner, after.team, after.resolver, after.hops) == (owner, team, resolver, hops)


def test_waiting_keeps_its_reason_and_end_until_work_goes_on() -> None:
    waiting = apply(ticket(), fact(StateChanged(State.scheduled, reason="date", until=NOW + 60)))
    assert (waiting.hold_reason, waiting.hold_until) == ("date", NOW + 60)
    active = apply(waiting, fact(StateChanged(State.active)))
    assert (active.hold_reason, active.hold_until) == ("", None)


def test_closing_keeps_when_and_how_it_was_resolved_and_reopening_forgets_it() -> None:
    resolved = apply(ticket(), fact(StateChanged(State.resolved, reason="fixed"), at=NOW + 5))
    closed = apply(resolved, fact(StateChanged(State.closed), at=NOW + 9))
    assert (closed.resolved_at, closed.resolution) == (NOW + 5, "fixed")
    acknowledged = apply(closed, fact(Acknowledged("ana")))
    again = apply(acknowledged, fact(StateChanged(State.active), at=NOW + 20))
    assert (again.resolved_at, again.resolution, again.reopened, again.acknowledged_by) == (None, "", 1, None)


def test_a_close_without_a_resolve_counts_as_one() -> None:
    assert apply(ticket(), fact(StateChanged(State.closed), at=NOW + 7)).resolved_at == NOW + 7


def test_a_reference_is_known_once_and_keeps_its_newest_address() -> None:
    found = apply(ticket(), fact(Referenced("jira", "A-1")))
    found = apply(found, fact(Referenced("jira", "A-1", "https://example.org/A-1")))
    assert found.references == (Reference("jira", "A-1", "https://example.org/A-1"),)


def test_edits_touch_descriptive_fields_only() -> None:
    found = apply(ticket(), fact(Edited({"title": "New", "version": "9"})))
    assert (found.title, found.version) == ("New", 1)


@pytest.mark.parametrize(
    "event", [EscalationStarted("urgent", 1), StepFired(1, 2, 2, 1), StepFired(1, 2, 2, 1, by_hand=True)], ids=repr
)
def test_what_calls_somebody_asks_for_a_new_acknowledgement(event: Event) -> None:
    found = apply(ticket(acknowledged_by="ana", acknowledged_at=NOW), fact(event))
    assert (found.acknowledged_by, found.acknowledged_at) == (None, None)


def test_an_acknowledgement_that_runs_out_may_be_given_again() -> None:
    assert tickets.acknowledge(ticket(acknowledged_by="ana"), "ana", runs_out=True) == (Acknowledged("ana"),)


@pytest.mark.parametrize(
    "event",
    [Imported("s", "1", "h"), EscalationStarted("urgent", 1), Acknowledged("ana")],
    ids=lambda event: type(event).__name__,
)
def test_what_only_promises_or_calls_is_no_work_on_a_ticket(event: Event) -> None:
    assert apply(ticket(worked_at=NOW), fact(event, at=NOW + 3)).worked_at == NOW


@pytest.mark.parametrize(("origin", "worked"), [(Origin.desk, NOW + 3), (Origin.watch, NOW)])
def test_a_note_of_a_person_is_work_and_one_of_the_watch_is_none(origin: Origin, worked: int) -> None:
    told = replace(fact(Noted("n"), at=NOW + 3), origin=origin)
    assert apply(ticket(worked_at=NOW), told).worked_at == worked


def test_attention_runs_out_by_itself_and_can_be_taken_back_before() -> None:
    raised = AttentionRaised(2, Level(1), "board asks", NOW + 60, by="boss")
    after = apply(ticket(), fact(raised))
    assert (after.priority, after.attention_at(NOW + 59), after.attention_at(NOW + 60)) == (ticket().priority, 2, 0)
    assert apply(after, fact(AttentionLowered("quiet now"))).attention_at(NOW) == 0


@pytest.mark.parametrize(
    "event",
    [Imported("s", "1", "h"), EscalationStarted("urgent", 1)],
    ids=lambda event: type(event).__name__,
)
def test_events_that_say_nothing_about_the_ticket_only_move_its_last_change(event: Event) -> None:
    after = apply(ticket(), fact(event, at=NOW + 3, operation="later"))
    assert after == ticket(updated_at=NOW + 3, last_operation="later")


def test_facts_without_an_opening_are_no_ticket() -> None:
    with refuses("ticket.no_opening"):
        replay([fact(Noted("n"))])


def test_a_fact_dated_before_the_opening_is_taken_as_part_of_it() -> None:
    early = fact(PriorityChanged(1), at=NOW - 60, seq=1)
    found = replay([early, fact(Opened("t", "mail", "desk", 3), seq=2)])
    assert (found.priority, found.created_at) == (1, NOW)


def test_undo_names_the_fields_that_the_operation_changed() -> None:
    before = ticket()
    after = ticket(owner="ana", state=State.active, last_operation="take")
    assert undo(before, after, "take") == (Undone("take", {"owner": None, "state": "new"}),)
    with refuses("undo.touched"):
        undo(before, after, "another")
    with refuses("undo.nothing"):
        undo(after, after, "take")


def test_open_waiting_and_final_states_are_told_apart() -> None:
    assert WAITING_STATES < OPEN_STATES
    assert {state for state in State if not Ticket.is_open.fget(ticket(state=state))} == {State.resolved, State.closed}
    assert all(state not in following for state, following in TRANSITIONS.items())


def test_the_opening_carries_every_field_it_has() -> None:
    """All but why it counts as more urgent, which only its history tells."""
    event = opened(impact=1, urgency=3, requester="Shop", language="de", zone="Asia/Tokyo", drill=True, text="…")
    found = open_ticket(fact(event))
    for name in {*event.__slots__} - {"lifted_by"}:
        assert getattr(found, name) == getattr(event, name)
