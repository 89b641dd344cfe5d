"""The reasons of any timer of any ticket tile its time and add up, whatever changed on the way."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.sla.calendars import OpenTimers, untouched_parts
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import Window, compile_hours
from supporttui.domain.sla.targets import ChangeRule, Metric, ReopenRule, Target, TimeBase
from supporttui.domain.sla.timer import TimerState, fold, remaining, segment_of
from supporttui.domain.spans import Instant
from tests.domain.sla.calendars import DAY, EVERY_DAY, calendar
from tests.domain.sla.facts import LATE_SHIFT, OFFICE, office, t
from tests.domain.sla.test_hours_properties import breaks, times
from tests.domain.sla.test_metrics import with_authorities
from tests.domain.sla.test_story import histories

pytestmark = pytest.mark.core

OUTSIDE = frozenset({"acme"})
windows = st.builds(Window, times, times, st.sampled_from([EVERY_DAY, (1, 2, 3, 4, 5), (1, 3)]))


@st.composite
def engines(draw):
    """Service hours of one to three versions, each with its own word about timers that run."""
    versions = [(None, calendar(draw(windows), breaks=draw(breaks)))]
    for day in draw(st.sets(st.integers(0, 4), max_size=2)):
        other = calendar(draw(windows), zone=draw(st.sampled_from(["UTC", "Asia/Tokyo"])))
        rule = draw(st.sampled_from(list(OpenTimers)))
        versions.append((Instant(t("Mon 09:00") + day * DAY // 2), replace(other, open_timers=rule)))
    return compile_hours(versions)


targets = st.builds(
    Target, st.sampled_from(list(Metric)), st.integers(1, 30).map(lambda n: n * 900),
    priority=st.sampled_from([None, 1, 2, 3]), base=st.sampled_from([TimeBase.business, TimeBase.business, TimeBase.real]),
    calendar=st.sampled_from([None, LATE_SHIFT]), change=st.sampled_from(list(ChangeRule)),
    reopen=st.sampled_from(list(ReopenRule)), due_next_open=st.booleans(),
    pauses=st.sampled_from([None, None, frozenset(), frozenset({State.waiting_vendor})]),
    authority=st.sampled_from([None, None, "net", "acme"]), days=st.sampled_from([0, 0, 1, 3]), end_of_day=st.booleans(),
    warn_offset=st.sampled_from([(), (-1800, 3600)]),
)  # fmt: skip


@given(histories(), st.lists(targets, min_size=1, max_size=6), engines(), engines())
def test_the_reasons_of_any_timer_tile_its_time_and_add_up(told, agreed, usual, late):
    known = {
        None: compile_hours([(None, calendar(Window("00:00", "24:00", EVERY_DAY)))]),
        OFFICE: usual,
        LATE_SHIFT: late,
    }
    now = Instant(max(fact.at for fact in told) + 3 * 3600)

    def promise(metric, ticket):
        return with_authorities(agreed, metric, ticket)

    for timer in fold(told, promise, known.__getitem__, office, outside=OUTSIDE):
        pieces = explain(
            timer, told, promise, hours=known.__getitem__, default_calendar=office, until=now, outside=OUTSIDE
        )
        starts, ends = [piece.span.start for piece in pieces], [piece.span.end for piece in pieces]
        assert starts[1:] == ends[:-1]
        assert not pieces or starts[0] == timer.started
        counted = sum(piece.seconds for piece in pieces if timer.due is None or piece.span.end <= timer.due)
        if timer.due is not None and (timer.stopped is None or timer.stopped >= timer.due):
            assert counted == timer.seconds
        elif timer.due is not None or timer.state is not TimerState.running:
            assert counted == timer.seconds - timer.remaining
        if timer.unmet and timer.due is not None and timer.due > now:
            base, since = (timer.calendar, None) if timer.calendar is None else untouched_parts(timer.calendar)
            shown = known[base] if since is None else known[base].kept(since)
            segment = segment_of(timer, shown, timer.due)
            assert remaining(segment, timer.due) == 0
