"""Whether the actor of a call may do what is asked."""

from supporttui.domain.access import Permission, may
from supporttui.domain.events import Origin
from supporttui.domain.faults import Forbidden
from supporttui.domain.people import Role
from supporttui.usecases.ports import Call, Transaction


def require(call: Call, tx: Transaction, permission: Permission) -> None:
    """Nothing, if the actor may.

    The watch has a role of its own. Whoever is no person of the site may do everything on a database that
    has no people yet, and else only read: identity is the database's affair, this makes the good sentence.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    if call.origin is Origin.demo:
        return
    if call.origin is Origin.watch:
        role = Role.watch
    else:
        person = next((someone for someone in tx.definitions.people() if someone.id == call.actor), None)
        role = person.role if person is not None else _stranger(call, tx)
    if not may(role, permission):
        raise Forbidden("access.denied", person=call.actor, role=role.value, permission=permission.value)


def _stranger(call: Call, tx: Transaction) -> Role:
    if tx.definitions.people():
        raise Forbidden("access.unknown_person", person=call.actor)
    return Role.admin
