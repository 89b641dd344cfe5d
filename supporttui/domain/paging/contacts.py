"""Which contact points of a person are tried for a page, and when: rank by rank while nobody answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from supporttui.domain.ids import CalendarId
from supporttui.domain.people import ContactPoint, Person
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.windows import Schedule, pieces, read
from supporttui.domain.spans import Instant, Span

TOP = Priority(1)
"""Pages of this priority know no quiet hours."""
NOWHERE = ContactPoint("", "")
"""Where somebody without a contact point would be told; what is to leave for there is given up, visibly."""
_AHEAD = 8 * 86_400
"""So far the end of quiet hours is looked for; who is quiet all week long is told after that."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A contact point, and when it is tried if nobody has answered until then."""

    contact: ContactPoint
    at: Instant


def contact_plan(person: Person | None, priority: int, at: Instant) -> tuple[Attempt, ...]:
    """The ways in which a page that is due at ``at`` goes to a person, soonest first.

    The best rank at once; each further rank ``after`` seconds behind the one before it, and at once if all before it
    are quiet then. A contact point in its quiet hours is tried at their end, but for a page of the top priority.
    Where none is meant for the priority, all are: a page is never lost by what was set. ``NOWHERE`` if there are none.
    """
    if person is None or not person.contacts:
        return (Attempt(NOWHERE, at),)
    ranked = _meant(person, priority)
    found: dict[tuple[str, str], Attempt] = {}
    for attempt in sorted(_ranked(ranked, person.zone, priority, at), key=lambda one: one.at):
        found.setdefault((attempt.contact.channel, attempt.contact.address), attempt)
    return tuple(found.values())


def plan_changes(person: Person, priority: int, span: Span) -> Iterator[Instant]:
    """Where within a span the plan of a page may become another one: a contact point falls quiet, or wakes.

    Between two of them each attempt comes so many seconds after the page is due, or all at one instant.
    """
    if priority <= TOP:
        return
    meant = _meant(person, priority)
    leads = _leads(meant)
    whole = Span(span.start, Instant(span.end + max(leads)))
    for contact in meant:
        if contact.quiet:
            edges = (piece.span.start for piece in pieces(_calendar(contact, person.zone), whole))
            yield from (at for edge in edges for lead in leads if (at := Instant(edge - lead)) in span)


def first_contacts(person: Person | None) -> tuple[ContactPoint, ...]:
    """Where a person is told what calls nobody: the best rank that is not for some priorities only."""
    contacts = person.contacts if person is not None else ()
    general = [one for one in contacts if not one.priorities] or contacts
    best = min((one.rank for one in general), default=0)
    return tuple(one for one in general if one.rank == best) or (NOWHERE,)


def quiet_until(person: Person, channel: str, address: str, at: Instant) -> Instant:
    """When the quiet hours of a contact point end; the instant itself if there are none then.

    Of several entries for one address it is quiet only while all are.
    """
    same = (one for one in person.contacts if (one.channel, one.address) == (channel, address))
    return min((_quiet_until(one, person.zone, at) for one in same), default=at)


def _meant(person: Person, priority: int) -> Sequence[ContactPoint]:
    """Those for a priority, best rank first; all if there are none."""
    meant = [one for one in person.contacts if not one.priorities or priority in one.priorities]
    return sorted(meant or person.contacts, key=lambda one: one.rank)


def _leads(contacts: Sequence[ContactPoint]) -> frozenset[int]:
    """How long after a page is due any of them may be tried, quiet hours left aside."""
    found = frozenset({0})
    for _, group in groupby(contacts, key=lambda one: one.rank):
        found |= {lead + one.after for one in group for lead in found}
    return found


def _calendar(contact: ContactPoint, zone: str) -> Schedule:
    return read(Calendar(CalendarId("quiet"), "", zone, contact.quiet))


def _ranked(contacts: Sequence[ContactPoint], zone: str, priority: int, at: Instant) -> Iterator[Attempt]:
    """Of each rank, one after the other; a rank that is quiet as a whole is passed over."""
    last, tried = at, False
    for _, group in groupby(contacts, key=lambda one: one.rank):
        planned = [(one, Instant(last + one.after if tried else last)) for one in group]
        attempts = [Attempt(one, when if priority <= TOP else _quiet_until(one, zone, when)) for one, when in planned]
        yield from attempts
        awake = [attempt.at for attempt, (_, when) in zip(attempts, planned, strict=True) if attempt.at == when]
        if awake:
            last, tried = min(awake), True


def _quiet_until(contact: ContactPoint, zone: str, at: Instant) -> Instant:
    if not contact.quiet:
        return at
    first = pieces(_calendar(contact, zone), Span(at, Instant(at + _AHEAD)))[0]
    return first.span.end if first.open else at
