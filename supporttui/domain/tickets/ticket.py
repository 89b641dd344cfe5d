"""The ticket as a value: its fields and its states."""

from dataclasses import dataclass, replace

from supporttui.domain.ids import OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES, FixStep, Kind, MajorRole, Relation, State


@dataclass(frozen=True, slots=True)
class Reference:
    """A number under which another system knows a ticket."""

    system: str
    key: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a person asked to be reminded of, and when."""

    person: PersonId
    until: Instant
    text: str = ""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a ticket is to another one."""

    other: TicketId
    relation: Relation


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody is asked to own a ticket."""

    person: PersonId
    until: Instant
    by: PersonId
    team: TeamId | None = None


@dataclass(frozen=True, slots=True)
class Early:
    """An early warning of the first line."""

    by: PersonId
    """Empty: several alike were counted."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A step of a fix towards production."""

    step: FixStep
    by: PersonId
    at: Instant
    text: str = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """By when the requester was told to hear next."""

    until: Instant
    by: PersonId
    text: str = ""


@dataclass(frozen=True, slots=True)
class Announcement:
    """When a vendor works on it, as they said."""

    start: Instant
    end: Instant
    text: str = ""


@dataclass(frozen=True, slots=True)
class Major:
    """How a ticket is, or was last, run as a major incident."""

    since: Instant
    commander: PersonId
    every: int
    """Seconds between two communications."""
    communication: PersonId | None = None
    scribe: PersonId | None = None
    exercise: bool = False
    degraded: tuple[str, ...] = ()
    """What works only in part, as it was noted, oldest first."""
    said_at: Instant | None = None
    """Of the last communication, a reply or another."""
    ended: Instant | None = None

    def given(self, role: MajorRole, person: PersonId) -> "Major":
        """The same with somebody in a role."""
        match role:
            case MajorRole.commander:
                return replace(self, commander=person)
            case MajorRole.communication:
                return replace(self, communication=person)
            case MajorRole.scribe:
                return replace(self, scribe=person)

    def of(self, role: MajorRole) -> PersonId | None:
        """Who has a role."""
        match role:
            case MajorRole.commander:
                return self.commander
            case MajorRole.communication:
                return self.communication
            case MajorRole.scribe:
                return self.scribe


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
    drill_calls: bool = False
    """A drill in which people are really called."""
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
    followers: tuple[PersonId, ...] = ()
    """Who hears of what becomes of it, the first to follow first."""
    reminders: tuple[Reminder, ...] = ()
    """At most one a person; gone once the ticket is resolved or closed."""
    relations: tuple[Relationship, ...] = ()
    """At most one to each other ticket."""
    merged_into: TicketId | None = None
    """The ticket as which this one goes on."""
    merged: tuple[TicketId, ...] = ()
    """Those that go on as this one."""
    void: bool = False
    """Should never have been: lists and figures leave it out."""
    void_reason: str = ""
    worked_at: Instant = Instant(0)
    """Of the last real work on it: a reply, a note, another state or hand, by a person."""
    chases: int = 0
    """How often the requester asked what becomes of it."""
    attention: int = 0
    """More than its priority gives it: 1 raised, 2 high. Counts only up to ``attention_until`` (``attention_at``)."""
    attention_until: Instant | None = None
    attention_impact: Level | None = None
    """What was stated when it was raised."""
    attention_reason: str = ""
    attention_by: str = ""
    """Who asked for it."""
    offer: Offer | None = None
    """Counts only up to its end (``offer_at``)."""
    early: Early | None = None
    fix: tuple[Fix, ...] = ()
    """The last of each step."""
    promised: Promised | None = None
    """Stays when its time passes: then it is missed, until a reply follows."""
    major: Major | None = None
    announcement: Announcement | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        """Neither resolved nor closed."""
        return self.state in OPEN_STATES

    def attention_at(self, now: Instant) -> int:
        """The attention that it has at an instant: raised attention runs out by itself."""
        return self.attention if self.attention_until is not None and now < self.attention_until else 0

    @property
    def is_major(self) -> bool:
        """Whether it is run as a major incident now."""
        return self.major is not None and self.major.ended is None

    def missed_at(self, now: Instant) -> bool:
        """Whether the requester should have heard by now what was promised."""
        return self.is_open and self.promised is not None and self.promised.until < now

    def offer_at(self, now: Instant) -> Offer | None:
        """Who is asked to own it at an instant: nobody's offer outlasts its end."""
        return self.offer if self.offer is not None and now < self.offer.until else None

    def reminder_of(self, person: str) -> Reminder | None:
        """What this person asked to be reminded of."""
        return next((one for one in self.reminders if one.person == person), None)


EDITABLE: frozenset[str] = frozenset({"title", "text", "category", "requester", "language", "zone", "service", "kind"})
"""Fields that describe the ticket; what else changes has a decision of its own."""
PROMISED: frozenset[str] = frozenset({"service", "kind", "category"})
"""Of these, what targets may depend on: an ended ticket keeps them."""
UNDOABLE: frozenset[str] = EDITABLE | frozenset(
    {
        "state", "hold_reason", "hold_until", "owner", "team", "resolver", "priority", "impact", "urgency",
        "acknowledged_by", "acknowledged_at", "resolved_at", "resolution", "references", "followers",
        "reminders", "relations", "attention", "attention_until", "attention_impact",
        "attention_reason", "attention_by", "offer", "early", "fix", "merged_into", "merged",
        "promised", "major", "announcement",
    }
)  # fmt: skip
"""Fields that an undo may put back; counters and history stay."""
