"""The base plan of a level: at each moment the highest layer that has somebody, and layers that add."""

from collections.abc import Iterable, Iterator, Sequence

from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft
from supporttui.domain.rota.layers import drafts_of
from supporttui.domain.rota.schedule import LayerMode, Rota
from supporttui.domain.spans import Instant

_UNINFORMATIVE = (Cause.restriction, Cause.not_begun, Cause.ended)
"""Of several layers that have nobody the nearest to active explains it."""


def base(rota: Rota, level: int, *, start: Instant, end: Instant) -> Sequence[Draft]:
    """The layers of a level as one plan, tiling the window; neighbours may be alike.

    A lower layer is worked out only where no higher one has anybody.
    """
    layers = [layer for layer in rota.layers if layer.level == level]
    if not layers:
        # Only a rota without any layer lacks something; the others have no such line.
        return [Draft(start, end, (), Cause.intended if rota.layers else Cause.no_layer)]
    plan: Sequence[Draft] | None = None
    for layer in layers:
        if layer.mode is LayerMode.wins and (plan is None or not _is_full(plan)):
            own = drafts_of(rota, layer, start=start, end=end)
            plan = own if plan is None else list(_filled(plan, own))
    for layer in layers:
        if layer.mode is not LayerMode.wins:
            own = drafts_of(rota, layer, start=start, end=end)
            plan = own if plan is None else list(_beside(plan, own))
    assert plan is not None
    return plan


def _is_full(plan: Sequence[Draft]) -> bool:
    return all(draft.entries for draft in plan)


def _filled(plan: Iterable[Draft], lower: Iterable[Draft]) -> Iterator[Draft]:
    """A plan, with another one where it has nobody."""
    rest = iter(lower)
    below = next(rest)
    for draft in plan:
        if draft.entries:
            yield draft
            continue
        at = draft.start
        while at < draft.end:
            while below.end <= at:
                below = next(rest)
            end = min(draft.end, below.end)
            yield Draft(at, end, below.entries, below.cause if below.entries else _why(draft.cause, below.cause))
            at = end


def _beside(plan: Iterable[Draft], other: Iterable[Draft]) -> Iterator[Draft]:
    """Both plans at once; the second one's people are called after the first one's."""
    rest = iter(other)
    added = next(rest)
    for draft in plan:
        at = draft.start
        while at < draft.end:
            while added.end <= at:
                added = next(rest)
            end = min(draft.end, added.end)
            entries = draft.entries + added.entries
            yield Draft(at, end, entries, Cause.rotation if entries else _why(draft.cause, added.cause))
            at = end


def _why(higher: Cause, lower: Cause) -> Cause:
    """Why neither of two layers has anybody: what the higher active one says, else the nearest to active."""
    for cause in (higher, lower):
        if cause not in _UNINFORMATIVE:
            return cause
    return min(higher, lower, key=_UNINFORMATIVE.index)
