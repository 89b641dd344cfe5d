"""Who can be spoken to in which language at which hour, by priority, the authorities outside included."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.ids import PersonId, TeamId
from supporttui.domain.priorities import Priority
from supporttui.domain.rota.clocks import Clock, clock
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.spans import Instant, Span, union

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Staffed:
    """A rota that answers for some priorities."""

    plan: Plan
    priorities: tuple[Priority, ...]
    levels: tuple[int, ...] | None = None
    """``None``: every line of support."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A partner or vendor that answers for some priorities."""

    team: TeamId
    languages: tuple[str, ...]
    priorities: tuple[Priority, ...]
    open: tuple[Span, ...] | None = None
    """When it answers; ``None``: always."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One hour of the day in one language, for one priority, over every day of a span."""

    language: str
    hour: int
    """0 to 23, on the clocks of the matrix's zone."""
    priority: Priority
    seconds: int
    """Elapsed time of that hour in the span."""
    covered: int
    """… in which somebody speaks the language."""
    by: tuple[str, ...]
    """Who does, people and authorities, by id."""

    @property
    def percent(self) -> int:
        """Covered time, rounded down, so that 100 is no second missing."""
        return self.covered * 100 // self.seconds if self.seconds else 100


def language_matrix(
    sources: Sequence[Staffed | Outside],
    span: Span,
    *,
    zone: str,
    languages: Sequence[str],
    speaks: Mapping[PersonId, Collection[str]],
) -> tuple[Cell, ...]:
    """Every cell of language × hour × priority, in that order; overlapping cover counts once."""
    hours = list(_hours(span, zone))
    totals = [sum(piece.seconds for at, piece in hours if at == hour) for hour in range(24)]
    priorities = sorted({priority for source in sources for priority in source.priorities})
    duties = [_spans(source, span) for source in sources]
    return tuple(
        cell
        for language in languages
        for priority in priorities
        for cell in _row(
            language,
            priority,
            totals,
            cover=[
                (who, _by_hour(spans, hours))
                for source, served in zip(sources, duties, strict=True)
                if priority in source.priorities
                for who, spans in served.items()
                if _speaks(source, who, language, speaks)
            ],
        )
    )


def _row(
    language: str, priority: Priority, totals: Sequence[int], *, cover: Sequence[tuple[str, Mapping[int, list[Span]]]]
) -> Iterator[Cell]:
    for hour, seconds in enumerate(totals):
        spans = [span for _, by_hour in cover for span in by_hour.get(hour, ())]
        by = {who for who, by_hour in cover if hour in by_hour}
        covered = sum(span.seconds for span in union(spans))
        yield Cell(language, hour, priority, seconds, covered, tuple(sorted(by)))


def _spans(source: Staffed | Outside, span: Span) -> Mapping[str, list[Span]]:
    """When each person of a rota, or the authority, can be spoken to."""
    if isinstance(source, Outside):
        return {source.team: [span] if source.open is None else list(union(source.open))}
    found: dict[str, list[Span]] = {}
    for piece in duty(source.plan, span.start, span.end):
        for person in piece.people if source.levels is None or piece.level in source.levels else ():
            found.setdefault(person, []).append(piece.span)
    return {person: list(union(spans)) for person, spans in found.items()}


def _speaks(source: Staffed | Outside, who: str, language: str, speaks: Mapping[PersonId, Collection[str]]) -> bool:
    spoken = source.languages if isinstance(source, Outside) else speaks.get(PersonId(who), ())
    return any(same_language(language, one) for one in spoken)


def _by_hour(spans: Sequence[Span], hours: Sequence[tuple[int, Span]]) -> Mapping[int, list[Span]]:
    """Disjoint spans, cut to the hours of the day."""
    found: dict[int, list[Span]] = {}
    i = 0
    for hour, piece in hours:
        while i < len(spans) and spans[i].end <= piece.start:
            i += 1
        j = i
        while j < len(spans) and spans[j].start < piece.end:
            cut = Span(max(spans[j].start, piece.start), min(spans[j].end, piece.end))
            found.setdefault(hour, []).append(cut)
            j += 1
    return found


def _hours(span: Span, zone: str) -> Iterator[tuple[int, Span]]:
    """The span in pieces of at most an hour, each within one hour of the day on the clocks."""
    here, at = clock(zone), span.start
    while at < span.end:
        wall = here.wall(at)
        end = min(Instant(at + _HOUR - wall % _HOUR), span.end)
        if here.wall(Instant(end - 1)) - wall != end - 1 - at:
            end = _change(here, at, end)
        yield wall // _HOUR % 24, Span(at, end)
        at = end


def _change(here: Clock, low: int, high: int) -> Instant:
    """The first instant after ``low`` at which the clocks jump."""
    ahead = here.wall(Instant(low)) - low
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if here.wall(Instant(middle)) - middle == ahead else (low, middle)
    return Instant(high)
