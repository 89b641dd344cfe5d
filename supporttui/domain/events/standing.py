"""What people say of a ticket beside its course: who is asked to own it, early warnings, first looks, fixes."""

from dataclasses import dataclass

from supporttui.domain.ids import PersonId, TeamId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import FixStep


@dataclass(frozen=True, slots=True)
class OwnerOffered:
    """Somebody is asked to own it; the owner stays until that person takes it."""

    person: PersonId
    until: Instant
    """From here on the offer is over, by itself."""
    by: PersonId
    """Who keeps it until then, or answers for it."""
    team: TeamId | None = None
    """Theirs, where it differs from the ticket's."""


@dataclass(frozen=True, slots=True)
class OwnerDeclined:
    """Whoever was asked does not take it; ``to`` is who asked."""

    to: PersonId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EarlyFlagged:
    """The first line warns early: this may become more than one ticket; or does no longer."""

    by: PersonId
    on: bool = True
    text: str = ""


@dataclass(frozen=True, slots=True)
class FirstLooked:
    """What the first line saw, tried, and asks the next one for."""

    seen: str = ""
    tried: str = ""
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class LookRated:
    """How much a first look helped whoever took the ticket: 1 of no use, 5 all that was needed."""

    score: int
    of: PersonId
    """Who wrote it, and of which team they were."""
    team: TeamId
    text: str = ""


@dataclass(frozen=True, slots=True)
class FixRecorded:
    """A fix was tested, approved or brought to production, and by whom."""

    step: FixStep
    by: PersonId
    text: str = ""


@dataclass(frozen=True, slots=True)
class RepeatsSeen:
    """With the ticket opened here, so many are alike that one cause is to be looked for."""

    tickets: tuple[TicketId, ...]
    """The others."""
    words: tuple[str, ...]
    """By which they are alike."""
    days: int
    """Within which they were opened."""
