"""The hash chain over the journal: a changed, removed or exchanged fact is found."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from supporttui.storage.schema import journal, journal_head

_HASHED = (
    "seq", "login", "recorded_at", "at", "actor", "origin", "operation", "part", "ticket", "kind", "payload",
)  # fmt: skip
_CHUNK = 1000


def link(before: str, row: Mapping[str, Any]) -> str:
    """The hash of a journal row, built on the hash of the row before (empty for the first)."""
    # Fixed for ever: any other spacing, escaping or order would break the chain of every journal there is.
    content = json.dumps([before, *(row[name] for name in _HASHED)], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def verify(connection: Connection) -> int | None:
    """The first number at which the journal is not what was written; ``None`` when all of it is.

    A tail cut off is found by the head row; cut together with the head row only by a hash that was
    kept elsewhere.
    """
    seq, chained = 0, ""
    while True:
        statement = select(journal).where(journal.c.seq > seq).order_by(journal.c.seq).limit(_CHUNK)
        rows = connection.execute(statement).mappings().all()
        for row in rows:
            if row["seq"] != seq + 1 or row["hash"] != link(chained, dict(row)):
                return seq + 1
            seq, chained = row["seq"], row["hash"]
        if len(rows) < _CHUNK:
            break
    head = connection.execute(select(journal_head.c.seq, journal_head.c.hash)).one()
    return None if (head.seq, head.hash) == (seq, chained) else seq + 1
