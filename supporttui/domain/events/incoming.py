"""What other systems report of a ticket's matter."""

from dataclasses import dataclass
from enum import StrEnum


class Signal(StrEnum):
    """What a report says."""

    firing = "firing"
    """It is so."""
    resolved = "resolved"
    """It is over."""
    silent = "silent"
    """No sign of life came when it was due."""
    resumed = "resumed"
    """Signs of life come again."""
    flapping = "flapping"
    """It comes and goes: over for now, and the ticket stays open."""
    flooded = "flooded"
    """More came in than may open tickets; it is counted here."""


@dataclass(frozen=True, slots=True)
class Reported:
    """Another system reported, first or again, or that it is over. Pages nobody by itself."""

    source: str
    key: str
    state: Signal = Signal.firing
    count: int = 1
    """How many reports there are with this one."""
    text: str = ""
    """What it says now, where that is not what it said before."""
    cut: int = 0
    """So many alerts the sender left out of what it sent."""
