"""Promises in one line, as a form shows and takes them: how long by priority, and whose warnings may wake. No Textual.

What holds for one service, kind or authority, or in working days, is not among them.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.text import fold
from supporttui.i18n import definition_texts, terms
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import heading

Promise = tuple[Metric, Priority | None]
"""``None``: of every priority that has no promise of its own."""
METRICS = (Metric.first_response, Metric.update, Metric.resolution, Metric.ownership)
_LENGTH = re.compile(r"(?:(\d+)h)?\s*(?:(\d+)m)?\s*(?:(\d+)s)?")


def _is_usual(one: Target, metric: Metric) -> bool:
    plain = one.service is None and one.kind is None and one.authority is None
    return one.metric is metric and plain and not one.days


def promises_text(found: TargetSet, metric: Metric) -> str:
    """``1: 15m, 2: 1h, *: 8h``."""
    usual = [one for one in found.targets if _is_usual(one, metric)]
    return ", ".join(f"{_priority_text(one.priority)}: {definition_texts.length(one.seconds)}" for one in usual)


def _priority_text(priority: Priority | None) -> str:
    return "*" if priority is None else str(priority)


def _priority(text: str) -> Priority | None:
    """``1``, ``P1``, ``*``. Raises ValueError."""
    plain = text.strip().upper().removeprefix("P")
    if plain == "*":
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise ValueError(text)
    return Priority(int(plain))


def promises(text: str) -> Mapping[Priority | None, int]:
    """Priority → seconds. Raises BadInput ``form.promise``, ``form.length``."""
    found: dict[Priority | None, int] = {}
    for piece in text.split(","):
        head, _, length_of = piece.partition(":")
        try:
            priority = _priority(head)
        except ValueError:
            raise BadInput("form.promise", found=piece.strip()[:40]) from None
        found[priority] = length(length_of)
    return found


def waking_text(words: Words, found: TargetSet) -> str:
    """``First response: 1, 2; Resolution: 1``: the promises whose warnings may wake somebody."""
    by_metric = {metric: [one for one in found.targets if _is_usual(one, metric) and one.wake] for metric in METRICS}
    return "; ".join(
        f"{heading(terms.metric(words, metric))}: {', '.join(_priority_text(one.priority) for one in woken)}"
        for metric, woken in by_metric.items() if woken
    )  # fmt: skip


def waking(words: Words, text: str) -> AbstractSet[Promise]:
    """The promises of such a text, metrics by their name or code. Raises BadInput ``form.wake``."""
    known = {fold(name): metric for metric in METRICS for name in (terms.metric(words, metric), metric.value)}
    found: set[Promise] = set()
    for piece in filter(str.strip, text.split(";")):
        name, _, priorities = piece.partition(":")
        try:
            found |= {(known[fold(name.strip())], _priority(one)) for one in priorities.split(",")}
        except (KeyError, ValueError):
            raise BadInput("form.wake", found=piece.strip()[:40], example=waking_example(words)) from None
    return frozenset(found)


def waking_example(words: Words) -> str:
    """How such a text is written."""
    return f"{heading(terms.metric(words, Metric.first_response))}: 1, 2"


def with_waking(words: Words, targets: Sequence[Target], woken: AbstractSet[Promise]) -> tuple[Target, ...]:
    """Those promises wake people, and no other of the usual ones. Raises BadInput ``form.no_promise``."""
    promised = {(one.metric, one.priority) for one in targets if _is_usual(one, one.metric)}
    for metric, priority in sorted(woken - promised, key=str):
        found = f"{heading(terms.metric(words, metric))}: {_priority_text(priority)}"
        raise BadInput("form.no_promise", found=found)
    return tuple(
        replace(one, wake=(one.metric, one.priority) in woken)
        if one.metric in METRICS and _is_usual(one, one.metric) else one
        for one in targets
    )  # fmt: skip


def with_promises(targets: Sequence[Target], metric: Metric, wanted: Mapping[Priority | None, int]) -> list[Target]:
    """Those in their places with other times, without those that were left out, and new ones behind them."""
    known = {one.priority for one in targets if _is_usual(one, metric)}
    kept = [
        replace(one, seconds=wanted[one.priority]) if _is_usual(one, metric) else one
        for one in targets
        if not _is_usual(one, metric) or one.priority in wanted
    ]
    return [*kept, *(Target(metric, time, priority) for priority, time in wanted.items() if priority not in known)]


def length(text: str) -> int:
    """Seconds of ``4h30m``. Raises BadInput ``form.length``."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not any(found.groups()):
        raise BadInput("form.length", found=text.strip()[:40])
    hours, minutes, seconds = (int(number or 0) for number in found.groups())
    return hours * 3600 + minutes * 60 + seconds
