"""Timers meet the rota: the span of a shift, the next one's beginning, and where nobody is on duty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names, parse
from supporttui.domain.filter.forecasts import FORECASTS, Forecast, Unattended
from supporttui.domain.forecast import forecast, next_begin, shift_of, unattended
from supporttui.domain.rota.layers import Cause
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.sla.timer import SortBucket, SortKey
from supporttui.domain.spans import Instant, Span
from tests.builders import NOW, refuses, row
from tests.filter_oracle import matches

pytestmark = pytest.mark.core

HOUR = 3600


def line(*pieces: tuple[int, str], level: int = 1) -> tuple[Duty, ...]:
    """Pieces by the hour at which they end (from now) and the people, ``ana+ben``; the first begins ten hours ago."""
    found, start = [], NOW - 10 * HOUR
    for end, people in pieces:
        span = Span(Instant(start), Instant(NOW + end * HOUR))
        names = tuple(filter(None, people.split("+")))
        found.append(Duty(span, names, "first" if names else None, level, Cause.rotation if names else Cause.nobody))
        start = span.end
    return tuple(found)


def at(hours: float) -> Instant:
    return Instant(NOW + int(hours * HOUR))


SERVICES = {"night": ("mail", "vpn"), "empty": ()}


def told(*lines, me: str | None = "ana") -> Forecast:
    return forecast({"night": lines}, NOW, me=me, services=SERVICES)


def test_my_shift_lasts_as_long_as_i_am_on_whoever_joins_and_leaves() -> None:
    joined = line((-4, "ben"), (2, "ana"), (4, "ana+ben"), (8, "ana"), (20, "ben"))
    found = told(joined)
    assert found.shift == Span(at(-4), at(8))
    assert found.next_shift == at(8)


def test_whoever_is_off_duty_hears_of_the_first_line() -> None:
    found = told(line((6, "ben"), (30, "mia")), line((9, "lea"), level=2), me="ana")
    assert found.shift == Span(at(-10), at(6))


def test_my_own_line_goes_before_the_first() -> None:
    found = told(line((6, "ben"), (30, "mia")), line((9, "ana"), level=2))
    assert found.shift == Span(at(-10), at(9))


def test_the_next_shift_begins_behind_the_gap() -> None:
    found = told(line((6, "ana"), (14, ""), (30, "ben")))
    assert (found.shift, found.next_shift) == (Span(at(-10), at(6)), at(14))
    assert found.unattended == (Unattended(Span(at(6), at(14)), ("mail", "vpn")),)


def test_in_a_gap_there_is_no_shift_and_the_next_one_is_the_first_of_any_line() -> None:
    found = told(line((6, ""), (30, "ben")), line((3, ""), (30, "lea"), level=2))
    assert (found.shift, found.next_shift) == (None, at(3))
    assert [one.span for one in found.unattended] == [Span(NOW, at(3))]


def test_somebody_of_another_line_is_somebody() -> None:
    assert unattended([line((6, "ana"), (30, "")), line((9, "lea"), (30, ""), level=2)], NOW) == (Span(at(9), at(30)),)


def test_only_what_begins_within_a_day_is_told_and_that_to_its_end() -> None:
    plan = line((23, "ana"), (90, ""), (100, "ben"), (110, ""))
    assert unattended([plan], NOW) == (Span(at(23), at(90)),)


def test_a_rota_of_no_service_leaves_nothing_unattended() -> None:
    found = forecast({"empty": [line((6, ""))]}, NOW, me="ana", services=SERVICES)
    assert found.unattended == ()


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(["", "ana", "ben", "ana+ben"])), max_size=8))
def test_attended_and_unattended_tile_the_hours_to_come(pieces) -> None:
    ends, plan = -9, []
    for length, people in pieces:
        ends += length
        plan.append((ends, people))
    found = line(*plan)
    gaps = unattended([found], NOW)
    for hour in range(24):
        here = next((piece for piece in found if at(hour + 0.5) in piece.span), None)
        assert any(at(hour + 0.5) in gap for gap in gaps) == (here is not None and not here.people)
    begin = next_begin(found, NOW)
    assert begin is None or any(begin in piece.span and piece.people for piece in found)
    mine = shift_of(found, NOW, "ana")
    assert mine is None or NOW in mine


# --- as words of the filter ---------------------------------------------------------------------------

KNOWN = Names(
    forecast=Forecast(
        Span(at(-4), at(8)), at(14), (Unattended(Span(at(8), at(14)), ("mail",)), Unattended(Span(at(2), at(3)), ("vpn",)))
    )
)  # fmt: skip


def fits(word: str, **deviations) -> bool:
    found = row(**{"sort": SortKey(SortBucket.due, at(deviations.pop("due"))), **deviations})
    return matches(parse(f"is:{word}", KNOWN, NOW, "UTC"), found, NOW, "ana")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (-1, set()),
        (0, set()),
        (1, {"due_this_shift", "due_before_next_shift"}),
        (8, {"due_this_shift", "due_before_next_shift"}),
        (8.5, {"due_before_next_shift", "unattended"}),
        (14, {"due_before_next_shift", "unattended"}),
        (15, set()),
    ],
)
def test_a_timer_is_the_shift_s_in_which_it_has_to_be_met(due: float, words: set[str]) -> None:
    assert {word for word in FORECASTS if fits(word, due=due)} == words


def test_another_service_is_attended_then() -> None:
    assert not fits("unattended", due=9, service="vpn")
    assert fits("unattended", due=2.5, service="vpn")


@pytest.mark.parametrize("bucket", [SortBucket.paused, SortBucket.never, SortBucket.none])
def test_what_does_not_run_is_not_due(bucket: SortBucket) -> None:
    assert not fits("due_this_shift", due=0, sort=SortKey(bucket, at(1)))


def test_late_by_a_stale_forecast_is_late() -> None:
    later = at(5)
    node = parse("is:due_this_shift", KNOWN, later, "UTC")
    assert not matches(node, row(sort=SortKey(SortBucket.due, at(4))), later, "ana")


@pytest.mark.parametrize("text", ["is:DueThisShift", "is:due-this-shift", "is:!due_this_shift", "-is:unattended"])
def test_they_are_spelt_as_freely_as_other_words(text: str) -> None:
    parse(text, KNOWN, NOW, "UTC")


def test_where_no_rota_says_until_when_that_is_said() -> None:
    for known in (Names(), Names(forecast=Forecast())):
        with refuses("filter.no_shift", BadInput):
            parse("is:due_this_shift", known, NOW, "UTC")
    nothing = parse("is:unattended", Names(forecast=Forecast()), NOW, "UTC")
    assert not matches(nothing, row(), NOW, None)
