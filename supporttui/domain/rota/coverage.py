"""Where the plan does not give what it must: nobody, too few, nobody who speaks a language."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import Duty, duty, duty_of, level_drafts, levels
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.spans import Instant

DELIBERATE = frozenset({Cause.intended, Cause.buffer})
"""Gaps that somebody decided on; a warning that is always on is ignored."""


class Lack(StrEnum):
    """What is missing from a piece of the plan, worst first."""

    nobody = "lack.nobody"
    too_few = "lack.too_few"
    no_speaker = "lack.no_speaker"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A piece of the plan in which something required is missing."""

    duty: Duty
    lack: Lack
    language: str = ""
    """For ``no_speaker``: the first required language that nobody on duty speaks."""


def gaps(plan: Plan, start: Instant, end: Instant) -> tuple[Duty, ...]:
    """Spans with nobody on duty, by level and time, with their cause; deliberate ones are left out."""
    if start >= end:
        return ()
    return tuple(
        duty_of(draft, level)
        for level in levels(plan)
        for draft in level_drafts(plan, start, end, level=level)
        if not draft.entries and draft.cause not in DELIBERATE
    )


def shortfalls(
    rota: Plan, start: Instant, end: Instant, *, speaks: Mapping[PersonId, Collection[str]]
) -> tuple[Shortfall, ...]:
    """Where the level that is called first lacks people or languages, deliberate gaps left out."""
    first = levels(rota)[0]
    found = (
        _shortfall(rota_at(rota, piece.span.start), piece, speaks)
        for piece in duty(rota, start, end)
        if piece.level == first
    )
    return tuple(shortfall for shortfall in found if shortfall is not None)


def _shortfall(rota: Rota, piece: Duty, speaks: Mapping[PersonId, Collection[str]]) -> Shortfall | None:
    if not piece.people:
        return None if piece.cause in DELIBERATE else Shortfall(piece, Lack.nobody)
    if len(piece.people) < rota.required_count:
        return Shortfall(piece, Lack.too_few)
    spoken = {language for person in piece.people for language in speaks.get(person, ())}
    missing = next((language for language in rota.required_languages if language not in spoken), None)
    return None if missing is None else Shortfall(piece, Lack.no_speaker, missing)
