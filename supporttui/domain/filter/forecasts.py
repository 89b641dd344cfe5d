"""What a filter may ask of the hours to come: which timers fall due while whose shift it is, or while nobody's."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.queue import And, Node, Op, Or, Term
from supporttui.domain.spans import Instant, Span

DUE_THIS_SHIFT, DUE_BEFORE_NEXT_SHIFT, UNATTENDED = "due_this_shift", "due_before_next_shift", "unattended"
FORECASTS = (DUE_THIS_SHIFT, DUE_BEFORE_NEXT_SHIFT, UNATTENDED)
"""Words after ``is:`` that stand for spans of time, and become them when they are read."""


@dataclass(frozen=True, slots=True)
class Unattended:
    """A span in which nobody is on duty for these services."""

    span: Span
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where rotas stand at an instant, as far as timers may fall due by it."""

    shift: Span | None = None
    """Of whoever asks; for somebody off duty that of the first line of the first rota. ``None``: nobody is on duty."""
    next_shift: Instant | None = None
    """When the line of that shift is next taken over by somebody; behind a gap the gap's end."""
    unattended: tuple[Unattended, ...] = ()
    """Of the coming day, each to its end."""


def node(word: str, forecast: Forecast | None, now: Instant) -> Node | None:
    """What a word of ``FORECASTS`` asks of a row from now on; ``None`` where no rota says when.

    What is late already is not among it. A timer that is due at the very end of a shift is that shift's: it has to be
    met by then.
    """
    if forecast is None:
        return None
    if word == UNATTENDED:
        return Or(tuple(_within(now, one.span, one.services) for one in forecast.unattended))
    shift_end = None if forecast.shift is None else forecast.shift.end
    end = forecast.next_shift if word == DUE_BEFORE_NEXT_SHIFT else shift_end
    return None if end is None else _within(now, Span(now, end))


def _within(now: Instant, span: Span, services: Sequence[str] | None = None) -> Node:
    """Due after the span's start and not after its end."""
    due = (Term("falls", Op.gt, (max(now, span.start),)), Term("falls", Op.le, (span.end,)))
    return And(due if services is None else (*due, Term("service", Op.eq, tuple(services))))
