"""Tickets for whoever is still typing: by the beginning of a number, by words of the texts."""

import pytest

from supporttui.storage import SqlStore
from supporttui.usecases import finding, tickets
from tests.builders import Desk, MovableClock, opened

pytestmark = pytest.mark.core


@pytest.fixture
def desk(site_store: SqlStore, clock: MovableClock) -> Desk:
    """Thirteen tickets, of which the second is closed."""
    desk = Desk(site_store, clock)
    for number in range(13):
        desk.do(tickets.open_ticket, opened(title=f"Printer {number} in eu-west" if number else "Payment gateway"))
    desk.do(tickets.resolve, 2, None, code="fixed", text="ok")
    return desk


def found(desk: Desk, text: str, **options: object) -> list[int]:
    return [row.id for row in desk.ask(finding.tickets, text, desk.clock(), me=None, prefix="T-", **options)]


@pytest.mark.parametrize("text", ["1", "T-1", "t-1", " 1 "])
def test_a_number_finds_every_ticket_whose_number_begins_so(desk: Desk, text: str) -> None:
    assert sorted(found(desk, text)) == [1, 10, 11, 12, 13]


def test_words_find_the_tickets_that_have_all_of_them(desk: Desk) -> None:
    assert found(desk, "GATEWAY pay") == [1]
    assert found(desk, "gateway printer") == []


def test_open_tickets_come_first_and_closed_ones_too(desk: Desk) -> None:
    assert found(desk, "2") == [2]
    assert found(desk, "printer", limit=20)[-1] == 2
    assert 2 not in found(desk, "printer", limit=3)


@pytest.mark.parametrize("text", ["", "  ", "9999999999999"])
def test_what_means_no_ticket_finds_none(desk: Desk, text: str) -> None:
    assert found(desk, text) == []
