"""What each role may do. On PostgreSQL the same is held by grants; here it makes the good sentence."""

from collections.abc import Mapping
from enum import StrEnum

from supporttui.domain.states import Role


class Permission(StrEnum):
    """Something that a role may be allowed."""

    read = "read"
    note = "note"
    """Write internal notes."""
    work = "work"
    """Change tickets: acknowledge, take, wait, resolve …"""
    escalate = "escalate"
    """Page other people."""
    configure = "configure"
    """Change definitions, import, upgrade the database."""
    sweep = "sweep"
    """Fire due steps and deliver notices."""


_DESK = frozenset({Permission.read, Permission.note, Permission.work, Permission.escalate})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.agent: _DESK,
    Role.lead: _DESK | {Permission.configure},
    Role.admin: frozenset(Permission) - {Permission.sweep},
    Role.auditor: frozenset({Permission.read}),
    Role.shadow: frozenset({Permission.read, Permission.note}),
    Role.watch: frozenset({Permission.read, Permission.sweep}),
    Role.intake: frozenset({Permission.read, Permission.note, Permission.work}),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether a role has a permission.

    >>> may(Role.lead, Permission.configure), may(Role.auditor, Permission.work)
    (True, False)
    """
    return permission in PERMISSIONS[role]
