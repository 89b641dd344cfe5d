"""What one layer plans by itself: slots of its rotation versions, within its life and its windows."""

from collections.abc import Iterable, Iterator, Sequence

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause as Cause  # noqa: PLC0414  re-exported
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.rota.turns import reigns, turns_of
from supporttui.domain.rota.windows import Window, windows
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span

_NEVER = Window(FOREVER, Instant(FOREVER + 1))
Piece = tuple[Instant, Instant, tuple[PersonId, ...], Cause]
"""Start, end, people and cause of a part of a window with one answer; without people it is a gap."""


def pieces(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> Iterator[Piece]:
    """The layer's own plan, tiling the window; overrides and people's validity are not in it.

    Neighbours may be alike.
    """
    life = (piece for piece in _life(rota, layer, start, end) if piece[0] < piece[1])
    if not layer.restrictions:
        return life
    return _restricted(life, windows(rota, layer, start=start, end=end))


def _life(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    """The turns within the layer's life, and what lies outside of it."""
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    first, last = min(max(start, born), end), max(min(end, dies), start)
    yield start, first, (), Cause.not_begun
    if layer.rotations:
        yield from _versions(rota, layer, first, last)
    else:
        yield first, last, (), Cause.nobody
    yield max(first, last), end, (), Cause.ended


def _versions(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    found = reigns(rota, layer)
    yield start, min(end, found[0].start), (), Cause.not_begun
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
        yield first, last, people, Cause.rotation if people else empty
        return
    turns, order, count = turns_of(rota, layer, rotation), rotation.turns, len(rotation.turns)
    index = turns.index
    for number, start, end in turns.slots(within):
        people = order[index(number) % count]
        cause = Cause.rotation if people else Cause.buffer
        yield max(first, start), min(last, end), people, cause


def _restricted(plan: Iterable[Piece], opens: Sequence[Window]) -> Iterator[Piece]:
    """The plan inside the windows; outside of them a gap, unless the layer is not alive there anyway."""
    rest = iter((*opens, _NEVER))
    opens_at, closes_at = next(rest)
    for start, end, people, cause in plan:
        if cause is Cause.not_begun or cause is Cause.ended:
            yield start, end, people, cause
            continue
        at = start
        while at < end:
            while closes_at <= at:
                opens_at, closes_at = next(rest)
            if at < opens_at:
                until = min(opens_at, end)
                yield at, until, (), Cause.restriction
            else:
                until = min(closes_at, end)
                yield at, until, people, cause
            at = until
