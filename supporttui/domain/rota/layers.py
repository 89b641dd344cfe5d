"""What one layer plans by itself: slots of its rotation versions, within its life and its windows."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.active_days import ActiveDays
from supporttui.domain.rota.causes import Cause as Cause  # noqa: PLC0414  re-exported
from supporttui.domain.rota.rotation import slots
from supporttui.domain.rota.schedule import Advance, Layer, Rota, Rotation
from supporttui.domain.rota.windows import windows
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span


class Piece(NamedTuple):
    """A part of the window with one answer; ``people`` empty is a gap."""

    start: Instant
    end: Instant
    people: tuple[PersonId, ...]
    cause: Cause


def pieces(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> list[Piece]:
    """The layer's own plan, tiling the window; overrides and people's validity are not in it."""
    plan = merged(_life(rota, layer, start, end))
    if not layer.restrictions:
        return plan
    open_spans = windows(rota, layer, start=start, end=end)
    return merged(_restricted(plan, open_spans))


def merged(plan: Iterable[Piece]) -> list[Piece]:
    """Neighbours with the same answer become one; empty pieces go."""
    result: list[Piece] = []
    for piece in plan:
        if piece.start >= piece.end:
            continue
        if result and result[-1].people == piece.people and result[-1].cause is piece.cause:
            result[-1] = result[-1]._replace(end=piece.end)
        else:
            result.append(piece)
    return result


def _life(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    """The turns within the layer's life, and what lies outside of it."""
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    first, last = min(max(start, born), end), max(min(end, dies), start)
    yield Piece(start, first, (), Cause.not_begun)
    if not layer.rotations:
        yield Piece(first, last, (), Cause.nobody)
    else:
        yield from _versions(rota, layer, first, last)
    yield Piece(max(first, last), end, (), Cause.ended)


def _versions(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Iterator[Piece]:
    """Each version from its own instant until the next one's; of equal instants the last listed holds."""
    versions = sorted(layer.rotations, key=_since)
    yield Piece(start, min(end, _since(versions[0])), (), Cause.not_begun)
    for rotation, following in zip(versions, [*versions[1:], None], strict=True):
        until = FOREVER if following is None else _since(following)
        first, last = max(start, _since(rotation)), min(end, until)
        if first < last:
            yield from _turns(rota, layer, rotation, Span(first, last))


def _since(rotation: Rotation) -> Instant:
    return BEGINNING if rotation.valid_from is None else rotation.valid_from


def _turns(rota: Rota, layer: Layer, rotation: Rotation, within: Span) -> Iterator[Piece]:
    """The slots of one version, cut to a span."""
    if not rotation.turns:
        yield Piece(within.start, within.end, (), Cause.nobody)
        return
    turn_of = _index(rota, layer, rotation)
    for number, start, end in slots(rotation, layer.zone or rota.zone, start=within.start, end=within.end):
        people = rotation.turns[turn_of(number) % len(rotation.turns)]
        cause = Cause.rotation if people else Cause.buffer
        yield Piece(max(start, within.start), min(end, within.end), people, cause)


def _index(rota: Rota, layer: Layer, rotation: Rotation) -> Callable[[int], int]:
    """Slot number → how many turns have passed since the anchor."""
    if rotation.advance is Advance.time:
        return lambda number: number
    count = ActiveDays(layer, rotation.anchor.time(), rota.holidays)
    first = rotation.anchor.date()
    return lambda number: count.between(rotation.anchor, first + timedelta(days=number)) // rotation.every


def _restricted(plan: Sequence[Piece], open_spans: Sequence[Span]) -> Iterator[Piece]:
    """The plan inside the open spans; outside of them a gap, unless the layer is not alive there anyway."""
    spans = iter(open_spans)
    span = next(spans, None)
    for piece in plan:
        if piece.cause in (Cause.not_begun, Cause.ended):
            yield piece
            continue
        at = piece.start
        while at < piece.end:
            while span is not None and span.end <= at:
                span = next(spans, None)
            if span is None or span.start >= piece.end:
                yield Piece(at, piece.end, (), Cause.restriction)
                break
            opens, closes = max(at, span.start), min(piece.end, span.end)
            yield Piece(at, opens, (), Cause.restriction)
            yield Piece(opens, closes, piece.people, piece.cause)
            at = closes
