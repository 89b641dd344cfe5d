"""From cycles and targets to measurements: what a change of target does, and which breaches are on record."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.cycles import Cycle, Term
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.run import Basis, Run
from supporttui.domain.sla.targets import ChangeRule, Target
from supporttui.domain.spans import BEGINNING, Instant

HoursOf = Callable[[CalendarId | None], Hours]

_DAY = 86_400


class Breach(NamedTuple):
    """A target that was used up before anything else happened, and what it rested on."""

    due: Instant
    seconds: int
    calendar: CalendarId | None


class Measured(NamedTuple):
    """How a cycle ended, or where it stands after the last known fact."""

    target: Target
    """The last one."""
    run: Run
    breach: Breach | None
    withdrawn: Instant | None
    """When the promise went away."""


_CARRIED: Mapping[ChangeRule, Callable[[Run, Instant, int], int]] = {
    ChangeRule.carry_elapsed: lambda run, at, _: run.used_at(at),
    ChangeRule.proportional: lambda run, at, seconds: run.used_at(at) * seconds // max(1, run.seconds),
    ChangeRule.from_now: lambda _run, _at, _seconds: 0,
}


class _Held:
    """The measurement while it goes from target to target."""

    __slots__ = ("_hours", "_previous", "_retroactive", "breach", "cycle", "run", "since", "target", "withdrawn")

    def __init__(self, cycle: Cycle, hours: HoursOf) -> None:
        self.cycle = cycle
        self._hours = hours
        self.target: Target | None = None
        self.since = BEGINNING
        """When the target came into force."""
        self.run: Run | None = None
        self._previous: Run | None = None
        """Of the target before, to go on with if the change is undone."""
        self.breach: Breach | None = None
        self.withdrawn: Instant | None = None
        self._retroactive: dict[Basis, Run] = {}
        """One run a basis: a ticket whose priority goes to and fro is not counted anew each time."""

    def count(self, at: Instant, *, undone: bool = False) -> None:
        """Follow the target in force up to an instant; the first due that lies before it is the breach.

        ``undone``: the target in force had come by a change that is undone here. A due that was past by
        that change alone was never anybody's to meet.
        """
        run = self.run
        if run is None or self.withdrawn is not None:
            return
        run.until(at)
        passed = run.passed
        if passed is None or passed.due >= at or (undone and passed.due <= self.since):
            return
        if self.breach is None:
            self.breach = Breach(passed.due, run.seconds, run.basis.calendar)

    def change(self, term: Term, at: Instant) -> None:
        """Let another target hold from here on."""
        if term.target is None or term.basis is None:
            self.withdrawn = at if self.withdrawn is None else self.withdrawn
            return
        if self.run is None or self.withdrawn is not None or self.run.basis != term.basis:
            self._previous, self.run = self.run, self._changed(term.target, term.basis, at, undone=term.undone)
        self.target, self.since, self.withdrawn = term.target, at, None

    def _changed(self, target: Target, basis: Basis, at: Instant, *, undone: bool) -> Run:
        """The measurement under a new target, by the rule of that target (sla 1.3.12)."""
        previous = self._previous_of(basis) if undone else None
        if previous is not None:
            previous.until(at)
            return previous
        if at > self.cycle.start and target.change is not ChangeRule.retroactive:
            return self._carrying(target.change, basis, at)
        run = self._retroactive.get(basis)
        if run is None:
            hours = self._hours(basis.calendar)
            seconds = seconds_of(basis, hours, self.cycle.start)
            run = Run(basis, hours, self.cycle.stands, self.cycle.start, seconds=seconds)
            self._retroactive[basis] = run
        run.until(at)
        return run

    def _previous_of(self, basis: Basis) -> Run | None:
        return self._previous if self._previous is not None and self._previous.basis == basis else None

    def _carrying(self, rule: ChangeRule, basis: Basis, at: Instant) -> Run:
        before = None if self.withdrawn is not None else self.run
        hours = self._hours(basis.calendar)
        start = at if rule is ChangeRule.from_now else self.cycle.start
        seconds = seconds_of(basis, hours, start)
        carry = _CARRIED[rule](before, at, seconds) if before is not None else 0
        carried = before if carry else None
        return Run(basis, hours, self.cycle.stands, at, seconds=seconds, carry=carry, carried=carried)


def seconds_of(basis: Basis, hours: Hours, start: Instant) -> int:
    """The open seconds that a target is from an instant on; of days that never come, more than there are."""
    if not basis.days:
        return basis.seconds
    due = hours.after_days(start, basis.days, end_of_day=basis.end_of_day)
    return basis.days * _DAY if due is None else hours.between(start, due)


def measure(cycle: Cycle, along: Sequence[Term], *, hours: HoursOf, last: Instant) -> Measured | None:
    """Follow a cycle through its targets; ``None`` when it never had one.

    ``last`` is the instant of the last fact: a due that lies before it is a breach on record.
    """
    held = _Held(cycle, hours)
    for number, term in enumerate(_within(along, cycle)):
        at = max(term.at, cycle.start) if number else cycle.start
        held.count(at, undone=term.undone)
        held.change(term, at)
    held.count(last if cycle.end is None else cycle.end)
    if held.target is None or held.run is None:
        return None
    if cycle.end is None and held.withdrawn is None:
        held.run.to_the_end()
    return Measured(held.target, held.run, held.breach, held.withdrawn)


def _within(along: Sequence[Term], cycle: Cycle) -> Sequence[Term]:
    """The terms of a cycle: the one that holds at its start, and those that begin before its event."""
    if len(along) == 1:
        return along
    if cycle.begins is None:
        first = max(0, bisect_right(along, cycle.start, key=lambda term: term.at) - 1)
    else:
        first = max(0, bisect_right(along, cycle.begins, key=lambda term: term.version) - 1)
    if cycle.end is None:
        return along[first:]
    if cycle.versions is None:
        return along[first : max(first + 1, bisect_right(along, cycle.end, key=lambda term: term.at))]
    return along[first : max(first + 1, bisect_left(along, cycle.versions, key=lambda term: term.version))]
