"""What special periods leave wanting: too few people, categories that nobody gives, ranks that decide nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from supporttui.domain.ids import PersonId, RotaId, ServiceId
from supporttui.domain.lint import Finding, Pain
from supporttui.domain.periods.effects import Staffing, staffing
from supporttui.domain.periods.period import Period
from supporttui.domain.periods.plan import Occurrence, Plan
from supporttui.domain.rota.oncall import duty, levels
from supporttui.domain.rota.snapshot import Plan as Duties
from supporttui.domain.services import Service
from supporttui.domain.spans import Instant, Span

_DAY = 86_400
_YEAR = 366 * _DAY


def short_staffed(
    plan: Plan,
    services: Sequence[Service],
    rotas: Mapping[RotaId, Duties],
    *,
    speaks: Mapping[PersonId, Collection[str]],
    span: Span,
) -> Iterator[Finding]:
    """The first stretch of each rota in which a period asks for more people, or another language, than are there.

    Only the level that is called first is looked at. Nobody at all is a gap, which ``lint`` finds.
    """
    for key, duties in sorted(rotas.items()):
        mine = [service.id for service in services if service.rota == key]
        found = (finding for asked in staffing(plan, mine, span) for finding in _lacks(key, duties, asked, speaks))
        if (first := next(found, None)) is not None:
            yield first


def _lacks(
    rota: RotaId, duties: Duties, asked: Staffing, speaks: Mapping[PersonId, Collection[str]]
) -> Iterator[Finding]:
    first = levels(duties)[0]
    for piece in duty(duties, asked.span.start, asked.span.end):
        if piece.level != first or not piece.people:
            continue
        spoken = {language for person in piece.people for language in speaks.get(person, ())}
        missing = next((language for language in asked.languages if language not in spoken), "")
        few = asked.count is not None and len(piece.people) < asked.count
        if few or missing:
            yield Finding(
                Pain.soon, "lint.period_too_few" if few else "lint.period_no_speaker",
                {
                    "period": asked.periods[0], "rota": rota, "required": asked.count or 0, "language": missing,
                    "start": piece.span.start, "end": piece.span.end,
                },
            )  # fmt: skip


def unknown_categories(periods: Iterable[Period], known: Collection[str]) -> Iterator[Finding]:
    """Lifts for categories that the site does not list; where it lists none, any may be given."""
    for period in periods:
        named = [category for lift in period.lifts for category in lift.categories]
        for category in named if known and period.active else ():
            if category not in known:
                yield Finding(Pain.soon, "lint.period_category", {"period": period.id, "category": category})


def never(periods: Iterable[Period], plan: Plan, now: Instant) -> Iterator[Finding]:
    """Periods by a rule that gives no date within a year, though it is not over."""
    ahead = {one.period.id for one in plan.touching(Span(now, Instant(now + _YEAR)))}
    for period in periods:
        if period.active and period.rule is not None and period.until is None and period.id not in ahead:
            yield Finding(Pain.soon, "lint.period_never", {"period": period.id})


def undecided(plan: Plan, services: Sequence[ServiceId], span: Span) -> Iterator[Finding]:
    """Two periods of one rank that both say something of one thing of one service at one time; each pair once."""
    seen: set[tuple[str, str]] = set()
    for service in services:
        for a, b in combinations(plan.touching(span, service), 2):
            pair = (min(a.period.id, b.period.id), max(a.period.id, b.period.id))
            if pair not in seen and _clash(a, b):
                seen.add(pair)
                yield Finding(
                    Pain.soon, "lint.period_rank",
                    {"period": pair[0], "other": pair[1], "start": max(a.span.start, b.span.start)},
                )  # fmt: skip


def _clash(a: Occurrence, b: Occurrence) -> bool:
    together = a.span.touches(b.span)
    same_rank = a.period.id != b.period.id and a.period.precedence == b.period.precedence
    return together and same_rank and bool(_says(a.period) & _says(b.period))


def _says(period: Period) -> set[str]:
    """The things of which only one period can decide."""
    said = {
        "hours": period.hours is not None,
        "targets": period.targets is not None,
        "policy": period.policy is not None,
        "required_count": period.required_count is not None,
    }
    lifted = {category for lift in period.lifts for category in lift.categories}
    return {thing for thing, about in said.items() if about} | {f"category {category}" for category in lifted}
