"""Readings become events: what changed between two rows, and of it only what is new to us."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Assigned, Edited, Fact, Imported, PriorityChanged, Replied, State, StateChanged
from supporttui.domain.ids import OperationId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import replay
from supporttui.intake.changes import Known, changes, to_take_in
from supporttui.intake.history import History, Reading, Row

BASE = Reading(title="x", service=ServiceId("desk"), team=TeamId("a"), priority=Priority(3))
ENDED = {State.resolved, State.closed}


def consistent(said):
    """As a source would say it: hold reasons while open, a code once ended."""
    if said.state in ENDED:
        return replace(said, hold_reason="")
    return replace(said, resolution="")


readings = st.builds(
    Reading,
    title=st.sampled_from(["x", "y"]),
    service=st.just(ServiceId("desk")),
    team=st.sampled_from([TeamId("a"), TeamId("b")]),
    priority=st.sampled_from([Priority(1), Priority(3)]),
    state=st.sampled_from(State),
    hold_reason=st.sampled_from(["", "problem"]),
    resolution=st.sampled_from(["code 1", "code 2"]),
    owner=st.sampled_from(["", "ana"]),
    resolver=st.sampled_from(["", "vendor"]),
    requester=st.sampled_from(["", "caller"]),
).map(consistent)
histories = st.lists(st.tuples(st.integers(1, 50), readings), min_size=1, max_size=8)


def history(*said, opened=0):
    rows = tuple(Row(i + 2, at, f"h{i}-{at}", reading, "someone") for i, (at, reading) in enumerate(said))
    return History("sn", "INC1", Instant(opened), rows)


def facts_of(foreign, *, seq=0):
    """The facts that taking in makes, numbered as the journal would."""
    found = []
    for row in foreign.rows:
        events = [(h.at, h.event) for h in row.events] + [(row.at, Imported("sn", "INC1", row.hash, row.fields))]
        for at, event in events:
            found.append(Fact(TicketId(1), at, "someone", event, OperationId("o"), seq=seq + len(found) + 1))
    return found


def looks_like(ticket, said):
    shown = (ticket.title, ticket.team, ticket.priority, ticket.state, ticket.hold_reason, ticket.resolution)
    wanted = (said.title, said.team, said.priority, said.state, said.hold_reason, said.resolution)
    return shown == wanted and ((ticket.owner or ""), ticket.resolver, ticket.requester) == (
        said.owner,
        said.resolver,
        said.requester,
    )


def test_equal_readings_make_no_event():
    assert changes(BASE, BASE) == ()


@pytest.mark.parametrize(
    ("changed", "event"),
    [
        ({"state": State.waiting_requester}, StateChanged(State.waiting_requester)),
        ({"state": State.active, "hold_reason": "problem"}, StateChanged(State.active, reason="problem")),
        ({"state": State.resolved, "resolution": "code 6"}, StateChanged(State.resolved, reason="code 6")),
        ({"team": TeamId("b")}, Assigned(team=TeamId("b"))),
        ({"owner": "ana"}, Assigned(owner="ana")),
        ({"resolver": "vendor"}, Assigned(resolver="vendor")),
        ({"priority": Priority(1)}, PriorityChanged(Priority(1), impact=2, urgency=2)),
        ({"title": "y", "category": "c"}, Edited({"title": "y", "category": "c"})),
    ],
)
def test_each_change_is_one_event(changed, event):
    assert changes(BASE, replace(BASE, **changed)) == (event,)


def test_a_known_row_adds_nothing_and_a_new_one_only_its_change():
    first = history((5, BASE), (6, replace(BASE, state=State.active)))
    facts = facts_of(to_take_in(first, None, Instant(99)))
    known = Known({"h0-5", "h1-6"}, facts)
    assert to_take_in(first, known, Instant(99)).rows == ()
    longer = history((5, BASE), (6, replace(BASE, state=State.active)), (9, replace(BASE, state=State.closed)))
    (row,) = to_take_in(longer, known, Instant(99)).rows
    assert [(h.at, h.event) for h in row.events] == [(9, StateChanged(State.closed))]


def test_instants_that_go_backwards_are_kept_and_the_last_row_of_the_file_still_wins():
    said = history((50, replace(BASE, state=State.active)), (20, replace(BASE, state=State.closed)))
    foreign = to_take_in(said, None, Instant(99))
    assert [row.at for row in foreign.rows] == [50, 20, 50]
    ticket = replay(facts_of(foreign))
    assert ticket.state is State.closed


def test_a_first_row_dated_too_late_makes_no_reopening():
    """The real log's only step backwards: New at 11:10 and 9:52, resolved at 11:03, closed days later."""
    said = history(
        (110, BASE), (52, BASE), (103, replace(BASE, state=State.resolved)), (500, replace(BASE, state=State.closed))
    )
    facts = facts_of(to_take_in(said, None, Instant(999)))
    assert replay(facts).reopened == 0
    assert replay([fact for fact in facts if fact.at <= 200]).state is State.resolved


def test_what_the_desk_changed_meanwhile_stays():
    """Three ways: the source changed the priority, the desk the owner; both are kept."""
    first = history((5, BASE))
    facts = facts_of(to_take_in(first, None, Instant(99)))
    facts.append(Fact(TicketId(1), Instant(7), "ana", Assigned(owner="ana"), OperationId("desk"), seq=len(facts) + 1))
    again = history((5, BASE), (9, replace(BASE, priority=Priority(1))))
    facts += facts_of(to_take_in(again, Known({"h0-5"}, facts), Instant(99)), seq=len(facts))
    ticket = replay(facts)
    assert (ticket.owner, ticket.priority) == ("ana", 1)


def test_a_changed_row_of_a_plain_table_is_held_against_what_was_imported():
    first = history((None, replace(BASE, priority=Priority(1))))
    facts = facts_of(to_take_in(first, None, Instant(50)))
    later = History("sn", "INC1", Instant(0), (replace(first.rows[0], hash="new", reading=BASE),))
    (row,) = to_take_in(later, Known({first.rows[0].hash}, facts), Instant(50)).rows
    assert [(h.at, h.event) for h in row.events] == [(50, PriorityChanged(Priority(3), impact=2, urgency=2))]


def test_the_first_response_is_derived_once():
    rows = tuple(
        Row(i, Instant(i), f"h{i}", replace(BASE, state=state), "x", responded=state is State.active)
        for i, state in enumerate((State.new, State.active, State.waiting_vendor, State.active), 1)
    )
    replies = [
        h for row in to_take_in(History("sn", "1", Instant(0), rows), None, Instant(9)).rows
        for h in row.events if isinstance(h.event, Replied)
    ]  # fmt: skip
    assert [(h.at, h.event.derived) for h in replies] == [(2, True)]


@given(histories)
def test_the_ticket_ends_as_the_files_last_row_says(said):
    ticket = replay(facts_of(to_take_in(history(*said), None, Instant(99))))
    assert looks_like(ticket, said[-1][1])


@given(histories, st.data())
def test_an_import_in_parts_ends_where_one_import_ends(said, data):
    cut = data.draw(st.integers(1, len(said)))
    whole = history(*said)
    part = replace(whole, rows=whole.rows[:cut])
    facts = facts_of(to_take_in(part, None, Instant(99)))
    hashes = {row.hash for row in part.rows}
    facts += facts_of(to_take_in(whole, Known(hashes, facts), Instant(99)), seq=len(facts))
    assert looks_like(replay(facts), said[-1][1])
