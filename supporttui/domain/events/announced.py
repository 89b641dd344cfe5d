"""What a vendor announced: maintenance, an update, in a window of time."""

from dataclasses import dataclass

from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class UpdateAnnounced:
    """The vendor works on it from an instant up to another; a later one replaces it."""

    start: Instant
    end: Instant
    text: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementRetracted:
    """The vendor does not do it after all."""

    reason: str = ""
