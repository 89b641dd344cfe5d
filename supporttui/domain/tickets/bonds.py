"""What ties a ticket to people, to other tickets and to other systems: each decision gives the events that follow."""

from collections.abc import Iterable, Mapping

from supporttui.domain.events import (
    Event,
    Followed,
    Merged,
    MergedIn,
    Referenced,
    Related,
    Reminded,
    State,
    StateChanged,
    Voided,
)
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import Relation
from supporttui.domain.tickets.decisions import must_be_open
from supporttui.domain.tickets.ticket import Reference, Relationship, Ticket

MERGED = "merged"
"""Resolution code of a ticket that goes on as another."""
VOID = "void"
"""Resolution code of a ticket that should never have been."""
OTHER_SIDE: Mapping[Relation, Relation] = {
    Relation.related: Relation.related,
    Relation.duplicate: Relation.duplicate,
    Relation.parent: Relation.child,
    Relation.child: Relation.parent,
    Relation.blocks: Relation.blocked_by,
    Relation.blocked_by: Relation.blocks,
}
"""What the other ticket then is to this one."""


def follow(ticket: Ticket, person: PersonId, *, on: bool) -> tuple[Event, ...]:
    """To hear of what becomes of it, or no longer.

    Raises:
        Refused: ``follow.already`` or ``follow.not``.
    """
    if (person in ticket.followers) is on:
        raise Refused("follow.already" if on else "follow.not", ticket=ticket.id)
    return (Followed(person, on),)


def snooze(ticket: Ticket, person: PersonId, until: Instant | None, *, text: str, at: Instant) -> tuple[Event, ...]:
    """To be reminded at ``until``, instead of an earlier wish of the same person; ``None`` takes that back.

    Raises:
        Refused: ``ticket.not_open``, ``ticket.until_past``, ``snooze.until_missing`` without a reminder to take
            back, or ``snooze.same``.
    """
    must_be_open(ticket)
    known = ticket.reminder_of(person)
    if until is None:
        if known is None:
            raise Refused("snooze.until_missing", ticket=ticket.id)
        return (Reminded(person, None, text),)
    if until <= at:
        raise Refused("ticket.until_past", ticket=ticket.id)
    if known is not None and (known.until, known.text) == (until, text):
        raise Refused("snooze.same", ticket=ticket.id)
    return (Reminded(person, until, text),)


def relate(ticket: Ticket, other: Ticket, relation: Relation, *, on: bool) -> tuple[Related, Related]:
    """This ticket's side and the other's; a new relation takes the place of the one that the two had.

    Raises:
        Refused: ``relate.itself``, ``relate.already`` or ``relate.not``.
    """
    if other.id == ticket.id:
        raise Refused("relate.itself", ticket=ticket.id)
    known = Relationship(other.id, relation) in ticket.relations
    if known is on:
        raise Refused(
            "relate.already" if on else "relate.not", ticket=ticket.id, other=other.id, relation=relation.value
        )
    return Related(other.id, relation, on), Related(ticket.id, OTHER_SIDE[relation], on)


def merge(
    source: Ticket, target: Ticket, *, chain: Iterable[TicketId] = ()
) -> tuple[tuple[Event, ...], tuple[Event, ...]]:
    """The end of ``source``, and what ``target``, as which it goes on, gets of it.

    ``chain`` are the tickets as which the target itself goes on.

    Raises:
        Refused: ``merge.itself``, ``merge.loop``, ``ticket.not_open`` for a source that is closed, or
            ``merge.closed`` for a target that is not open.
    """
    if source.id == target.id:
        raise Refused("merge.itself", ticket=source.id)
    if source.id in chain:
        raise Refused("merge.loop", ticket=source.id, into=target.id)
    if source.state is State.closed:
        must_be_open(source)
    if not target.is_open:
        raise Refused("merge.closed", ticket=target.id, state=target.state.value)
    ending = (Merged(target.id), StateChanged(State.closed, reason=MERGED))
    brought = [*_references(source, target), *_followers(source, target)]
    return ending, (MergedIn(source.id, source.created_at), *brought)


def _references(source: Ticket, target: Ticket) -> list[Event]:
    known = {(one.system, one.key) for one in target.references}
    return [Referenced(r.system, r.key, r.url) for r in source.references if (r.system, r.key) not in known]


def _followers(source: Ticket, target: Ticket) -> list[Event]:
    return [Followed(person) for person in source.followers if person not in target.followers]


def void(ticket: Ticket, *, reason: str, word: str, code: str) -> tuple[Event, ...]:
    """Leave it out of lists and figures for ever; ``word`` is what was typed, ``code`` what the ticket is called.

    Raises:
        Refused: ``void.word`` when they differ, ``void.reason_missing``.
    """
    if word.strip().casefold() != code.casefold():
        raise Refused("void.word", ticket=ticket.id, word=code)
    if not reason.strip():
        raise Refused("void.reason_missing", ticket=ticket.id)
    ending = (StateChanged(State.closed, reason=VOID),) if ticket.state is not State.closed else ()
    return (*ending, Voided(reason.strip()))


def refer(ticket: Ticket, system: str, key: str, url: str) -> tuple[Event, ...]:
    """A number under which another system knows it, with where to find it there.

    Raises:
        BadInput: ``refer.url`` for an address that no browser should be given.
        Refused: ``refer.empty`` without a system or a number, ``refer.already``.
    """
    reference = Reference(system.strip(), key.strip(), url.strip())
    if not reference.system or not reference.key:
        raise Refused("refer.empty", ticket=ticket.id)
    if reference.url and not reference.url.casefold().startswith(("https://", "http://")):
        raise BadInput("refer.url", url=reference.url[:60])
    if reference in ticket.references:
        raise Refused("refer.already", ticket=ticket.id, system=reference.system, key=reference.key)
    return (Referenced(reference.system, reference.key, reference.url),)
