"""What the registry says of states is what the use cases refuse: a desk that asks only where it makes sense can rely on it."""

from collections.abc import Mapping
from typing import Any

import pytest

from supporttui.actions import ACTIONS, Action, Scope
from supporttui.domain.events import State
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import WAITING_STATES
from supporttui.usecases import tickets
from tests.builders import Desk, opened

pytestmark = pytest.mark.core

BY_STATE = {"ticket.not_open", "ticket.is_open", "ticket.already_in_state"}
"""How a use case refuses a state."""
OWN = frozenset({"ticket.resume"})
"""It asks for nothing, so that nobody is asked in vain."""


def in_state(desk: Desk, state: State) -> TicketId:
    """A ticket that stands there."""
    ticket = desk.do(tickets.open_ticket, opened(priority=1)).id
    if state in WAITING_STATES:
        desk.do(tickets.wait, ticket, None, state=state, reason="before", until=Instant(desk.clock() + 60))
    elif state is State.resolved:
        desk.do(tickets.resolve, ticket, None)
    elif state is State.closed:
        desk.do(tickets.close, ticket, None)
    elif state is State.active:
        desk.do(tickets.take, ticket, None, by="ben")
    return ticket


def given(desk: Desk, action: Action) -> Mapping[str, Any]:
    """Arguments that every ticket in a fitting state takes."""
    other = desk.do(tickets.open_ticket, opened()).id
    return {
        "ticket.note": {"text": "x"}, "ticket.first_look": {"seen": "x"}, "ticket.fix": {"step": "tested"},
        "ticket.rate": {"score": "3"},
         "ticket.learn": {"text": "x"}, "ticket.reply": {"text": "x"}, "ticket.priority": {"priority": 2, "reason": "x"},
        "ticket.wait": {"state": State.scheduled, "until": Instant(desk.clock() + 3600)},
        "ticket.transfer": {"owner": "mia"}, "ticket.edit": {"fields": {"title": "x"}},
        "ticket.announce": {"start": desk.clock(), "end": Instant(desk.clock() + 3600)},
        "ticket.promise": {"until": Instant(desk.clock() + 3600)}, "ticket.major_say": {"text": "x"},
        "ticket.major_role": {"role": "scribe", "person": "mia"}, "ticket.major_degraded": {"text": "x"},
        "ticket.snooze": {"until": Instant(desk.clock() + 3600)}, "ticket.relate": {"other": other},
        "ticket.unrelate": {"other": other},
        "ticket.merge": {"into": other}, "ticket.refer": {"system": "jira", "key": "OPS-1"},
    }.get(action.id, {})  # fmt: skip


@pytest.mark.parametrize(
    "action",
    [a for a in ACTIONS if a.scope is Scope.ticket and a.does and a.id not in OWN],
    ids=lambda action: action.id,
)
def test_an_action_is_refused_for_its_state_exactly_where_the_registry_says_so(desk: Desk, action: Action) -> None:
    refused = set()
    for state in State:
        try:
            desk.do(action.run, in_state(desk, state), None, **given(desk, action))
        except SupportError as fault:
            if fault.code in BY_STATE or fault.code == "escalation.no_policy":
                refused.add(state)
    assert refused == set(State) - action.states
