"""From cycles and targets to measurements: what a change of target does, and which breaches are on record."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from supporttui.domain.ids import CalendarId
from supporttui.domain.sla.calendars import OpenTimers
from supporttui.domain.sla.cycles import Cycle, Term
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.run import Basis, Passed, Run
from supporttui.domain.sla.targets import ChangeRule, Target
from supporttui.domain.sla.versions import Turn
from supporttui.domain.spans import BEGINNING, FOREVER, Instant

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
    shown: Hours
    """The hours of its countdown."""
    since: int | None = None
    """The first version of its calendar that it is not touched by."""


_CARRIED: Mapping[ChangeRule, Callable[[Run, Instant, int], int]] = {
    ChangeRule.carry_elapsed: lambda run, at, _: run.used_at(at),
    ChangeRule.proportional: lambda run, at, seconds: run.used_at(at) * seconds // max(1, run.seconds),
    ChangeRule.from_now: lambda _run, _at, _seconds: 0,
}


class _Held:
    """The measurement while it goes from target to target."""

    __slots__ = (
        "_hours", "_previous", "_retroactive", "_turned", "breach", "cycle", "run", "since", "target",
        "withdrawn",
    )  # fmt: skip

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
        self._turned = cycle.start
        """The last change of the calendar that was followed."""
        self._retroactive: dict[Basis, Run] = {}
        """One run a basis: a ticket whose priority goes to and fro is not counted anew each time."""

    def follow(self, at: Instant, *, undone: bool = False) -> None:
        """Go on to an instant, through the changes of the calendar that come before it or there."""
        for turn in self._turns(until=at):
            self.count(turn.at)
            self._turned = turn.at
            self.run = self._anew(turn.at)
            self._previous, self._retroactive = None, {}
        self.count(at, undone=undone)

    def _turns(self, *, until: Instant) -> Iterator[Turn]:
        """The versions of the present calendar that count a running timer anew."""
        if self.run is None or self.withdrawn is not None:
            return
        for turn in self._hours(self.run.basis.calendar).turns:
            if turn.rule is OpenTimers.retroactive and self._turned < turn.at <= until:
                yield turn

    def _anew(self, at: Instant) -> Run:
        """The present target by the calendar as it stands at an instant."""
        assert self.run is not None
        known = self.run
        clock = self._clock(known.basis, at)
        start = self.cycle.start if known.carry else known.start
        seconds = seconds_of(known.basis, clock, start)
        run = Run(known.basis, clock, known.stands, known.start, seconds, carry=known.carry, carried=known.carried)
        run.until(at)
        return run

    def ahead(self, last: Instant) -> None:
        """What is known of versions that begin later: they count it anew if it is not due by then.

        What they would make due before they begin is due when they begin.
        """
        for turn in self._turns(until=FOREVER):
            due = self.run.due() if self.run is not None else None
            if due is not None and due <= turn.at:
                return
            self.run = self._anew(turn.at)
            self.run.to_the_end()
            self._turned = turn.at
            due = self.run.due()
            if due is not None and due < turn.at:
                self.run.passed = Passed(turn.at, last, 0)

    def _clock(self, basis: Basis, at: Instant) -> Hours:
        clock = self._hours(basis.calendar)
        return clock.for_timer(self.cycle.start, at) if clock.turns else clock

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
            rule = _rule_of(term.target, self.target)
            self._previous, self.run = self.run, self._changed(rule, term.basis, at, undone=term.undone)
        self.target, self.since, self.withdrawn = term.target, at, None

    def _changed(self, rule: ChangeRule, basis: Basis, at: Instant, *, undone: bool) -> Run:
        """The measurement under a new target, by a rule (sla 1.3.12)."""
        previous = self._previous_of(basis) if undone else None
        if previous is not None:
            previous.until(at)
            return previous
        if at > self.cycle.start and rule is not ChangeRule.retroactive:
            return self._carrying(rule, basis, at)
        run = self._retroactive.get(basis)
        if run is None:
            hours = self._clock(basis, at)
            seconds = seconds_of(basis, hours, self.cycle.start)
            run = Run(basis, hours, self.cycle.stands, self.cycle.start, seconds)
            self._retroactive[basis] = run
        run.until(at)
        return run

    def _previous_of(self, basis: Basis) -> Run | None:
        return self._previous if self._previous is not None and self._previous.basis == basis else None

    def _carrying(self, rule: ChangeRule, basis: Basis, at: Instant) -> Run:
        before = None if self.withdrawn is not None else self.run
        hours = self._clock(basis, at)
        start = at if rule is ChangeRule.from_now else self.cycle.start
        seconds = seconds_of(basis, hours, start)
        carry = _CARRIED[rule](before, at, seconds) if before is not None else 0
        carried = before if carry else None
        return Run(basis, hours, self.cycle.stands, at, seconds, carry=carry, carried=carried)


def _rule_of(target: Target, before: Target | None) -> ChangeRule:
    """That of the new target; the same one in other service hours never begins afresh."""
    return ChangeRule.retroactive if target == before and target.change is ChangeRule.from_now else target.change


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
    if len(along) == 1:
        (term,) = along
        if term.target is None or term.basis is None:
            return None
        clock = hours(term.basis.calendar)
        if not clock.turns:
            return _plain(cycle, term.target, term.basis, clock, last=last)
    held = _Held(cycle, hours)
    for number, term in enumerate(_within(along, cycle)):
        at = max(term.at, cycle.start) if number else cycle.start
        held.follow(at, undone=term.undone)
        held.change(term, at)
    return _ended(held, hours, last)


def _ended(held: _Held, hours: HoursOf, last: Instant) -> Measured | None:
    cycle = held.cycle
    if cycle.end is None:
        held.follow(last)
    else:
        held.follow(Instant(cycle.end - 1))  # what stops when a version begins is not touched by it
        held.count(cycle.end)
    if held.target is None or held.run is None:
        return None
    if cycle.end is None and held.withdrawn is None:
        held.run.to_the_end()
        held.ahead(last)
    clock = hours(held.run.basis.calendar)
    since = clock.untouched_since(cycle.start) if clock.turns else None
    shown = clock if since is None else clock.kept(since)
    return Measured(held.target, held.run, held.breach, held.withdrawn, shown, since)


def _plain(cycle: Cycle, target: Target, basis: Basis, clock: Hours, *, last: Instant) -> Measured:
    """The same for the many whose target and calendar never changed."""
    seconds = seconds_of(basis, clock, cycle.start) if basis.days else basis.seconds
    run = Run(basis, clock, cycle.stands, cycle.start, seconds)
    until = last if cycle.end is None else cycle.end
    run.until(until)
    passed = run.passed
    breach = Breach(passed.due, seconds, basis.calendar) if passed is not None and passed.due < until else None
    if cycle.end is None:
        run.to_the_end()
    return Measured(target, run, breach, None, clock)


def _within(along: Sequence[Term], cycle: Cycle) -> Sequence[Term]:
    """The terms of a cycle: the one that holds at its start, and those that begin before its event."""
    if cycle.begins is None:
        first = max(0, bisect_right(along, cycle.start, key=lambda term: term.at) - 1)
    else:
        first = max(0, bisect_right(along, cycle.begins, key=lambda term: term.version) - 1)
    if cycle.end is None:
        return along[first:]
    if cycle.versions is None:
        return along[first : max(first + 1, bisect_right(along, cycle.end, key=lambda term: term.at))]
    return along[first : max(first + 1, bisect_left(along, cycle.versions, key=lambda term: term.version))]
