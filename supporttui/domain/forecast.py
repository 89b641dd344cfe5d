"""Timers meet the rota: whose shift it is and until when, when the next one begins, and when nobody is on duty."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from supporttui.domain.filter.forecasts import Forecast, Unattended
from supporttui.domain.ids import PersonId
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span, union

AHEAD = 86_400
"""A stretch without anybody is told if it begins within a day: tonight, or the weekend that begins then."""

Line = Sequence[Duty]
"""The duty of one line of support, tiling some days around an instant."""


def forecast(
    lines: Mapping[str, Sequence[Line]],
    at: Instant,
    *,
    me: PersonId | None,
    services: Mapping[str, Collection[str]],
) -> Forecast:
    """Where rotas stand at an instant: their lines by rota, the first called first, and the services of each rota."""
    every = [line for rota in lines.values() for line in rota]
    on = [line for line in every if (now := current(line, at)) is not None and now.people]
    mine = next((line for line in on if _serves(line, at, me)), on[0] if on else None)
    shift = None if mine is None else shift_of(mine, at, me)
    after = at if shift is None else shift.end
    begins = [begin for line in (every if mine is None else [mine]) if (begin := next_begin(line, after)) is not None]
    found = (
        Unattended(span, tuple(sorted(services[rota])))
        for rota, of_rota in lines.items()
        if services.get(rota)
        for span in unattended(of_rota, at)
    )
    return Forecast(shift, min(begins, default=None), tuple(found))


def current(line: Line, at: Instant) -> Duty | None:
    """The piece of an instant."""
    return next((piece for piece in line if at in piece.span), None)


def _serves(line: Line, at: Instant, me: PersonId | None) -> bool:
    now = current(line, at)
    return now is not None and me in now.people


def shift_of(line: Line, at: Instant, me: PersonId | None) -> Span | None:
    """The whole stretch of one person's duty around an instant, whoever joins and leaves meanwhile.

    For somebody else the stretch of the same people; ``None`` in a gap.
    """
    now = current(line, at)
    if now is None or not now.people:
        return None
    stretch = (piece.span for piece in line if (me in piece.people if me in now.people else piece.people == now.people))
    return next((span for span in union(stretch) if at in span), None)


def next_begin(line: Line, after: Instant) -> Instant | None:
    """When somebody is on duty from ``after`` on; ``None`` as far as the line reaches."""
    return next((max(after, piece.span.start) for piece in line if piece.people and piece.span.end > after), None)


def unattended(lines: Iterable[Line], at: Instant) -> tuple[Span, ...]:
    """Where no line of a rota has anybody, on purpose or not, of what begins within a day or has begun."""
    pieces = [piece for line in lines for piece in line]
    if not pieces:
        return ()
    attended = union(piece.span for piece in pieces if piece.people)
    bounds = [at, *(edge for span in attended for edge in (span.start, span.end)), max(p.span.end for p in pieces)]
    gaps = (Span(max(at, start), end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))
    return tuple(gap for gap in gaps if gap.seconds and gap.start < at + AHEAD)
