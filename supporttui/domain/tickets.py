"""The ticket, its states and what a person may decide about it.

A decision returns the events that follow; ``apply`` is the only way by which a ticket changes, so the
stored ticket and the replay of its facts are equal by construction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, assert_never

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    BreachKept,
    Edited,
    EscalationEnded,
    EscalationStarted,
    Event,
    Fact,
    Imported,
    Kind,
    Noted,
    Opened,
    PageWithdrawn,
    PriorityChanged,
    Referenced,
    Replied,
    RequesterWrote,
    State,
    StateChanged,
    StepFired,
    Undone,
)
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.plain import from_plain
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES as OPEN_STATES  # noqa: PLC0414  re-exported
from supporttui.domain.states import WAITING_STATES as WAITING_STATES  # noqa: PLC0414  re-exported

TRANSITIONS: Mapping[State, frozenset[State]] = {
    State.new: frozenset(State) - {State.new},
    State.active: frozenset(State) - {State.active, State.new},
    State.waiting_requester: frozenset(State) - {State.waiting_requester, State.new},
    State.waiting_vendor: frozenset(State) - {State.waiting_vendor, State.new},
    State.scheduled: frozenset(State) - {State.scheduled, State.new},
    State.resolved: frozenset({State.active, State.closed}),
    State.closed: frozenset({State.active}),
}
"""From → to, for people at the desk; an import may record what another system allowed."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A number under which another system knows a ticket."""

    system: str
    key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as its facts leave it."""

    id: TicketId
    title: str
    service: ServiceId
    team: TeamId
    priority: Priority
    created_at: Instant
    state: State = State.new
    impact: Level = Level(2)
    urgency: Level = Level(2)
    kind: Kind = Kind.incident
    text: str = ""
    requester: str = ""
    language: str = ""
    zone: str = ""
    category: str = ""
    drill: bool = False
    hold_reason: str = ""
    hold_until: Instant | None = None
    owner: PersonId | None = None
    resolver: str = ""
    """An authority other than the owner's team, or empty."""
    acknowledged_by: PersonId | None = None
    acknowledged_at: Instant | None = None
    resolved_at: Instant | None = None
    resolution: str = ""
    reopened: int = 0
    hops: int = 0
    """How often the working authority changed."""
    updated_at: Instant = Instant(0)
    """Of the last fact of any kind, by the fold's order."""
    last_operation: OperationId = OperationId("")
    references: tuple[Reference, ...] = ()
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Neither resolved nor closed."""
        return self.state in OPEN_STATES


UNDOABLE: frozenset[str] = frozenset(
    {
        "state", "hold_reason", "hold_until", "owner", "team", "resolver", "priority", "impact", "urgency",
        "acknowledged_by", "acknowledged_at", "resolved_at", "resolution", "title", "text", "category",
        "requester", "language",
    }
)  # fmt: skip
"""Fields that an undo may put back; counters and history stay."""


def ordered(facts: Iterable[Fact]) -> list[Fact]:
    """The fold's order: by (``at``, ``seq``); how the facts were stored does not matter."""
    return sorted(facts, key=lambda fact: (fact.at, fact.seq))


def from_opening(facts: Iterable[Fact]) -> tuple[Fact, tuple[Fact, ...]]:
    """The opening of a ticket and its other facts in the fold's order, also those dated before it.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    told = ordered(facts)
    opening = next((fact for fact in told if isinstance(fact.event, Opened)), None)
    if opening is None:
        raise Refused("ticket.no_opening")
    return opening, tuple(fact for fact in told if fact is not opening)


def replay(facts: Iterable[Fact]) -> Ticket:
    """The ticket that these facts describe, in any order; at least ``Opened`` must be among them.

    A fact dated before the opening (mail delay, foreign logs) is taken as part of it.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    opening, rest = from_opening(facts)
    ticket = open_ticket(opening)
    for fact in rest:
        ticket = apply(ticket, fact)
    return ticket


def open_ticket(fact: Fact) -> Ticket:
    """The ticket right after its ``Opened`` fact."""
    event = fact.event
    assert isinstance(event, Opened)
    return Ticket(
        id=fact.ticket, title=event.title, service=event.service, team=event.team, priority=event.priority,
        created_at=fact.at, impact=event.impact, urgency=event.urgency, kind=event.kind, text=event.text,
        requester=event.requester, language=event.language, zone=event.zone, category=event.category,
        drill=event.drill, updated_at=fact.at, last_operation=fact.operation,
    )  # fmt: skip


def apply(ticket: Ticket, fact: Fact) -> Ticket:
    """The ticket after one more fact; does not touch ``version``, which counts writes."""
    changed = _applied(ticket, fact.event, fact.at)
    return replace(changed, updated_at=max(ticket.updated_at, fact.at), last_operation=fact.operation)


def _applied(ticket: Ticket, event: Event, at: Instant) -> Ticket:  # noqa: C901, PLR0911  one case an event
    match event:
        case StateChanged():
            return _with_state(ticket, event, at)
        case Acknowledged(by):
            return replace(ticket, acknowledged_by=by, acknowledged_at=at, owner=ticket.owner or by)
        case Assigned():
            return _with_assignment(ticket, event)
        case PriorityChanged(priority, impact, urgency):
            return replace(ticket, priority=priority, impact=impact or ticket.impact, urgency=urgency or ticket.urgency)
        case Edited(fields):
            return _restored(ticket, {k: v for k, v in fields.items() if k in UNDOABLE})
        case Referenced(system, key, url):
            others = tuple(r for r in ticket.references if (r.system, r.key) != (system, key))
            return replace(ticket, references=(*others, Reference(system, key, url)))
        case Undone(restores=restores):
            return _restored(ticket, restores)
        case EscalationStarted() | StepFired():  # what calls somebody has not been answered yet
            return replace(ticket, acknowledged_by=None, acknowledged_at=None)
        case Opened() | Noted() | Replied() | RequesterWrote() | Imported() | BreachKept():
            return ticket
        case EscalationEnded() | PageWithdrawn():
            return ticket
        case _:
            assert_never(event)


def _with_state(ticket: Ticket, event: StateChanged, at: Instant) -> Ticket:
    was_open = ticket.is_open
    now_open = event.state in OPEN_STATES
    reopening = now_open and not was_open
    waiting = event.state in WAITING_STATES
    return replace(
        ticket,
        state=event.state,
        hold_reason=event.reason if waiting or now_open else "",
        hold_until=event.until if waiting else None,
        resolved_at=None if now_open else (ticket.resolved_at if not was_open else at),
        resolution=event.reason if not now_open and event.reason else ("" if now_open else ticket.resolution),
        reopened=ticket.reopened + reopening,
        acknowledged_by=None if reopening else ticket.acknowledged_by,
        acknowledged_at=None if reopening else ticket.acknowledged_at,
    )


def _with_assignment(ticket: Ticket, event: Assigned) -> Ticket:
    team = ticket.team if event.team is None else event.team
    resolver = ticket.resolver if event.resolver is None else event.resolver
    before, after = ticket.resolver or ticket.team, resolver or team
    owner = ticket.owner if event.owner is None else (event.owner or None)
    return replace(ticket, team=team, owner=owner, resolver=resolver, hops=ticket.hops + (before != after))


def _restored(ticket: Ticket, fields: Mapping[str, Any]) -> Ticket:
    hints = {"id": ticket.id, "title": ticket.title, "service": ticket.service, "team": ticket.team,
             "priority": ticket.priority, "created_at": ticket.created_at}  # fmt: skip
    values = from_plain(Ticket, {**hints, **fields}, strict=False)
    return replace(ticket, **{name: getattr(values, name) for name in fields if name in UNDOABLE})


# --- decisions: what a person may do -------------------------------------------------------------


def acknowledge(ticket: Ticket, by: PersonId, *, runs_out: bool = False) -> tuple[Event, ...]:
    """I have seen it, or still see to it where that ``runs_out``. Sets the owner if there is none.

    Raises:
        Refused: ``ticket.not_open`` or ``ticket.already_acknowledged``.
    """
    _must_be_open(ticket)
    if ticket.acknowledged_by == by and not runs_out:
        raise Refused("ticket.already_acknowledged", ticket=ticket.id, person=by)
    return (Acknowledged(by),)


def take(ticket: Ticket, by: PersonId, team: TeamId | None = None) -> tuple[Event, ...]:
    """Assign to me: owner and resolver are mine; a new ticket becomes active.

    ``team`` is the actor's own team where it differs from the ticket's.

    Raises:
        Refused: ``ticket.not_open`` or ``ticket.already_yours``.
    """
    _must_be_open(ticket)
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
    _must_be_open(ticket)
    if team and team != ticket.team and owner is None:
        owner = PersonId("")
    if team and team != ticket.team and resolver is None:
        resolver = ""
    event = Assigned(team=team or None, owner=owner, resolver=resolver)
    changed = _with_assignment(ticket, event)
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
    _must_be_open(ticket)
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
    _must_be_open(ticket)
    return (StateChanged(State.resolved, reason=code, text=text),)


def close(ticket: Ticket) -> tuple[Event, ...]:
    """The end; a close without a resolve counts as one.

    Raises:
        Refused: ``ticket.already_in_state``.
    """
    if ticket.state is State.closed:
        raise Refused("ticket.already_in_state", ticket=ticket.id, state=State.closed.value)
    return (StateChanged(State.closed),)


def reopen(ticket: Ticket, reason: str) -> tuple[Event, ...]:
    """Not solved after all.

    Raises:
        Refused: ``ticket.is_open``.
    """
    if ticket.is_open:
        raise Refused("ticket.is_open", ticket=ticket.id)
    return (StateChanged(State.active, text=reason),)


def change_priority(
    ticket: Ticket,
    priority: Priority,
    *,
    impact: Level | None = None,
    urgency: Level | None = None,
    reason: str = "",
    derived: bool = False,
) -> tuple[Event, ...]:
    """Another priority: ``derived`` from impact and urgency, or by hand, which needs a reason.

    Raises:
        Refused: ``ticket.not_open``, ``priority.same`` or ``priority.reason_missing``.
    """
    _must_be_open(ticket)
    if priority == ticket.priority and impact in (None, ticket.impact) and urgency in (None, ticket.urgency):
        raise Refused("priority.same", ticket=ticket.id, priority=priority)
    if not derived and not reason.strip():
        raise Refused("priority.reason_missing", ticket=ticket.id)
    return (PriorityChanged(priority, impact=impact, urgency=urgency, reason=reason),)


def _must_be_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise Refused("ticket.not_open", ticket=ticket.id, state=ticket.state.value)
