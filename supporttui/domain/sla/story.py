"""The facts of a ticket as its timers need them: states, replies, messages, what promises rest on."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.events import BreachKept, Fact, Replied, RequesterWrote, State, Undone
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import OPEN_STATES, Ticket, apply, from_opening, open_ticket
from supporttui.domain.undoing import taken_back


@dataclass(frozen=True, slots=True)
class Stand:
    """From ``at`` on the ticket is in a state, until the next stand."""

    at: Instant
    state: State
    undone: bool = False
    """Put there by an undo: no reopening, whatever the target says about those."""
    versions: int = 0
    """How many of ``Story.tickets`` came before it, also within its second."""

    @property
    def done(self) -> bool:
        """Resolved or closed."""
        return self.state not in OPEN_STATES


@dataclass(frozen=True, slots=True)
class Version:
    """The ticket as it was from ``at`` on."""

    at: Instant
    ticket: Ticket
    undone: bool = False
    """Put back by an undo."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A public reply to the requester."""

    at: Instant
    derived: bool
    versions: int
    """How many of ``Story.tickets`` came before it, also within its second."""


@dataclass(frozen=True, slots=True)
class Story:
    """What the facts say, in the fold's order."""

    opened: Instant
    last: Instant
    """Of the last fact."""
    stands: tuple[Stand, ...]
    """The known end of a ``scheduled`` is a stand of its own, even if it lies ahead."""
    tickets: tuple[Version, ...]
    """The ticket whenever something changed that a promise may rest on, from its opening on."""
    replies: tuple[Reply, ...]
    messages: tuple[Instant, ...]
    """Of the requester; the opening is the first."""
    kept: tuple[BreachKept, ...]
    """Breaches that stay whatever the definitions say now."""

    @property
    def resolved(self) -> Instant | None:
        """Since when the ticket is resolved or closed; ``None`` while it is open."""
        since: Instant | None = None
        for stand in self.stands:
            if not stand.done:
                since = None
            elif since is None:
                since = stand.at
        return since


def tell(facts: Iterable[Fact]) -> Story:
    """The story of these facts, in whichever order they are given.

    A fact dated before the opening counts from the opening. A reply that was taken back before it left was none.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    opening, rest = from_opening(facts)
    ticket = open_ticket(opening)
    opened = opening.at
    stands = [Stand(opened, ticket.state)]
    tickets = [Version(opened, ticket)]
    replies: list[Reply] = []
    messages = [opened]
    kept = tuple(fact.event for fact in rest if isinstance(fact.event, BreachKept))
    until: Instant | None = None
    undone = taken_back(rest)
    for fact in rest:
        at = max(fact.at, opened)
        event = fact.event
        before, ticket = ticket, apply(ticket, fact)
        if isinstance(event, Replied) and fact.operation not in undone:
            replies.append(Reply(at, event.derived, len(tickets)))
        elif isinstance(event, RequesterWrote):
            messages.append(at)
        if ticket.state is not before.state or ticket.hold_until != before.hold_until:
            _end_hold(stands, until, at)
            stands.append(Stand(at, ticket.state, isinstance(event, Undone), len(tickets)))
            until = ticket.hold_until if ticket.state is State.scheduled else None
        if _rests_on(ticket) != _rests_on(before):
            tickets.append(Version(at, ticket, undone=isinstance(event, Undone)))
    _end_hold(stands, until, None)
    last = max(opened, rest[-1].at) if rest else opened
    return Story(opened, last, tuple(stands), tuple(tickets), tuple(replies), tuple(messages), kept)


def _end_hold(stands: list[Stand], until: Instant | None, following: Instant | None) -> None:
    """A ``scheduled`` whose end came before the next stand (or ahead, at the end) runs from there on."""
    if until is not None and (following is None or until < following):
        stands.append(Stand(max(until, stands[-1].at), State.active))


def _rests_on(ticket: Ticket) -> tuple[object, ...]:
    return (ticket.priority, ticket.service, ticket.kind, ticket.team, ticket.category)
