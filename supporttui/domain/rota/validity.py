"""Who may be on duty when: the bounds of people, as spans in which somebody is barred."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.schedule import Validity
from supporttui.domain.spans import BEGINNING, FOREVER, Instant, Span, union


@dataclass(frozen=True, slots=True)
class Bar:
    """A span in which a person may not be on duty."""

    person: PersonId
    start: Instant
    end: Instant
    """``FOREVER`` where nobody knows of a return."""
    cause: Cause

    def within(self, span: Span) -> "Bar":
        """As far as it acts in a span."""
        return replace(self, start=max(self.start, span.start), end=min(self.end, span.end))


def bars(validities: Iterable[Validity], window: Span) -> list[Bar]:
    """When those with entries may not be on duty, as far as a window is touched; their entries add up."""
    spans: dict[PersonId, list[Span]] = {}
    for entry in validities:
        spans.setdefault(entry.person, []).append(_allowed(entry.start, entry.end))
    return [bar for person in sorted(spans) for bar in _between(person, spans[person], window)]


def bars_of(people: Iterable[Person], planned: Collection[PersonId], window: Span) -> list[Bar]:
    """When those who are planned may not be on duty, by what is known of them as people."""
    found: list[Bar] = []
    for person in people:
        if person.id in planned and not person.may_be_on_call:
            found.append(Bar(person.id, BEGINNING, FOREVER, Cause.barred))
        elif person.id in planned and (person.valid_from, person.valid_to) != (None, None):
            found += _between(person.id, [_allowed(person.valid_from, person.valid_to)], window)
    return sorted(found, key=lambda bar: (bar.person, bar.start))


def _allowed(start: Instant | None, end: Instant | None) -> Span:
    return Span(BEGINNING if start is None else start, FOREVER if end is None else end)


def _between(person: PersonId, allowed: Iterable[Span], window: Span) -> Iterator[Bar]:
    """The gaps that spans leave."""
    inside = [(span.start, span.end) for span in union(allowed)]
    edges = [BEGINNING, *chain.from_iterable(inside), FOREVER]
    for start, end in list(pairwise(edges))[::2]:
        if start < end and start < window.end and window.start < end:
            yield Bar(person, start, end, _cause(start, end))


def _cause(start: Instant, end: Instant) -> Cause:
    if start == BEGINNING:
        return Cause.barred if end == FOREVER else Cause.to_come
    return Cause.left if end == FOREVER else Cause.not_valid
