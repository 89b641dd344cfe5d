"""How many people and which languages a level must have, over the hours of a plan."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft, laid
from supporttui.domain.rota.schedule import Layer, Requirement, Rota
from supporttui.domain.rota.windows import windows
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for once, in a span, such as by a special period; beside what the rota asks for anyway."""

    span: Span
    count: int = 0
    languages: tuple[str, ...] = ()
    by: str = ""
    """The name of what asks for it."""


@dataclass(frozen=True, slots=True)
class Need:
    """What must be there for a stretch."""

    span: Span
    count: int
    languages: tuple[str, ...]
    """Both by the rota,"""
    more: Asked | None = None
    """… and what else is asked for."""


class _Hours(NamedTuple):
    start: Instant
    end: Instant
    requirement: Requirement


def needs(rota: Rota | None, level: int, window: Span) -> Iterator[Need]:
    """What a level must have, tiling a window: what the rota always asks for, and more in some hours.

    Before the first version of a rota, ``None``, nothing is asked for.
    """
    if rota is None:
        yield Need(window, 0, ())
        return
    hours = [
        _Hours(open_.start, open_.end, requirement)
        for requirement in rota.requirements
        if level in (requirement.levels or (level,))
        for open_ in windows(rota, _as_layer(requirement), start=window.start, end=window.end)
    ]
    asked: dict[Instant, list[Requirement]] = {}

    def rule(draft: Draft, active: list[_Hours]) -> Draft:
        asked[draft.start] = [one.requirement for one in active]
        return draft

    for draft in laid([Draft(window.start, window.end, (), Cause.intended)], hours, rule):
        more = asked.get(draft.start, [])
        languages = (*rota.required_languages, *(language for one in more for language in one.languages))
        count = max((rota.required_count, *(one.count for one in more)))
        yield Need(Span(draft.start, draft.end), count, tuple(dict.fromkeys(languages)))


def raised(found: Iterable[Need], asked: Sequence[Asked]) -> Iterator[Need]:
    """Needs, cut where more is asked for; what is asked is disjoint and in the order of time."""
    for need in found:
        at = need.span.start
        for one in (one for one in asked if one.span.touches(need.span)):
            start, end = max(one.span.start, at), min(one.span.end, need.span.end)
            if at < start:
                yield replace(need, span=Span(at, start))
            yield replace(need, span=Span(start, end), more=one)
            at = end
        if at < need.span.end:
            yield replace(need, span=Span(at, need.span.end))


def _as_layer(requirement: Requirement) -> Layer:
    return Layer("", (), restrictions=requirement.hours, zone=requirement.zone)
