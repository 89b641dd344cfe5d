"""Messages for the whole team: linked to the tickets that they are about, acknowledged once."""

from collections.abc import Iterable, Sequence

from supporttui.domain.faults import Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.states import Relation
from supporttui.domain.tickets import Ticket
from supporttui.usecases import bonds, tickets
from supporttui.usecases.incoming.taking import Taken
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rules import rules_of


def link(call: Call, tx: Transaction, taken: Sequence[Taken], about: Iterable[TicketId]) -> tuple[Taken, ...]:
    """What was taken in, each of its tickets related to those that it is about.

    Raises:
        NotFound: ``ticket.unknown``.
        Refused: ``ticket.void``.
    """
    wanted = tuple(dict.fromkeys(about))
    for ticket in dict.fromkeys(one.ticket for one in taken if one.ticket is not None):
        known = {bond.other for bond in tx.tickets.get(ticket).relations}
        for other in wanted:
            if other not in known and other != ticket:
                bonds.relate(call, tx, ticket, None, other=other, relation=Relation.related)
    return tuple(taken)


def acknowledge_once(call: Call, tx: Transaction, ticket: TicketId) -> Ticket:
    """One sees to it for the team.

    Raises:
        Refused: ``intake.acknowledged`` with who did it, ``ticket.not_open``.
    """
    found = tx.tickets.get(ticket)
    if found.acknowledged_by is not None:
        raise Refused("intake.acknowledged", ticket=ticket, person=rules_of(tx).name(found.acknowledged_by))
    return tickets.acknowledge(call, tx, ticket, found.version)
