"""What would hurt tonight, asked of the definitions in force."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

from supporttui.domain import authority_defects, period_defects, policy_defects, process_defects
from supporttui.domain.faults import Param
from supporttui.domain.lint import Finding, Pain, Site, lint
from supporttui.domain.periods.teams import end_of
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.definitions.defining import Pack
from supporttui.usecases.periods import homeless, unreviewed
from supporttui.usecases.ports import Transaction, Versioned
from supporttui.usecases.rota import snapshot
from supporttui.usecases.rules import rules_of

T = TypeVar("T")
_DAY = 86_400
_AHEAD = 14 * _DAY


def findings(tx: Transaction, now: Instant, shipped: Site | None = None) -> tuple[Finding, ...]:
    """The defects of this site's definitions as of ``now``, what hurts first in front."""
    site = site_of(tx, now)
    found = (
        *lint(site, now, shipped=shipped),
        *policy_defects.without_last_resort(site),
        *_of_periods(tx, site, now),
        *_of_processes(tx, site, now),
        *_of_authorities(site, now),
    )
    return tuple(sorted(found, key=lambda finding: list(Pain).index(finding.pain)))


def _of_periods(tx: Transaction, site: Site, now: Instant) -> Iterator[Finding]:
    """What the special periods of the next days ask for and do not get; and ends that wait for a decision."""
    plan, ahead = tx.definitions.plan(), Span(now, Instant(now + _AHEAD))
    speaks = {person.id: person.speaks for person in site.people}
    categories = [name.strip() for name in tx.definitions.site().get("categories", "").split(",") if name.strip()]
    yield from period_defects.short_staffed(plan, site.services, site.plans, speaks=speaks, span=ahead)
    yield from period_defects.unknown_categories(site.periods.values(), categories)
    yield from period_defects.never(site.periods.values(), plan, now)
    yield from period_defects.undecided(plan, [service.id for service in site.services], ahead)
    for one in unreviewed(tx, now):
        pain = Pain.tonight if one.span.end > now else Pain.soon
        yield Finding(pain, "lint.period_review", {"period": one.period.id, "end": one.span.end})
    yield from _homeless(tx, site, now)


def _homeless(tx: Transaction, site: Site, now: Instant) -> Iterator[Finding]:
    """Open tickets of teams that ended with a period, or end within a day."""
    for period in site.periods.values():
        if period.team is not None and end_of(period) <= now + _DAY and (left := homeless(tx, period, now)):
            params: dict[str, Param] = {"period": period.id, "team": period.team, "n": len(left)}
            yield Finding(Pain.tonight, "lint.period_homeless", params)


def _of_processes(tx: Transaction, site: Site, now: Instant) -> Iterator[Finding]:
    """Processes without anybody certified, or with hours in which nobody for them is on duty."""
    processes, ahead = tx.definitions.processes(), Span(now, Instant(now + _AHEAD))
    yield from process_defects.without_holder(processes, site.people, now)
    yield from process_defects.unattended(processes, site.services, site.plans, people=site.people, span=ahead)


def _of_authorities(site: Site, now: Instant) -> Iterator[Finding]:
    """What would be noticed at the hand-off, when it is too late."""
    called = {target.team for policy in site.policies.values() for step in policy.steps for target in step.targets}
    yield from authority_defects.without_hours(site.teams)
    yield from authority_defects.ending(site.teams, now, {team for team in called if team is not None})


def site_of(tx: Transaction, now: Instant) -> Site:
    """The definitions in force at an instant, and the plans by which the desk itself knows who is on duty."""
    found, rules = tx.definitions, rules_of(tx)
    plans = {key: snapshot(rules, key) for key in found.rotas()}
    return Site(
        people=found.people(),
        teams=found.teams(),
        services=found.services(),
        calendars=_in_force(found.calendars(), now),
        target_sets=_in_force(found.target_sets(), now),
        matrices=_in_force(found.matrices(), now),
        rotas=_in_force(found.rotas(), now),
        policies=_in_force(found.policies(), now),
        periods=_in_force(found.periods(), now),
        plans={key: plan for key, plan in plans.items() if plan is not None},
    )


def site_in(pack: Pack) -> Site:
    """The definitions of a pack, to hold a site against what was delivered."""
    return Site(
        people=pack.people,
        teams=pack.teams,
        services=pack.services,
        calendars={calendar.id: calendar for calendar in pack.calendars},
        target_sets={targets.id: targets for targets in pack.target_sets},
        matrices=dict(pack.matrices),
        rotas={rota.id: rota for rota in pack.rotas},
        policies={policy.id: policy for policy in pack.policies},
        periods={period.id: period for period in pack.periods},
    )


def _in_force(versions: Mapping[Any, Sequence[Versioned[T]]], now: Instant) -> dict[Any, T]:
    """Of each definition the newest version that has begun."""
    chosen = {}
    for key, known in versions.items():
        begun = [one for one in known if one.valid_from is None or one.valid_from <= now]
        if begun:
            chosen[key] = begun[-1].value
    return chosen
