"""What timers read of the facts is what the ticket says that all of them make."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    Edited,
    Event,
    Fact,
    Noted,
    PriorityChanged,
    Replied,
    State,
    StateChanged,
    Undone,
    Voided,
)
from supporttui.domain.ids import OperationId, PersonId, TeamId
from supporttui.domain.plain import to_plain
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.story import tell
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import UNDOABLE, replay
from tests.domain.sla.facts import facts, opened, t

pytestmark = pytest.mark.core

teams, resolvers = st.sampled_from([None, "desk", "net"]), st.sampled_from([None, "", "acme"])
happenings = st.one_of(
    st.builds(StateChanged, st.sampled_from(list(State)), until=st.sampled_from([None, Instant(t("Tue 09:00"))])),
    st.builds(Assigned, teams, st.sampled_from([None, "", "ana"]), resolvers),
    st.builds(PriorityChanged, st.integers(1, 3).map(Priority)),
    st.builds(Edited, st.dictionaries(st.sampled_from(["title", "service", "kind", "category"]), st.just("request"))),
    st.sampled_from([Acknowledged(PersonId("ben")), Noted("n"), Replied("r"), Voided("v")]),
)


@st.composite
def histories(draw) -> tuple[Fact, ...]:
    """Facts of which some take back the one before them, as the desk does it."""
    told: list[tuple[int, Event]] = [(t("Mon 09:00"), opened())]
    for at in sorted(draw(st.lists(st.integers(0, 3000), max_size=8))):
        before = facts(*told)
        if len(told) > 1 and draw(st.booleans()) and not isinstance(told[-1][1], Voided):
            old, new = replay(before[:-1]), replay(before)
            changed = (name for name in UNDOABLE if getattr(old, name) != getattr(new, name))
            fields = {name: to_plain(getattr(old, name)) for name in changed}
            event: Event = Undone(OperationId(f"op{len(told)}"), fields)
        else:
            event = draw(happenings)
        told.append((max(told[-1][0], t("Mon 09:00") + at * 60), event))
    return facts(*told)


@given(histories())
def test_the_story_ends_where_the_ticket_ends(told):
    story, ticket = tell(told), replay(told)
    subject = story.versions[-1].subject
    for name in subject._fields:
        assert getattr(subject, name) == getattr(ticket, name)
    known_end = ticket.state is State.scheduled and ticket.hold_until is not None
    last = story.stands[-2] if known_end and story.stands[-1].state is State.active else story.stands[-1]
    assert last.state is ticket.state
    assert (story.last, story.opened) == (max(fact.at for fact in told), told[0].at)
    assert story.holdings[-1].authority == (ticket.resolver or ticket.team)
    if ticket.owner is not None:
        assert story.owned is not None


@given(histories())
def test_stands_versions_and_holdings_are_in_order_and_neighbours_differ(told):
    story = tell(told)
    for line in (story.stands, story.versions, story.holdings):
        assert [one.at for one in line] == sorted(one.at for one in line)
    authorities = [one.authority for one in story.holdings]
    assert all(one != other for one, other in pairwise(authorities))
    subjects = [one.subject for one in story.versions]
    assert all(one != other for one, other in pairwise(subjects))


def test_facts_before_the_opening_count_from_it_in_any_order():
    told = facts(("Mon 10:00", opened()), ("Mon 09:00", Replied("")), ("Mon 08:00", Assigned(team=TeamId("net"))))
    story = tell(tuple(reversed(told)))
    assert [answer.at for answer in story.replies] == [t("Mon 10:00")]
    assert [(one.at, one.authority) for one in story.holdings] == [(t("Mon 10:00"), "net")]
