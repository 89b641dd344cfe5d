"""What came in from outside, as use cases need it: a port like those of ``ports.py``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from collections.abc import Sequence

    from supporttui.domain.ids import TicketId
    from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class Alert:
    """What a source reports under one key, and the ticket that it is folded into."""

    source: str
    key: str
    ticket: TicketId
    state: str
    """A ``Signal``."""
    count: int
    first_at: Instant
    last_at: Instant


class Arrival(NamedTuple):
    """A ticket that a source opened."""

    at: Instant
    requester: str


@dataclass(frozen=True, slots=True)
class Sign:
    """The last sign of life of another system."""

    id: str
    last_at: Instant
    due: Instant | None
    """When it counts as silent; ``None``: it is not waited for, or counts as silent already."""
    ticket: TicketId | None = None
    """That tells of its silence."""


class Incoming(Protocol):
    """Reports by key, messages by their ids, signs of life."""

    def alert(self, source: str, key: str) -> Alert | None:
        """What is known under a key."""

    def put(self, alert: Alert, *, known: Alert | None) -> None:
        """Store over what was read. Raises Conflict (``intake.raced``) if it is not so any more."""

    def alerts_of(self, ticket: TicketId) -> tuple[Alert, ...]:
        """All that is folded into a ticket, the first first."""

    def goes_on(self, ticket: TicketId) -> bool:
        """Whether anything that is folded into a ticket is not over."""

    def newest(self, *, source: str | None, limit: int) -> tuple[Alert, ...]:
        """Those of the newest tickets first."""

    def lately(self, source: str, limit: int) -> tuple[Arrival, ...]:
        """The newest tickets that a source opened, the newest first."""

    def receive(self, source: str, message: str, at: Instant, ticket: TicketId | None) -> bool:
        """Remember a message; False, and nothing is changed, if it is known."""

    def knows(self, source: str, message: str) -> bool:
        """Whether a message was taken in or left out before."""

    def oldest(self) -> Instant | None:
        """When the oldest message that is remembered came."""

    def forget(self, before: Instant, limit: int) -> int:
        """Forget messages that came before an instant, the oldest first, at most so many; how many it were."""

    def ticket_of(self, messages: Sequence[str]) -> TicketId | None:
        """The ticket of the first of these messages that has one, whichever source it came from."""

    def sign(self, beat: str) -> Sign | None:
        """The last sign of life; ``None`` before the first."""

    def signs(self) -> tuple[Sign, ...]:
        """All of them, by id."""

    def put_sign(self, sign: Sign, *, known: Sign | None) -> None:
        """Store over what was read. Raises Conflict (``intake.raced``) if it is not so any more."""

    def silent(self, now: Instant, limit: int) -> tuple[Sign, ...]:
        """Those whose time has come, the longest silent first."""

    def next_silent(self) -> Instant | None:
        """When the next one counts as silent."""
