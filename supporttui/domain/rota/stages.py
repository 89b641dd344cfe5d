"""The plan of one level, rule by rule: what each has left, and what it went by.

Precedence, first to last: turns within their windows and lives; the highest layer that has somebody wins,
layers that add join; intended gaps; overrides; pinned periods; the validity of people; what was recorded.
Each rule only ever sees the result of the one before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from supporttui.domain.rota.base import base
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.drafts import Draft
from supporttui.domain.rota.overlays import Pin, admitted, intended, of_past, overridden, pinned, pins, recorded
from supporttui.domain.rota.overrides import of_level
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.rota.snapshot import Plan, in_time, stretches
from supporttui.domain.rota.validity import Bar, bars, bars_of
from supporttui.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Stages:
    """The drafts after each rule, all tiling one window; those of one stage may be alike."""

    rotas: tuple[Rota | None, ...]
    """The versions that hold in the window, by time; ``None`` before the first."""
    overrides: tuple[Override, ...]
    """Of the level, oldest first."""
    pins: Sequence[Pin]
    bars: Sequence[Bar]
    records: Sequence[DutyRecord]
    meant: Sequence[Draft]
    """After layers and intended gaps."""
    covered: Sequence[Draft]
    """After overrides."""
    pinned: Sequence[Draft]
    admitted: Sequence[Draft]
    final: Sequence[Draft]


def stages(plan: Plan, window: Span, level: int) -> Stages:
    """One level of a plan within a window, which must not be empty."""
    if isinstance(plan, Rota):
        meant = _meant(plan, window, level)
        overrides = of_level(plan, plan.overrides, level, window)
        covered = overridden(meant, overrides)
        barred = bars(plan.validities, window)
        final = admitted(covered, barred)
        return Stages((plan,), overrides, (), barred, (), meant, covered, covered, final, final)
    parts = [
        _part(rota, (*rota.overrides, *plan.overrides), span, level) if rota is not None else _unborn(span)
        for rota, span in stretches(in_time(plan), window)
    ]
    covered = _tiled(part.covered for part in parts)
    over = pins(plan.pinned, level, window)
    set_by_hand = pinned(covered, over)
    barred = [bar for part in parts for bar in part.bars]
    if plan.people:
        planned = {entry.person for draft in set_by_hand for entry in draft.entries}
        barred += bars_of(plan.people, planned, window)
    final = admitted(set_by_hand, barred)
    past = of_past(plan.records, plan.versions[0].rota.id, level, window)
    return Stages(
        rotas=tuple(rota for part in parts for rota in part.rotas),
        overrides=tuple(override for part in parts for override in part.overrides),
        pins=over,
        bars=barred,
        records=past,
        meant=_tiled(part.meant for part in parts),
        covered=covered,
        pinned=set_by_hand,
        admitted=final,
        final=recorded(final, past),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one version says in its stretch of the window."""

    rotas: tuple[Rota | None]
    overrides: tuple[Override, ...]
    bars: Sequence[Bar]
    meant: Sequence[Draft]
    covered: Sequence[Draft]


def _part(rota: Rota, overrides: Iterable[Override], span: Span, level: int) -> _Part:
    meant = _meant(rota, span, level)
    concerned = of_level(rota, overrides, level, span)
    barred = [bar.within(span) for bar in bars(rota.validities, span)]
    return _Part((rota,), concerned, barred, meant, overridden(meant, concerned))


def _unborn(span: Span) -> _Part:
    nothing = [Draft(span.start, span.end, (), Cause.not_begun)]
    return _Part((None,), (), (), nothing, nothing)


def _meant(rota: Rota, span: Span, level: int) -> Sequence[Draft]:
    return intended(base(rota, level, start=span.start, end=span.end), rota.intended_gaps)


def _tiled(parts: Iterable[Sequence[Draft]]) -> Sequence[Draft]:
    listed = list(parts)
    return listed[0] if len(listed) == 1 else [draft for part in listed for draft in part]
