"""Where hands change: from the duty of rotas around an instant to whose shift gives to whose."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from supporttui.domain.handover.handover import Joint
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span, union

Line = Sequence[Duty]
"""The duty of one line of support, tiling some days around an instant."""
NEAR = 3600
"""Seconds by which the shift of another rota that follows may begin earlier or later."""


def joint(
    line: Line, at: Instant, *, rota: RotaId, level: int, others: Mapping[RotaId, Line] | None = None
) -> Joint | None:
    """Where those on duty at an instant next give to somebody else.

    ``others`` are lines of other rotas that may follow where this one has nobody, as around the world. ``None``:
    nobody is on duty, nobody leaves as far as the line reaches, or nobody else comes.
    """
    for before, after in pairwise(piece for piece in line if piece.span.end > at):
        if before.span.start <= at and not before.people:
            return None
        leaving = tuple(person for person in before.people if person not in after.people)
        if leaving:
            return _taken(line, after, leaving, rota=rota, level=level, others=others or {})
    return None


def last_joint(
    line: Line, at: Instant, person: PersonId, *, rota: RotaId, level: int, others: Mapping[RotaId, Line] | None = None
) -> Joint | None:
    """Where somebody who is not on duty any more gave, or should have, at or before an instant."""
    served = [piece for piece in line if person in piece.people and piece.span.end <= at]
    if not served:
        return None
    found = joint(line, Instant(served[-1].span.end - 1), rota=rota, level=level, others=others)
    return found if found is not None and person in found.giving else None


def _taken(
    line: Line, after: Duty, leaving: tuple[PersonId, ...], *, rota: RotaId, level: int, others: Mapping[RotaId, Line]
) -> Joint | None:
    end = after.span.start
    whole = _shift(line, leaving, Instant(end - 1))
    following, taking, takes = rota, _new(line, after, leaving), after
    if not after.people and (found := _elsewhere(others, end)) is not None:
        following, takes = found
        taking = takes.people
    elif not after.people:
        later = next((piece for piece in line if piece.span.start >= end and piece.people), None)
        if later is None:
            return None
        takes, taking = later, later.people
    taking = tuple(person for person in taking if person not in leaving)
    if not taking:
        return None
    shift = _shift(others[following] if following != rota else line, taking, max(end, takes.span.start))
    return Joint(rota, level, whole, leaving, taking, following, Span(max(end, takes.span.start), shift.end))


def _new(line: Line, after: Duty, leaving: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Those who come; where nobody does, those who stay."""
    before = next((piece for piece in line if piece.span.end == after.span.start), None)
    stayed = before.people if before is not None else leaving
    return tuple(person for person in after.people if person not in stayed) or after.people


def _elsewhere(others: Mapping[RotaId, Line], end: Instant) -> tuple[RotaId, Duty] | None:
    """The shift of another rota that begins closest to an instant."""
    found = [
        (abs(piece.span.start - end), rota, piece)
        for rota, line in others.items()
        for piece in line
        if piece.people and abs(piece.span.start - end) <= NEAR and piece.span.end > end
    ]
    return None if not found else min(found, key=lambda one: one[:2])[1:]


def _shift(line: Line, people: Iterable[PersonId], at: Instant) -> Span:
    """The stretch around an instant in which any of these people is on duty without a break."""
    served = frozenset(people)
    stretch = union(piece.span for piece in line if served.intersection(piece.people))
    return next(span for span in stretch if at in span)
