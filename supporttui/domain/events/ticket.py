"""What happens to a ticket itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from supporttui.domain.ids import OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import Kind, Relation, State


@dataclass(frozen=True, slots=True)
class Opened:
    """The ticket exists from here on; always its first fact."""

    title: str
    service: ServiceId
    team: TeamId
    priority: Priority
    impact: Level = Level(2)
    urgency: Level = Level(2)
    kind: Kind = Kind.incident
    text: str = ""
    requester: str = ""
    language: str = ""
    zone: str = ""
    drill: bool = False
    category: str = ""
    lifted_by: str = ""
    """The special period by which it counts as more urgent than ``urgency`` says; the priority follows from that."""
    drill_calls: bool = False
    """Of a drill: people are really called."""


@dataclass(frozen=True, slots=True)
class StateChanged:
    """A new state; out of ``resolved`` or ``closed`` it is a reopening."""

    state: State
    reason: str = ""
    """Hold reason (a code of the site) while waiting, resolution code when resolved."""
    until: Instant | None = None
    """End of ``scheduled``: the timers run again from here without another fact."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A person says: I have seen it."""

    by: PersonId
    entered_by: PersonId | None = None
    """Who entered the code of the page in that person's name, such as a gateway; ``None``: the person did it here."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """Who owns it and who works on it now; ``None`` leaves a part as it was, ``""`` empties it."""

    team: TeamId | None = None
    owner: PersonId | None = None
    resolver: str | None = None
    """A team or other authority; empty means the owner's team."""
    handed_over: bool = False
    """With its shift: another owner, and no work was done."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An internal note; the requester never sees it."""

    text: str
    quoted: str = ""
    """Of one that came by mail: the earlier mails that it quotes."""


@dataclass(frozen=True, slots=True)
class Replied:
    """A public reply of a person to the requester: meets first response and update."""

    text: str
    derived: bool = False
    """Concluded by an import from the foreign history, not seen itself."""


@dataclass(frozen=True, slots=True)
class RequesterWrote:
    """A message of the requester; an unanswered one starts the update timer."""

    text: str = ""
    quoted: str = ""
    """Of one that came by mail: the earlier mails that it quotes."""


@dataclass(frozen=True, slots=True)
class PriorityChanged:
    """A new priority, by the matrix or by hand with a reason."""

    priority: Priority
    impact: Level | None = None
    urgency: Level | None = None
    reason: str = ""
    lifted_by: str = ""
    """As of ``Opened``."""


@dataclass(frozen=True, slots=True)
class Edited:
    """Descriptive fields changed: field name → new value."""

    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Referenced:
    """A number under which another system knows this ticket."""

    system: str
    key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A person wants to hear of what becomes of the ticket, or no longer."""

    person: PersonId
    on: bool = True


@dataclass(frozen=True, slots=True)
class Reminded:
    """A person wants to be reminded of the ticket at ``until``; ``None`` takes that back. Hides no timer."""

    person: PersonId
    until: Instant | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """What this ticket is to another one, which has a fact of its own for its side; or is no longer."""

    other: TicketId
    relation: Relation = Relation.related
    on: bool = True


@dataclass(frozen=True, slots=True)
class Merged:
    """Goes on as another ticket; the closing is a fact of its own."""

    into: TicketId


@dataclass(frozen=True, slots=True)
class MergedIn:
    """Another ticket goes on as this one; what it brings along are facts of their own."""

    source: TicketId
    opened: Instant | None = None
    """When it was opened: the time to resolve counts from the older of the two."""


@dataclass(frozen=True, slots=True)
class Voided:
    """Should never have been: left out of lists and figures, while the journal keeps it."""

    reason: str


@dataclass(frozen=True, slots=True)
class BreachKept:
    """Other service hours or promises would have taken back a breach: it stays, with what it rested on."""

    metric: str
    cycle: int
    due: Instant
    """When the target was used up by the definitions that held then."""
    seconds: int
    calendar: str = ""
    """Empty: round the clock."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Compensates an earlier operation: the fields it changed go back; the time between counts as it was."""

    operation: OperationId
    restores: Mapping[str, Any] = field(default_factory=dict)
    """Ticket field → plain value before that operation."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One row of a foreign log was taken in: ``row`` is its hash, so that a second import skips it."""

    system: str
    number: str
    row: str
    fields: Mapping[str, str] = field(default_factory=dict)
