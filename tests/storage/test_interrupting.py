"""A read that nobody waits for any more is ended from another thread; its connection serves the next."""

import threading

from sqlalchemy import text

from supporttui.domain.faults import StoreUnavailable
from supporttui.storage import SqlStore
from tests.builders import refuses
from tests.storage.making import opened_in
from tests.storage.test_queue import page

ENDLESS = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")


def test_an_endless_statement_ends_when_it_is_interrupted(store: SqlStore):
    """On PostgreSQL nothing happens at once, and the server has its own limit."""
    opened_in(store)
    if store.dialect == "sqlite":
        with refuses("store.timeout", StoreUnavailable), store.read() as tx:
            again = threading.Event()

            def interrupt() -> None:
                while not again.wait(0.01):  # before its statement runs, there is nothing to interrupt
                    tx.interrupt()

            threading.Thread(target=interrupt, daemon=True).start()
            try:
                tx._connection.execute(ENDLESS)
            finally:
                again.set()
    with store.read() as tx:
        tx.interrupt()
        assert len(page(tx)) == 1
