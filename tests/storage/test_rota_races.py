"""Two people take one swap at once, on either database: the first has it, the second hears who that is."""

import threading
from collections.abc import Callable

import pytest

from supporttui.domain.faults import Refused
from supporttui.domain.rota.swaps import SwapPiece
from supporttui.domain.spans import Instant, Span
from supporttui.storage import SqlStore
from supporttui.storage.transaction import SqlTransaction
from supporttui.usecases import rota
from supporttui.usecases.ports import Call
from tests.builders import NOW, Desk, MovableClock, site

START = Instant(NOW + 16_800)
DAY = 86_400


@pytest.fixture
def asked(store: SqlStore) -> list[str]:
    """Two requests of Ana's that overlap: the same day, and that day with another one."""
    site(store)
    desk = Desk(store, MovableClock())
    days = [SwapPiece(Span(Instant(START + n * DAY), Instant(START + (n + 1) * DAY))) for n in (0, 2)]
    return [desk.do(rota.ask, "night", pieces).id for pieces in (days[:1], days)]


def at_once(first: SqlStore, second: SqlStore, tries: list[Callable[[SqlTransaction], object]]) -> list[object]:
    """Both hold a transaction before either does anything; what each got, or was refused with."""
    barrier, found = threading.Barrier(2), [object(), object()]

    def run(place: int, store: SqlStore) -> None:
        try:
            barrier.wait(30)
            with store.write() as tx:
                found[place] = tries[place](tx)
        except Refused as fault:
            found[place] = fault

    threads = [threading.Thread(target=run, args=each) for each in ((0, first), (1, second))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def taking(person: str, swap: str) -> Callable[[SqlTransaction], object]:
    return lambda tx: rota.take(Call(person, NOW, f"take-{person}"), tx, swap)


def outcome(found: list[object]) -> tuple[str, str, str]:
    """Who has it, the code that the other one was refused with, and whom that names."""
    (done,) = [one for one in found if not isinstance(one, Refused)]
    (fault,) = [one for one in found if isinstance(one, Refused)]
    return done.swap.taken_by, fault.code, str(fault.params["person"])


def test_of_two_who_take_one_swap_the_second_hears_who_was_first(
    store: SqlStore, other: SqlStore, asked: list[str]
) -> None:
    winner, code, named = outcome(at_once(store, other, [taking("mia", asked[0]), taking("zoe", asked[0])]))
    assert (code, named) == ("swap.taken", winner)
    with store.read() as tx:
        (override,) = tx.definitions.overrides("night")
        assert override.person == tx.rotas.swap(asked[0]).value.taken_by == winner


def test_of_two_swaps_that_overlap_the_first_taken_wins(store: SqlStore, other: SqlStore, asked: list[str]) -> None:
    winner, code, named = outcome(at_once(store, other, [taking("mia", asked[0]), taking("zoe", asked[1])]))
    assert (code, named) == ("swap.moved", "ana")
    with store.read() as tx:
        assert {one.person for one in tx.definitions.overrides("night")} == {winner}
        assert len({one.swap_id for one in tx.definitions.overrides("night")}) == 1


def test_a_repeated_request_that_comes_twice_at_once_is_done_once(
    store: SqlStore, other: SqlStore, asked: list[str]
) -> None:
    found = at_once(store, other, [taking("mia", asked[0]), taking("mia", asked[0])])
    (fault,) = [one for one in found if isinstance(one, Refused)]
    assert fault.code == "operation.known"
    with store.read() as tx:
        assert len(tx.definitions.overrides("night")) == 1
