"""Which of a ticket's two escalations an answer, its taking back or a sleep was about: said where it has two."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState
from supporttui.domain.tickets import Ticket
from supporttui.i18n import policy_labels
from supporttui.i18n.catalogue import Words
from supporttui.i18n.times import near
from supporttui.tui.asking.asker import Asker
from supporttui.usecases.escalation.reading import of_ticket
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rules import rules_of

ACKNOWLEDGE, UNACKNOWLEDGE = "ticket.acknowledge", "ticket.unacknowledge"


def which(words: Words, tickets: str, kind: EscalationKind) -> str:
    """The tickets; and that it is the escalation to those who decide, which is not the usual one."""
    if kind is EscalationKind.functional:
        return tickets
    return words.t("{what} ({kind})", what=tickets, kind=policy_labels.kind(words, kind))


def hushed(screen: Asker, args: Mapping[str, object], tickets: str) -> str:
    """Until when it sleeps, or that it is awake, and which one."""
    words, until = screen.words, args.get("until")
    named = which(words, tickets, EscalationKind(str(args.get("kind") or EscalationKind.functional)))
    if isinstance(until, int):
        return words.t(
            "Quiet until {time}: {tickets}.", time=near(Instant(until), screen.now, words.zone), tickets=named
        )
    return words.t("Awake again: {tickets}.", tickets=named)


def note(screen: Asker, action_id: str, results: Iterable[object], then: Callable[[str], None]) -> None:
    """Give ``then`` what became of the escalation to those who decide, if the first ticket has one."""
    ticket = next((one for one in results if isinstance(one, Ticket)), None)
    if action_id not in (ACKNOWLEDGE, UNACKNOWLEDGE) or ticket is None:
        return
    status = screen.frame.status
    if action_id == ACKNOWLEDGE and status is not None and not status.running:
        return  # nothing waited for an answer just now, so that there is nothing to tell
    screen.desk.ask(
        partial(_to_those_who_decide, ticket=ticket.id, now=screen.now), refused=screen.frame.refuse,
        then=lambda state: then("" if state is None else _said(screen, action_id, state)),
    )  # fmt: skip


def _said(screen: Asker, action_id: str, state: EscalationState) -> str:
    words = screen.words
    if state is EscalationState.acknowledged:
        return words.t("To those who decide: answered too.")
    if action_id == ACKNOWLEDGE:
        return words.t("To those who decide it goes on; only whom it paged can stop it.")
    return words.t("To those who decide it goes on too.")


def _to_those_who_decide(tx: Transaction, ticket: TicketId, now: Instant) -> EscalationState | None:
    """Where that escalation stands; ``None``: there is none, or it is done."""
    if tx.escalations.get(ticket, EscalationKind.hierarchical) is None:  # as with most: nothing else is read
        return None
    return standing(tx, ticket, now).get(EscalationKind.hierarchical)


def kinds(tx: Transaction, tickets: Sequence[TicketId], now: Instant) -> frozenset[EscalationKind]:
    """Which escalations any of these tickets has."""
    return frozenset(kind for ticket in tickets for kind in standing(tx, ticket, now))


def standing(tx: Transaction, ticket: TicketId, now: Instant) -> Mapping[EscalationKind, EscalationState]:
    """Where each escalation of a ticket stands that is not done."""
    rules = rules_of(tx)
    found = (of_ticket(rules, row, now, kind=kind) for row in tx.tickets.rows([ticket]) for kind in EscalationKind)
    running = (one.escalation for one in found if one is not None)
    return {one.kind: one.state for one in running if one.state is not EscalationState.done}
