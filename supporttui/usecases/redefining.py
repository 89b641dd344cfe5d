"""What other definitions would do to the timers that run: how many move, become late, are late no more."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from supporttui.domain.events import Fact
from supporttui.domain.ids import CalendarId, OperationId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.periods.hours import parts_of
from supporttui.domain.periods.period import Period
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.calendars import OpenTimers
from supporttui.domain.sla.hours import Hours
from supporttui.domain.sla.order import TimerState
from supporttui.domain.sla.story import Subject
from supporttui.domain.sla.targets import ChangeRule, Metric, Target, TargetSet, TimeBase
from supporttui.domain.sla.timer import Timer, lost_breaches
from supporttui.domain.spans import BEGINNING, Instant
from supporttui.domain.states import Kind
from supporttui.usecases.attempt import tried
from supporttui.usecases.definitions.defining import Pack, check, define, keyed
from supporttui.usecases.passed import OpenTimer
from supporttui.usecases.ports import Call, Transaction, Versioned
from supporttui.usecases.record import timers_of
from supporttui.usecases.rules import Rules, rules_of

_RUNNING = TimerState.running.value
_UNMET = frozenset({_RUNNING, TimerState.paused.value})
WIDEST = 10
"""So many of the timers that move furthest are named."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """One timer whose due moves; ``None``: it is not due, or there is no such timer."""

    ticket: TicketId
    metric: Metric
    before: Instant | None
    after: Instant | None

    @property
    def seconds(self) -> int:
        """How far it moves; what has no due on one side moves furthest."""
        return 2**53 if self.before is None or self.after is None else abs(self.after - self.before)


@dataclass(slots=True)
class Redefined:
    """What a pack would do to the timers of open tickets."""

    services: tuple[str, ...]
    """Those whose hours or promises it changes."""
    timers: int = 0
    """Unmet timers of theirs."""
    moved: int = 0
    made: int = 0
    """Late at once."""
    saved: int = 0
    """Late now, and would not be; history keeps those breaches."""
    widest: list[Shifted] = field(default_factory=list)
    """The furthest first."""

    def shifted(self, one: Shifted, now: Instant) -> None:
        """Count a timer that moves."""
        self.moved += 1
        late = [due is not None and due < now for due in (one.before, one.after)]
        self.made += late == [False, True]
        self.saved += late == [True, False]
        if len(self.widest) < WIDEST or one.seconds > self.widest[-1].seconds:
            self.widest.append(one)
            self.widest.sort(key=lambda known: (-known.seconds, known.ticket))
            del self.widest[WIDEST:]


def of_definitions(tx: Transaction, pack: Pack, now: Instant, *, valid_from: Instant | None = None) -> Redefined:
    """What ``apply_pack`` would do to timers now; the pack is put, looked at, and taken back.

    With ``valid_from`` its versions begin only then.

    Raises:
        BadInput: ``definition.…`` with the path in the pack.
        StoreUnavailable: ``store.read_only`` in a transaction that only reads.
    """
    check(tx, pack)
    call = Call(PersonId(""), now, OperationId("what-if"))
    before = _known(rules_of(tx), now)

    def put() -> Redefined:
        for key, value in keyed(pack):
            define(call, tx, key, value, valid_from=valid_from)
        return _counted(tx, before, now)

    return tried(tx, put)


@dataclass(frozen=True, slots=True)
class _Known:
    """What decides about the timers of each service, read at once: afterwards the definitions may be others."""

    calendars: Mapping[str, object]
    agreed: Mapping[str, tuple[object, ...]]
    """Service → what its open tickets are promised, and by which periods; not what holds for later ones only."""
    counts_in: Mapping[str, frozenset[str]]
    """Service → the calendars in which its timers may count."""
    usual_pauses: bool
    """No target names states of its own in which it stands still."""


def _known(rules: Rules, now: Instant) -> _Known:
    found = rules.tx.definitions
    periods = {key: _covering(rules, key) for key in rules.services}
    sets = {key: _agreed(rules, service.targets, periods[key], now) for key, service in rules.services.items()}
    return _Known(
        calendars={str(key): versions for key, versions in found.calendars().items()},
        agreed={
            key: (one.calendar, one.targets, periods[key], sets[key], rules.outside)
            for key, one in rules.services.items()
        },
        counts_in={key: _calendars(one.calendar, sets[key]) for key, one in rules.services.items()},
        usual_pauses=all(
            target.pauses is None
            for versions in found.target_sets().values()
            for one in versions
            for target in one.value.targets
        ),
    )


def _covering(rules: Rules, service: ServiceId) -> Mapping[str, Sequence[Versioned[Period]]]:
    """The special periods that ever are, or were, for a service."""
    found = rules.tx.definitions.periods().items()
    return {key: versions for key, versions in found if any(one.value.covers(service) for one in versions)}


def _agreed(
    rules: Rules, usual: str, periods: Mapping[str, Sequence[Versioned[Period]]], now: Instant
) -> Mapping[str, Sequence[Versioned[TargetSet]]]:
    """The target sets by which tickets that are open may be judged: versions that begin now are for later ones."""
    named = {usual, *(one.value.targets or "" for versions in periods.values() for one in versions)}
    known = rules.tx.definitions.target_sets()
    return {
        key: tuple(one for one in known.get(key, ()) if one.valid_from is None or one.valid_from < now)
        for key in sorted(named)
    }


def _calendars(usual: CalendarId, sets: Mapping[str, Sequence[Versioned[TargetSet]]]) -> frozenset[str]:
    targets = (target for versions in sets.values() for one in versions for target in one.value.targets)
    return frozenset({usual, *(target.calendar for target in targets if target.calendar is not None)})


def _counted(tx: Transaction, before: _Known, now: Instant) -> Redefined:
    rules = rules_of(tx)
    after = _known(rules, now)
    changed = {key for key, versions in after.calendars.items() if before.calendars.get(key) != versions}
    renewed = {key for key, said in after.agreed.items() if before.agreed.get(key) != said}
    touched = {key for key, calendars in after.counts_in.items() if calendars & changed}
    usual = before.usual_pauses and after.usual_pauses
    judge = _Judge(rules, now, frozenset(renewed), usual_pauses=usual, borders=_borders(rules))
    found = Redefined(tuple(sorted(renewed | touched)))
    by_facts: list[TicketId] = []
    for ticket, rows in groupby(tx.tickets.open_timers(found.services), key=attrgetter("ticket")):
        timers = list(rows)
        found.timers += sum(timer.state in _UNMET for timer in timers)
        shifted = judge.shifted(timers)
        if shifted is None:
            by_facts.append(TicketId(ticket))
        for one in shifted or ():
            found.shifted(one, now)
    for number in by_facts:
        for one in _exactly(tx, rules, number, now):
            found.shifted(one, now)
    return found


# --- by arithmetic, where a timer tells enough of itself ----------------------------------------------


class _Deal(NamedTuple):
    """A promise to tickets alike, with all that counting takes."""

    target: Target
    calendar: CalendarId | None
    hours: Hours
    goes_on: bool
    """Every version of the calendar lets running timers carry on with what they have used."""


@dataclass(slots=True)
class _Judge:
    """Counts timers anew from what is stored of them, without the facts of their tickets."""

    rules: Rules
    now: Instant
    renewed: frozenset[str]
    """Services whose open tickets are promised something else, or may be."""
    usual_pauses: bool
    borders: Sequence[int]
    """Between two of these instants of opening the same agreements hold; empty: each instant is asked about."""
    _deals: dict[tuple[object, ...], Mapping[str, _Deal]] = field(default_factory=dict)

    def shifted(self, timers: Sequence[OpenTimer]) -> Sequence[Shifted] | None:
        """The timers of a ticket that move; ``None`` where only its facts tell."""
        deals, is_renewed = self._deals_of(timers[0]), timers[0].service in self.renewed
        if is_renewed and (not self.usual_pauses or not deals.keys() <= {timer.metric for timer in timers}):
            return None  # it may stand in other states, or is promised what it had no timer for
        found: list[Shifted] = []
        for timer in timers:
            if timer.state not in _UNMET:
                continue
            deal = deals.get(timer.metric)
            if deal is None or not deal.goes_on or deal.target.days or timer.days:
                return None
            alike = timer.seconds == deal.target.seconds and timer.calendar == deal.calendar
            if not (alike and not is_renewed) and not _began_once(timer, deal.target):
                return None
            if timer.state == _RUNNING and (due := self._due(timer, deal, alike=alike)) != timer.due:
                before = None if timer.due is None else Instant(timer.due)
                found.append(Shifted(timer.ticket, deal.target.metric, before, due))
        return found

    def _due(self, timer: OpenTimer, deal: _Deal, *, alike: bool) -> Instant | None:
        if alike and timer.due is not None and timer.due <= self.now:
            return Instant(timer.due)  # it passed by what held then
        due = deal.hours.after(Instant(timer.anchor), timer.remaining if alike else deal.target.seconds)
        opening = deal.hours.next_open(due) if due is not None and deal.target.due_next_open else None
        return due if opening is None else opening

    def _deals_of(self, timer: OpenTimer) -> Mapping[str, _Deal]:
        """What is promised to tickets alike: opened under the same agreements, of one service, kind and so on."""
        epoch: object = bisect_right(self.borders, timer.created_at)
        if not self.borders:
            epoch = tuple((one.value.id, one.version) for one in self.rules.agreed(_subject(timer)))
        alike = (epoch, *timer[1:7])
        known = self._deals.get(alike)
        if known is None:
            subject = _subject(timer)
            found = ((metric, self.rules.promise(metric, subject)) for metric in Metric)
            deals = {metric.value: self._deal(target, subject) for metric, target in found if target is not None}
            known = self._deals[alike] = deals
        return known

    def _deal(self, target: Target, subject: Subject) -> _Deal:
        real = target.base is TimeBase.real
        calendar = None if real else target.calendar or self.rules.calendar(subject)
        key = "" if calendar is None else parts_of(calendar)[0]
        versions = self.rules.tx.definitions.calendars().get(CalendarId(key), ())
        later = (one.value.open_timers for one in versions if one.valid_from is not None)
        goes_on = all(rule is OpenTimers.carry_elapsed for rule in later)
        return _Deal(target, calendar, self.rules.hours(calendar), goes_on)


def _began_once(timer: OpenTimer, target: Target) -> bool:
    """It has run from its start without a pause, and is counted from there by another target too."""
    runs_on = timer.anchor == timer.started and timer.remaining == timer.seconds
    return runs_on and target.change is ChangeRule.retroactive


def _borders(rules: Rules) -> Sequence[int]:
    """Where agreements begin; empty where special periods make more of them."""
    if rules.tx.definitions.periods():
        return ()
    sets = rules.tx.definitions.target_sets().values()
    return (BEGINNING, *sorted(one.valid_from for versions in sets for one in versions if one.valid_from is not None))


def _subject(timer: OpenTimer) -> Subject:
    return Subject(
        TicketId(timer.ticket), ServiceId(timer.service), Kind(timer.kind), Priority(timer.priority),
        TeamId(timer.team), timer.resolver, timer.category, Instant(timer.created_at),
    )  # fmt: skip


# --- by the facts -------------------------------------------------------------------------------------


def _exactly(tx: Transaction, rules: Rules, ticket: TicketId, now: Instant) -> Iterator[Shifted]:
    """As ``replay.refold`` will have them: a breach that would vanish is kept, and with it a timer of which it is."""
    facts, before = tx.journal.of_ticket(ticket), tx.tickets.timers(ticket)
    timers = timers_of(rules, facts)
    if lost := lost_breaches(before, timers, now):
        kept = (Fact(ticket, now, PersonId(""), event, OperationId("what-if")) for event in lost)
        timers = timers_of(rules, (*facts, *kept))
    known = {(timer.metric, timer.cycle): timer for timer in before}
    after = {(timer.metric, timer.cycle): timer for timer in timers}
    for key in dict.fromkeys((*known, *after)):
        was, will = known.get(key), after.get(key)
        concerned = any(timer is not None and timer.unmet for timer in (was, will))
        if concerned and (_due_of(was) != _due_of(will) or (was is None) is not (will is None)):
            yield Shifted(ticket, key[0], _due_of(was), _due_of(will))


def _due_of(timer: Timer | None) -> Instant | None:
    return None if timer is None else timer.due
