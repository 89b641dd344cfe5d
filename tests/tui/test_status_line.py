"""The first line of every screen: what it says of the connection and of the clocks."""

import pytest

from supporttui.i18n.catalogue import load
from supporttui.storage import memory_store
from supporttui.tui.link import Link, LinkState
from supporttui.tui.widgets.status_line import Standing, status_runs
from supporttui.usecases import queue
from tests.builders import NOW, Desk, MovableClock, site


def line(link: Link) -> str:
    clock = MovableClock()
    store = memory_store(clock)
    site(store)
    status = Desk(store, clock).ask(queue.status, NOW, "ana")
    store.close()
    return "".join(text for _, text in status_runs(load("en", "UTC", {}), Standing(status, link, NOW, "ana"), 120))


@pytest.mark.parametrize(("skew", "shown"), [(0, False), (2, False), (-2, False), (3, True), (-75, True)])
def test_a_clock_more_than_two_seconds_off_the_database_s_is_shown(skew: int, shown: bool) -> None:
    assert ("clock here" in line(Link(LinkState.live, heard=NOW, skew=skew))) is shown


def test_a_database_that_does_not_answer_is_shown_with_when_it_last_did() -> None:
    assert line(Link(LinkState.away, heard=NOW, away_since=NOW)).rstrip().endswith("offline since 02:20")
