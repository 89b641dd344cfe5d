"""Which authority had a ticket, one after the other: the time of all of them is the time of the ticket."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from supporttui.domain.events import Fact
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import apply, from_opening, open_ticket


@dataclass(frozen=True, slots=True)
class Hop:
    """A span in which one authority, inside or outside, worked on the ticket or should have."""

    authority: str
    span: Span


def hops(facts: Iterable[Fact], until: Instant) -> tuple[Hop, ...]:
    """Pieces that tile the time from the ticket's opening to ``until``; neighbours differ.

    Facts in any order, with the opening among them. What was dated before the opening is part of it.
    """
    opening, rest = from_opening(facts)
    ticket = open_ticket(opening)
    found = [Hop(ticket.resolver or ticket.team, Span(opening.at, until))]
    for fact in rest:
        ticket = apply(ticket, fact)
        last, authority = found[-1], ticket.resolver or ticket.team
        if authority != last.authority:
            at = Instant(min(max(fact.at, last.span.start), until))
            found[-1:] = [replace(last, span=Span(last.span.start, at)), Hop(authority, Span(at, until))]
    return _joined(hop for hop in found if hop.span.seconds)


def _joined(found: Iterable[Hop]) -> tuple[Hop, ...]:
    """Neighbours of one authority as one piece: what lay between them took no time."""
    result: list[Hop] = []
    for hop in found:
        if result and result[-1].authority == hop.authority:
            result[-1] = replace(hop, span=Span(result[-1].span.start, hop.span.end))
        else:
            result.append(hop)
    return tuple(result)
