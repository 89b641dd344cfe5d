"""Whether the actor of a call may do what is asked."""

from collections.abc import Mapping

from supporttui.domain.access import Permission, may
from supporttui.domain.events import Origin
from supporttui.domain.faults import Forbidden
from supporttui.domain.ids import PersonId
from supporttui.domain.people import Role
from supporttui.usecases.ports import Call, Transaction

_MACHINES: Mapping[Origin, Role] = {Origin.watch: Role.watch, Origin.intake: Role.intake}
"""Programs of ours that act by themselves."""


def require(call: Call, tx: Transaction, permission: Permission) -> None:
    """Nothing, if the actor may.

    The watch and the intake have roles of their own. Whoever is no person of the site may do everything on a database
    that has no people yet, and else only read: identity is the database's affair, this makes the good sentence.

    Raises:
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    if call.origin is Origin.demo:
        return
    role = _MACHINES.get(call.origin) or role_of(tx, call.actor)
    if (fault := denial(role, call.actor, permission)) is not None:
        raise fault


def role_of(tx: Transaction, actor: PersonId) -> Role | None:
    """What the actor is on this site; ``None`` for a stranger."""
    people = tx.definitions.people()
    if not people:
        return Role.admin
    return next((someone.role for someone in people if someone.id == actor), None)


def denial(role: Role | None, actor: PersonId, permission: Permission) -> Forbidden | None:
    """Why a role may not do something; strangers may nothing but read, which nobody asks for here."""
    if role is None:
        return Forbidden("access.unknown_person", person=actor)
    if may(role, permission):
        return None
    return Forbidden("access.denied", person=actor, role=role.value, permission=permission.value)
