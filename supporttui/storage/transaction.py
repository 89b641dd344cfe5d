"""One transaction: everything a use case may touch, over one connection of one thread."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from supporttui.domain.spans import Instant
from supporttui.storage.ack_codes import SqlAckCodes
from supporttui.storage.archive import SqlArchive
from supporttui.storage.counters import SqlCounts
from supporttui.storage.definitions import Shelves, SqlDefinitions
from supporttui.storage.escalations import SqlEscalations
from supporttui.storage.exchange import SqlExchange
from supporttui.storage.figures import SqlFigures
from supporttui.storage.handovers import SqlHandovers
from supporttui.storage.incoming import SqlIncoming
from supporttui.storage.journal import SqlJournal
from supporttui.storage.lease import SqlLease
from supporttui.storage.looks import SqlLooks
from supporttui.storage.marks import SqlMarks
from supporttui.storage.outbox import SqlOutbox
from supporttui.storage.rotas import SqlRotas
from supporttui.storage.search import SqlTexts
from supporttui.storage.tickets import SqlTickets
from supporttui.storage.views import SqlViews

_NOW = select(func.app_now())


class SqlTransaction:
    """Fulfils the port ``Transaction``; the store begins and ends it."""

    def __init__(self, connection: Connection, shelves: Shelves) -> None:
        self._connection = connection
        self._texts = SqlTexts(connection)
        self._counts = SqlCounts(connection)
        self.journal = SqlJournal(connection, self._texts)
        self.tickets = SqlTickets(connection, self._texts, self._counts)
        self.definitions = SqlDefinitions(connection, shelves)
        self.rotas = SqlRotas(connection, self.definitions)
        self.exchange = SqlExchange(connection)
        self.escalations = SqlEscalations(connection, self.journal)
        self.marks = SqlMarks(connection)
        self.looks = SqlLooks(connection)
        self.figures = SqlFigures(connection)
        self.handovers = SqlHandovers(connection)
        self.outbox = SqlOutbox(connection)
        self.lease = SqlLease(connection)
        self.ack_codes = SqlAckCodes(connection)
        self.incoming = SqlIncoming(connection)
        self.views = SqlViews(connection)
        self.archive = SqlArchive(connection, self.definitions, self._texts)

    def now(self) -> Instant:
        """The database's clock, read anew each time."""
        return Instant(self._connection.execute(_NOW).scalar_one())

    def interrupt(self) -> None:
        """SQLite ends its statement at once. A server would have to be asked over a connection of its own, which takes
        longer than to let it finish; it ends by itself after ``postgres.STATEMENT_SECONDS``."""  # noqa: D205, D209
        driver = self._connection.connection.dbapi_connection
        if self._connection.dialect.name == "sqlite" and driver is not None:
            driver.interrupt()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What happens inside is kept only if it ends well; an exception takes it back, and goes on."""
        with (
            self._connection.begin_nested(), self.journal.attempt(), self._texts.attempt(), self._counts.attempt(),
            self.definitions.attempt(),
        ):  # fmt: skip
            yield

    def finish(self) -> bool:
        """The last steps before the commit; the very last: the journal takes its numbers. Whether there were facts."""
        self._texts.flush()
        self._counts.flush()
        return self.journal.flush()
