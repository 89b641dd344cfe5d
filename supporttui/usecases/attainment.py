"""Reports of kept promises by language, zone and more, and the groups that are served worse than the whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from supporttui.domain import attainment as rules
from supporttui.domain.attainment import Attainment, Grouping, Served
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

DAYS = 90
"""Days that are looked back where none are given."""
SITE_MARGIN, SITE_LEAST = "attainment_margin", "attainment_least"
"""Settings of the site: percentage points, and promises."""


@dataclass(frozen=True, slots=True)
class Report:
    """How promises of a metric were kept in some days."""

    by: Grouping
    metric: Metric
    since: Instant
    until: Instant
    margin: int
    least: int
    found: Attainment
    names: Mapping[str, str]
    """Of services and teams."""
    referred: int = 0
    """Tickets that belonged elsewhere, and are in no group."""


def report(tx: Transaction, now: Instant, *, by: Grouping, metric: Metric, days: int = DAYS) -> Report:
    """How promises were kept by group; margin and sample size are the site's."""
    since = Instant(now - days * 86_400)
    margin, least = _site(tx, SITE_MARGIN, rules.MARGIN), _site(tx, SITE_LEAST, rules.LEAST)
    verdicts = tx.figures.verdicts(by, metric, since=since, until=Instant(now + 1))  # what was decided now is known
    found = rules.attainment(verdicts, margin=margin, least=least)
    referred = tx.figures.referred(since=since, until=Instant(now + 1))
    return Report(by, metric, since, now, margin, least, found, rules_of(tx).names(), referred)


def worse(tx: Transaction, now: Instant, *, days: int = DAYS) -> tuple[Report, ...]:
    """The reports by language and zone that have a group which is served worse, of what a requester sees."""
    asked = (
        (by, metric)
        for by in (Grouping.language, Grouping.zone)
        for metric in (Metric.first_response, Metric.resolution)
    )
    found = (report(tx, now, by=by, metric=metric, days=days) for by, metric in asked)
    return tuple(one for one in found if any(group.served is Served.worse for group in one.found.groups))


def _site(tx: Transaction, name: str, default: int) -> int:
    text = tx.definitions.site().get(name, "")
    return int(text) if text.isdecimal() and text.isascii() else default
