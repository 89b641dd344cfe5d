"""One transaction: everything a use case may touch, over one connection of one thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from supporttui.domain.spans import Instant
from supporttui.storage.definitions import Shelves, SqlDefinitions
from supporttui.storage.escalations import SqlEscalations
from supporttui.storage.journal import SqlJournal
from supporttui.storage.lease import SqlLease
from supporttui.storage.outbox import SqlOutbox
from supporttui.storage.tickets import SqlTickets
from supporttui.storage.views import SqlViews

_NOW = select(func.app_now())


class SqlTransaction:
    """Fulfils the port ``Transaction``; the store begins and ends it."""

    def __init__(self, connection: Connection, shelves: Shelves) -> None:
        self._connection = connection
        self.journal = SqlJournal(connection)
        self.tickets = SqlTickets(connection)
        self.definitions = SqlDefinitions(connection, shelves)
        self.escalations = SqlEscalations(connection, self.journal)
        self.outbox = SqlOutbox(connection)
        self.lease = SqlLease(connection)
        self.views = SqlViews(connection)

    def now(self) -> Instant:
        """The database's clock, read anew each time."""
        return Instant(self._connection.execute(_NOW).scalar_one())

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What happens inside is kept only if it ends well; an exception takes it back, and goes on."""
        with self._connection.begin_nested(), self.journal.attempt():
            yield

    def finish(self) -> bool:
        """The last step before the commit: the journal takes its numbers. Whether there were facts."""
        return self.journal.flush()
