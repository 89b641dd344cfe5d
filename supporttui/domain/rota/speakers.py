"""Who of some people is on duty next, such as those who speak a language."""

from collections.abc import Collection

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.oncall import HORIZONS, Duty, level_duty, levels
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.spans import Instant


def same_language(one: str, other: str) -> bool:
    """Whether two tags are one language, regions aside.

    >>> same_language("pt-BR", "PT"), same_language("pt", "pl"), same_language("", "")
    (True, False, False)
    """
    return bool(_language(one)) and _language(one) == _language(other)


def speaks(person: Person, language: str) -> bool:
    """Whether somebody can be spoken to in a language."""
    return any(same_language(spoken, language) for spoken in (person.language, *person.speaks))


def _language(tag: str) -> str:
    return tag.replace("_", "-").partition("-")[0].casefold()


def next_duty_of(rota: Plan, people: Collection[PersonId], at: Instant) -> Duty | None:
    """The first duty that begins after an instant and has one of these people, in whatever level.

    ``None``: none begins within 400 days.
    """
    wanted = _planned(rota).intersection(people)
    for horizon in HORIZONS if wanted else ():
        found = [
            piece
            for level in levels(rota)
            for piece in level_duty(rota, at, Instant(at + horizon), level=level)
            if piece.span.start > at and wanted.intersection(piece.people)
        ]
        if found:
            return min(found, key=lambda piece: (piece.span.start, piece.level))
    return None


def _planned(plan: Plan) -> set[PersonId]:
    """Everybody whom the plan ever names."""
    rotas = (plan,) if isinstance(plan, Rota) else tuple(version.rota for version in plan.versions)
    overrides: list[Override] = [override for rota in rotas for override in rota.overrides]
    turns = {
        person
        for rota in rotas
        for layer in rota.layers
        for rotation in layer.rotations
        for turn in rotation.turns
        for person in turn
    }  # fmt: skip
    if not isinstance(plan, Rota):
        overrides += plan.overrides
        turns |= {person for period in plan.pinned for shift in period.shifts for person in shift.people}
    return turns | {override.person for override in overrides if override.person is not None}
