"""Duty cut into the slots of a calendar, each of which begins where it began the last time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import pairwise

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.snapshot import Plan, rota_at
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall

_DAY = 86_400
LONGEST = 31 * _DAY + 7200
"""A month's turn, over a change of the clocks too; whoever is on duty for longer has a slot a month."""
AROUND = 35 * _DAY
"""So far beyond a window one must look to see each of its slots whole."""


@dataclass(frozen=True, slots=True)
class Slot:
    """People on duty together in one line of support, from one handoff to the next."""

    level: int
    span: Span
    people: tuple[PersonId, ...]


def slots(plan: Plan, window: Span, *, person: PersonId | None = None) -> tuple[Slot, ...]:
    """The slots around a window, by line and time, those of the window whole; gaps are left out.

    With a person only theirs, whoever else is there. Where a slot begins does not depend on the window, so that
    it can be known again; those wholly outside of it may be cut off.
    """
    wide = Span(Instant(window.start - AROUND), Instant(window.end + AROUND))
    where = rota_at(plan, window.start).zone
    found = (_slot(piece, person) for piece in duty(plan, wide.start, wide.end))
    return tuple(part for slot in _joined(found) for part in _cut(slot, where))


def _slot(piece: Duty, person: PersonId | None) -> Slot:
    people = piece.people if person is None else tuple(one for one in piece.people if one == person)
    return Slot(piece.level, piece.span, people)


def _joined(found: Iterable[Slot]) -> Iterator[Slot]:
    """A piece has a cause and a layer; to a calendar neighbours with the same people are one."""
    last: Slot | None = None
    for slot in found:
        if last is not None and _goes_on(last, slot):
            last = replace(last, span=Span(last.span.start, slot.span.end))
            continue
        if last is not None and last.people:
            yield last
        last = slot
    if last is not None and last.people:
        yield last


def _goes_on(last: Slot, slot: Slot) -> bool:
    return (last.level, last.people, last.span.end) == (slot.level, slot.people, slot.span.start)


def _cut(slot: Slot, zone: str) -> Iterator[Slot]:
    """At the first of each month, if it is longer than a month."""
    edges = [slot.span.start, *(_firsts(slot.span, zone) if slot.span.seconds > LONGEST else ()), slot.span.end]
    for start, end in pairwise(edges):
        yield replace(slot, span=Span(start, end))


def _firsts(span: Span, zone: str) -> Iterator[Instant]:
    day = to_wall(span.start, zone).date().replace(day=1)
    while (at := resolve(datetime.combine(day, time()), zone)) < span.end:
        if at > span.start:
            yield at
        day = (day + timedelta(days=32)).replace(day=1)
