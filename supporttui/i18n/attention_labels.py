"""Attention and criteria of escalation in words: what was raised, what was measured, which limit it reached."""

from collections.abc import Mapping
from typing import assert_never

from supporttui.domain.attention import outgrows
from supporttui.domain.events import AttentionLowered, AttentionRaised, Chased, CriterionHeld
from supporttui.domain.marking import mark
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import precise
from supporttui.usecases.attention import Asked, Cost

Attention = Chased | AttentionRaised | AttentionLowered | CriterionHeld

_LASTING: Mapping[str, str] = {
    "breached": mark("late for {time}"),
    "unacknowledged": mark("not acknowledged for {time}"),
    "no_update": mark("no work on it for {time}"),
    "promise": mark("promised update missed for {time}"),
    "period": mark("special period for {time}"),
}
_COUNTED: Mapping[str, str] = {
    "hops": mark("handed on: {n}"),
    "reopened": mark("reopened: {n}"),
    "chased": mark("chased by the requester: {n}"),
}


def measured(words: Words, kind: str, value: int) -> str:
    """What a criterion of a kind measured, or its limit."""
    if kind == "used":
        return words.t("{n} % of the target used", n=value)
    if kind == "impact":
        return words.t("impact {impact}", impact=terms.level(words, value))
    if kind in _LASTING:
        return words.t(_LASTING[kind], time=precise(words, max(0, value)))
    return words.t(_COUNTED[kind], n=value) if kind in _COUNTED else f"{kind}: {value}"


def told(words: Words, event: Attention, names: Mapping[str, str], *, zone: str) -> str:
    """One line of the timeline."""
    match event:
        case Chased(by, text):
            who = words.t("asked again by {person}", person=names.get(by, by)) if by else words.t("asked again")
            return words.t("{what}: {text}", what=who, text=text) if text else who
        case AttentionRaised():
            return _raised(words, event, names, zone)
        case AttentionLowered(reason, inflated):
            lowered = words.t("attention taken back: {reason}", reason=reason)
            return words.t("{text} (the impact was less than stated)", text=lowered) if inflated else lowered
        case CriterionHeld():
            return held(words, event)
        case _:
            assert_never(event)


def _raised(words: Words, event: AttentionRaised, names: Mapping[str, str], zone: str) -> str:
    return words.t(
        "attention {level} until {time}, stated impact {impact}, for {person}: {reason}",
        level=terms.attention(words, event.level), time=times.stamp(event.until, zone),
        impact=terms.level(words, event.impact), person=names.get(event.by, event.by) or "-", reason=event.reason,
    )  # fmt: skip


def held(words: Words, event: CriterionHeld) -> str:
    """Which criterion held, at which value, and which nearly did."""
    found = measured(words, event.kind, event.value)
    limit = measured(words, event.kind, event.limit)
    text = words.t("criterion {name}: {found} (limit: {limit})", name=event.criterion, found=found, limit=limit)
    if not event.near:
        return text
    near = words.p("list", ", ").join(f"{name} {value}/{most}" for name, value, most in event.near)
    return words.t("{text}; nearly: {near}", text=text, near=near)


def displaced(words: Words, cost: Cost) -> str:
    """What more pressing work of the team would wait."""
    team = cost.names.get(cost.ticket.team, cost.ticket.team)
    counts = cost.displaced.priorities.items()
    if not counts:
        return words.t("Nothing more pressing of {team} is due within the hour.", team=team)
    told = words.p("list", ", ").join(f"{n} {terms.priority_short(priority)}" for priority, n in counts)
    return words.t("Would wait for it: {tickets} of {team}, due within the hour or late.", tickets=told, team=team)


def record(words: Words, found: Asked, name: str) -> str:
    """How often attention that somebody asked for was found to be for less than was stated."""
    return words.n(
        "{person} had attention raised {n} time in a year; for less than was stated: {inflated}.",
        "{person} had attention raised {n} times in a year; for less than was stated: {inflated}.",
        found.raised, person=name, inflated=found.inflated,
    )  # fmt: skip


# --- the review ---------------------------------------------------------------------------------------


def heads(words: Words) -> tuple[str, ...]:
    """Above the tickets with raised attention."""
    return (
        words.p("column", "Ticket"), words.p("column", "Prio"), words.p("column", "Attention"),
        words.p("column", "Until"), words.p("column", "Stated impact"), words.p("column", "Reason"),
    )  # fmt: skip


def row(words: Words, ticket: Ticket, now: Instant, prefix: str) -> tuple[str, ...]:
    """A ticket of the review; what has run out, or outgrown its impact, says so."""
    attention = terms.attention(words, ticket.attention)
    if not ticket.attention_at(now):
        attention = words.t("{level}, over", level=attention)
    elif outgrows(ticket, now):
        attention = words.t("{level}, more than its impact", level=attention)
    until = "-" if ticket.attention_until is None else times.stamp(ticket.attention_until, words.zone)
    impact = "-" if ticket.attention_impact is None else terms.level(words, ticket.attention_impact)
    code, priority = f"{prefix}{ticket.id}", terms.priority_short(ticket.priority)
    return (code, priority, attention, until, impact, ticket.attention_reason)


def asked_heads(words: Words) -> tuple[str, ...]:
    """Above those who had attention raised in the last year."""
    return words.p("column", "Asked by"), words.p("column", "Raised"), words.p("column", "Less than stated")


def asked(words: Words, found: Asked, name: str) -> tuple[str, ...]:
    """How often somebody had attention raised, and how often for less than was stated."""
    return name or words.t("the requester"), str(found.raised), str(found.inflated)
