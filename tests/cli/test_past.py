"""``--as-of`` and those who work meanwhile."""

import pytest

from supporttui.bootstrap import places
from supporttui.storage.sqlite import library
from supporttui.usecases import replay, tickets
from tests.builders import Desk as Colleague
from tests.builders import MovableClock, opened, site


@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_folding_the_past_holds_up_nobody_who_writes(sqlite_url, monkeypatch, mode):
    """A long history takes long to fold; with a rollback journal a reader that stayed would block every commit."""
    driver = library().connect(sqlite_url.removeprefix("sqlite:///"))
    assert driver.execute(f"PRAGMA journal_mode = {mode}").fetchall() == [(mode,)]
    driver.close()
    clock = MovableClock()
    place = places.open_place(sqlite_url)
    colleague = Colleague(places.open_place(sqlite_url).store, clock)
    site(colleague.store)
    colleague.do(tickets.open_ticket, opened())
    real = replay.fold_past

    def fold_past(*arguments):
        colleague.do(tickets.open_ticket, opened())
        return real(*arguments)

    monkeypatch.setattr(replay, "fold_past", fold_past)
    past = places.replayed(place, clock())
    with past.store.read() as tx:
        assert len(tx.tickets.rows([1, 2])) == 1
    past.store.close()
    colleague.store.close()
