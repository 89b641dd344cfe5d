"""How a change of a rota begins: one at a time, once, and by whom it may be made."""

from supporttui.domain.access import Permission
from supporttui.domain.faults import Forbidden, Refused
from supporttui.domain.ids import PersonId
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rules import Rules, rules_of


def begin(call: Call, tx: Transaction) -> Rules:
    """Wait for whoever else changes a rota, and see what they left.

    Raises:
        Refused: ``operation.known`` when this was done already.
    """
    tx.rotas.hold()
    if tx.journal.known_parts([call.operation]):
        raise Refused("operation.known", operation=call.operation)
    return rules_of(tx)


def leads(call: Call, tx: Transaction) -> bool:
    """Whether the actor may change everybody's duty."""
    try:
        require(call, tx, Permission.configure)
    except Forbidden:
        return False
    return True


def require_own(call: Call, tx: Transaction, person: PersonId | None) -> None:
    """Nothing, if the duty is the actor's own and they may work here, or they lead.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``; ``rota.not_yours``.
    """
    require(call, tx, Permission.work)
    if person != call.actor and not leads(call, tx):
        raise Forbidden("rota.not_yours", person=person or "")
