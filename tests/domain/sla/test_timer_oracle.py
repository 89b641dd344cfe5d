"""Timers of every metric against a walk along random calendars, and along the histories of a real desk."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import Assigned, Event, Fact, Replied, RequesterWrote, State, StateChanged
from supporttui.domain.ids import PersonId
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import Calendar, Holiday, Window, compile_hours
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.sla.timer import Timer, TimerState, fold
from supporttui.domain.spans import Instant
from tests.domain.sla import oracle
from tests.domain.sla.calendars import DAY, QUARTER, calendar, walked
from tests.domain.sla.facts import facts, office, opened, promises
from tests.domain.sla.log import HISTORIES
from tests.domain.sla.test_hours_properties import breaks, times, weekdays

pytestmark = pytest.mark.core

AROUND = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 5, 24))
"""Saturdays before the clocks change in Berlin, and a weekend with a Monday off."""
DAYS = 3
WORDS = ("new", "active", "waiting_requester", "waiting_vendor", "resolved", "closed")


def fact_of(what: str, word: str) -> Event:
    match what:
        case "state":
            return StateChanged(State(word))
        case "reply":
            return Replied("")
        case "message":
            return RequesterWrote("")
        case "owner":
            return Assigned(owner=PersonId("" if word == "nobody" else word))
        case _:
            return Assigned(resolver=word)


def told(start: int, events: Sequence[oracle.Event]) -> tuple[Fact, ...]:
    return facts((start, opened()), *((at, fact_of(what, word)) for at, what, word in events))


happenings = st.one_of(
    st.tuples(st.just("state"), st.sampled_from(WORDS[1:])),
    st.sampled_from([("reply", ""), ("message", ""), ("owner", "ana"), ("owner", "nobody")]),
    st.tuples(st.just("resolver"), st.sampled_from(["", "net", "acme", "bolt"])),
)
windows = st.lists(st.builds(Window, times, times, weekdays), min_size=1, max_size=3).map(tuple)


@st.composite
def cases(draw) -> tuple[Calendar, int, list[oracle.Event]]:
    day = draw(st.sampled_from(AROUND))
    closed = (Holiday("off", date(2026, 5, 25)),)
    cal = calendar(*draw(windows), zone="Europe/Berlin", breaks=draw(breaks), holidays=closed)
    start = int(datetime(day.year, day.month, day.day, 6, tzinfo=UTC).timestamp())
    moments = sorted(draw(st.lists(st.integers(0, 2 * 96), max_size=8)))
    return cal, start, [(start + n * QUARTER, *draw(happenings)) for n in moments]


def agrees(timer: Timer, noted: oracle.Noted, until: int) -> None:
    assert (timer.started, timer.stopped, timer.authority) == (noted.start, noted.stopped, noted.authority)
    assert timer.late == noted.late
    if noted.stopped is not None:
        assert timer.state is (TimerState.met if noted.met else TimerState.void)
    if noted.due is not None:
        assert timer.due == noted.due
    elif noted.stopped is not None:
        assert timer.remaining == timer.seconds - noted.used
    elif noted.standing:
        assert (timer.state, timer.due, timer.remaining) == (TimerState.paused, None, timer.seconds - noted.used)
    else:
        assert timer.state is TimerState.running
        assert timer.due is None or timer.due > until


@given(cases(), st.sampled_from(list(Metric)), st.integers(1, 60))
def test_every_metric_is_what_a_walk_notes(made, metric, quarters):
    cal, start, events = made
    engine, until = compile_hours([(None, cal)]), start + DAYS * DAY
    opens = dict(walked(cal, start, until, QUARTER))
    target = Target(metric, quarters * QUARTER, warn_percent=())
    story = told(start, events)
    found = fold(story, promises(target), lambda _: engine, office, outside=frozenset(oracle.OUTSIDE))
    expected = oracle.walk(
        metric.value, start, events, target.seconds, is_open=opens.__getitem__, until=until, step=QUARTER
    )
    for timer, noted in zip(found, expected, strict=True):
        agrees(timer, noted, until)
        pieces = explain(
            timer, story, promises(target), hours=lambda _: engine, default_calendar=office, until=until,
            outside=frozenset(oracle.OUTSIDE),
        )  # fmt: skip
        counted = sum(piece.seconds for piece in pieces if timer.due is None or piece.span.end <= timer.due)
        assert counted == (noted.used if noted.due is not None or timer.due is None or noted.stopped else timer.seconds)


# --- a real desk ----------------------------------------------------------------------------------

MINUTE = 60
DESK = calendar(
    Window("08:00", "12:00"), Window("13:00", "17:30"), Window("10:00", "14:00", (6,)), zone="Europe/Lisbon",
    holidays=(Holiday("Good Friday", date(2016, 3, 25)), Holiday("Night", date(2016, 3, 28), windows=(Window("22:00", "02:00"),))),
)  # fmt: skip
LOG_STARTS, LOG_ENDS = (int(datetime(2016, *day, tzinfo=UTC).timestamp()) for day in ((2, 28), (4, 8)))


@cache
def desk_quarters() -> dict[Instant, bool]:
    return dict(walked(DESK, LOG_STARTS, LOG_ENDS, QUARTER))


def desk_is_open(minute: int) -> bool:
    """Its windows begin and end on quarters of an hour."""
    return desk_quarters()[Instant(minute - minute % QUARTER)]


@pytest.mark.parametrize("hours", [1, 30])
@pytest.mark.parametrize("number", sorted(HISTORIES))
def test_the_tickets_of_a_real_desk_are_what_a_walk_by_minutes_notes(number, hours):
    (start, *_), *_ = HISTORIES[number]
    events = [(at, "state", word) for at, word in HISTORIES[number]]
    until = max(at for at, *_ in events) + 5 * DAY
    for metric in (Metric.resolution, Metric.first_response):
        target = Target(metric, hours * 3600)
        (found,) = fold(told(start, events[1:]), promises(target), lambda _: compile_hours([(None, DESK)]), office)
        (noted,) = oracle.walk(
            metric.value, start, events[1:], target.seconds, is_open=desk_is_open, until=until, step=MINUTE
        )
        agrees(found, noted, until)


def test_the_histories_have_pauses_and_reopenings_in_them():
    words = [word for history in HISTORIES.values() for _, word in history]
    assert {"waiting_requester", "resolved", "closed"} <= set(words)
    assert any(
        before == "resolved" and after == "active"
        for history in HISTORIES.values()
        for (_, before), (_, after) in pairwise(history)
    )
