"""Acknowledging by the code of a page: in the name of whom it called, from a telephone, a gateway or a shell."""

from collections.abc import Mapping
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.events import Acknowledged, PageWithdrawn
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import SECOND, NoticeCode
from supporttui.domain.paging.codes import AckCode, code_of, read_code
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import decisions as rules
from supporttui.usecases import tickets
from supporttui.usecases.access import denial, role_of
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import record, to_work_on

PARAMETER = "ack"
"""Of a notice that is about to leave: its code."""
_ANSWERED = (NoticeCode.page.value, NoticeCode.exhausted.value)


def acknowledge(
    call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, codes: Mapping[TicketId, str]
) -> Ticket:
    """The ticket's page is answered by its code in ``codes``, in the name of the person it called.

    A ticket without one is acknowledged by the actor, as ``tickets.acknowledge`` does. The same answer twice is one.
    Whoever is no person of the site, such as a gateway, may enter codes; a person who may not work may not.

    Raises:
        NotFound: ``ack.unknown_code``.
        Refused: ``ack.outdated`` when the page was withdrawn, or the ticket was reopened or escalated anew since.
    """
    if ticket not in codes:
        return tickets.acknowledge(call, tx, ticket, version)
    _require(call, tx)
    known = _known(tx, codes[ticket])
    in_their_name = replace(call, actor=known.person)
    found = to_work_on(in_their_name, tx, ticket, version)
    rules.must_be_open(found)
    if not _is_current(tx, known):
        raise Refused("ack.outdated", ticket=ticket, typed=known.code)
    runs_out = tickets.runs_out(tx, ticket, known.person, call.at)
    if found.acknowledged_by == known.person and not runs_out:
        return found
    events = rules.acknowledge(found, known.person, runs_out=runs_out)
    return record(in_their_name, tx, found, [_entered(event, call) for event in events])


def ticket_of_code(tx: Transaction, text: str) -> TicketId | None:
    """The ticket whose page a typed code answers; ``None``: it is not one of ours."""
    code = read_code(text)
    known = None if code is None else tx.ack_codes.get(code)
    return None if known is None else known.ticket


def with_code(tx: Transaction, notice: Notice, now: Instant) -> Notice:
    """A page that is about to leave, with the code that answers it; all to one person about one step share it.

    The code follows from the operation that queued the page, which nobody can guess.
    """
    if notice.code not in _ANSWERED or notice.ticket is None or not notice.person or SECOND in notice.params:
        return notice
    generation, firing = _step_of(tx, notice.ticket, notice)
    known = tx.ack_codes.of_page(notice.ticket, notice.person, generation=generation, firing=firing)
    if known is None:
        known = _new_code(tx, notice, generation, firing=firing, now=now)
    return replace(notice, params={**notice.params, PARAMETER: known.code})


def _require(call: Call, tx: Transaction) -> None:
    role = role_of(tx, call.actor)
    if role is not None and (fault := denial(role, call.actor, Permission.work)) is not None:
        raise fault


def _known(tx: Transaction, text: str) -> AckCode:
    code = read_code(text)
    known = None if code is None else tx.ack_codes.get(code)
    if known is None:
        raise NotFound("ack.unknown_code", typed=text[:20])
    return known


def _is_current(tx: Transaction, known: AckCode) -> bool:
    """Whether the escalation that called is still the one that may run, and the call was not taken back."""
    standing = (tx.escalations.get(known.ticket, kind) for kind in EscalationKind)
    if known.generation not in {one.generation for one in standing if one is not None}:
        return False
    taken_back = PageWithdrawn(known.generation, known.firing)
    return all(fact.event != taken_back for fact in tx.journal.of_ticket(known.ticket))


def _entered(event: object, call: Call) -> Acknowledged:
    assert isinstance(event, Acknowledged)
    return replace(event, entered_by=call.actor)


def _step_of(tx: Transaction, ticket: TicketId, notice: Notice) -> tuple[int, int]:
    """Generation and firing of a page; what tells the last resort belongs to the newest generation."""
    if "generation" in notice.params:
        return int(notice.params["generation"]), int(notice.params.get("firing", 0))
    standing = tx.escalations.get(ticket)
    return (0 if standing is None else standing.generation), 0


def _new_code(tx: Transaction, notice: Notice, generation: int, *, firing: int, now: Instant) -> AckCode:
    assert notice.ticket is not None
    seed, attempt = f"{notice.operation}:{notice.ticket}:{generation}:{firing}:{notice.person}", 0
    while True:
        code = AckCode(code_of(seed, attempt), notice.ticket, notice.person, generation, firing, now)
        if tx.ack_codes.add(code):
            return code
        attempt += 1
