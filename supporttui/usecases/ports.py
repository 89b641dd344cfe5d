"""What the use cases need from the outside, as Protocols; adapters fulfil them, tests hold them to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

from supporttui.domain.ids import CalendarId, OperationId, PersonId, PolicyId, RotaId, TicketId
from supporttui.domain.queue import Facet, Node, QueueRow, SortBy
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState
from supporttui.usecases.passed import (
    Call,
    Changed,
    Escalation,
    Mark,
    Notice,
    NoticeState,
    OpenTimer,
    Pulse,
    Trouble,
    Versioned,
)

if TYPE_CHECKING:  # every screen loads this module before the first frame; the rules behind these types wait
    from supporttui.domain.charters import Charter
    from supporttui.domain.escalation.policy import Policy
    from supporttui.domain.events import Fact
    from supporttui.domain.incoming.source import Beat, IntakeSource
    from supporttui.domain.lessons import Lesson
    from supporttui.domain.people import Person, Team
    from supporttui.domain.periods.period import Period
    from supporttui.domain.periods.plan import Plan
    from supporttui.domain.priorities import PriorityMatrix
    from supporttui.domain.procedures import Procedure
    from supporttui.domain.processes import Process
    from supporttui.domain.replies import Template
    from supporttui.domain.rota.schedule import Override, Rota
    from supporttui.domain.services import Service
    from supporttui.domain.sla.hours import Calendar, Hours
    from supporttui.domain.sla.targets import TargetSet
    from supporttui.domain.sla.timer import SortKey, Timer
    from supporttui.domain.tasks import Task
    from supporttui.domain.tickets import Ticket
    from supporttui.usecases.archive import Archive
    from supporttui.usecases.stores.ack_codes import AckCodes
    from supporttui.usecases.stores.exchange import Exchange
    from supporttui.usecases.stores.figures import Figures
    from supporttui.usecases.stores.handovers import Handovers
    from supporttui.usecases.stores.incoming import Incoming
    from supporttui.usecases.stores.lease import Lease
    from supporttui.usecases.stores.looks import Looks
    from supporttui.usecases.stores.marks import Marks
    from supporttui.usecases.stores.outbox import Outbox
    from supporttui.usecases.stores.rotas import Rotas
    from supporttui.usecases.stores.views import Views

__all__ = [
    "Call", "Changed", "Channel", "Clock", "Definition", "Definitions", "Escalation", "EscalationState",
    "Escalations", "Feed", "Journal", "Mark", "Notice", "NoticeState", "Pulse", "Store",
    "Tickets", "Transaction", "Trouble", "Versioned",
]  # fmt: skip

Clock = Callable[[], Instant]


class Tickets(Protocol):
    """Tickets, their timers and the queue's rows."""

    def new_id(self) -> TicketId:
        """The next number; gaps are possible, repeats are not."""

    def get(self, ticket: TicketId) -> Ticket:
        """Raises NotFound (``ticket.unknown``)."""

    def insert(self, ticket: Ticket, timers: Sequence[Timer], sort: SortKey) -> None:
        """A new ticket with its timers."""

    def save(self, ticket: Ticket, timers: Sequence[Timer], sort: SortKey, *, expected: int) -> Ticket:
        """Store over version ``expected``; gives the ticket with its new version.

        Raises Conflict (``ticket.changed``), NotFound or Forbidden, told apart by reading again.
        """

    def timers(self, ticket: TicketId) -> tuple[Timer, ...]:
        """Of every metric and cycle, ended ones too."""

    def several(self, tickets: Sequence[TicketId]) -> tuple[tuple[Ticket, tuple[Timer, ...]], ...]:
        """These tickets with their timers, in any order, to be read and not written; an unknown number has none."""

    def open_timers(self, services: Iterable[str]) -> Iterable[OpenTimer]:
        """The timers of all open tickets of these services, by ticket; void ones and drills left out. Streamed."""

    def find(self, system: str, key: str) -> TicketId | None:
        """The ticket that another system knows under this number."""

    def page(
        self, query: Node, *, now: Instant, me: PersonId | None, sort: SortBy, limit: int,
        offset_row: QueueRow | None = None, backwards: bool = False, reverse: bool = False,
    ) -> tuple[QueueRow, ...]:  # fmt: skip
        """Rows in the queue's order after (or before) a row, by keyset; never more than ``limit``."""

    def rows(self, tickets: Iterable[TicketId]) -> tuple[QueueRow, ...]:
        """The rows of these tickets, open or not, in any order."""

    def count(self, query: Node, *, now: Instant, me: PersonId | None, most: int) -> int:
        """How many rows match, counted up to ``most`` and no further."""

    def texts(self, ticket: TicketId) -> tuple[str, str]:
        """What is searched of a ticket: what it says itself, and what was said later (``domain/filter/search.py``)."""

    def facets(self, query: Node, *, now: Instant, me: PersonId | None, most: int) -> tuple[Facet, ...]:
        """The values of every field that may be picked, among at most ``most`` matches, the commonest first."""


class Journal(Protocol):
    """Facts, append-only. Numbers are taken from the head row as the last step before commit."""

    def append(self, facts: Sequence[Fact]) -> None:
        """Add facts; they get their numbers at commit. A known operation id raises Refused (``operation.known``)."""

    def append_definition(self, call: Call, kind: str, key: str, version: int) -> None:
        """A definition changed; its content stands in its own table."""

    def of_ticket(self, ticket: TicketId, *, until: Instant | None = None) -> tuple[Fact, ...]:
        """All facts of a ticket in the fold's order, those of this transaction included."""

    def operation(self, operation: OperationId) -> tuple[Fact, ...]:
        """What an operation id did; empty if it is unknown (so it may be tried again)."""

    def each(self, *, until: Instant | None = None, after: int = 0) -> Iterable[Fact]:
        """Every fact in journal order, streamed."""

    def of_kinds(self, kinds: Sequence[str], *, since: Instant) -> tuple[Fact, ...]:
        """The stored facts of some kinds (``events.KINDS``) from an instant on, in journal order."""

    def head(self) -> int:
        """The newest number."""

    def claim(self, facts: Sequence[Fact]) -> None:
        """What facts make unique, or can be found by; for facts that are stored already.

        Raises Refused (``escalation.fired``) and StoreUnavailable (``store.locked``) as ``append`` does.
        """

    def parts(self, ticket: TicketId) -> tuple[tuple[Fact, int], ...]:
        """The stored facts of a ticket in journal order, each with its place within its operation."""

    def adopt(self, facts: Sequence[tuple[Fact, int]]) -> None:
        """Add facts of another database under the operations and places that they have there."""

    def known_parts(self, operations: Sequence[OperationId]) -> dict[tuple[OperationId, int], TicketId | None]:
        """Of these operations the places that are stored, and the ticket of each."""

    def imported_rows(self, system: str, numbers: Sequence[str]) -> dict[str, tuple[TicketId, frozenset[str]]]:
        """Foreign number → our ticket and the hashes of the rows already taken in."""


class Definitions(Protocol):
    """People, teams, services and everything with versions."""

    def people(self) -> tuple[Person, ...]:
        """Everybody, in the order of their keys."""

    def teams(self) -> tuple[Team, ...]:
        """Teams inside and authorities outside."""

    def services(self) -> tuple[Service, ...]:
        """Everything that is supported."""

    def calendars(self) -> dict[CalendarId, tuple[Versioned[Calendar], ...]]:
        """Service hours, all versions, oldest first; so are the next four."""

    def target_sets(self) -> dict[str, tuple[Versioned[TargetSet], ...]]:
        """Promises, by the key that services name."""

    def matrices(self) -> dict[str, tuple[Versioned[PriorityMatrix], ...]]:
        """Impact × urgency, by the key that services name."""

    def rotas(self) -> dict[RotaId, tuple[Versioned[Rota], ...]]:
        """Rotas without the overrides that stand apart."""

    def periods(self) -> dict[str, tuple[Versioned[Period], ...]]:
        """Special periods, all versions, oldest first."""

    def plan(self) -> Plan:
        """When special periods occur, from all versions, kept until a definition changes."""

    def hours(self, calendar: CalendarId | None) -> Hours:
        """Service hours compiled from all versions, kept until a definition changes; ``None`` is always open.

        The key that ``periods.hours.key_of`` makes stands for a calendar with the periods of a service over it.
        """

    def overrides(self, rota: RotaId) -> tuple[Override, ...]:
        """The overrides of a rota that were put one by one, as far as they hold."""

    def policies(self) -> dict[PolicyId, tuple[Versioned[Policy], ...]]:
        """Escalation policies; a running escalation names its version."""

    def templates(self) -> tuple[Template, ...]:
        """Replies that are written often, by id."""

    def processes(self) -> tuple[Process, ...]:
        """Profiles of business processes, by id."""

    def tasks(self) -> tuple[Task, ...]:
        """The task catalogue, by id."""

    def procedures(self) -> dict[str, tuple[Versioned[Procedure], ...]]:
        """Procedures, all versions, oldest first; a run names its version."""

    def charters(self) -> dict[str, tuple[Versioned[Charter], ...]]:
        """Charters, all versions, oldest first."""

    def lessons(self) -> tuple[Lesson, ...]:
        """What was learnt, by id."""

    def sources(self) -> tuple[IntakeSource, ...]:
        """The systems that report, by id."""

    def beats(self) -> tuple[Beat, ...]:
        """Signs of life that are waited for, by id."""

    def put(self, key: str, value: Definition, *, valid_from: Instant | None = None) -> int:
        """Store a value (for versioned kinds: a new version) and give its version number."""

    def site(self) -> dict[str, str]:
        """Settings of the site: ``name``, ``zone``, ``prefix``, ``tz_version``, ``demo_offset`` and more."""

    def put_site(self, values: dict[str, str]) -> None:
        """Set these settings of the site and leave the others."""


class Escalations(Protocol):
    """The stored reading of escalations."""

    def get(self, ticket: TicketId, kind: EscalationKind = EscalationKind.functional) -> Escalation | None:
        """Of the newest generation of its kind; ``None`` before the first."""

    def of_ticket(self, ticket: TicketId) -> tuple[Escalation, ...]:
        """Of each kind that has begun, functional first."""

    def save(self, escalation: Escalation) -> None:
        """Insert or replace by (ticket, kind); a firing number that exists raises Refused (``escalation.fired``)."""

    def move(self, known: Escalation, state: EscalationState, *, due: Instant | None) -> bool:
        """Give a row another state and due; False, and nothing is changed, if it is not as it was read."""

    def running(self) -> tuple[Escalation, ...]:
        """Running, acknowledged and exhausted ones of open tickets, next due first."""

    def due(self, now: Instant, limit: int) -> tuple[Escalation, ...]:
        """Those whose due instant has come, the most pressing tickets first, then the oldest."""

    def next_due(self) -> Instant | None:
        """When the next step of any escalation fires."""

    def pointer(self, name: str) -> int:
        """Whose turn it is in a round robin, as a place in its list; 0 at first."""

    def point(self, name: str, place: int) -> None:
        """Whose turn it is next."""


class Transaction(Protocol):
    """Everything one use case may touch; commits whole or not at all, never leaves its thread."""

    @property
    def tickets(self) -> Tickets:
        """Tickets, timers, rows of the queue."""

    @property
    def journal(self) -> Journal:
        """The facts."""

    @property
    def definitions(self) -> Definitions:
        """What the site has agreed."""

    @property
    def rotas(self) -> Rotas:
        """What is kept of rotas beside their definitions: swaps, absences, pinned periods, recorded duty."""

    @property
    def exchange(self) -> Exchange:
        """What was given to other calendars, and what came from them."""

    @property
    def escalations(self) -> Escalations:
        """The stored reading of escalations."""

    @property
    def marks(self) -> Marks:
        """When timers are looked at."""

    @property
    def handovers(self) -> Handovers:
        """What shifts give to each other."""

    @property
    def figures(self) -> Figures:
        """Counts over many tickets."""

    @property
    def looks(self) -> Looks:
        """When criteria of escalation are looked at."""

    @property
    def outbox(self) -> Outbox:
        """Notices."""

    @property
    def lease(self) -> Lease:
        """Who leads."""

    @property
    def ack_codes(self) -> AckCodes:
        """Codes of pages."""

    @property
    def incoming(self) -> Incoming:
        """What came in from outside."""

    @property
    def views(self) -> Views:
        """Saved views."""

    @property
    def archive(self) -> Archive:
        """Everything as plain rows."""

    def now(self) -> Instant:
        """The database's clock (``app_now()``)."""

    def interrupt(self) -> None:
        """From another thread: end the statement that runs, if the database can at once; it fails as unavailable."""

    def attempt(self) -> AbstractContextManager[None]:
        """What is written to tickets, journal and outbox inside is kept only if it ends without an exception."""


class Store(Protocol):
    """A database: read and write transactions, and its change feed."""

    def read(self) -> AbstractContextManager[Transaction]:
        """One unchanging view of what is committed."""

    def write(self) -> AbstractContextManager[Transaction]:
        """Commits at the end of the block, rolls back on any exception."""

    def head(self) -> int:
        """Newest journal number, as cheap as the database allows; 0 when empty."""

    def changes(self, after: int) -> Changed:
        """What was committed after a number."""

    def close(self) -> None:
        """End feeds and connections."""


class Feed(Protocol):
    """Wakes a listener when something was committed, by any process."""

    def start(self, after: int, heard: Callable[[Changed], None]) -> None:
        """Begin in a thread of its own; ``heard`` runs there."""

    def stop(self) -> None:
        """End the thread; ``heard`` is not called any more."""


class Channel(Protocol):
    """One way out for notices."""

    name: str

    def send(self, address: str, subject: str, body: str, *, key: str, facts: dict[str, str]) -> None:
        """Hand over, within the channel's own time limit. Raises ChannelFailed."""


@runtime_checkable
class BriefChannel(Channel, Protocol):
    """One that does not bear a text of any length."""

    longest: int
    """Characters of a body. 0: any number."""


Definition: TypeAlias = (
    "Person | Team | Service | Calendar | TargetSet | PriorityMatrix | Period | Rota | Override | Policy | Template"
    " | Process | Task | IntakeSource | Beat | Procedure | Lesson | Charter"
)
