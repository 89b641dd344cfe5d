"""What the first line says of a ticket, and how a fix comes to production.

``version`` is the one the person saw when the key was pressed; ``None`` takes the ticket as it is.
"""

from supporttui.domain.events import EarlyFlagged, FirstLooked
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.states import FixStep
from supporttui.domain.tickets import Ticket, fixes
from supporttui.domain.tickets.decisions import must_be_open
from supporttui.usecases.owning import outside_team
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import rules_of


def flag(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, warning: str = "early", text: str = ""
) -> Ticket:
    """Warn early: it may become more than one ticket. The view ``early`` lists it; there is no other ``warning``.

    Raises:
        Refused: ``ticket.not_open``, or ``early.same`` for what is flagged with these words.
    """
    del warning
    found = to_work_on(call, tx, ticket, version)
    must_be_open(found)
    if found.early is not None and found.early.text == text:
        raise Refused("early.same", ticket=ticket)
    return record(call, tx, found, [EarlyFlagged(PersonId(call.actor), text=text)])


def unflag(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, text: str = "") -> Ticket:
    """The warning is over.

    Raises:
        Refused: ``early.none``.
    """
    found = to_work_on(call, tx, ticket, version)
    if found.early is None:
        raise Refused("early.none", ticket=ticket)
    return record(call, tx, found, [EarlyFlagged(PersonId(call.actor), on=False, text=text)])


def first_look(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    seen: str = "",
    tried: str = "",
    wanted: str = "",
) -> Ticket:
    """What the first line saw, tried, and asks the next one for; internal, as a note is.

    Raises:
        Refused: ``text.empty``.
    """
    found = to_work_on(call, tx, ticket, version)
    if not any(text.strip() for text in (seen, tried, wanted)):
        raise Refused("text.empty", ticket=ticket)
    return record(call, tx, found, [FirstLooked(seen.strip(), tried.strip(), wanted.strip())])


def fix(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    step: str,
    by: PersonId | None = None,
    text: str = "",
) -> Ticket:
    """A fix was tested, approved or deployed: by the actor, or for the first two by somebody who said so.

    Raises:
        NotFound: ``person.unknown``.
        Refused: ``fix.order``, ``fix.same_person`` or ``fix.outside``.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    who = PersonId(by or call.actor)
    if who not in known.people:
        raise NotFound("person.unknown", person=who)
    outside = [one for one in (who, call.actor) if outside_team(known, one) is not None]
    event = fixes.step(found, FixStep(step), who, text=text, outside=outside)
    return record(call, tx, found, [event], rules=known)
