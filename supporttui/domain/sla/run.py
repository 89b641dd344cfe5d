"""One target followed forward along the states of a ticket: what it has used up, and when it was passed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from supporttui.domain.events import State
from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.story import Stand
from supporttui.domain.spans import Instant


class Basis(NamedTuple):
    """What decides how a timer counts; a change of anything else of a target is no change to its timer."""

    seconds: int
    calendar: CalendarId | None
    pauses: frozenset[State]
    next_open: bool


class Passed(NamedTuple):
    """The moment a target was used up: later pauses change nothing any more."""

    due: Instant
    anchor: Instant
    left: int
    """At ``anchor``."""


@dataclass(slots=True)
class Run:
    """A basis followed forward from ``start``; ``until`` may only be called with ever later instants."""

    basis: Basis
    hours: Hours
    stands: Sequence[Stand]
    start: Instant
    carry: int = 0
    """What had been used up at the start, by the rule of the change that led here."""
    carried: "Run | None" = None
    """Where the carry comes from: what was measured before, under another basis."""
    used: int = field(init=False)
    anchor: Instant = field(init=False)
    """The instant up to which ``used`` is counted."""
    running: bool = False
    passed: Passed | None = None
    legs: list[tuple[int, Instant]] = field(default_factory=list)
    """Where it began to run: (used, instant)."""
    following: int = 0
    """Index of the next stand."""

    def __post_init__(self) -> None:
        """Stand where the ticket stands at the start."""
        self.anchor, self.used = self.start, self.carry
        self.following = bisect_right(self.stands, self.start, key=lambda stand: stand.at)
        if self.used >= self.basis.seconds:
            self.passed = Passed(self.start, self.start, 0)
        if self.stands[max(0, self.following - 1)].state not in self.basis.pauses:
            self._begin(self.start)

    def until(self, at: Instant) -> None:
        """Follow the ticket up to an instant, including what happens there."""
        self._follow(at)
        self._count(at)

    def to_the_end(self) -> None:
        """Follow the states that are known ahead: the end of a pause that has a date."""
        self._follow(self.stands[-1].at)

    def due(self) -> Instant | None:
        """When the target is or was used up, as far as one knows; ``None`` while paused, or never."""
        if self.passed is not None:
            return self.passed.due
        anchor, left = self.left()
        return self._due(anchor, left) if self.running else None

    def left(self) -> tuple[Instant, int]:
        """(anchor, seconds left at it) that a countdown goes on from: where it last began to run, or stopped."""
        if self.passed is not None:
            return self.passed.anchor, self.passed.left
        used, anchor = self.legs[-1] if self.running else (self.used, self.anchor)
        return anchor, self.basis.seconds - used

    def reached(self, used: int) -> Instant | None:
        """The instant at which so much was or will be used; ``None`` if that is unknown or never."""
        i = bisect_left(self.legs, (used, self.start)) - 1
        if i < 0:
            return self.start if used <= self.used else None
        before, began = self.legs[i]
        if i == len(self.legs) - 1 and not self.running and self.used < used:
            return None
        return self.hours.after(began, used - before)

    def _follow(self, at: Instant) -> None:
        stands, pauses = self.stands, self.basis.pauses
        while self.following < len(stands) and (stand := stands[self.following]).at <= at:
            if (stand.state in pauses) is self.running:
                self._count(stand.at)
                if self.running:
                    self.running = False
                else:
                    self._begin(stand.at)
            self.following += 1

    def _begin(self, at: Instant) -> None:
        self.running = True
        self.anchor = at
        self.legs.append((self.used, at))

    def _count(self, at: Instant) -> None:
        if not self.running or at <= self.anchor:
            return
        self.used += self.hours.between(self.anchor, at)
        self.anchor = at
        if self.passed is None and self.used >= self.basis.seconds:
            anchor, left = self.left()
            due = self._due(anchor, left)
            assert due is not None, "used up, hence reached"
            if due <= at:  # used up at closing and due at the next opening, it may still be paused
                self.passed = Passed(due, anchor, left)

    def _due(self, anchor: Instant, left: int) -> Instant | None:
        """At the next opening if the basis says so; at closing where there is none."""
        due = self.hours.after(anchor, left)
        opening = self.hours.next_open(due) if due is not None and self.basis.next_open else None
        return due if opening is None else opening
