"""Criteria of escalation in tables: of a ticket with what each measures, of the site with how often each held."""

from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.spans import Instant
from supporttui.i18n import terms, times
from supporttui.i18n.attention_labels import measured
from supporttui.i18n.catalogue import Words
from supporttui.usecases.criteria import Counted, Gauge


def heads(words: Words) -> tuple[str, ...]:
    """Above the criteria of a ticket."""
    return (
        words.p("column", "Criterion"), words.p("column", "Now"), words.p("column", "Limit"),
        words.p("column", "Holds"), words.p("column", "Policy"),
    )  # fmt: skip


def row(words: Words, gauge: Gauge, now: Instant) -> tuple[str, ...]:
    """One criterion of a ticket."""
    criterion, kind = gauge.measured.criterion, gauge.measured.criterion.kind.value
    found = "-" if gauge.measured.value < 0 else measured(words, kind, gauge.measured.value)
    return criterion.id, found, limit(words, criterion), _standing(words, gauge, now), gauge.policy.name


def limit(words: Words, criterion: Criterion) -> str:
    """The limit of a criterion, and of which tickets."""
    text = measured(words, criterion.kind.value, criterion.value)
    if criterion.metric is not None:
        text = words.t("{text} ({metric})", text=text, metric=terms.metric(words, criterion.metric))
    if criterion.min_priority is not None:
        text = words.t("{text}, from {priority}", text=text, priority=terms.priority_short(criterion.min_priority))
    return text


def _standing(words: Words, gauge: Gauge, now: Instant) -> str:
    if gauge.held and (gauge.at is None or gauge.at > now):
        return words.t("held {time}", time=times.near(gauge.held[-1].at, now, words.zone))
    if gauge.at is None:
        return words.t("nearly") if gauge.measured.nearly else words.t("not in sight")
    if gauge.at <= now:
        return words.t("now")
    at = times.near(gauge.at, now, words.zone)
    return words.t("nearly, at {time}", time=at) if gauge.measured.nearly else words.t("at {time}", time=at)


def report_heads(words: Words) -> tuple[str, ...]:
    """Above the criteria of a site."""
    return (
        words.p("column", "Policy"), words.p("column", "Criterion"), words.p("column", "Limit"),
        words.p("column", "Held"), words.p("column", "Tickets"), words.p("column", "Finding"),
    )  # fmt: skip


def report_row(words: Words, found: Counted) -> tuple[str, ...]:
    """How often a criterion held; one that never or always does says so."""
    finding = words.t("never holds") if found.never else words.t("always holds") if found.always else ""
    one = found.criterion
    return found.policy_name, one.id, limit(words, one), str(found.held), str(found.tickets), finding
