"""What must hold of sources and beats before they are written; each fault has its path."""

from collections.abc import Iterator, Sequence

from supporttui.domain.faults import BadInput
from supporttui.domain.incoming.report import defects
from supporttui.domain.incoming.source import Beat, IntakeSource, SourceRule
from supporttui.domain.priorities import Level
from supporttui.usecases.definitions.checks import Names

Faults = Iterator[BadInput]

TEXTS = ("title", "text", "key", "state", "category", "requester", "language", "link")
"""Fields of a source that hold other fields in braces."""
MOST_A_MINUTE = 10_000
_LEVELS = 9
_YEAR = 366 * 86_400
_SHOWN = 60
_LONGEST_SETTLE = 7 * 86_400
_MOST_FLAPS = 100


def sources(found: Sequence[IntakeSource], names: Names) -> Faults:
    """Services that exist, levels that a matrix may have, braces that close."""
    for i, source in enumerate(found):
        where = f"sources[{i}]"
        yield from _service(f"{where}.service", source.service, names)
        yield from _levels(where, source.impact, source.urgency)
        yield from _within(f"{where}.most", source.most, 1, MOST_A_MINUTE)
        yield from _within(f"{where}.most_of_one", source.most_of_one, 1, MOST_A_MINUTE)
        yield from _within(f"{where}.settle", source.settle, 0, _LONGEST_SETTLE)
        yield from _within(f"{where}.flaps", source.flaps, 1, _MOST_FLAPS)
        for name in TEXTS:
            for piece in defects(getattr(source, name)):
                allowed = "{labels.alertname}, {a|b}"
                yield BadInput("definition.brace", where=f"{where}.{name}", found=piece[:_SHOWN], allowed=allowed)
        for j, rule in enumerate(source.rules):
            yield from _rule(f"{where}.rules[{j}]", rule, names)


def beats(found: Sequence[Beat], names: Names) -> Faults:
    """A service that exists, an interval that passes, a priority that a matrix gives."""
    for i, beat in enumerate(found):
        where = f"beats[{i}]"
        yield from _service(f"{where}.service", beat.service, names)
        yield from _within(f"{where}.interval", beat.interval, 1, _YEAR)
        yield from _within(f"{where}.grace", beat.grace, 0, _YEAR)
        yield from _levels(where, beat.impact, beat.urgency)
        if beat.priority is not None and names.priorities and beat.priority not in names.priorities:
            allowed = ", ".join(map(str, sorted(names.priorities)))
            yield BadInput("definition.priority", where=f"{where}.priority", found=beat.priority, allowed=allowed)


def _rule(where: str, rule: SourceRule, names: Names) -> Faults:
    if rule.service is not None:
        yield from _service(f"{where}.service", rule.service, names)
    yield from _levels(where, rule.impact, rule.urgency)


def _service(where: str, name: str, names: Names) -> Faults:
    if name not in names.services:
        known = ", ".join(sorted(names.services))[:300]
        yield BadInput("definition.unknown", where=where, name=name[:_SHOWN], allowed=known)


def _levels(where: str, impact: Level | None, urgency: Level | None) -> Faults:
    for name, level in (("impact", impact), ("urgency", urgency)):
        if level is not None:
            yield from _within(f"{where}.{name}", level, 1, _LEVELS)


def _within(where: str, found: int, least: int, most: int) -> Faults:
    if not least <= found <= most:
        yield BadInput("definition.range", where=where, found=found, least=least, most=most)
