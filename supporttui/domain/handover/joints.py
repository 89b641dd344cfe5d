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
"""Seconds by which the shift of another rota that follows may begin earlier."""


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
    following, takes = (rota, after) if after.people else _next(line, rota, others, end)
    taking = _new(line, after, leaving) if after.people else takes.people
    taking = tuple(person for person in taking if person not in leaving)
    if not taking:
        return None
    start = max(end, takes.span.start)
    shift = _shift(others[following] if following != rota else line, taking, start)
    return Joint(
        rota, level, _shift(line, leaving, Instant(end - 1)), leaving, taking, following, Span(start, shift.end)
    )


def _new(line: Line, after: Duty, leaving: tuple[PersonId, ...]) -> tuple[PersonId, ...]:
    """Those who come; where nobody does, those who stay."""
    before = next((piece for piece in line if piece.span.end == after.span.start), None)
    stayed = before.people if before is not None else leaving
    return tuple(person for person in after.people if person not in stayed) or after.people


def _next(line: Line, rota: RotaId, others: Mapping[RotaId, Line], end: Instant) -> tuple[RotaId, Duty]:
    """The shift that begins next: of this line before others, or of another rota; without one the gap."""
    found = [
        (max(end, piece.span.start), key != rota, key, piece)
        for key, pieces in ((rota, line), *others.items())
        for piece in pieces
        if piece.people and piece.span.end > end and piece.span.start >= end - NEAR
    ]
    if not found:
        return rota, next(piece for piece in line if end in piece.span)
    return min(found, key=lambda one: one[:3])[2:]


def _shift(line: Line, people: Iterable[PersonId], at: Instant) -> Span:
    """The stretch around an instant in which any of these people is on duty without a break."""
    served = frozenset(people)
    stretch = union(piece.span for piece in line if served.intersection(piece.people))
    return next(span for span in stretch if at in span)
