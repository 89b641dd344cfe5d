"""What requesters were told of when they hear next, and how a major incident is run."""

from dataclasses import dataclass

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.states import MajorEntry, MajorRole


@dataclass(frozen=True, slots=True)
class UpdatePromised:
    """The requester was told by when they hear next; a reply keeps it, a later promise replaces it."""

    until: Instant
    by: PersonId
    text: str = ""


@dataclass(frozen=True, slots=True)
class UpdateReleased:
    """The promise holds no longer, though nothing was written to the requester."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class MajorStarted:
    """From here on it is run as a major incident."""

    commander: PersonId
    every: int
    """Seconds between two communications."""
    communication: PersonId | None = None
    scribe: PersonId | None = None
    exercise: bool = False


@dataclass(frozen=True, slots=True)
class MajorRoleGiven:
    """Somebody has a role in it from here on."""

    role: MajorRole
    person: PersonId


@dataclass(frozen=True, slots=True)
class MajorLogged:
    """Something was communicated, or works only in part from here on."""

    entry: MajorEntry
    text: str


@dataclass(frozen=True, slots=True)
class MajorEnded:
    """It is a ticket like others again."""

    text: str = ""
