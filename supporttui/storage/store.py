"""A database as use cases see it: transactions of two kinds, the head of the journal, the feed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial

from sqlalchemy import Connection, Engine, RootTransaction, bindparam, select
from sqlalchemy.exc import DBAPIError

from supporttui.domain.faults import StoreUnavailable
from supporttui.domain.ids import TicketId
from supporttui.storage import about, chain
from supporttui.storage.definitions import Shelves
from supporttui.storage.engine import make_schema, open_engine
from supporttui.storage.errors import translated
from supporttui.storage.feed import SqlFeed
from supporttui.storage.location import Postgres, Secret, SqliteFile, locate
from supporttui.storage.schema import journal, journal_head
from supporttui.storage.sqlite import WRITES, connector, memory_engine
from supporttui.storage.transaction import SqlTransaction
from supporttui.storage.wakers import MemoryWaker, PostgresWaker, SqliteWaker, Waker
from supporttui.usecases.ports import Changed, Clock

_HEAD = select(journal_head.c.seq)
_SINCE = select(journal.c.ticket, journal.c.seq).where(journal.c.seq > bindparam("after")).order_by(journal.c.seq)


class SqlStore:
    """Fulfils the port ``Store`` on either database. Its methods may be called from any thread."""

    def __init__(self, engine: Engine, *, url: str, waker: Callable[[], Waker], read_only: bool) -> None:
        self.url = url
        """As it may be shown: without a password."""
        self.dialect = engine.dialect.name
        """``sqlite`` or ``postgresql``."""
        self._engine = engine
        self._waker = waker
        self._read_only = read_only
        self._shelves = Shelves()
        self._listening: frozenset[SqlFeed] = frozenset()
        # A database in memory has one connection, whose users take turns.
        self._turn = threading.RLock() if waker is MemoryWaker else nullcontext()
        # Without it each statement on PostgreSQL would see another moment, and a page not fit its own total.
        view = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        self._reader = engine if self.dialect == "sqlite" else engine.execution_options(**view)
        self._writer = engine.execution_options(**{WRITES: True})

    @contextmanager
    def read(self) -> Iterator[SqlTransaction]:
        """One unchanging view of what was committed before its first statement."""
        with translated(), self._turn, self._reader.connect() as connection, connection.begin():
            yield SqlTransaction(connection, self._shelves)

    @contextmanager
    def write(self) -> Iterator[SqlTransaction]:
        """All or nothing.

        Raises:
            StoreUnavailable: ``store.outcome_unknown`` when the connection died during the commit: ask
                the journal for the operation id. With any other code nothing was stored.
        """
        if self._read_only:
            raise StoreUnavailable("store.read_only")
        with translated(), self._turn, self._writer.connect() as connection, connection.begin() as running:
            transaction = SqlTransaction(connection, self._shelves)
            yield transaction
            told = transaction.finish()
            _commit(running)
        if told:  # after the commit: whoever looks earlier finds nothing, and sleeps on
            for feed in self._listening:
                feed.nudge()

    def head(self) -> int:
        """The newest number of the journal."""
        with self._reading() as connection:
            return int(connection.execute(_HEAD).scalar_one())

    def changes(self, after: int) -> Changed:
        """Tickets and definitions touched by facts behind ``after``."""
        with self._reading() as connection:
            rows = connection.execute(_SINCE, {"after": after}).all()
        touched = frozenset(TicketId(ticket) for ticket, _ in rows if ticket is not None)
        definitions = any(ticket is None for ticket, _ in rows)
        return Changed(touched, definitions, rows[-1].seq if rows else after)

    def verify(self) -> int | None:
        """The first number at which the journal is not what was written (``chain.verify``)."""
        with self._reading() as connection:
            return chain.verify(connection)

    def login(self) -> str:
        """Whom PostgreSQL takes us for (``session_user``); empty on SQLite."""
        with self._reading() as connection:
            return about.login(connection)

    def about(self) -> dict[str, str]:
        """Versions and modes of the database, for ``doctor``."""
        with self._reading() as connection:
            return about.about(connection)

    def feed(self) -> SqlFeed:
        """A feed of its own for one listener."""
        return SqlFeed(self, self._waker(), listens=self._listen, leaves=self._leave)

    def seal(self) -> None:
        """From now on refuse to write: what is shown is the past."""
        self._read_only = True

    def close(self) -> None:
        """End feeds and connections; a transaction that still runs ends by itself."""
        for feed in self._listening:
            feed.stop()
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(), self._turn, self._reader.connect() as connection, connection.begin():
            yield connection

    def _listen(self, feed: SqlFeed) -> None:
        self._listening |= {feed}

    def _leave(self, feed: SqlFeed) -> None:
        self._listening -= {feed}


def open_store(
    url: str, *, clock: Clock, create: bool = False, read_only: bool = False, secret: Secret | None = None
) -> SqlStore:
    """Open a database; with ``create`` a missing file is made and an empty database filled.

    ``clock`` is the database's clock on SQLite (``app_now()``); a PostgreSQL server has its own. ``secret`` gives
    its password where neither a pass file nor the host does.

    Raises:
        BadInput: ``store.url``, ``store.option``, ``store.password_in_url``.
        StoreUnfit: ``store.missing``, ``store.not_ours``, ``store.too_old``, ``store.too_new``,
            ``store.network_file``, ``store.library_too_old``, ``store.damaged``,
            ``store.driver_missing``, and those of a server that ``connecting.py`` lists.
        StoreUnavailable: ``store.unreachable`` (with a ``reason``), ``store.locked``.
    """
    location = locate(url, secret)
    with translated():
        engine = open_engine(location, clock, create=create, read_only=read_only)
    match location:
        case SqliteFile(path):
            waker: Callable[[], Waker] = partial(SqliteWaker, connector(path, clock, mode="ro" if read_only else "rw"))
        case Postgres():
            waker = partial(PostgresWaker, engine, secret)
    return SqlStore(engine, url=str(location), waker=waker, read_only=read_only)


def memory_store(clock: Clock) -> SqlStore:
    """An empty database of the same schema in memory: what ``--as-of`` folds the past into."""
    engine = memory_engine(clock)
    make_schema(engine)
    return SqlStore(engine, url="sqlite://", waker=MemoryWaker, read_only=False)


def _commit(running: RootTransaction) -> None:
    try:
        running.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreUnavailable("store.outcome_unknown") from error
        raise
