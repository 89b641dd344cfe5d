"""Timers: from the facts of a ticket to what runs, what stands still, what is due."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.targets import Metric
from supporttui.domain.spans import Instant


class TimerState(StrEnum):
    """What events alone decide; whether a running timer is late depends on the instant one asks at."""

    running = "running"
    paused = "paused"
    met = "met"
    """Stopped by its event, in time or late: see ``Timer.late``."""
    void = "void"
    """No longer measured: the target went away."""


@dataclass(frozen=True, slots=True)
class Timer:
    """One running measurement of one target on one ticket; changes only with events."""

    metric: Metric
    cycle: int
    """1, or higher after a reopening that starts afresh and for each further update."""
    seconds: int
    """The target, in seconds of its time base."""
    calendar: CalendarId | None
    """The service hours it counts in; ``None`` is round the clock."""
    started: Instant
    state: TimerState
    due: Instant | None
    """The earliest instant at which the target is used up; ``None`` while paused before due, or never."""
    remaining: int
    """Seconds of its time base that were left at ``anchor``; negative when late."""
    anchor: Instant
    """The instant of the last event that mattered: start, pause, resume, change or stop."""
    stopped: Instant | None = None
    late: bool = False
    """Stopped after due."""
    breached_at: Instant | None = None
    """A breach that is recorded (``due`` at that time); later changes never remove it."""
    warn_at: tuple[Instant, ...] = ()
    derived: bool = False
    """Rests on a fact that an import concluded."""

    @property
    def unmet(self) -> bool:
        """Still running or paused."""
        return self.state in (TimerState.running, TimerState.paused)


class Sign(StrEnum):
    """What a person sees of a timer, most pressing first."""

    breached = "breached"
    critical = "critical"
    at_risk = "at_risk"
    running = "running"
    paused = "paused"
    met = "met"
    none = "none"


@dataclass(frozen=True, slots=True)
class Segment:
    """A countdown that needs no calendar: plain numbers, good from ``anchor`` until ``until``.

    Running: what is left at ``now`` is ``remaining - (now - anchor)``; standing: ``remaining``.
    """

    remaining: int
    anchor: Instant
    until: Instant
    """The next boundary of service hours (or due); from here on ask again."""
    running: bool


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
