"""What one layer plans by itself: slots of its rotation versions, within its life and its windows."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.causes import Cause as Cause  # noqa: PLC0414  re-exported
from supporttui.domain.rota.drafts import Draft, Entry
from supporttui.domain.rota.schedule import Layer, Rota, Rotation
from supporttui.domain.rota.turns import reigns, turns_of
from supporttui.domain.rota.windows import Window, windows
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span

_NEVER = Window(FOREVER, Instant(FOREVER + 1))


def drafts_of(rota: Rota, layer: Layer, *, start: Instant, end: Instant) -> Sequence[Draft]:
    """The layer's own plan, tiling the window; overrides and people's validity are not in it.

    Neighbours may be alike.
    """
    life = _life(rota, layer, start, end)
    return list(_restricted(life, windows(rota, layer, start=start, end=end))) if layer.restrictions else life


def _life(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Sequence[Draft]:
    """The turns within the layer's life, and what lies outside of it."""
    born = BEGINNING if layer.valid_from is None else layer.valid_from
    dies = FOREVER if layer.valid_to is None else layer.valid_to
    first, last = min(max(start, born), end), max(min(end, dies), start)
    return [
        *_gap(start, first, Cause.not_begun),
        *(_versions(rota, layer, first, last) if layer.rotations else _gap(first, last, Cause.nobody)),
        *_gap(max(first, last), end, Cause.ended),
    ]


def _gap(start: Instant, end: Instant, cause: Cause) -> Sequence[Draft]:
    return (Draft(start, end, (), cause),) if start < end else ()


def _versions(rota: Rota, layer: Layer, start: Instant, end: Instant) -> Sequence[Draft]:
    found = reigns(rota, layer)
    plan = list(_gap(start, min(end, found[0].start), Cause.not_begun))
    for rotation, begins, ends in found:
        within = Span(max(start, begins), min(end, ends))
        if within.seconds:
            plan += _turns(rota, layer, rotation, within)
    return plan


def _turns(rota: Rota, layer: Layer, rotation: Rotation, within: Span) -> Sequence[Draft]:
    """The slots of one version, cut to a span."""
    answers = [_answer(layer, people) for people in rotation.turns] or [((), Cause.nobody)]
    if len(answers) == 1:
        ((entries, cause),) = answers
        return [Draft(within.start, within.end, entries, cause)]
    turns = turns_of(rota, layer, rotation)
    first, edges = turns.edges(within)
    edges[0], edges[-1] = within.start, within.end
    said = map(answers.__getitem__, turns.order(first))
    return [
        Draft(start, end, entries, cause)
        for (start, end), (entries, cause) in zip(pairwise(edges), said, strict=False)
        if start < end
    ]


def _answer(layer: Layer, people: Iterable[PersonId]) -> tuple[tuple[Entry, ...], Cause]:
    """What a turn says, the same each time it comes."""
    entries = tuple(Entry(person, layer.name) for person in people)
    return entries, Cause.rotation if entries else Cause.buffer


def _restricted(plan: Iterable[Draft], opens: Sequence[Window]) -> Iterator[Draft]:
    """The plan inside the windows; outside of them a gap, unless the layer is not alive there anyway."""
    rest = iter((*opens, _NEVER))
    opens_at, closes_at = next(rest)
    for draft in plan:
        start, end, entries, cause = draft
        if cause is Cause.not_begun or cause is Cause.ended:
            yield draft
            continue
        at = start
        while at < end:
            while closes_at <= at:
                opens_at, closes_at = next(rest)
            if at < opens_at:
                until = min(opens_at, end)
                yield Draft(at, until, (), Cause.restriction)
            else:
                until = min(closes_at, end)
                yield draft if at == start and until == end else Draft(at, until, entries, cause)
            at = until
