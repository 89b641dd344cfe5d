"""One target followed forward along the states of a ticket: what it has used up, and when it was passed."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
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
    days: int = 0
    """Instead of ``seconds``, which are known only where the measurement starts."""
    end_of_day: bool = False


class Passed(NamedTuple):
    """The moment a target was used up: later pauses change nothing any more."""

    due: Instant
    anchor: Instant
    left: int
    """At ``anchor``."""


class Run:
    """A basis followed forward from ``start``; ``until`` may only be called with ever later instants."""

    __slots__ = (
        "_due", "_following", "anchor", "basis", "carried", "carry", "hours", "legs", "passed", "running", "seconds",
        "stands", "start", "used",
    )  # fmt: skip

    def __init__(
        self,
        basis: Basis,
        hours: Hours,
        stands: Sequence[Stand],
        start: Instant,
        seconds: int,
        *,
        carry: int = 0,
        carried: "Run | None" = None,
    ) -> None:
        """Stand where the ticket stands at the start; ``stands`` may begin before it.

        ``carry`` is what had been used up at the start, by the rule of the change that led here, and
        ``carried`` where it comes from: what was measured before, under another basis.
        """
        self.basis, self.hours, self.stands, self.start = basis, hours, stands, start
        self.seconds, self.carry, self.carried = seconds, carry, carried
        self.used = carry
        """Up to ``anchor``."""
        self.anchor = start
        """Where it last began to run, or stopped."""
        self.running = False
        self.passed = Passed(start, start, 0) if carry and carry >= seconds else None
        self.legs: list[tuple[int, Instant]] = []
        """Where it began to run: (used, instant)."""
        self._due: Instant | None = None
        """Of the present leg."""
        following = 1
        if len(stands) > 1 and stands[1].at <= start:
            following = bisect_right(stands, start, key=lambda stand: stand.at)
        self._following = following
        """The first stand after the start; the first of all holds before it too."""
        if stands[following - 1].state not in basis.pauses:
            self._begin(start)

    def until(self, at: Instant) -> None:
        """Follow the ticket up to an instant, including what happens there."""
        stands, pauses = self.stands, self.basis.pauses
        while self._following < len(stands) and (stand := stands[self._following]).at <= at:
            if (stand.state in pauses) is self.running:
                if self.running:
                    self._stop(stand.at)
                else:
                    self._begin(stand.at)
            self._following += 1
        if self._due is not None and self.running and self._due <= at:
            self._pass(at)

    def to_the_end(self) -> None:
        """Follow the states that are known ahead: the end of a pause that has a date."""
        if self._following < len(self.stands):
            self.until(self.stands[-1].at)

    def used_at(self, at: Instant) -> int:
        """What is used up at an instant, no earlier than the last one followed to."""
        return self.used + self.hours.between(self.anchor, at) if self.running else self.used

    def due(self) -> Instant | None:
        """When the target is or was used up, as far as one knows; ``None`` while paused, or never."""
        if self.passed is not None:
            return self.passed.due
        return self._due if self.running else None

    def standing(self) -> tuple[Instant | None, Instant, int]:
        """(due, anchor, seconds left at the anchor) that a countdown goes on from."""
        if self.passed is not None:
            return self.passed
        return self._due if self.running else None, self.anchor, self.seconds - self.used

    def reached(self, used: int) -> Instant | None:
        """The instant at which so much was or will be used; ``None`` if that is unknown or never.

        What is used beyond the target counts from due on, whatever pauses then.
        """
        if used > self.seconds:
            due = self.due()
            return None if due is None else self.hours.after(due, used - self.seconds)
        i = bisect_left(self.legs, (used, self.start)) - 1
        if i < 0:
            return self.start if used <= self.used else None
        before, began = self.legs[i]
        if i == len(self.legs) - 1 and not self.running and self.used < used:
            return None
        return self.hours.after(began, used - before)

    def _begin(self, at: Instant) -> None:
        self.running, self.anchor = True, at
        self.legs.append((self.used, at))
        if self.passed is None:
            due = self.hours.after(at, self.seconds - self.used)
            self._due = self._opening(due) if self.basis.next_open and due is not None else due

    def _stop(self, at: Instant) -> None:
        self._pass(at)
        self.used += self.hours.between(self.anchor, at)
        self.running, self.anchor = False, at

    def _pass(self, at: Instant) -> None:
        """Used up by now? What is due at the next opening may still be paused until then."""
        if self.passed is None and self._due is not None and self._due <= at:
            self.passed = Passed(self._due, self.anchor, self.seconds - self.used)

    def _opening(self, due: Instant) -> Instant:
        """The next opening; closing where there is none."""
        opening = self.hours.next_open(due)
        return due if opening is None else opening
