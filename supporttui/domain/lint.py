"""What would hurt tonight: defects of a site's definitions that no single one of them shows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby
from typing import assert_never

from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.events import Kind
from supporttui.domain.faults import Param
from supporttui.domain.ids import CalendarId, PersonId, PolicyId, RotaId, TeamId
from supporttui.domain.people import AuthorityKind, Person, Role, Team
from supporttui.domain.periods.period import Period
from supporttui.domain.priorities import Priority, PriorityMatrix
from supporttui.domain.rota.coverage import Lack, gaps, shortfalls
from supporttui.domain.rota.oncall import Duty, duty, levels
from supporttui.domain.rota.schedule import Rota, for_people
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.rota.speakers import speaks
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar, compile_hours
from supporttui.domain.sla.order import AgreementKind, agreement_of
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.spans import Instant

_DAY = 86400


class Pain(StrEnum):
    """When a defect hurts, worst first."""

    tonight = "tonight"
    soon = "soon"
    """Within the days looked at, or as soon as it is needed."""
    some_day = "some_day"


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect: a code and the parameters of its sentence; instants are seconds since the epoch."""

    pain: Pain
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """The definitions in force at one instant."""

    people: Sequence[Person] = ()
    teams: Sequence[Team] = ()
    services: Sequence[Service] = ()
    calendars: Mapping[CalendarId, Calendar] = field(default_factory=dict)
    target_sets: Mapping[str, TargetSet] = field(default_factory=dict)
    matrices: Mapping[str, PriorityMatrix] = field(default_factory=dict)
    rotas: Mapping[RotaId, Rota] = field(default_factory=dict)
    policies: Mapping[PolicyId, Policy] = field(default_factory=dict)
    periods: Mapping[str, Period] = field(default_factory=dict)
    plans: Mapping[RotaId, Plan] = field(default_factory=dict)
    """Rota → all that decides who is on duty; where it is not given, the rota and its people do."""


def lint(site: Site, now: Instant, *, days: int = 14, shipped: Site | None = None) -> tuple[Finding, ...]:
    """The defects that would hurt within some days, what hurts first in front.

    With ``shipped``, the starter definitions, also what still stands as it was delivered.
    """
    look = _Look(site, now, Instant(now + days * _DAY))
    checks: tuple[Iterable[Finding], ...] = (
        _policies(look),
        _rota_gaps(look),
        _contacts(look),
        _hours(site, now),
        _targets(site),
        _shortfalls(look),
        _authorities(site),
        () if shipped is None else _defaults(site, shipped),
    )
    found = [(list(Pain).index(f.pain), i, f) for i, check in enumerate(checks) for f in check]
    return tuple(finding for _, _, finding in sorted(found, key=lambda ranked: ranked[:2]))


class _Look:
    """A site during a span: who is on duty is worked out once for all checks."""

    def __init__(self, site: Site, now: Instant, until: Instant) -> None:
        self.site, self.now, self.until = site, now, until
        self.tonight = Instant(now + _DAY)
        barred = {key: for_people(rota, site.people) for key, rota in site.rotas.items() if key not in site.plans}
        self.plans: Mapping[RotaId, Plan] = {**barred, **site.plans}
        self.duties = {key: duty(plan, now, until) for key, plan in self.plans.items()}
        self.told = frozenset(person.id for person in site.people if person.contacts)
        self.shadows = frozenset(person.id for person in site.people if person.role is Role.shadow)
        self.reachable = self.told - self.shadows

    def speaking(self, language: str) -> frozenset[PersonId]:
        """Those who can be reached and speak a language; which one a requester will have is not known: any."""
        if not language:
            return self.reachable
        return self.reachable.intersection(one.id for one in self.site.people if speaks(one, language))

    def pain(self, at: Instant) -> Pain:
        return Pain.tonight if at < self.tonight else Pain.soon


# --- services: hours and targets ------------------------------------------------------------------


def _hours(site: Site, now: Instant) -> Iterator[Finding]:
    """Services that are closed for the next 20 years: what is promised for them is never due."""
    for service in site.services:
        calendar = site.calendars.get(service.calendar)
        if calendar is None or compile_hours([(None, calendar)]).next_open(now) is None:
            yield Finding(
                Pain.tonight, "lint.service_without_hours",
                {"service": service.id, "calendar": service.calendar},
            )  # fmt: skip


def _targets(site: Site) -> Iterator[Finding]:
    """Priorities without any promise; a target of 0 seconds is one made on purpose."""
    for service in site.services:
        agreed = site.target_sets.get(service.targets, TargetSet(service.targets))
        matrix = site.matrices.get(service.matrix, PriorityMatrix())
        policy = site.policies.get(service.policy) if service.policy else None
        for priority in matrix.priorities:
            if not _promised(agreed, service, priority):
                pages = policy is not None and priority in policy.priorities
                yield Finding(
                    Pain.tonight if pages else Pain.soon, "lint.priority_without_target",
                    {"service": service.id, "priority": priority},
                )  # fmt: skip


def _promised(agreed: TargetSet, service: Service, priority: Priority) -> bool:
    return any(
        agreement_of(target.metric) is AgreementKind.sla
        and target.authority in (None, service.team)
        and target.service in (None, service.id)
        and target.kind in (None, Kind.incident)
        and target.priority in (None, priority)
        for target in agreed.targets
    )


# --- who is reached -------------------------------------------------------------------------------


def _policies(look: _Look) -> Iterator[Finding]:
    """Policies in use whose last step has no target that reaches anybody within the days looked at."""
    for service, policy in in_use(look.site):
        last = policy.steps[-1] if policy.steps else None
        if last is None or not any(_reaches(look, target, service) for target in last.targets):
            yield Finding(
                Pain.tonight, "lint.policy_reaches_nobody",
                {"policy": policy.id, "step": last.name if last else "", "service": service.id},
            )  # fmt: skip


def in_use(site: Site) -> Iterator[tuple[Service, Policy]]:
    """Each service with the policies that may call for it, those of special periods too."""
    for service in site.services:
        of_periods = (one.policy for one in site.periods.values() if one.active and one.covers(service.id))
        for key in dict.fromkeys((service.policy, service.management, *of_periods)):
            if key is not None and key in site.policies:
                yield service, site.policies[key]


def _reaches(look: _Look, target: StepTarget, service: Service) -> bool:
    match target.kind:
        case TargetKind.person | TargetKind.round_robin:
            return any(person in look.reachable for person in (target.person, *target.people))
        case TargetKind.on_call | TargetKind.on_call_next | TargetKind.on_call_previous:
            duties = [duty for duty in _plan(look, target, service) if duty.level == target.level]
            return any(person in look.reachable for duty in duties for person in duty.people)
        case TargetKind.speaker:
            able = look.speaking(target.language)
            return any(person in able for duty in _plan(look, target, service) for person in duty.people)
        case TargetKind.team | TargetKind.authority | TargetKind.resolver:
            team = service.team if target.kind is TargetKind.resolver else target.team
            return team is not None and _can_be_told(look.site, team)
        case TargetKind.command:  # reaches nobody in particular
            return False
        case _:
            assert_never(target.kind)


def _plan(look: _Look, target: StepTarget, service: Service) -> Sequence[Duty]:
    rota = target.rota or service.rota
    return look.duties.get(rota, ()) if rota else ()


def _can_be_told(site: Site, key: TeamId) -> bool:
    """Whether a team has a telephone or another line, or a member with a contact point."""
    called = any(team.phone or team.lines for team in site.teams if team.id == key)
    return called or any(person.contacts for person in site.people if key in person.teams)


def _contacts(look: _Look) -> Iterator[Finding]:
    """People who will be on duty and cannot be told anything, by their first duty."""
    first: dict[PersonId, tuple[Instant, RotaId]] = {}
    for key, plan in look.duties.items():
        for piece in plan:
            for person in piece.people:
                duty_of = (piece.span.start, key)
                first[person] = min(first.get(person, duty_of), duty_of)
    for person, (at, rota) in sorted(first.items(), key=lambda item: (item[1], item[0])):
        if person not in look.told:
            params: dict[str, Param] = {"person": person, "rota": rota, "at": at}
            yield Finding(look.pain(at), "lint.on_call_without_contact", params)


def _authorities(site: Site) -> Iterator[Finding]:
    """Partners and vendors whom nobody can call; worse where a policy calls them."""
    targets = (t for policy in site.policies.values() for step in policy.steps for t in step.targets)
    called = {target.team for target in targets}
    for team in site.teams:
        if team.kind is AuthorityKind.external and not _can_be_told(site, team.id):
            pain = Pain.tonight if team.id in called else Pain.soon
            yield Finding(pain, "lint.authority_without_contact", {"authority": team.id})


# --- rotas ----------------------------------------------------------------------------------------


def _rota_gaps(look: _Look) -> Iterator[Finding]:
    """Gaps nobody decided on, those of one level and cause as one finding at the first of them."""
    for key, plan in look.plans.items():
        found = gaps(plan, look.now, look.until, shadows=look.shadows)
        for (level, cause), each in groupby(sorted(found, key=_kind_of_gap), key=_kind_of_gap):
            same = list(each)
            first = same[0].span
            at_risk = level == levels(plan)[0]
            yield Finding(
                look.pain(first.start) if at_risk else Pain.soon, "lint.rota_gap",
                {
                    "rota": key, "level": level, "cause": cause, "start": first.start, "end": first.end,
                    "count": len(same), "seconds": sum(gap.span.seconds for gap in same),
                },
            )  # fmt: skip


def _kind_of_gap(gap: Duty) -> tuple[int, str]:
    return (gap.level, gap.cause.value)


_LACKS: Mapping[Lack, str] = {
    Lack.too_few: "lint.rota_too_few",
    Lack.no_speaker: "lint.rota_no_speaker",
}


def _shortfalls(look: _Look) -> Iterator[Finding]:
    """The first stretch of each rota with too few people, or without a speaker of a language."""
    speaks = {person.id: person.speaks for person in look.site.people}
    for key, plan in look.plans.items():
        seen: set[tuple[Lack, str]] = set()
        for short in shortfalls(plan, look.now, look.until, speaks=speaks, shadows=look.shadows):
            if short.lack in _LACKS and (short.lack, short.language) not in seen:
                seen.add((short.lack, short.language))
                span = short.duty.span
                yield Finding(
                    Pain.soon, _LACKS[short.lack],
                    {
                        "rota": key, "language": short.language, "start": span.start, "end": span.end,
                        "required": rota_at(plan, span.start).required_count,
                    },
                )  # fmt: skip


# --- defaults -------------------------------------------------------------------------------------


def _defaults(site: Site, shipped: Site) -> Iterator[Finding]:
    """Definitions that stand exactly as they were delivered: nobody has yet said that they fit."""
    delivered = list(_definitions(shipped))
    for kind, key, value in _definitions(site):
        if (kind, key, value) in delivered:
            yield Finding(Pain.some_day, "lint.still_default", {"kind": kind, "key": key})


def _definitions(site: Site) -> Iterator[tuple[str, str, object]]:
    yield from (("person", person.id, person) for person in site.people)
    yield from (("team", team.id, team) for team in site.teams)
    yield from (("service", service.id, service) for service in site.services)
    yield from (("calendar", key, calendar) for key, calendar in site.calendars.items())
    yield from (("target_set", key, targets) for key, targets in site.target_sets.items())
    yield from (("matrix", key, matrix) for key, matrix in site.matrices.items())
    yield from (("rota", key, rota) for key, rota in site.rotas.items())
    yield from (("policy", key, policy) for key, policy in site.policies.items())
    yield from (("period", key, period) for key, period in site.periods.items())
