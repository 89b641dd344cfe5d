"""What a person may decide about the course of a ticket: each decision gives the events that follow."""

from collections.abc import Mapping

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    Edited,
    Event,
    Noted,
    PriorityChanged,
    Replied,
    State,
    StateChanged,
)
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.spans import Instant
from supporttui.domain.states import WAITING_STATES
from supporttui.domain.tickets.folding import with_assignment
from supporttui.domain.tickets.ticket import EDITABLE, PROMISED, Ticket


def acknowledge(ticket: Ticket, by: PersonId, *, runs_out: bool = False) -> tuple[Event, ...]:
    """I have seen it, or still see to it where that ``runs_out``. Sets the owner if there is none.

    Raises:
        Refused: ``ticket.not_open`` or ``ticket.already_acknowledged``.
    """
    must_be_open(ticket)
    if ticket.acknowledged_by == by and not runs_out:
        raise Refused("ticket.already_acknowledged", ticket=ticket.id, person=by)
    return (Acknowledged(by),)


def take(ticket: Ticket, by: PersonId, team: TeamId | None = None) -> tuple[Event, ...]:
    """Assign to me: owner and resolver are mine; a new ticket becomes active.

    ``team`` is the actor's own team where it differs from the ticket's.

    Raises:
        Refused: ``ticket.not_open`` or ``ticket.already_yours``.
    """
    must_be_open(ticket)
    if ticket.owner == by and not ticket.resolver:
        raise Refused("ticket.already_yours", ticket=ticket.id)
    events: list[Event] = [Assigned(owner=by, team=team, resolver="")]
    if ticket.state is State.new:
        events.append(StateChanged(State.active))
    return tuple(events)


def assign(
    ticket: Ticket, *, owner: PersonId | None = None, team: TeamId | None = None, resolver: str | None = None
) -> tuple[Event, ...]:
    """Give it to somebody else; ``None`` leaves a part as it is, ``""`` empties owner or resolver.

    Another team inside, without an owner, leaves it to that team: the old owner answers no longer.

    Raises:
        Refused: ``ticket.not_open`` or ``assign.nothing``.
    """
    must_be_open(ticket)
    if team and team != ticket.team and owner is None:
        owner = PersonId("")
    if team and team != ticket.team and resolver is None:
        resolver = ""
    event = Assigned(team=team or None, owner=owner, resolver=resolver)
    changed = with_assignment(ticket, event)
    if (changed.team, changed.owner, changed.resolver) == (ticket.team, ticket.owner, ticket.resolver):
        raise Refused("assign.nothing", ticket=ticket.id)
    return (event,)


def note(ticket: Ticket, text: str) -> tuple[Event, ...]:
    """An internal note; allowed in every state.

    Raises:
        Refused: ``text.empty``.
    """
    if not text.strip():
        raise Refused("text.empty", ticket=ticket.id)
    return (Noted(text),)


def reply(ticket: Ticket, text: str) -> tuple[Event, ...]:
    """A public reply to the requester.

    Raises:
        Refused: ``text.empty``.
    """
    if not text.strip():
        raise Refused("text.empty", ticket=ticket.id)
    return (Replied(text),)


def wait(
    ticket: Ticket, state: State, *, reason: str = "", until: Instant | None = None, at: Instant
) -> tuple[Event, ...]:
    """Wait for the requester, the vendor, or until a date (``scheduled`` needs ``until`` after ``at``).

    Raises:
        Refused: ``ticket.not_open``, ``ticket.not_a_waiting_state``, ``ticket.already_in_state``,
            ``ticket.until_missing`` or ``ticket.until_past``.
    """
    must_be_open(ticket)
    if state not in WAITING_STATES:
        raise Refused("ticket.not_a_waiting_state", state=state.value)
    if state is State.scheduled and until is None:
        raise Refused("ticket.until_missing", ticket=ticket.id)
    if until is not None and until <= at:
        raise Refused("ticket.until_past", ticket=ticket.id)
    if ticket.state is state and (reason, until) == (ticket.hold_reason, ticket.hold_until):
        raise Refused("ticket.already_in_state", ticket=ticket.id, state=state.value)
    return (StateChanged(state, reason=reason, until=until),)


def resume(ticket: Ticket) -> tuple[Event, ...]:
    """Go on working: from waiting back to active.

    Raises:
        Refused: ``ticket.not_waiting``.
    """
    if ticket.state not in WAITING_STATES:
        raise Refused("ticket.not_waiting", ticket=ticket.id)
    return (StateChanged(State.active),)


def resolve(ticket: Ticket, *, code: str, text: str) -> tuple[Event, ...]:
    """Solved, with a code and, if given, a text.

    Raises:
        Refused: ``ticket.not_open``.
    """
    must_be_open(ticket)
    return (StateChanged(State.resolved, reason=code, text=text),)


def close(ticket: Ticket, reason: str = "", text: str = "") -> tuple[Event, ...]:
    """The end, with a resolution code and a text if they are given; a close without a resolve counts as one.

    Raises:
        Refused: ``ticket.already_in_state``.
    """
    if ticket.state is State.closed:
        raise Refused("ticket.already_in_state", ticket=ticket.id, state=State.closed.value)
    return (StateChanged(State.closed, reason=reason, text=text),)


def reopen(ticket: Ticket, reason: str) -> tuple[Event, ...]:
    """Not solved after all.

    Raises:
        Refused: ``ticket.is_open``, or ``ticket.merged`` for one that goes on as another.
    """
    if ticket.is_open:
        raise Refused("ticket.is_open", ticket=ticket.id)
    if ticket.merged_into is not None:
        raise Refused("ticket.merged", ticket=ticket.id, into=ticket.merged_into)
    return (StateChanged(State.active, text=reason),)


def change_priority(
    ticket: Ticket,
    priority: Priority,
    *,
    impact: Level | None = None,
    urgency: Level | None = None,
    reason: str = "",
    derived: bool = False,
    lifted_by: str = "",
) -> tuple[Event, ...]:
    """Another priority: ``derived`` from impact and urgency, or by hand, which needs a reason.

    ``lifted_by``: the special period by which it counts as more urgent than that.

    Raises:
        Refused: ``ticket.not_open``, ``priority.same`` or ``priority.reason_missing``.
    """
    must_be_open(ticket)
    if priority == ticket.priority and impact in (None, ticket.impact) and urgency in (None, ticket.urgency):
        raise Refused("priority.same", ticket=ticket.id, priority=priority)
    if not derived and not reason.strip():
        raise Refused("priority.reason_missing", ticket=ticket.id)
    return (PriorityChanged(priority, impact=impact, urgency=urgency, reason=reason, lifted_by=lifted_by),)


def must_be_known(matrix: PriorityMatrix | None, priority: Priority) -> None:
    """Nothing, if the matrix can give this priority; a site without a matrix has any it likes.

    Raises:
        BadInput: ``priority.unknown``.
    """
    if matrix is not None and priority not in matrix.priorities:
        raise BadInput("priority.unknown", priority=priority, allowed=", ".join(str(one) for one in matrix.priorities))


def edit(ticket: Ticket, fields: Mapping[str, str]) -> tuple[Event, ...]:
    """Other words for what it is about; what stays as it was is no part of the fact.

    Raises:
        BadInput: ``edit.field`` for a field that cannot be edited, ``edit.empty`` for a title without text.
        Refused: ``ticket.not_open`` where a promise may rest on the field, ``edit.nothing``.
    """
    unknown = next((name for name in fields if name not in EDITABLE), None)
    if unknown is not None:
        raise BadInput("edit.field", field=unknown[:60], allowed=", ".join(sorted(EDITABLE)))
    changed = {name: value for name, value in fields.items() if value != str(getattr(ticket, name))}
    if not changed:
        raise Refused("edit.nothing", ticket=ticket.id)
    if not changed.get("title", "-").strip():
        raise BadInput("edit.empty", field="title")
    if PROMISED.intersection(changed):
        must_be_open(ticket)
    return (Edited(changed),)


def must_be_open(ticket: Ticket) -> None:
    """Nothing, if it is neither resolved nor closed.

    Raises:
        Refused: ``ticket.not_open``.
    """
    if not ticket.is_open:
        raise Refused("ticket.not_open", ticket=ticket.id, state=ticket.state.value)
