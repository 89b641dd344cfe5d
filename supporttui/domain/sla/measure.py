"""From cycles and targets to measurements: what a change of target does, and which breaches are on record."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.cycles import Cycle, Term
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.run import Basis, Run
from supporttui.domain.sla.targets import ChangeRule, Target
from supporttui.domain.spans import BEGINNING, Instant

HoursOf = Callable[[CalendarId | None], Hours]


@dataclass(frozen=True, slots=True)
class Measured:
    """How a cycle ended, or where it stands after the last known fact."""

    target: Target
    """The last one."""
    run: Run
    breached_at: Instant | None
    withdrawn: Instant | None
    """When the promise went away."""


_CARRIED: Mapping[ChangeRule, Callable[[Run, Basis], int]] = {
    ChangeRule.carry_elapsed: lambda run, _: run.used,
    ChangeRule.proportional: lambda run, basis: run.used * basis.seconds // run.basis.seconds,
    ChangeRule.from_now: lambda _run, _basis: 0,
}


@dataclass(slots=True)
class _Held:
    """The measurement while it goes from target to target."""

    cycle: Cycle
    hours: HoursOf
    target: Target | None = None
    since: Instant = BEGINNING
    """When the target came into force."""
    run: Run | None = None
    previous: Run | None = None
    """Of the target before, to go on with if the change is undone."""
    breached_at: Instant | None = None
    withdrawn: Instant | None = None
    retroactive: dict[Basis, Run] = field(default_factory=dict)
    """One run a basis: a ticket whose priority goes to and fro is not counted anew each time."""

    def count(self, at: Instant, *, undone: bool = False) -> None:
        """Follow the target in force up to an instant; the first due that lies before it is the breach.

        ``undone``: the target in force had come by a change that is undone here. A due that was past by
        that change alone was never anybody's to meet.
        """
        if self.run is None or self.withdrawn is not None:
            return
        self.run.until(at)
        passed = self.run.passed
        if passed is None or passed.due >= at or (undone and passed.due <= self.since):
            return
        if self.breached_at is None:
            self.breached_at = passed.due

    def change(self, term: Term, at: Instant) -> None:
        """Let another target hold from here on."""
        if term.target is None or term.basis is None:
            self.withdrawn = at if self.withdrawn is None else self.withdrawn
            return
        if self.run is None or self.withdrawn is not None or self.run.basis != term.basis:
            self.previous, self.run = self.run, self._changed(term, at)
        self.target, self.since, self.withdrawn = term.target, at, None

    def _changed(self, term: Term, at: Instant) -> Run:
        """The measurement under a new target, by the rule of that target (sla 1.3.12)."""
        target, basis = term.target, term.basis
        assert target is not None
        assert basis is not None
        before = None if self.withdrawn is not None else self.run
        if term.undone and self.previous is not None and self.previous.basis == basis:
            self.previous.until(at)
            return self.previous
        if at > self.cycle.start and target.change is not ChangeRule.retroactive:
            carry = _CARRIED[target.change](before, basis) if before is not None else 0
            clock = self.hours(basis.calendar)
            return Run(basis, clock, self.cycle.stands, at, carry, before if carry else None)
        run = self.retroactive.get(basis)
        if run is None:
            run = Run(basis, self.hours(basis.calendar), self.cycle.stands, self.cycle.start)
            self.retroactive[basis] = run
        run.until(at)
        return run


def measure(cycle: Cycle, along: Sequence[Term], *, hours: HoursOf, last: Instant) -> Measured | None:
    """Follow a cycle through its targets; ``None`` when it never had one.

    ``last`` is the instant of the last fact: a due that lies before it is a breach on record.
    """
    held = _Held(cycle, hours)
    for term in _within(along, cycle):
        at = max(term.at, cycle.start)
        held.count(at, undone=term.undone)
        held.change(term, at)
    held.count(last if cycle.end is None else cycle.end)
    if held.target is None or held.run is None:
        return None
    if cycle.end is None and held.withdrawn is None:
        held.run.to_the_end()
    return Measured(held.target, held.run, held.breached_at, held.withdrawn)


def _within(along: Sequence[Term], cycle: Cycle) -> Sequence[Term]:
    """The terms of a cycle: the one that holds at its start, and those that begin before its event."""
    first = max(0, bisect_right(along, cycle.start, key=lambda term: term.at) - 1)
    if cycle.end is None:
        return along[first:]
    if cycle.versions is None:
        return along[first : max(first + 1, bisect_right(along, cycle.end, key=lambda term: term.at))]
    return along[first : max(first + 1, bisect_left(along, cycle.versions, key=lambda term: term.version))]
