"""Why this due: grounds, spans and their sum, for any ticket."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.periods.period import Dates, Period, PeriodHours, PeriodKind
from supporttui.domain.reasons import Phase, told
from supporttui.domain.sla.explain import explain
from supporttui.domain.sla.hours import Calendar, Window
from supporttui.domain.sla.targets import ChangeRule, Metric, Target
from supporttui.domain.sla.timer import TimerState, fold
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import tickets, why
from supporttui.usecases.ports import Versioned
from supporttui.usecases.why import reigning, summed
from tests.builders import Desk, calendar, opened, refuses, targets
from tests.domain.sla import facts as week

pytestmark = pytest.mark.core


def test_the_spans_of_every_timer_add_up_to_its_target(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=8)
    desk.do(tickets.wait, ticket.id, None)
    desk.clock.forward(hours=3)
    desk.do(tickets.resume, ticket.id, None)
    found = desk.ask(why.of, ticket.id, desk.clock())
    assert found.reasons
    for reason in found.reasons:
        assert reason.sum.counted + reason.sum.ahead == reason.sum.target == reason.timer.seconds
        assert reason.sum.left == 0
    assert [reason.sum.late for reason in found.reasons] == [4_800, 0]  # a first response does not wait


def test_the_most_urgent_timer_comes_first_and_what_ended_last(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    metrics = [reason.timer.metric for reason in desk.ask(why.of, ticket.id, desk.clock()).reasons]
    assert metrics == [Metric.first_response, Metric.resolution]
    desk.do(tickets.reply, ticket.id, None, text="on it")
    found = desk.ask(why.of, ticket.id, desk.clock())
    assert [reason.timer.metric for reason in found.reasons] == [Metric.resolution, Metric.first_response]


def test_one_metric_can_be_asked_for(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    (reason,) = desk.ask(why.of, ticket.id, desk.clock(), metric=Metric.resolution).reasons
    assert reason.timer.metric is Metric.resolution


def test_the_grounds_name_service_priority_agreement_and_hours_with_their_versions(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.clock.forward(hours=9)
    with desk.store.write() as tx:
        tx.definitions.put("standard", targets(name="Gold"), valid_from=desk.clock())
        tx.definitions.put("office", calendar(weekly=(Window("09:00", "18:00"),)), valid_from=desk.clock())
    later = desk.do(tickets.open_ticket, opened())
    old = desk.ask(why.of, ticket.id, desk.clock(), metric=Metric.resolution).reasons[0].grounds
    new = desk.ask(why.of, later.id, desk.clock(), metric=Metric.resolution).reasons[0].grounds
    assert (old.service, old.priority, old.agreement, old.agreement_version) == ("Mail", 3, "standard", 1)
    assert (new.agreement_name, new.agreement_version, new.agreement_from) == ("Gold", 2, desk.clock())
    assert old.calendar_versions == (1, 2)
    assert new.calendar_versions == (2,)
    assert (new.calendar_name, new.zone) == ("Office", "Europe/Berlin")


def test_across_the_border_of_a_special_period_both_hours_are_told(desk: Desk) -> None:
    """Office hours to the end of Monday, the sale's from Tuesday on; each span by its own hours."""
    sale = Period(
        "sale", "Spring sale", PeriodKind.season, "Europe/Berlin", services=("mail",),
        dates=(Dates(date(2026, 3, 3), date(2026, 3, 4)),), hours=PeriodHours((Window("07:00", "21:00"),)),
    )  # fmt: skip
    with desk.store.write() as tx:
        tx.definitions.put("sale", sale)
    ticket = desk.do(tickets.open_ticket, opened())
    (reason,) = desk.ask(why.of, ticket.id, desk.clock(), metric=Metric.resolution).reasons
    assert reason.grounds.periods == ("Spring sale",)
    assert (reason.grounds.calendar, reason.grounds.calendar_versions) == ("office", (1,))
    opened_spans = [(part.span.seconds // 3600, part.name) for part in reason.parts if part.open]
    assert opened_spans == [(8, ""), (14, "Spring sale"), (14, "Spring sale"), (4, "")]
    assert reason.sum.counted + reason.sum.ahead == reason.sum.target


def test_an_unknown_ticket_is_not_found(desk: Desk) -> None:
    with refuses("ticket.unknown"):
        desk.ask(why.of, 4711, desk.clock())


@pytest.mark.parametrize(
    ("begin", "end", "versions"), [(0, 5, (1,)), (0, 10, (1, 3)), (10, 10, (3,)), (25, 30, (4,)), (0, 99, (1, 3, 4))]
)
def test_versions_reign_from_their_beginning_to_the_next_and_the_later_of_two_wins(begin, end, versions) -> None:
    plain = Calendar("c", "C", "UTC", ())
    known = [Versioned(plain, 1), Versioned(plain, 2, Instant(10)), Versioned(plain, 3, Instant(10)),
             Versioned(plain, 4, Instant(20))]  # fmt: skip
    found = reigning(known, Span(Instant(begin), Instant(end)))
    assert tuple(one.version for one in found) == versions


EVENTS = st.sampled_from(
    [
        week.ACTIVE,
        week.WAITING,
        week.VENDOR,
        week.RESOLVED,
        week.REPLY,
        week.MESSAGE,
        week.priority(1),
        week.priority(2),
    ]
)


@given(
    st.lists(st.tuples(st.integers(1, 3 * 86_400), EVENTS), max_size=8), st.integers(0, 9 * 86_400),
    st.sampled_from(ChangeRule), st.booleans(),
)  # fmt: skip
def test_for_any_story_the_spans_add_up(told_after, now, rule, late) -> None:
    """Whatever is told of a ticket: what counted, what is ahead and what is left make the target."""
    at, story = week.t("Mon 09:00"), [(week.t("Mon 09:00"), week.opened())]
    for gap, event in told_after:
        at = Instant(at + gap)
        story.append((at, event))
    known = week.facts(*story)
    agreed = week.promises(
        Target(Metric.first_response, 3 * 3600), Target(Metric.resolution, 16 * 3600),
        Target(Metric.resolution, 4 * 3600, priority=1, change=rule, calendar=week.LATE_SHIFT if late else None),
    )  # fmt: skip
    until = Instant(at + now)
    for timer in fold(known, agreed, week.HOURS, week.office):
        pieces = explain(timer, known, agreed, hours=week.HOURS, default_calendar=week.office, until=until)
        entries = told(pieces, now=until, due=timer.due, zone="UTC")
        found = summed(timer, entries)
        assert found.counted + found.ahead + found.left == timer.seconds
        if timer.state is TimerState.paused:
            assert found.left == timer.remaining
        elif timer.unmet and timer.due is not None and timer.due > timer.started:
            assert found.left <= 0  # below: more was carried over than is promised now
        assert found.late == sum(entry.seconds for entry in entries if entry.phase is Phase.late)
