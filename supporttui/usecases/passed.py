"""What goes through the ports: who calls, what changed, and what is stored beside the tickets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from supporttui.domain.ids import OperationId, PersonId, PolicyId, TicketId
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState, Origin


@dataclass(frozen=True, slots=True)
class Call:
    """Who asks, at which instant by the desk's corrected clock, under which operation id."""

    actor: PersonId
    at: Instant
    operation: OperationId
    origin: Origin = Origin.desk


class OpenTimer(NamedTuple):
    """A timer of an open ticket, ended or not, as it is stored, with what the ticket's promises rest on."""

    ticket: TicketId
    service: str
    kind: str
    priority: int
    team: str
    resolver: str
    category: str
    created_at: int
    metric: str
    cycle: int
    seconds: int
    days: int
    calendar: str | None
    started: int
    state: str
    due: int | None
    remaining: int
    anchor: int
    breached_at: int | None


class Mark(NamedTuple):
    """A timer at which the watch has to look at ``at``."""

    ticket: TicketId
    metric: Metric
    cycle: int
    at: Instant


@dataclass(frozen=True, slots=True)
class Changed:
    """What the feed tells: tickets touched, and whether definitions changed, up to ``seq``."""

    tickets: frozenset[TicketId]
    definitions: bool
    seq: int


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Versioned(Generic[T]):
    """One version of a definition; ``valid_from`` None means without beginning."""

    value: T
    version: int = 1
    valid_from: Instant | None = None


@dataclass(frozen=True, slots=True)
class Escalation:
    """The stored reading of a ticket's escalation; what is true are its facts."""

    ticket: TicketId
    policy: PolicyId
    policy_version: int
    generation: int
    state: EscalationState
    step: int
    """Of the last firing; 0 before the first."""
    round: int
    firing: int
    """Number of the last firing in this generation; 0 before the first."""
    due: Instant | None
    """When the watch must look again (``now >= due``): the next step, or the end of an acknowledgement that
    runs out; ``None`` where nothing comes by itself."""
    kind: EscalationKind = EscalationKind.functional
    """With the ticket the key: there may be one of each."""


class NoticeState(StrEnum):
    """Life of an outbox row."""

    pending = "pending"
    sending = "sending"
    sent = "sent"
    failed = "failed"
    """Will be tried again at ``not_before``."""
    bundled = "bundled"
    """Leaves as part of another one; what becomes of that becomes of it."""
    held = "held"
    """Too old to leave by itself, after a restore or a long outage: a person releases or drops it."""
    dead = "dead"
    suppressed = "suppressed"
    withdrawn = "withdrawn"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to one contact point of one person: codes and parameters, worded at sending."""

    key: str
    """Idempotency key, unique and the same for ever."""
    ticket: TicketId | None
    person: PersonId
    channel: str
    address: str
    code: str
    """What is said, such as ``page`` or ``assigned``; worded by ``i18n/notices.py``."""
    params: dict[str, str | int]
    not_before: Instant
    priority: int = 3
    state: NoticeState = NoticeState.pending
    attempts: int = 0
    token: int = 0
    """Fence of the claim while ``sending``."""
    operation: OperationId = OperationId("")
    """Of the action that made it; a withdrawal names it."""
    error: str = ""
    bundle: str = ""
    """Key of the notice as part of which it leaves; empty: it leaves alone."""
    sent_at: Instant | None = None
    """When it was handed over, by the database's clock."""


class Trouble(NamedTuple):
    """Something that the watch was to do and has not done."""

    code: str
    """Such as ``audit.step_overdue``."""
    since: Instant
    ticket: TicketId | None = None
    key: str = ""
    """Of a message."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """The watch's sign of life, as its lease row tells it."""

    holder: str
    token: int
    until: Instant
    seen: Instant
    """When it last renewed, by the database's clock."""
    audited_at: Instant | None = None
    """When it last looked at its own work; ``None``: not since it began."""
    troubles: tuple[Trouble, ...] = ()
    """What it found then."""
