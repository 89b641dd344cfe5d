"""How the connection to the database stands."""

from dataclasses import dataclass
from enum import Enum

from supporttui.domain.spans import Instant


class LinkState(Enum):
    """Whether the database answers."""

    opening = "opening"
    live = "live"
    away = "away"


@dataclass(frozen=True, slots=True)
class Link:
    """How the connection to the database stands."""

    state: LinkState = LinkState.opening
    heard: Instant | None = None
    """When the database last answered."""
    away_since: Instant | None = None
    tries: int = 0
    retry_at: Instant | None = None
    """``None`` while away: it was asked, and does not answer."""
    skew: int = 0
    """Seconds by which the database's clock is ahead of this machine's."""
