"""What reads of escalations give back: whom a step reaches, what comes, what was done by hand."""

from dataclasses import dataclass

from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Way:
    """A contact point, and when it is tried while nobody answers."""

    channel: str
    address: str
    at: Instant


@dataclass(frozen=True, slots=True)
class Reach:
    """A person a step reaches, by which first channel, and until when that holds."""

    person: PersonId
    name: str
    channel: str
    """Empty: no contact point, so nothing would be sent."""
    address: str
    until: Instant | None
    """End of the duty by which the person was found; ``None`` when named directly."""
    unfit: str = ""
    """The code of why they are not certified for what the ticket is about; a step pages them all the same."""
    ways: tuple[Way, ...] = ()
    """Every contact point that is tried, soonest first."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A step that will fire if nobody acknowledges: a forecast, resolved again when it is due."""

    at: Instant
    step: int
    """1 is the first step of the policy; 0: the last resort, when all are used up."""
    round: int
    name: str
    people: tuple[Reach, ...]
    channels: tuple[str, ...] = ()
    """What is told beside people."""
    cause: str = ""
    """Why nobody is, as a code."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One step that an escalation by hand may go to."""

    step: int
    name: str
    people: tuple[Reach, ...]
    is_next: bool
    """The one that Enter takes."""
    channels: tuple[str, ...] = ()
    """What is told beside people."""


@dataclass(frozen=True, slots=True)
class Escalated:
    """An escalation by hand: whom it pages, and until when it may be withdrawn silently."""

    ticket: Ticket
    operation: OperationId
    step: int
    step_name: str
    people: tuple[Reach, ...]
    send_at: Instant
