"""Whatever the facts, the ticket is their fold; undo puts back, and order is by instant and number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    Edited,
    Followed,
    Kind,
    Merged,
    MergedIn,
    Noted,
    Opened,
    PriorityChanged,
    Referenced,
    Related,
    Relation,
    Reminded,
    State,
    StateChanged,
    Voided,
    event_from,
    payload,
)
from supporttui.domain.tickets import UNDOABLE, apply, open_ticket, replay
from supporttui.domain.undoing import undo
from tests.builders import NOW, fact, opened, refuses

pytestmark = pytest.mark.core

PEOPLE = st.sampled_from(["ana", "ben", "mia"])
EVENTS = st.one_of(
    st.builds(StateChanged, st.sampled_from(State), reason=st.sampled_from(["", "vendor", "fixed"])),
    st.builds(Acknowledged, PEOPLE),
    st.builds(Assigned, owner=st.none() | PEOPLE | st.just(""), resolver=st.none() | st.sampled_from(["", "vendor"])),
    st.builds(PriorityChanged, st.integers(1, 4), impact=st.none() | st.integers(1, 3)),
    st.builds(Noted, st.text(max_size=20)),
    st.builds(Followed, PEOPLE, st.booleans()),
    st.builds(Reminded, PEOPLE, st.none() | st.integers(NOW, NOW + 9999), st.text(max_size=9)),
    st.builds(Related, st.integers(1, 4), st.sampled_from(Relation), st.booleans()),
    st.builds(Referenced, st.sampled_from(["jira", "vendor"]), st.sampled_from(["1", "2"]), st.text(max_size=5)),
    st.builds(
        Edited, st.fixed_dictionaries({"service": st.text(min_size=1, max_size=5), "kind": st.sampled_from(Kind)})
    ),
    st.builds(Edited, st.dictionaries(st.sampled_from(["title", "zone", "language", "text"]), st.text(max_size=9))),
)
FINAL = st.one_of(
    st.builds(Merged, st.integers(1, 4)), st.builds(MergedIn, st.integers(1, 4)), st.builds(Voided, st.text(max_size=9))
)
STEPS = st.lists(st.tuples(EVENTS | FINAL, st.integers(0, 600)), max_size=12)


def history(steps) -> list:
    """An opening and these events, each so many seconds after the one before, each an operation."""
    facts = [fact(Opened("Mail is slow", "mail", "desk", 3), seq=1, operation="op-1")]
    at = NOW
    for number, (event, seconds) in enumerate(steps, 2):
        at += seconds
        facts.append(fact(event, at=at, seq=number, operation=f"op-{number}"))
    return facts


@given(STEPS, st.randoms(use_true_random=False))
def test_permuting_stored_facts_changes_nothing(steps, random) -> None:
    facts = history(steps)
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert replay(shuffled) == replay(facts)


@given(STEPS)
def test_replay_is_applying_one_fact_after_another(steps) -> None:
    first, *rest = history(steps)
    found = open_ticket(first)
    for one in rest:
        found = apply(found, one)
    assert replay([first, *rest]) == found


@given(STEPS, EVENTS)
def test_an_undo_puts_back_every_field_that_can_be_put_back(steps, event) -> None:
    facts = history(steps)
    before = replay(facts)
    done = fact(event, at=before.updated_at, seq=len(facts) + 1, operation="done")
    after = apply(before, done)
    if all(getattr(before, name) == getattr(after, name) for name in UNDOABLE):
        with refuses("undo.nothing"):
            undo(before, after, "done")
        return
    (undone,) = undo(before, after, "done")
    restored = apply(after, fact(undone, at=after.updated_at + 60, operation="undo"))
    assert all(getattr(restored, name) == getattr(before, name) for name in UNDOABLE)


@given(STEPS)
def test_every_event_survives_the_journal(steps) -> None:
    for one in history(steps):
        assert event_from(payload(one.event)) == one.event


@given(EVENTS, st.sampled_from(State), PEOPLE)
def test_the_counters_of_a_ticket_never_fall(event, state, owner) -> None:
    before = open_ticket(fact(opened()))
    before = apply(before, fact(StateChanged(state)))
    after = apply(before, fact(event))
    assert after.reopened >= before.reopened
    assert after.hops >= before.hops
