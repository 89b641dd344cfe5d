"""Where a timer stands and what place that gives its ticket in the queue, as stored; a list loads nothing more."""

from dataclasses import dataclass
from enum import StrEnum


class TimerState(StrEnum):
    """What events alone decide; whether a running timer is late depends on the instant one asks at."""

    running = "running"
    paused = "paused"
    met = "met"
    """Stopped by its event, in time or late: see ``Timer.late``."""
    void = "void"
    """No longer measured: the target went away, or the ticket was resolved without its event."""


class SortBucket(StrEnum):
    """First key of the queue's order, as stored: earliest due, then paused, never due, without target."""

    due = "0due"
    paused = "1paused"
    never = "2never"
    none = "3none"


@dataclass(frozen=True, slots=True)
class SortKey:
    """Order of the queue without asking the clock; ties go by ticket number."""

    bucket: SortBucket = SortBucket.none
    key: int = 0
    """Due instant, or remaining seconds while paused, else 0."""
