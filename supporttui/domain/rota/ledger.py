"""What duty costs each person in a period: hours, and above all the hard ones."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.hardship import Hardship, hardship, is_night
from supporttui.domain.rota.oddities import odd_turns
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.rota.swaps import SwapRequest, SwapState
from supporttui.domain.spans import Instant, Span, union

REST = 11 * 3600
"""Seconds between two duties below which a rest is short."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's line; all times are elapsed seconds."""

    person: PersonId
    cost: Hardship
    duties: int
    """Stretches of duty; such as touch are one."""
    pages_at_night: int
    lost_turns: int
    """Turns that a clock change has skipped."""
    swaps_given: int
    swaps_taken: int
    short_rests: int
    """Times between two duties of less than 11 hours."""
    share: int
    """Per cent of the period on duty, rounded half up."""
    over_limit: bool

    @property
    def balance(self) -> int:
        """What suggestions level out: seconds of hard duty."""
        return self.cost.hard


def ledger(
    plans: Sequence[Plan],
    span: Span,
    people: Iterable[Person],
    *,
    holidays: Mapping[PersonId, Collection[date]] | None = None,
    pages: Iterable[tuple[PersonId, Instant]] = (),
    swaps: Iterable[SwapRequest] = (),
    limit: int | None = None,
) -> tuple[Entry, ...]:
    """The lines of some people for a period over several rotas, who did most hard hours first.

    Nights and weekends are by each person's own zone, and so are the holidays given by person; without
    them those of the rota on which the duty is. ``limit``: per cent of the period on duty above which a
    line is marked.
    """
    served = [_Served(plan, span) for plan in plans]
    paged, requests = list(pages), list(swaps)
    entries = []
    for person in people:
        spans = union(stretch for one in served for stretch in one.of(person.id))
        days = _holidays(person.id, served, holidays)
        share = (200 * sum(stretch.seconds for stretch in spans) + span.seconds) // (2 * span.seconds or 1)
        entries.append(
            Entry(
                person=person.id,
                cost=hardship(spans, person.zone, days),
                duties=len(spans),
                pages_at_night=sum(who == person.id and is_night(at, person.zone) and at in span for who, at in paged),
                lost_turns=sum(person.id in turn for one in served for turn in one.lost),
                swaps_given=sum(_moves(request, span) for request in requests if request.asked_by == person.id),
                swaps_taken=sum(_moves(request, span) for request in requests if request.taken_by == person.id),
                short_rests=sum(after.start - before.end < REST for before, after in pairwise(spans)),
                share=share,
                over_limit=limit is not None and sum(s.seconds for s in spans) * 100 > limit * span.seconds,
            )
        )
    return tuple(sorted(entries, key=lambda entry: (-entry.balance, -entry.cost.seconds, entry.person)))


class _Served:
    """Who has which duty on one rota."""

    def __init__(self, plan: Plan, span: Span) -> None:
        self.plan = plan
        self._spans: dict[PersonId, list[Span]] = {}
        self._layers: dict[PersonId, set[str | None]] = {}
        for piece in duty(plan, span.start, span.end):
            for person in piece.people:
                self._spans.setdefault(person, []).append(piece.span)
                self._layers.setdefault(person, set()).add(piece.layer)
        self.lost = [turn.people for turn in odd_turns(plan, span.start, span.end) if turn.is_lost]

    def of(self, person: PersonId) -> Sequence[Span]:
        return self._spans.get(person, ())

    def holidays(self, person: PersonId) -> Iterator[date]:
        """Those of the layers in whose places somebody stands; of the rota, beside the layers."""
        rotas = (self.plan,) if isinstance(self.plan, Rota) else tuple(one.rota for one in self.plan.versions)
        places = self._layers.get(person, set())
        for rota in rotas:
            own = {layer.name: layer.holidays for layer in rota.layers if layer.holidays is not None}
            for name in places:
                yield from own.get(name or "", rota.holidays)


def _holidays(
    person: PersonId, served: Iterable[_Served], known: Mapping[PersonId, Collection[date]] | None
) -> Collection[date]:
    if known is not None and person in known:
        return known[person]
    return {day for one in served for day in one.holidays(person)}


def _moves(request: SwapRequest, span: Span) -> bool:
    """Whether a swap was taken and has moved duty of a period."""
    pieces = (*request.pieces, *request.give_back)
    return request.state is SwapState.taken and any(piece.span.touches(span) for piece in pieces)
