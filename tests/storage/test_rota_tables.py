"""What is kept of rotas beside their definitions, on both databases: as it went, removed and never lost, held by one."""

import threading
from dataclasses import replace

import pytest

from supporttui.domain.events import StepFired
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import RotaId
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.pinned import PinnedFallback, PinnedPeriod, PinnedShift
from supporttui.domain.rota.records import DutyRecord
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.rota.swaps import SwapPiece, SwapRequest, SwapState
from supporttui.domain.spans import Instant, Span
from supporttui.storage import SqlStore
from tests.builders import refuses
from tests.storage.making import ANA, BEN, NOW, change, opened_in

NIGHT = RotaId("night")
HOUR = 3600


def at(hours: float) -> Instant:
    return Instant(NOW + int(hours * HOUR))


def swap(key: str = "s1", *hours: int, **deviations) -> SwapRequest:
    start, end = hours or (10, 12)
    pieces = (SwapPiece(Span(at(start), at(end)), level=2, layer="second"),)
    return SwapRequest(key, NIGHT, ANA, pieces, **deviations)


def absence(key: str = "a1", *hours: int, **deviations) -> Absence:
    start, end = hours or (0, 24)
    return Absence(key, deviations.pop("person", ANA), at(start), at(end), AbsenceKind.leave, **deviations)


def override(key: str = "o1", *hours: int) -> Override:
    start, end = hours or (1, 5)
    return Override(key, OverrideKind.replace, at(start), at(end), person=BEN, created_at=at(0), swap_id="s1", level=2)


def pinned(key: str = "p1") -> PinnedPeriod:
    shifts = (PinnedShift(at(1), at(3), (ANA, BEN), level=2),)
    return PinnedPeriod(key, at(1), at(5), shifts, PinnedFallback.layers, reason="東京")


def record(level: int = 1, *hours: int, **deviations) -> DutyRecord:
    start, end = hours or (0, 8)
    values = {"people": (ANA,), "layer": "first", "cause": Cause.rotation, "inputs": "f00", "recorded_at": at(end)}
    return DutyRecord(NIGHT, level, at(start), at(end), **{**values, **deviations})


# --- swaps --------------------------------------------------------------------------------------------


def test_a_swap_comes_back_as_it_went(store: SqlStore) -> None:
    asked = swap(give_back=(SwapPiece(Span(at(30), at(40))),), to=BEN, deadline=at(9), approval=True, reason="concert")
    with store.write() as tx:
        assert tx.rotas.put_swap(asked, over=None)
        assert not tx.rotas.put_swap(asked, over=None)
    with store.read() as tx:
        known = tx.rotas.swap("s1")
        assert (known.value, known.version) == (asked, 1)
        with refuses("swap.unknown", NotFound):
            tx.rotas.swap("s2")


def test_a_swap_is_written_only_over_what_was_read(store: SqlStore) -> None:
    taken = replace(swap(), state=SwapState.taken, taken_by=BEN, taken_at=at(1))
    with store.write() as tx:
        tx.rotas.put_swap(swap(), over=None)
        assert tx.rotas.put_swap(taken, over=1)
        assert not tx.rotas.put_swap(swap(), over=1)
    with store.read() as tx:
        assert (tx.rotas.swap("s1").value, tx.rotas.swap("s1").version) == (taken, 2)


def test_swaps_are_listed_by_their_first_piece_until_the_last_is_over(store: SqlStore) -> None:
    with store.write() as tx:
        tx.rotas.put_swap(swap("late", 10, 12), over=None)
        tx.rotas.put_swap(swap("soon", 2, 4, give_back=(SwapPiece(Span(at(20), at(22))),)), over=None)
        tx.rotas.put_swap(replace(swap("else", 1, 30), rota=RotaId("day")), over=None)
    with store.read() as tx:
        assert [one.id for one in tx.rotas.swaps(since=at(0))] == ["else", "soon", "late"]
        assert [one.id for one in tx.rotas.swaps(since=at(0), rota=NIGHT)] == ["soon", "late"]
        assert [one.id for one in tx.rotas.swaps(since=at(12), rota=NIGHT)] == ["soon"]


def test_two_who_hold_at_once_go_one_after_the_other_and_the_second_sees_what_the_first_did(
    store: SqlStore, other: SqlStore
) -> None:
    """What a swap is taken by: whoever comes second waits, and then reads that it is taken."""
    with store.write() as tx:
        tx.rotas.put_swap(swap(), over=None)
    held, seen = threading.Event(), []

    def second() -> None:
        held.wait(30)
        with other.write() as tx:
            tx.rotas.hold()
            seen.append((tx.rotas.swap("s1").value.taken_by, len(tx.definitions.overrides(NIGHT))))

    thread = threading.Thread(target=second)
    thread.start()
    with store.write() as tx:
        tx.rotas.hold()
        held.set()
        tx.rotas.put_swap(replace(swap(), state=SwapState.taken, taken_by=BEN), over=1)
        tx.definitions.put(NIGHT, override())
    thread.join(30)
    assert seen == [(BEN, 1)]


# --- absences -----------------------------------------------------------------------------------------


def test_absences_are_found_where_they_touch_a_span(store: SqlStore) -> None:
    with store.write() as tx:
        for one in (absence("a", 0, 5), absence("b", 5, 10, person=BEN), absence("c", 10, 12)):
            assert tx.rotas.put_absence(one)
    with store.read() as tx:
        assert [one.id for one in tx.rotas.absences(at(5), at(10))] == ["b"]
        assert [one.id for one in tx.rotas.absences(at(4), at(11))] == ["a", "b", "c"]
        assert [one.id for one in tx.rotas.absences(at(4), at(11), person=ANA)] == ["a", "c"]
        assert tx.rotas.absence("b") == absence("b", 5, 10, person=BEN)


def test_an_absence_that_came_again_changes_nothing_and_one_that_moved_is_put_anew(store: SqlStore) -> None:
    with store.write() as tx:
        tx.rotas.put_absence(absence(source="feed"))
        assert not tx.rotas.put_absence(absence(source="feed"))
        assert tx.rotas.put_absence(absence("a1", 3, 6, source="feed"))
        assert [one.start for one in tx.rotas.absences(at(0), at(24))] == [at(3)]


def test_a_removed_absence_is_gone_and_may_come_back(store: SqlStore) -> None:
    with store.write() as tx:
        tx.rotas.put_absence(absence())
        assert tx.rotas.remove_absence("a1", at(1))
        assert not tx.rotas.remove_absence("a1", at(2))
        assert tx.rotas.absences(at(0), at(24)) == ()
        with refuses("absence.unknown", NotFound):
            tx.rotas.absence("a1")
        assert tx.rotas.put_absence(absence())
        assert tx.rotas.absence("a1") == absence()


# --- what lies over a rota ------------------------------------------------------------------------------


@pytest.mark.parametrize(("removed", "ends"), [(0, None), (1, None), (2, 2), (7, 5)])
def test_what_is_removed_held_up_to_then(store: SqlStore, removed: int, ends: int | None) -> None:
    """Before its beginning as if it had never been; later only what comes after is free of it."""
    with store.write() as tx:
        tx.definitions.put(NIGHT, override())
        tx.rotas.pin(NIGHT, pinned(), created_at=at(0))
        for change_ in (override(), pinned()):
            assert tx.rotas.end(NIGHT, change_, at(removed))
            assert not tx.rotas.end(NIGHT, change_, at(removed))
    with store.read() as tx:
        left = (*tx.definitions.overrides(NIGHT), *tx.rotas.pinned(NIGHT))
    assert [one.end for one in left] == ([] if ends is None else [at(ends), at(ends)])


def test_pinned_periods_come_back_in_the_order_in_which_they_were_made(store: SqlStore, other: SqlStore) -> None:
    with other.read() as tx:
        assert tx.rotas.pinned(NIGHT) == ()
    with store.write() as tx:
        tx.rotas.pin(NIGHT, pinned("z"), created_at=at(0))
        tx.rotas.pin(NIGHT, pinned("a"), created_at=at(1))
    with other.read() as tx:
        assert tx.rotas.pinned(NIGHT) == (pinned("z"), pinned("a"))
        assert tx.rotas.pinned(RotaId("day")) == ()


# --- duty that is over ----------------------------------------------------------------------------------


def test_recorded_duty_comes_back_where_it_touches_a_span(store: SqlStore) -> None:
    gap = record(1, 8, 16, people=(), layer=None, cause=Cause.restriction)
    second = record(2, 0, 16, people=(BEN, ANA))
    with store.write() as tx:
        assert tx.rotas.recorded_until(NIGHT) is None
        tx.rotas.add_records([second, gap, record()])
        tx.rotas.add_records([])
    with store.read() as tx:
        assert tx.rotas.records(NIGHT, at(0), at(16)) == (record(), gap, second)
        assert tx.rotas.records(NIGHT, at(8), at(9)) == (gap, second)
        assert tx.rotas.records(RotaId("day"), at(0), at(16)) == ()
        assert tx.rotas.recorded_until(NIGHT) == at(16)


def test_who_was_paged_is_told_by_the_facts(store: SqlStore) -> None:
    ticket = opened_in(store)
    with store.write() as tx:
        change(tx, ticket, StepFired(1, 1, 1, 1, paged=(ANA, BEN)))
        assert tx.rotas.paged(at(0), at(1)) == ()
    with store.read() as tx:
        assert tx.rotas.paged(at(0), at(1)) == ((ANA, NOW), (BEN, NOW))
        assert tx.rotas.paged(at(1), at(2)) == ()
