"""What ties a ticket to people, to other tickets and to other systems: one function an intention.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from collections.abc import Iterator

from supporttui.domain.events import Merged, Undone
from supporttui.domain.faults import Refused
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, TicketId
from supporttui.domain.notices import QUIET, NoticeCode
from supporttui.domain.paging.contacts import first_contacts
from supporttui.domain.plain import to_plain
from supporttui.domain.spans import Instant
from supporttui.domain.states import Relation
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import bonds as rules
from supporttui.domain.undoing import restored
from supporttui.usecases import messages
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import record, refolded, to_work_on
from supporttui.usecases.rules import Rules, rules_of


def follow(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, on: bool = True) -> Ticket:
    """To be told of its states, priorities, breaches and escalations, whoever works on it; or no longer.

    Raises:
        Refused: ``follow.already`` or ``follow.not``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.follow(found, call.actor, on=on))


def unfollow(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """To be told no longer. Raises as ``follow`` does."""
    return follow(call, tx, ticket, version, on=False)


def snooze(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    until: Instant | None = None,
    text: str = "",
) -> Ticket:
    """To be reminded at an instant; ``None`` takes that back. It hides nothing from anybody, and stops no timer.

    Raises:
        Refused: ``ticket.not_open``, ``ticket.until_past``, ``snooze.until_missing`` or ``snooze.same``.
    """
    found = to_work_on(call, tx, ticket, version)
    known, said = rules_of(tx), text.strip()
    events = rules.snooze(found, call.actor, until, text=said, at=call.at)
    notices = () if until is None else tuple(reminders(call, known, found, call.actor, until=until, text=said))
    return record(call, tx, found, events, rules=known, notices=notices)


def reminders(
    call: Call, known: Rules, ticket: Ticket, person: PersonId, *, until: Instant, text: str
) -> Iterator[Notice]:
    """One a person and instant; whether it still holds is looked at when it is due."""
    for contact in first_contacts(known.people.get(person)):
        yield messages.notice(
            known, ticket, person, contact,
            code=NoticeCode.reminder, key=f"reminder:{ticket.id}:{until}", not_before=until,
            operation=call.operation, more={"text": text, "until": until}, priority=QUIET,
        )  # fmt: skip


def relate(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    other: TicketId,
    relation: str = Relation.related,
    on: bool = True,
) -> Ticket:
    """What it is to another ticket, which gets its own side; or is no longer.

    Raises:
        NotFound: ``ticket.unknown`` for the other one.
        Refused: ``relate.itself``, ``relate.already`` or ``relate.not``; ``ticket.void`` for either.
    """
    found = to_work_on(call, tx, ticket, version)
    away = to_work_on(call, tx, other, None)
    here, there = rules.relate(found, away, Relation(relation), on=on)
    stored = record(call, tx, found, [here])
    record(call, tx, away, [there])
    return stored


def unrelate(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    other: TicketId,
) -> Ticket:
    """The two have nothing to do with each other, whatever they were.

    Raises:
        NotFound: ``ticket.unknown`` for the other one.
        Refused: ``relate.not``.
    """
    found = to_work_on(call, tx, ticket, version)
    relation = next((one.relation for one in found.relations if one.other == other), Relation.related)
    return relate(call, tx, ticket, version, other=other, relation=relation, on=False)


def merge(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, into: TicketId) -> Ticket:
    """It goes on as another ticket and is closed; nobody is paged for it any more. ``unmerge`` takes it back.

    The other one gets its references and followers, and keeps everything of its own. Gives the closed one.

    Raises:
        NotFound: ``ticket.unknown`` for the other one.
        Refused: ``merge.itself``, ``merge.loop``, ``merge.closed`` or ``ticket.not_open``.
    """
    found = to_work_on(call, tx, ticket, version)
    target = to_work_on(call, tx, into, None)
    ending, brought = rules.merge(found, target, chain=_chain(tx, target))
    stored = record(call, tx, found, ending)
    record(call, tx, target, brought)
    return stored


def unmerge(call: Call, tx: Transaction, ticket: TicketId, version: int | None) -> Ticket:
    """It goes on by itself again, in the state in which it was merged; its escalation goes on with the time left.

    What the other ticket got of it stays there; its time to resolve is its own again. Gives the one that goes on.

    Raises:
        Refused: ``ticket.is_open``, or ``unmerge.not`` for a ticket that goes on as no other.
    """
    found = to_work_on(call, tx, ticket, version)
    if found.is_open:
        raise Refused("ticket.is_open", ticket=ticket)
    if found.merged_into is None:
        raise Refused("unmerge.not", ticket=ticket)
    target, facts = to_work_on(call, tx, found.merged_into, None), tx.journal.of_ticket(ticket)
    merged = [fact.operation for fact in facts if isinstance(fact.event, Merged)][-1]
    before = refolded([fact for fact in facts if fact.operation != merged], version=found.version)
    stored = record(call, tx, found, [Undone(merged, restored(before, found))])
    left = to_plain(tuple(one for one in target.merged if one != ticket))
    record(call, tx, target, [Undone(merged, {"merged": left})])
    return stored


def _chain(tx: Transaction, target: Ticket) -> Iterator[TicketId]:
    """The tickets as which this one goes on, one after the other."""
    while target.merged_into is not None:
        yield target.merged_into
        target = tx.tickets.get(target.merged_into)


def void(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, reason: str = "", word: str = ""
) -> Ticket:
    """It should never have been: closed, and left out of lists and figures. Cannot be undone.

    ``word`` is the ticket's own code as the person typed it. The journal keeps everything.

    Raises:
        Refused: ``void.word``, ``void.reason_missing``, or ``ticket.void`` for one that is.
    """
    found = to_work_on(call, tx, ticket, version)
    code = f"{tx.definitions.site().get('prefix', DEFAULT_PREFIX)}{ticket}"
    return record(call, tx, found, rules.void(found, reason=reason, word=word, code=code))


def refer(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    system: str,
    key: str,
    url: str = "",
) -> Ticket:
    """A number under which another system knows it, with where to find it there.

    Raises:
        BadInput: ``refer.url`` for an address that is no web address.
        Refused: ``refer.empty`` or ``refer.already``.
    """
    found = to_work_on(call, tx, ticket, version)
    return record(call, tx, found, rules.refer(found, system, key, url))
