"""What reads give back to screens and commands: plain values, already resolved to people and instants."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supporttui.domain.events import Fact
from supporttui.domain.filter.forecasts import Forecast
from supporttui.domain.hops import Hop
from supporttui.domain.ids import PersonId, RotaId, TicketId
from supporttui.domain.overflow import Proposal
from supporttui.domain.people import Role, Team
from supporttui.domain.queue import EVERYTHING, Node, QueueRow, SortBy
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.services import Service
from supporttui.domain.sla.targets import Target
from supporttui.domain.sla.timer import Segment, Timer
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.usecases.beside import Beside
from supporttui.usecases.escalation_views import Choice as Choice  # noqa: PLC0414  re-exported, as all below
from supporttui.usecases.escalation_views import Escalated as Escalated  # noqa: PLC0414
from supporttui.usecases.escalation_views import Reach as Reach  # noqa: PLC0414
from supporttui.usecases.escalation_views import Upcoming as Upcoming  # noqa: PLC0414
from supporttui.usecases.escalation_views import Way as Way  # noqa: PLC0414
from supporttui.usecases.ports import Escalation, Notice, Pulse
from supporttui.usecases.warned import Warned

# --- queue ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ask:
    """Which part of the queue: a filter, an order, and a place in it."""

    query: Node = EVERYTHING
    sort: SortBy = SortBy.sla
    limit: int = 100
    after: QueueRow | None = None
    """The row before the first wanted one (with ``backwards``: after the last); ``None`` is the start."""
    backwards: bool = False
    reverse: bool = False
    """The order the other way round."""
    me: PersonId | None = None


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A row and the countdown of the timer that decides its place; ``None`` when nothing counts."""

    row: QueueRow
    segment: Segment | None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Part of the queue as of journal number ``head``."""

    items: tuple[QueueItem, ...]
    head: int
    now: Instant
    total: int
    """How many match, counted up to 1000 and no further."""
    names: Mapping[str, str]
    """Id of a person, team or service on this page → its name."""


# --- who is on call ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OnCall:
    """One line of support of one rota at an instant, and who comes after."""

    rota: RotaId
    rota_name: str
    level: int
    people: tuple[PersonId, ...]
    """Empty: nobody, for the reason ``cause``."""
    until: Instant | None
    cause: str
    next: tuple[PersonId, ...]
    next_at: Instant | None
    names: Mapping[str, str] = field(default_factory=dict)
    phones: Mapping[str, str] = field(default_factory=dict)
    """Person → address of the first contact point, to call when the program cannot."""
    layers: tuple[str, ...] = ()
    """Of the line, such as ``manager``: by their names a role is asked for."""
    learning: tuple[PersonId, ...] = ()
    """Those of its people who only look on: nobody is to call them."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person on a rota who speaks the language that was asked for."""

    person: PersonId
    name: str
    rota_name: str
    level: int
    start: Instant
    """Of the duty; for those on duty now, the instant that was asked."""
    until: Instant | None
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who speaks a requester's language: on duty now and next, and what is spoken if nobody does."""

    language: str
    now: tuple[Speaker, ...]
    """By line of support; empty: nobody on duty speaks it."""
    next: tuple[Speaker, ...]
    """Those of the next duty with a speaker; empty: no duty of the next 400 days has one."""
    fallback: str
    """The language agreed for the service; empty where services agreed on different ones."""
    fallback_now: tuple[Speaker, ...]
    """Who on duty speaks that."""


@dataclass(frozen=True, slots=True)
class RotaPlan:
    """A rota over a span: each layer alone, and what follows for each level."""

    rota: Rota
    span: Span
    layers: Mapping[str, tuple[Duty, ...]]
    """Layer name → its own pieces, overrides not applied."""
    levels: Mapping[int, tuple[Duty, ...]]
    """Level → the final plan; a piece without people is a gap and has a cause."""
    gaps: tuple[Duty, ...]
    """Of every level, unintended ones only."""
    now: tuple[OnCall, ...]
    """One line a level."""
    names: Mapping[str, str]


# --- escalation -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Running:
    """A ticket's escalation: where it stands, whom it has told, what comes if nobody answers."""

    escalation: Escalation
    policy_name: str
    step_name: str
    """Of the last firing; empty before the first."""
    upcoming: tuple[Upcoming, ...]
    """The coming steps, soonest first; the first is the next."""
    notices: tuple[Notice, ...]
    """Pages of the ticket, newest first."""
    item: QueueItem
    acknowledged_at: Instant | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Of those who were paged, and of who acknowledged."""
    needed: int = 1
    """So many must acknowledge what was last taken."""
    answered: tuple[PersonId, ...] = ()
    """Whose acknowledgement stands, whether it is enough or not."""
    quiet_until: Instant | None = None
    """Until when it is asleep, if it is."""


# --- ticket -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a service is open, and when that changes; ``None``: not within 20 years."""

    is_open: bool
    changes: Instant | None


@dataclass(frozen=True, slots=True)
class TimerView:
    """A timer, its countdown at ``now`` and the target as it is defined today (``None``: no longer)."""

    timer: Timer
    segment: Segment | None
    target: Target | None


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """Everything the ticket screen shows; ``ticket.references`` are its foreign numbers."""

    ticket: Ticket
    item: QueueItem
    timers: tuple[TimerView, ...]
    """The deciding one first, ended ones last."""
    facts: tuple[Fact, ...]
    """Newest first."""
    service: Service | None
    team: Team | None
    escalation: Running | None
    notices: tuple[Notice, ...]
    names: Mapping[str, str]
    head: int
    now: Instant
    opening: Opening | None = None
    """Of the service; ``None`` where it is not defined here."""
    speakers: Speakers | None = None
    """Of the requester's language; ``None`` if that is not known, or nobody is on a rota of the service."""
    hops: tuple[Hop, ...] = ()
    """Which authority had it, from its opening until it was resolved, or now."""
    management: Running | None = None
    """The escalation to those who decide more, beside ``escalation``."""
    overflow: Proposal | None = None
    """That a partner could take it, as its team has more than it can stand."""
    warned: tuple[Warned, ...] = ()
    """The marks of its timers that somebody was told of, newest first."""
    beside: Beside = field(default_factory=Beside)


# --- the status line --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NextBreach:
    """The running timer that is due soonest."""

    ticket: TicketId
    due: Instant
    item: QueueItem


@dataclass(frozen=True, slots=True)
class Expected:
    """How many tickets will fall due, each counted up to 1000; ``None`` where no rota says until when."""

    forecast: Forecast
    this_shift: int | None
    before_next_shift: int | None
    unattended: int


@dataclass(frozen=True, slots=True)
class Announced:
    """The special period that everybody is told of: the first that holds or begins soon."""

    name: str
    start: Instant
    end: Instant
    running: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handover that waits for somebody: to be signed, to be answered, or to be read and accepted."""

    giving: bool
    person: PersonId
    """Whoever takes it, or gave it."""
    at: Instant
    """When the shift that gives ends."""
    items: int = 0
    unread: int = 0
    asked: int = 0
    """Items about which the other side had the last word: questions to whoever gives, answers to whoever takes."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the first line of every screen answers."""

    site: str
    zone: str
    prefix: str
    on_call: tuple[OnCall, ...]
    next_breach: NextBreach | None
    open: int
    """Counted up to 1000 and no further, as is the next."""
    breached: int
    running: int
    """Escalations that wait for an answer."""
    watch: Pulse | None
    outbox_dead: int
    """Notices that could not be delivered and were given up."""
    head: int
    now: Instant
    names: Mapping[str, str]
    me: PersonId | None = None
    role: Role | None = Role.admin
    """Of who asks; ``None`` for a stranger."""
    expected: Expected | None = None
    """What will fall due in the hours to come; ``None`` where there is no rota."""
    announced: Announced | None = None
    to_decide: int = 0
    """Entries of other calendars, and ended special periods, that wait for a lead's word."""
    outbox_held: int = 0
    """Pages that are too old to leave by themselves, and wait for somebody."""
    handover: Waiting | None = None
    """What is to be handed over by who asks, or to be taken over."""
    zone_data: str = ""
    """The release of the zone rules by which the timers were counted; empty where none was named."""
