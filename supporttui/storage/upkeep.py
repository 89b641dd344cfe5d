"""What is kept beside tickets and journal so that no list is walked: whether it is right, and how it is made anew."""

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select

from supporttui.domain.events import event_from
from supporttui.domain.filter.search import SAYING, head_of, notes_of
from supporttui.storage.counters import GROUPS, STORED
from supporttui.storage.schema import journal, open_counts, texts, tickets
from supporttui.storage.schema.kept import empty_index, fill_index, has_index
from supporttui.storage.search import Stored, finds
from supporttui.storage.tickets import to_ticket

_CHUNK = 500
_TICKETS = select(tickets).where(tickets.c.id > bindparam("after")).order_by(tickets.c.id).limit(_CHUNK)
_SAID = (
    select(journal.c.ticket, journal.c.payload)
    .where(journal.c.ticket.in_(bindparam("wanted", expanding=True)), journal.c.kind.in_(SAYING))
    .order_by(journal.c.seq)
)


def rebuild(connection: Connection) -> None:
    """Make searched texts, their index and the counts of open tickets anew, in the transaction of the caller."""
    empty_index(connection)
    connection.execute(delete(texts))
    for found in _texts(connection):
        connection.execute(insert(texts), [{"ticket": n, "head": head, "notes": notes} for n, (head, notes) in found])
    fill_index(connection)
    connection.execute(delete(open_counts))
    connection.execute(insert(open_counts).from_select(list(open_counts.c.keys()), GROUPS))


def differences(connection: Connection) -> Iterator[str]:
    """Where index and counts are not what they follow from; linear. What ``usecases/replay.py`` says of the rest."""
    if has_index(connection):
        for found in _texts(connection):
            yield from (f"texts_index: {number}" for number, texts in found if not finds(connection, number, texts))
    counted = {tuple(row[:3]): row[3] for row in connection.execute(GROUPS).all()}
    kept = {tuple(row[:3]): row[3] for row in connection.execute(STORED).all()}
    for group in sorted(counted.keys() | kept.keys()):
        if counted.get(group, 0) != kept.get(group, 0):
            yield f"open_counts: {'/'.join(group)}: {kept.get(group, 0)}, {counted.get(group, 0)}"


def _texts(connection: Connection) -> Iterator[list[tuple[int, Stored]]]:
    """What must be searched of every ticket, in parts."""
    after = 0
    while rows := connection.execute(_TICKETS, {"after": after}).all():
        after = rows[-1].id
        said: dict[int, list[str]] = {}
        for number, payload in connection.execute(_SAID, {"wanted": [row.id for row in rows]}).all():
            said.setdefault(number, []).append(payload)
        yield [(row.id, (head_of(to_ticket(row)), _notes(said.get(row.id, ())))) for row in rows]


def _notes(payloads: Sequence[str]) -> str:
    return notes_of(event_from(json.loads(payload)) for payload in payloads)
