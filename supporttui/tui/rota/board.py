"""What the rota screen shows, read at once: plans, requests to be covered, absences, and who everybody is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.rota.absences import Absence
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.schedule import Override
from supporttui.domain.rota.swaps import SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import rota
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.swapping import SwapView
from supporttui.usecases.views import RotaPlan

MARGIN = 8 * 86_400
"""So far before and after the days shown turns are read as well, so that those at the edges are whole."""


@dataclass(frozen=True, slots=True)
class Board:
    """A span of every rota."""

    span: Span
    plans: tuple[RotaPlan, ...] = ()
    requests: tuple[SwapView, ...] = ()
    """That can still be taken, or wait for a lead."""
    overrides: Mapping[RotaId, tuple[Override, ...]] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()
    """That touch the span."""
    people: Mapping[PersonId, Person] = field(default_factory=dict)
    pinned: Mapping[RotaId, tuple[PinnedPeriod, ...]] = field(default_factory=dict)
    """Plans set by hand."""

    def asked(self, key: RotaId) -> tuple[tuple[int, Span], ...]:
        """The pieces of a rota in which somebody asks to be covered, by line."""
        found = (view.swap for view in self.requests if view.swap.rota == key)
        return tuple((piece.level, piece.span) for swap in found for piece in swap.pieces)


def read(tx: Transaction, start: Instant, end: Instant, *, now: Instant) -> Board:
    """Every rota between two instants, as it is known at a third."""
    span = Span(start, end)
    wider = rota.plan(tx, Instant(start - MARGIN), Instant(end + MARGIN), now=now)
    plans = tuple(
        replace(plan, span=span, gaps=tuple(gap for gap in plan.gaps if span.touches(gap.span))) for plan in wider
    )
    return Board(
        span,
        plans,
        tuple(view for view in rota.swaps(tx, now) if view.swap.state is SwapState.asked),
        {plan.rota.id: _overrides(tx, plan) for plan in plans},
        rota.absences(tx, start, end),
        {person.id: person for person in tx.definitions.people()},
        {plan.rota.id: tx.rotas.pinned(plan.rota.id) for plan in plans},
    )


def _overrides(tx: Transaction, plan: RotaPlan) -> tuple[Override, ...]:
    """Those that were put, and those that the rota's definition brought along; each once."""
    found = {one.id: one for one in (*plan.rota.overrides, *tx.definitions.overrides(plan.rota.id))}
    return tuple(found.values())
