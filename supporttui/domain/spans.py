"""Instants and half-open spans of time, and the arithmetic of sets of spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType, Protocol

Instant = NewType("Instant", int)
"""Whole seconds since 1970-01-01T00:00:00Z. Always UTC; a zone never enters an instant."""

BEGINNING = Instant(-(2**53))
"""Before every instant that a person can mean."""
FOREVER = Instant(2**53)
"""After every instant that a person can mean."""


class Lasting(Protocol):
    """Whatever has a beginning and an end, half-open as a span is: an override, an absence, a shift."""

    @property
    def start(self) -> Instant:
        """The first instant inside."""
        ...

    @property
    def end(self) -> Instant:
        """The first instant after it."""
        ...


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """The instants from ``start`` up to, but not including, ``end``."""

    start: Instant
    end: Instant

    def __init__(self, start: Instant, end: Instant) -> None:
        # What a dataclass would write for a frozen one takes half as long again; a year of a plan has thousands.
        _set_start(self, start)
        _set_end(self, end)

    def __contains__(self, at: Instant) -> bool:
        """Whether the instant lies inside; ``end`` does not.

        >>> Instant(5) in Span(Instant(0), Instant(5))
        False
        """
        return self.start <= at < self.end

    def touches(self, other: Lasting) -> bool:
        """Whether they have a part in common; one that ends where the other begins has none.

        >>> Span(Instant(0), Instant(5)).touches(Span(Instant(5), Instant(9)))
        False
        """
        return self.start < other.end and other.start < self.end

    @property
    def seconds(self) -> int:
        """Elapsed seconds, never negative."""
        return max(0, self.end - self.start)


_set_start, _set_end = (vars(Span)[name].__set__ for name in ("start", "end"))


def union(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sorted, disjoint spans that cover the same instants; touching spans become one.

    >>> union([Span(Instant(5), Instant(9)), Span(Instant(0), Instant(5))])
    (Span(start=0, end=9),)
    """
    merged: list[Span] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
