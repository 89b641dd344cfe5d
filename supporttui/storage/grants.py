"""What a login of its own needs on PostgreSQL, as statements for the owner of the database to run."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from supporttui.domain.faults import BadInput
from supporttui.storage.location import Postgres, locate
from supporttui.storage.schema import ticket_number

MOST = 63
"""Bytes of a name."""
INTAKE: Mapping[str, Sequence[str]] = {
    "counters": ("SELECT",),
    "definitions": ("SELECT",),
    "overrides": ("SELECT",),
    "pinned_periods": ("SELECT",),
    "site": ("SELECT",),
    "stamp": ("SELECT",),
    "outbox": ("INSERT",),
    "journal": ("SELECT", "INSERT"),
    "received": ("SELECT", "INSERT"),
    "journal_head": ("SELECT", "UPDATE"),
    "alerts": ("SELECT", "INSERT", "UPDATE"),
    "beats": ("SELECT", "INSERT", "UPDATE"),
    "escalations": ("SELECT", "INSERT", "UPDATE"),
    "open_counts": ("SELECT", "INSERT", "UPDATE"),
    "texts": ("SELECT", "INSERT", "UPDATE"),
    "tickets": ("SELECT", "INSERT", "UPDATE"),
    "timers": ("SELECT", "INSERT", "DELETE"),
    "looks": ("SELECT", "INSERT", "UPDATE", "DELETE"),
}
"""Table → all that the intake does with it. It opens tickets and adds to them, and changes nothing that was agreed."""


def for_intake(url: str, role: str) -> tuple[str, ...]:
    """Statements that make a login for the intake of a database; how it proves itself is left to the site.

    Raises:
        BadInput: ``grants.no_logins`` for a file, ``grants.role`` for what can be no name; as ``locate``.
    """
    location = locate(url)
    if not isinstance(location, Postgres):
        raise BadInput("grants.no_logins")
    if not role.strip() or "\0" in role or len(role.encode()) > MOST:
        raise BadInput("grants.role", role=role[:MOST], most=MOST)
    return tuple(_statements(location, role))


def _statements(location: Postgres, role: str) -> Iterator[str]:
    to = _quoted(role)
    database = location.url.database or location.url.username or ""
    yield f"CREATE ROLE {to} LOGIN;"
    if database:
        yield f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {to};"
    yield f"GRANT USAGE ON SCHEMA public TO {to};"
    for privileges, tables in groupby(INTAKE, key=lambda table: INTAKE[table]):
        yield f"GRANT {', '.join(privileges)} ON {', '.join(tables)} TO {to};"
    yield f"GRANT USAGE ON SEQUENCE {ticket_number.name} TO {to};"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
