"""Whose turn it is: the versions of a layer's rotation in time, and the slots of each."""

import itertools
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.active_days import ActiveDays
from supporttui.domain.rota.rotation import Slot, edges_of, handoffs, number_at, slots
from supporttui.domain.rota.schedule import Advance, Layer, Rota, Rotation
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span

_LONGEST = 400
"""How many slots one turn by active days may last before it counts as endless."""


class Reign(NamedTuple):
    """From when until when a version of a rotation decides; what comes before the first has not begun."""

    rotation: Rotation
    start: Instant
    end: Instant


@dataclass(frozen=True, slots=True)
class Turns:
    """One version of a rotation on the clocks of its layer."""

    rotation: Rotation
    zone: str
    index: Callable[[int], int]
    """Slot number → how many turns have passed since the anchor."""
    moves: bool
    """Whether the index ever changes."""

    def order(self, first: int) -> Iterator[int]:
        """The places in the rotation of the turns of a slot and of all that follow, without end."""
        turns = len(self.rotation.turns)
        if self.rotation.advance is Advance.time:
            return itertools.islice(itertools.cycle(range(turns)), self.index(first) % turns, None)
        return (self.index(number) % turns for number in itertools.count(first))

    def people(self, number: int) -> tuple[PersonId, ...]:
        """Whose turn a slot is; the rotation must have turns."""
        turns = self.rotation.turns
        return turns[self.index(number) % len(turns)]

    def slots(self, within: Span) -> Iterator[Slot]:
        """Every slot that touches a span, uncut."""
        return slots(self.rotation, self.zone, start=within.start, end=within.end)

    def edges(self, within: Span) -> tuple[int, list[Instant]]:
        """The number of the first slot that touches a span, and where each such slot begins, then the last ends."""
        return edges_of(self.rotation, self.zone, start=within.start, end=within.end)

    def turn_at(self, at: Instant) -> Span:
        """The whole turn under way at an instant, which by active days has many slots."""
        first = last = number_at(self.rotation, self.zone, at)
        index = self.index(first)
        # By time each slot is a turn of its own.
        while self.moves and self.index(first - 1) == index and last - first < _LONGEST:
            first -= 1
        while self.moves and self.index(last + 1) == index and last - first < 2 * _LONGEST:
            last += 1
        handoff = handoffs(self.rotation, self.zone)
        return Span(handoff(first), handoff(last + 1))


def turns_of(rota: Rota, layer: Layer, rotation: Rotation) -> Turns:
    """A version of a layer's rotation, ready to be asked."""
    zone = rota.zone_of(layer)
    if rotation.advance is Advance.time:
        return Turns(rotation, zone, operator.index, moves=True)
    count = ActiveDays(layer, rotation.anchor.time(), rota.holidays_of(layer))
    anchor, every = rotation.anchor, rotation.every
    index: Callable[[int], int] = lambda number: count.between(anchor, number) // every  # noqa: E731
    return Turns(rotation, zone, index, moves=count.any)


def reigns(rota: Rota, layer: Layer) -> list[Reign]:
    """The versions of a layer's rotation, each until the next one takes over; empty without any.

    A version takes over at the end of the turn that is under way when it becomes valid, so that whoever is
    on duty finishes; at once where it says so, or nobody's turn can be under way. Of two that become valid
    at one instant the last listed holds.
    """
    found: list[tuple[Rotation, Instant]] = []
    for rotation in sorted(layer.rotations, key=_since):
        takes_over = since = _since(rotation)
        before = next((one for one, start in reversed(found) if start <= since), None)
        if before is not None and before.turns and not rotation.at_once:
            turns = turns_of(rota, layer, before)
            takes_over = _end_of_turn(turns, since)
        found = [(one, start) for one, start in found if start < takes_over]
        found.append((rotation, takes_over))
    bounds = [*(start for _, start in found), FOREVER]
    return [Reign(rotation, start, end) for (rotation, start), end in zip(found, bounds[1:], strict=True)]


def _end_of_turn(turns: Turns, at: Instant) -> Instant:
    """When the turn under way ends; an instant at which one begins is no turn under way."""
    if not turns.moves:
        return at
    under_way = turns.turn_at(at)
    return at if under_way.start == at else under_way.end


def _since(rotation: Rotation) -> Instant:
    return BEGINNING if rotation.valid_from is None else rotation.valid_from
