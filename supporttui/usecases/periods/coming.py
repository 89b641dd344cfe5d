"""Which special periods hold or begin soon, and what changes then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.events import Kind
from supporttui.domain.ids import CalendarId, PolicyId, ServiceId
from supporttui.domain.periods.dates import IsWorking
from supporttui.domain.periods.period import Lift, Period, PeriodHours, PeriodKind
from supporttui.domain.periods.plan import Occurrence, compile_plan
from supporttui.domain.sla.hours import compile_days
from supporttui.domain.sla.targets import Asked, Target, fitting
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.announcing import near
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import Rules, in_force, rules_of

_DAY = 86_400
_FAR = 731 * _DAY


@dataclass(frozen=True, slots=True)
class PromiseChange:
    """What is promised during a period, and what else; ``None``: nothing."""

    services: tuple[ServiceId, ...]
    during: Target
    usual: Target | None


@dataclass(frozen=True, slots=True)
class Coming:
    """A period that holds or begins soon, with what changes; what stays as it is, is ``None`` or empty."""

    id: str
    name: str
    kind: PeriodKind
    about: str
    services: tuple[ServiceId, ...]
    """None named: all of them."""
    start: Instant
    end: Instant
    running: bool
    zone: str
    """Of the times in ``hours``."""
    hours: PeriodHours | None
    promises: tuple[PromiseChange, ...]
    policy: PolicyId | None
    required_count: int | None
    required_languages: tuple[str, ...]
    lifts: tuple[Lift, ...]
    freeze: bool


def coming(tx: Transaction, now: Instant, *, service: ServiceId | None = None) -> tuple[Coming, ...]:
    """The periods that hold, and those that begin within the days of their announcement, by their beginning.

    ``None`` is any service.
    """
    rules = rules_of(tx)
    first: dict[str, Occurrence] = {}
    for one in near(tx, now, service):
        first.setdefault(one.period.id, one)
    return tuple(_coming(rules, one, now) for one in first.values())


def preview(tx: Transaction, period: Period, now: Instant) -> Coming | None:
    """What a period that is not defined yet would change, the first time within two years; ``None``: it never comes."""
    calendars = tx.definitions.calendars()

    def working(calendar: CalendarId) -> IsWorking:
        return compile_days([(known.valid_from, known.value) for known in calendars.get(calendar, ())]).opens_on

    plan = compile_plan({period.id: [(now, period)]}, working)
    found = plan.touching(Span(now, Instant(now + _FAR)))
    return _coming(rules_of(tx), found[0], now) if found else None


def _coming(rules: Rules, one: Occurrence, now: Instant) -> Coming:
    period = one.period
    return Coming(
        id=period.id, name=period.name, kind=period.kind, about=period.about, services=period.services,
        start=one.whole.start, end=one.whole.end, running=now in one.span, zone=period.zone, hours=period.hours,
        promises=tuple(_promises(rules, period, max(now, one.span.start))), policy=period.policy,
        required_count=period.required_count, required_languages=period.required_languages, lifts=period.lifts,
        freeze=period.freezes,
    )  # fmt: skip


def _promises(rules: Rules, period: Period, at: Instant) -> Iterator[PromiseChange]:
    """The promises of the period's target set that its services do not make anyway."""
    known = rules.tx.definitions.target_sets()
    own = in_force(known.get(period.targets, ()), at) if period.targets is not None else None
    for during in own.value.targets if own is not None else ():
        usual: dict[Target | None, list[ServiceId]] = {}
        for service in rules.services.values():
            if period.covers(service.id) and during.service in (None, service.id):
                agreed = in_force(known.get(service.targets, ()), at)
                found = _usual(agreed.value.targets if agreed is not None else (), during, service.id)
                usual.setdefault(found, []).append(service.id)
        for target, services in usual.items():
            if target is None or (target.seconds, target.days) != (during.seconds, during.days):
                yield PromiseChange(tuple(services), during, target)


def _usual(targets: Sequence[Target], during: Target, service: ServiceId) -> Target | None:
    """What a service promises anyway for tickets that a target of a period is about."""
    if during.priority is None:
        same = (one for one in targets if (one.metric, one.priority, one.kind) == (during.metric, None, during.kind))
        return next(same, None)
    kind = Kind.incident if during.kind is None else during.kind
    found = fitting(targets, during.metric, Asked(service, kind, during.priority))
    return found if found is not None and found.promised else None
