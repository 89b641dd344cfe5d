"""What one layer plans by itself: slots of its rotation versions, within its life and its windows."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause as Cause  # noqa: PLC0414  re-exported
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.rota.turns import reigns, turns_of
from supporttui.domain.rota.windows import Window, windows
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span


class Piece(NamedTuple):
    """A part of the window with one answer; ``people`` empty is a gap."""

    start: Instant
    end: Instant
    people: tuple[PersonId, ...]
    cause: Cause


def pieces(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> list[Piece]:
    """The layer's own plan, tiling the window; overrides and people's validity are not in it.

    Neighbours may be alike.
    """
    life = [piece for piece in _life(rota, layer, start, end) if piece.start < piece.end]
    if not layer.restrictions:
        return life
    return list(_restricted(life, windows(rota, layer, start=start, end=end)))


def _life(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    """The turns within the layer's life, and what lies outside of it."""
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    first, last = min(max(start, born), end), max(min(end, dies), start)
    yield Piece(start, first, (), Cause.not_begun)
    if layer.rotations:
        yield from _versions(rota, layer, first, last)
    else:
        yield Piece(first, last, (), Cause.nobody)
    yield Piece(max(first, last), end, (), Cause.ended)


def _versions(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    found = reigns(layer, zone=rota.zone, holidays=rota.holidays)
    yield Piece(start, min(end, found[0].start), (), Cause.not_begun)
    for rotation, begins, ends in found:
        first, last = max(start, begins), min(end, ends)
        if first < last:
            yield from _turns(rota, layer, rotation, Span(first, last))


def _turns(rota: Rota, layer: Layer, rotation: Rotation, within: Span) -> Iterator[Piece]:
    """The slots of one version, cut to a span."""
    first, last = within.start, within.end
    if len(rotation.turns) < 2:
        people = rotation.turns[0] if rotation.turns else ()
        empty = Cause.buffer if rotation.turns else Cause.nobody
        yield Piece(first, last, people, Cause.rotation if people else empty)
        return
    turns = turns_of(layer, rotation, zone=rota.zone, holidays=rota.holidays)
    for number, start, end in turns.slots(within):
        people = turns.people(number)
        cause = Cause.rotation if people else Cause.buffer
        yield Piece(max(start, first), min(end, last), people, cause)


def _restricted(plan: Sequence[Piece], opens: Sequence[Window]) -> Iterator[Piece]:
    """The plan inside the windows; outside of them a gap, unless the layer is not alive there anyway."""
    rest = iter(opens)
    window = next(rest, None)
    for piece in plan:
        if piece.cause in (Cause.not_begun, Cause.ended):
            yield piece
            continue
        at = piece.start
        while at < piece.end:
            while window is not None and window.end <= at:
                window = next(rest, None)
            if window is None or window.start >= piece.end:
                yield Piece(at, piece.end, (), Cause.restriction)
                break
            if at < window.start:
                yield Piece(at, window.start, (), Cause.restriction)
            at = min(piece.end, window.end)
            yield Piece(max(piece.start, window.start), at, piece.people, piece.cause)
