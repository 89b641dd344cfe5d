"""Edits of turns that leave whoever is on duty there, and everybody else in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.rota.rotation import number_at
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.rota.turns import Turns, reigns, turns_of
from supporttui.domain.spans import Instant, Span

Turn = tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A turn of a layer that is under way or to come, by its rotation alone."""

    span: Span
    people: Turn
    """Empty: a free turn."""


def edited(rota: Rota, layer: str, rotation: Rotation) -> Rota:
    """The rota with another version of a layer's rotation beside those it has.

    Raises:
        BadInput: ``rota.unknown_layer``.
    """
    _layer(rota, layer)
    return replace(
        rota,
        layers=tuple(
            replace(one, rotations=(*one.rotations, rotation)) if one.name == layer else one for one in rota.layers
        ),
    )


def staying(old: Rota, new: Rota, at: Instant) -> Rota:
    """The new rota, to hold from an instant on, with the turns that are under way then left to their end.

    A layer is the same where its name is. What its rotation was stays in its history.
    """
    before = {layer.name: layer for layer in old.layers}
    return replace(new, layers=tuple(_after(before.get(layer.name, layer), layer, at) for layer in new.layers))


def continuing(rota: Rota, layer: str, turns: Sequence[Turn], at: Instant) -> Rotation:
    """A version of a layer's rotation with other turns in which the order goes on.

    After whoever is on turn comes the one who follows in the new list; a newcomer comes in where the list
    has it. Of somebody who is no longer in the list, the next one of the old order that is in it follows.

    Raises:
        BadInput: ``rota.unknown_layer``; ``rota.no_turns`` for a layer that has had none; ``rota.turns_of_nobody``.
    """
    held = _in_force(rota, _layer(rota, layer), at)
    if held is None or not held.rotation.turns or not turns:
        raise BadInput("rota.no_turns", layer=layer)
    if not any(turns):
        raise BadInput("rota.turns_of_nobody", layer=layer)
    index = held.index(number_at(held.rotation, held.zone, at))
    first = _next(held.rotation.turns, turns, index)
    shift = first - (index + 1)
    ordered = tuple(turns[(place + shift) % len(turns)] for place in range(len(turns)))
    return replace(held.rotation, turns=ordered, valid_from=at, at_once=False, reason="")


def coming(plan: Plan, layer: str, at: Instant, *, count: int = 8) -> tuple[Coming, ...]:
    """The turn under way in a layer at an instant and those that follow: the order, before hours and overrides.

    Raises:
        BadInput: ``rota.unknown_layer``.
    """
    return tuple(islice(_coming(rota_at(plan, at), layer, at), count))


def leaves_at(plan: Plan, person: PersonId, at: Instant) -> Instant:
    """When somebody who leaves during a duty is to stop being valid: as the last turn under way ends."""
    rota = rota_at(plan, at)
    ends = [
        turn.span.end
        for layer in rota.layers
        for turn in islice(_coming(rota, layer.name, at), 1)
        if person in turn.people
    ]
    return max(ends, default=at)


def _coming(rota: Rota, name: str, at: Instant) -> Iterator[Coming]:
    layer = _layer(rota, name)
    for rotation, start, end in reigns(rota, layer):
        turns = turns_of(rota, layer, rotation)
        begins = max(at, start)
        while rotation.turns and turns.moves and begins < end:
            turn = turns.turn_at(begins)
            span = Span(max(turn.start, start), min(turn.end, end))
            yield Coming(span, turns.people(number_at(rotation, turns.zone, begins)))
            begins = span.end


def _after(before: Layer, layer: Layer, at: Instant) -> Layer:
    """A layer with the history of the one before it, if its rotation is another one."""
    if before.rotations == layer.rotations:
        return layer
    history = tuple(one for one in before.rotations if one.valid_from is None or one.valid_from < at)
    stamped = tuple(
        one if one.valid_from is not None and one.valid_from > at else replace(one, valid_from=at)
        for one in layer.rotations
        if one not in history
    )
    return replace(layer, rotations=(*history, *stamped))


def _in_force(rota: Rota, layer: Layer, at: Instant) -> Turns | None:
    found = [one for one in reigns(rota, layer) if one.start <= at < one.end]
    return turns_of(rota, layer, found[0].rotation) if found else None


def _next(old: Sequence[Turn], new: Sequence[Turn], index: int) -> int:
    """The place in the new list of whose turn follows."""
    current = old[index % len(old)]
    if current in new:
        return new.index(current) + 1
    following = (old[(index + step) % len(old)] for step in range(1, len(old)))
    return next((new.index(turn) for turn in following if turn in new), 0)


def _layer(rota: Rota, name: str) -> Layer:
    found = next((layer for layer in rota.layers if layer.name == name), None)
    if found is None:
        raise BadInput("rota.unknown_layer", layer=name, known=", ".join(layer.name for layer in rota.layers))
    return found
