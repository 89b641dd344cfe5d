"""A commit whose answer got lost: the verb looks whether it was saved before it says anything."""

from contextlib import contextmanager

import pytest

from supporttui.bootstrap import places
from supporttui.cli.session import Session
from supporttui.domain.faults import StoreUnavailable
from supporttui.usecases import tickets
from tests.builders import MovableClock, opened, refuses, site


@pytest.mark.parametrize("saved", [True, False])
def test_a_write_without_an_answer_is_looked_up(sqlite_url, monkeypatch, saved):
    place = places.open_place(sqlite_url)
    site(place.store)
    session = Session((), {}, clock=MovableClock())
    session.use(place, "ana")
    real = place.store.write

    @contextmanager
    def write():
        try:
            with real() as tx:
                yield tx
                if not saved:
                    raise StoreUnavailable("store.outcome_unknown")
        finally:
            monkeypatch.undo()
        raise StoreUnavailable("store.outcome_unknown")

    monkeypatch.setattr(place.store, "write", write)
    if saved:
        assert session.do(tickets.open_ticket, opened()).id == 1
    else:
        with refuses("store.outcome_unknown"):
            session.do(tickets.open_ticket, opened())
    assert place.store.head() == int(saved)
    session.close()
