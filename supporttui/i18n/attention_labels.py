"""Attention and criteria of escalation in words: what was raised, what was measured, which limit it reached."""

from collections.abc import Mapping
from typing import assert_never

from supporttui.domain.events import AttentionLowered, AttentionRaised, Chased, CriterionHeld
from supporttui.domain.marking import mark, mark_in
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import precise

Attention = Chased | AttentionRaised | AttentionLowered | CriterionHeld

_LEVELS: Mapping[int, tuple[str, str]] = {1: mark_in("attention", "raised"), 2: mark_in("attention", "high")}
_LASTING: Mapping[str, str] = {
    "breached": mark("late for {time}"),
    "unacknowledged": mark("not acknowledged for {time}"),
    "no_update": mark("no work on it for {time}"),
    "period": mark("special period for {time}"),
}
_COUNTED: Mapping[str, str] = {
    "hops": mark("handed on: {n}"),
    "reopened": mark("reopened: {n}"),
    "chased": mark("chased by the requester: {n}"),
}


def level(words: Words, attention: int) -> str:
    """The word of an attention level; empty for none."""
    label = _LEVELS.get(attention)
    return words.p(*label) if label else ""


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
        level=level(words, event.level), time=times.stamp(event.until, zone), impact=terms.level(words, event.impact),
        person=names.get(event.by, event.by) or "-", reason=event.reason,
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
