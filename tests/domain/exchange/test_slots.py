"""Duty as events of a calendar: a slot is known again by its line and its beginning, whatever the window."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.exchange.published import EVERYBODY, Calendar, Published, republished
from supporttui.domain.exchange.slots import LONGEST, Slot, slots
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Rotation, Unit
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall
from tests.builders import NOW, rota

pytestmark = pytest.mark.core
DAY = 86_400
BERLIN = "Europe/Berlin"


def at(*wall: int) -> Instant:
    return resolve(datetime(*wall), BERLIN)


def of(plan, window: Span, **options) -> list[Slot]:
    found = slots(plan, window, **options)
    return [one for one in found if one.span.start < window.end and window.start < one.span.end]


def test_each_turn_is_a_slot_and_those_at_the_edges_are_whole() -> None:
    window = Span(at(2026, 3, 3, 12), at(2026, 3, 5, 0))
    first = [one for one in of(rota(), window) if one.level == 1]
    assert [(one.span, one.people) for one in first] == [
        (Span(at(2026, 3, day, 8), at(2026, 3, day + 1, 8)), (who,)) for day, who in ((3, "ben"), (4, "ana"))
    ]


def test_whoever_is_always_on_duty_has_a_slot_a_month() -> None:
    second = [one for one in of(rota(), Span(at(2026, 6, 10), at(2026, 7, 10))) if one.level == 2]
    assert [to_wall(one.span.start, BERLIN) for one in second] == [datetime(2026, 6, 1), datetime(2026, 7, 1)]


@settings(max_examples=12)
@given(
    days=st.integers(min_value=1, max_value=500),
    unit=st.sampled_from([Unit.day, Unit.week, Unit.month]),
    length=st.integers(min_value=1, max_value=6),
    shift=st.integers(min_value=1, max_value=20 * DAY),
)
def test_two_windows_agree_on_the_slots_that_touch_both(days: int, unit: Unit, length: int, shift: int) -> None:
    layer = Layer("first", (Rotation(datetime(2026, 1, 5, 8), (("ana",), ("ben",)), unit=unit, every=length),))
    plan = rota(layers=(layer,))
    start = Instant(NOW + days * DAY)
    one = Span(start, Instant(start + 30 * DAY))
    other = Span(Instant(start + shift), Instant(start + shift + 30 * DAY))
    both = Span(other.start, one.end)

    def within(window: Span) -> list[Slot]:
        return [slot for slot in slots(plan, window) if slot.span.start < both.end and both.start < slot.span.end]

    assert within(one) == within(other)
    assert all(slot.span.seconds <= LONGEST + DAY for slot in within(one))


def test_one_person_has_a_slot_whoever_else_is_there() -> None:
    extra = Override("o", OverrideKind.add, at(2026, 3, 3, 12), at(2026, 3, 3, 20), person="zoe", level=1)
    plan = rota(overrides=(extra,))
    window = Span(at(2026, 3, 3, 8), at(2026, 3, 4, 8))
    assert [len(one.people) for one in of(plan, window) if one.level == 1] == [1, 2, 1]
    assert [(one.span, one.people) for one in of(plan, window, person="ben")] == [(window, ("ben",))]


# --- what others hear ---------------------------------------------------------------------------------

WINDOW = Span(Instant(1_000), Instant(9_000))
CALENDAR = Calendar("night", EVERYBODY, WINDOW)


def slot(start: int, end: int, *people: str, level: int = 1) -> Slot:
    return Slot(level, Span(Instant(start), Instant(end)), people or ("ana",))


def given_out(known, *there: Slot, at: int = 5) -> tuple[Published, ...]:
    return republished(known, there, CALENDAR, at=Instant(at), uid=lambda one: f"{one.level}-{one.span.start}")


def test_what_did_not_change_is_given_away_as_it_was() -> None:
    first = given_out((), slot(1_000, 2_000), slot(2_000, 4_000))
    assert [(one.uid, one.sequence, one.changed_at) for one in first] == [("1-1000", 0, 5), ("1-2000", 0, 5)]
    assert given_out(first, slot(1_000, 2_000), slot(2_000, 4_000), at=77) == first


def test_a_change_raises_the_sequence_and_keeps_the_id() -> None:
    first = given_out((), slot(2_000, 4_000))
    (other,) = given_out(first, slot(2_000, 4_000, "ben"), at=6)
    assert (other.uid, other.people, other.sequence, other.changed_at) == ("1-2000", ("ben",), 1, 6)
    (longer,) = given_out((other,), slot(2_000, 5_000, "ben"), at=7)
    assert (longer.uid, longer.end, longer.sequence) == ("1-2000", 5_000, 2)


def test_a_slot_that_is_no_more_is_cancelled_once_and_comes_back() -> None:
    first = given_out((), slot(2_000, 4_000))
    gone = given_out(first, at=6)
    assert [(one.cancelled, one.sequence) for one in gone] == [(True, 1)]
    assert given_out(gone, at=9) == gone
    assert [(one.cancelled, one.sequence) for one in given_out(gone, slot(2_000, 4_000))] == [(False, 2)]


def test_a_slot_that_became_shorter_and_left_the_window_is_not_cancelled() -> None:
    (known,) = given_out((), slot(500, 2_000))
    (told,) = given_out((known,), slot(500, 900))
    assert (told.cancelled, told.end, told.sequence) == (False, 900, 1)


def test_nothing_is_given_away_that_lies_outside_of_the_window() -> None:
    assert given_out((), slot(10, 1_000), slot(9_000, 9_500)) == ()
    assert replace(given_out((), slot(10, 1_001))[0]).span.touches(WINDOW)
