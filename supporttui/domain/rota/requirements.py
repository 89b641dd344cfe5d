"""How many people and which languages a level must have, over the hours of a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft, laid
from supporttui.domain.rota.schedule import Layer, Requirement, Rota
from supporttui.domain.rota.windows import windows
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Need:
    """What must be there for a stretch."""

    span: Span
    count: int
    languages: tuple[str, ...]


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


def _as_layer(requirement: Requirement) -> Layer:
    return Layer("", (), restrictions=requirement.hours, zone=requirement.zone)
