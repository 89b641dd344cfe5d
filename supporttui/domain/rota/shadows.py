"""Duty without those who stand on it to learn, and who of them is called all the same, after the others."""

from collections.abc import Collection, Iterable

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.oncall import Duty, level_drafts
from supporttui.domain.rota.schedule import LayerMode
from supporttui.domain.rota.snapshot import Plan, snapshot_of
from supporttui.domain.spans import Instant


def without(line: Iterable[Duty], shadows: Collection[PersonId]) -> tuple[Duty, ...]:
    """The same pieces, without these people; one in which nobody else is has nobody.

    Neighbours may be alike.
    """
    if not shadows:
        return tuple(line)
    return tuple(
        piece._replace(people=tuple(person for person in piece.people if person not in shadows))
        for piece in line
    )  # fmt: skip


def second_layers(plan: Plan) -> frozenset[str]:
    """The layers whose people are called second, in any version of a rota, by name."""
    layers = (layer for version in snapshot_of(plan).versions for layer in version.rota.layers)
    return frozenset(layer.name for layer in layers if layer.mode is LayerMode.second)


def called_second(plan: Plan, at: Instant, *, level: int) -> tuple[PersonId, ...]:
    """Who of those on duty in a level is called a while after the others."""
    names = second_layers(plan)
    if not names:
        return ()
    (draft,) = level_drafts(plan, at, Instant(at + 1), level=level)
    return tuple(entry.person for entry in draft.entries if entry.layer in names)
