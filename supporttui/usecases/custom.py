"""What a person's own commands may put in place of their placeholders."""

from collections.abc import Iterable, Mapping

from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, TicketId
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction


def values(tx: Transaction, tickets: Iterable[TicketId], me: PersonId) -> tuple[Mapping[str, str], ...]:
    """For each ticket its values by name, in codes and ids; ``ref.SYSTEM`` and ``url.SYSTEM`` are its first there.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    here = of_desk(tx, me)
    site = tx.definitions.site()
    return tuple({**_of_ticket(tx.tickets.get(one), site.get("prefix", DEFAULT_PREFIX)), **here} for one in tickets)


def of_desk(tx: Transaction, me: PersonId) -> Mapping[str, str]:
    """What does not depend on a ticket."""
    return {"me": me, "site": tx.definitions.site().get("name", "")}


def _of_ticket(ticket: Ticket, prefix: str) -> Mapping[str, str]:
    found = {
        "ticket": f"{prefix}{ticket.id}", "id": str(ticket.id), "title": ticket.title, "state": ticket.state.value,
        "priority": str(ticket.priority), "kind": ticket.kind.value, "service": ticket.service, "team": ticket.team,
        "owner": ticket.owner or "", "resolver": ticket.resolver or "", "requester": ticket.requester,
        "language": ticket.language,
    }  # fmt: skip
    for reference in ticket.references:
        found.setdefault(f"ref.{reference.system}", reference.key)
        found.setdefault(f"url.{reference.system}", reference.url)
    return found
