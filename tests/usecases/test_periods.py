"""Special periods at a site: hours, promises, escalation and urgency follow them, and they end by themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from supporttui.domain.events import Kind, Opened, PriorityChanged
from supporttui.domain.faults import BadInput
from supporttui.domain.periods.effects import Staffing
from supporttui.domain.periods.period import Dates, Fiscal, Lift, Period, PeriodHours, PeriodKind, Rule, Unit
from supporttui.domain.rota.coverage import Lack
from supporttui.domain.sla.hours import Holiday, Window
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.sla.timer import remaining
from supporttui.domain.spans import Span
from supporttui.storage import SqlStore
from supporttui.usecases import lint, periods, queue, replay, rota, tickets, why
from supporttui.usecases.definitions.defining import Pack, apply_pack, define
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, MovableClock, calendar, opened, policy, refuses, service, site, targets
from tests.domain.periods.making import always, period
from tests.domain.sla.calendars import at
from tests.quick import memory_store

pytestmark = pytest.mark.core

DAY = 86_400
TUESDAY = (Dates(date(2026, 3, 3), date(2026, 3, 3)),)
"""The day after ``NOW``."""


def apply(desk: Desk, *found: Period, **rest: Any) -> None:
    desk.do(apply_pack, Pack("periods", periods=found, **rest), by="zoe")


def tomorrow(**deviations: Any) -> Period:
    """All of Tuesday in Berlin, round the clock."""
    return period(**{"zone": "Europe/Berlin", "name": "Peak", "dates": TUESDAY, "hours": always(), **deviations})


def timers(desk: Desk, ticket: int) -> dict[Metric, Any]:
    return {timer.metric: timer for timer in desk.ask(lambda tx: tx.tickets.timers(ticket))}


# --- hours ------------------------------------------------------------------------------------------------


def test_a_due_date_counts_a_period_that_begins_tonight(desk: Desk) -> None:
    """First response: 4 h of office time from 16:00 on Monday; Tuesday counts from midnight on."""
    apply(desk, tomorrow())
    desk.clock.now = at("2026-03-02T16:00+01:00")
    ticket = desk.do(tickets.open_ticket, opened())
    assert timers(desk, ticket.id)[Metric.first_response].due == at("2026-03-03T03:00+01:00")


def test_the_reasons_of_a_timer_list_both_pieces_with_the_period_s_name(desk: Desk) -> None:
    apply(desk, tomorrow())
    desk.clock.now = at("2026-03-02T16:00+01:00")
    ticket = desk.do(tickets.open_ticket, opened())
    first = next(
        one for one in desk.ask(why.of, ticket.id, desk.clock()).reasons if one.timer.metric == "first_response"
    )
    assert [(piece.seconds // 3600, piece.name) for piece in first.parts if piece.open] == [(1, ""), (3, "Peak")]
    assert sum(piece.seconds for piece in first.parts) == first.timer.seconds


def test_open_tickets_follow_a_period_from_its_definition_on_and_its_countdown_too(desk: Desk) -> None:
    desk.clock.now = at("2026-03-02T16:00+01:00")
    ticket, other = (desk.do(tickets.open_ticket, opened(service=key)) for key in ("mail", "vpn"))
    before = timers(desk, other.id)
    apply(desk, tomorrow())
    assert timers(desk, ticket.id)[Metric.first_response].due == at("2026-03-03T03:00+01:00")
    assert timers(desk, other.id) == before
    desk.clock.now = at("2026-03-03T02:00+01:00")
    row = next(item for item in desk.ask(queue.page, Ask(), desk.clock()).items if item.row.id == ticket.id)
    assert row.segment is not None
    assert (row.segment.running, remaining(row.segment, desk.clock())) == (True, 3600)
    assert desk.ask(queue.opening, "mail", desk.clock()).is_open
    assert not desk.ask(queue.opening, "vpn", desk.clock()).is_open


def test_targets_that_name_a_calendar_count_in_that_one_whatever_period_it_is(desk: Desk) -> None:
    apply(desk, tomorrow(hours=PeriodHours(instead=True)))
    urgent = desk.do(tickets.open_ticket, opened(priority=1))
    assert timers(desk, urgent.id)[Metric.resolution].due == NOW + 14_400


def test_a_new_period_changes_nothing_of_what_is_past_unless_it_says_since_when(desk: Desk) -> None:
    lately = Dates(date(2026, 3, 1), date(2026, 3, 2))
    apply(desk, tomorrow(dates=(lately,)), tomorrow(id="since", dates=(lately,), since=date(2026, 3, 2)))
    plan = desk.ask(lambda tx: tx.definitions.plan())
    spans = {one.period.id: one.span for one in plan.touching(Span(NOW - 9 * DAY, NOW + 9 * DAY))}
    assert (spans["peak"].start, spans["since"].start) == (NOW, at("2026-03-02T00:00+01:00"))


def test_the_world_rebuilt_from_the_journal_has_the_same_timers(desk: Desk) -> None:
    apply(desk, tomorrow())
    ticket = desk.do(tickets.open_ticket, opened())
    past = memory_store(desk.clock)
    with desk.store.read() as source, past.write() as target:
        replay.rebuild(source, target, desk.clock())
    assert Desk(past, desk.clock).ask(lambda tx: tx.tickets.timers(ticket.id)) == tuple(
        timers(desk, ticket.id).values()
    )
    past.close()
    assert desk.ask(replay.differences) == ()


def test_tickets_that_are_done_are_as_the_journal_says_although_a_period_came_later(desk: Desk) -> None:
    ticket = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.resolve, ticket.id, None)
    apply(desk, tomorrow())
    assert desk.ask(replay.differences) == ()


# --- promises, escalation, urgency ------------------------------------------------------------------------


def test_promises_of_a_period_hold_for_tickets_opened_during_it_and_leave_the_others_alone(desk: Desk) -> None:
    quick = targets(id="quick", targets=(Target(Metric.first_response, 600), Target(Metric.resolution, 0, priority=4)))
    apply(desk, tomorrow(hours=None, targets="quick"), target_sets=(quick,))
    before = desk.do(tickets.open_ticket, opened())
    desk.clock.now = at("2026-03-03T10:00+01:00")
    during, wish = (desk.do(tickets.open_ticket, opened(priority=priority)) for priority in (3, 4))
    desk.clock.now = at("2026-03-04T10:00+01:00")
    after = desk.do(tickets.open_ticket, opened())
    seconds = [
        {metric.value: timer.seconds for metric, timer in timers(desk, one.id).items()}
        for one in (before, during, wish, after)
    ]
    usual = {"first_response": 14_400, "resolution": 144_000}
    assert seconds == [usual, {**usual, "first_response": 600}, {"first_response": 600}, usual]


def test_an_escalation_begins_by_the_policy_of_the_period_that_holds(desk: Desk) -> None:
    partner = policy(id="partner", name="Partner", priorities=(1, 2, 3))
    apply(desk, tomorrow(hours=None, policy="partner"), policies=(partner,))
    usual = desk.do(tickets.open_ticket, opened(priority=1))
    assert desk.do(tickets.open_ticket, opened()).is_open
    desk.clock.now = at("2026-03-03T10:00+01:00")
    raised, wide = (desk.do(tickets.open_ticket, opened(priority=priority)) for priority in (1, 3))
    policies = [desk.ask(lambda tx, one=one: tx.escalations.get(one.id)).policy for one in (usual, raised, wide)]
    assert policies == ["urgent", "partner", "partner"]


def invoices(**deviations: Any) -> Period:
    """Month end: the last three working days of the office."""
    return period(**{
        "id": "month-end", "name": "Month end", "kind": PeriodKind.period_end, "zone": "Europe/Berlin", "dates": (),
        "hours": None, "rule": Rule(last=3, calendar="office"), "lifts": (Lift(("invoice",)),), **deviations,
    })  # fmt: skip


def test_an_invoice_of_medium_urgency_counts_as_high_on_the_last_working_day_and_the_fact_says_why(desk: Desk) -> None:
    apply(desk, invoices())
    priorities, reasons = [], []
    for day in ("2026-03-31", "2026-04-01"):
        desk.clock.now = at(f"{day}T12:00+02:00")
        ticket = desk.do(tickets.create, title="Invoice will not post", service="mail", category="invoice")
        (fact,) = [
            one
            for one in desk.ask(lambda tx, one=ticket: tx.journal.of_ticket(one.id))
            if isinstance(one.event, Opened)
        ]
        priorities.append((ticket.urgency, ticket.priority))
        reasons.append(fact.event.lifted_by)
    assert priorities == [(2, 2), (2, 3)]
    assert reasons == ["month-end", ""]


def test_urgency_derived_anew_after_the_period_is_the_usual_one(desk: Desk) -> None:
    apply(desk, invoices())
    desk.clock.now = at("2026-03-31T12:00+02:00")
    ticket = desk.do(tickets.create, title="Invoice", service="mail", category="invoice", priority=4)
    raised = desk.do(tickets.change_priority, ticket.id, None, impact=1)
    (fact,) = [
        one for one in desk.ask(lambda tx: tx.journal.of_ticket(ticket.id)) if isinstance(one.event, PriorityChanged)
    ]
    assert (raised.priority, fact.event.lifted_by) == (1, "month-end")
    desk.clock.now = at("2026-04-01T12:00+02:00")
    assert desk.do(tickets.change_priority, ticket.id, None, impact=1, urgency=2).priority == 2
    with refuses("priority.level"):
        desk.do(tickets.change_priority, ticket.id, None, impact=1, urgency=4)


def test_a_holiday_moves_the_last_working_days(desk: Desk) -> None:
    closed = calendar(holidays=(Holiday("Inventory", date(2026, 5, 29)),))
    apply(desk, invoices(), calendars=(closed,))
    plan = desk.ask(lambda tx: tx.definitions.plan())
    (may,) = plan.touching(Span(at("2026-05-20"), at("2026-06-10")))
    assert (may.whole.start, may.whole.end) == (at("2026-05-26T00:00+02:00"), at("2026-05-29T00:00+02:00"))


# --- what is told ------------------------------------------------------------------------------------------


def test_a_period_is_spoken_of_from_seven_days_before_until_it_ends(desk: Desk) -> None:
    apply(desk, tomorrow(dates=(Dates(date(2026, 3, 20), date(2026, 3, 22)),)))

    def told(moment: str) -> list[tuple[str, bool]]:
        return [(one.name, one.running) for one in desk.ask(periods.coming, at(moment))]

    moments = ("2026-03-12T23:59+01:00", "2026-03-13T00:00+01:00", "2026-03-22T23:59+01:00", "2026-03-23T00:00+01:00")
    assert [told(moment) for moment in moments] == [[], [("Peak", False)], [("Peak", True)], []]
    assert desk.ask(periods.coming, at("2026-03-21"), service="vpn") == ()


def test_what_is_coming_says_what_changes_and_from_what(desk: Desk) -> None:
    quick = targets(id="quick", targets=(
        Target(Metric.first_response, 600, priority=2), Target(Metric.first_response, 900, priority=1),
        Target(Metric.update, 3600),
    ))  # fmt: skip
    apply(desk, tomorrow(targets="quick", required_count=2, services=(), freeze=True), target_sets=(quick,))
    (found,) = desk.ask(periods.coming, desk.clock())
    assert (found.start, found.end) == (at("2026-03-03T00:00+01:00"), at("2026-03-04T00:00+01:00"))
    assert (found.hours, found.required_count, found.freeze, found.policy) == (always(), 2, True, None)
    changes = [
        (one.services, one.during.metric, one.during.seconds, one.usual and one.usual.seconds) for one in found.promises
    ]
    assert changes == [
        (("mail", "vpn"), Metric.first_response, 600, 3600), (("mail", "vpn"), Metric.update, 3600, None),
    ]  # fmt: skip


def test_a_period_can_be_looked_at_before_it_is_defined(desk: Desk) -> None:
    """The last three working days of March, a holiday among them; nothing is written."""
    closed = calendar(holidays=(Holiday("Inventory", date(2026, 3, 31)),))
    apply(desk, calendars=(closed,))
    found = desk.ask(periods.preview, invoices(targets="standard", lifts=()), desk.clock())
    assert (found.start, found.end) == (at("2026-03-26T00:00+01:00"), at("2026-03-31T00:00+02:00"))
    assert (found.running, found.promises, desk.ask(lambda tx: tx.definitions.periods())) == (False, (), {})
    assert desk.ask(periods.preview, tomorrow(until=date(2026, 1, 1)), desk.clock()) is None


def test_whoever_opens_or_works_on_a_change_during_a_freeze_is_told(desk: Desk) -> None:
    apply(desk, tomorrow(kind=PeriodKind.freeze, hours=None))
    change, incident = (desk.do(tickets.open_ticket, opened(kind=kind)) for kind in (Kind.change, Kind.incident))
    midday = at("2026-03-03T12:00+01:00")
    frozen = (periods.Frozen("peak", "Peak", at("2026-03-04T00:00+01:00")),)
    assert [desk.ask(periods.told_of, one, moment) for one in (change, incident) for moment in (NOW, midday)] == [
        (), frozen, (), (),
    ]  # fmt: skip


def test_a_rota_is_asked_for_more_people_while_a_period_of_its_services_lasts(desk: Desk) -> None:
    apply(desk, tomorrow(hours=None, required_count=2))
    day = (at("2026-03-03T00:00+01:00"), at("2026-03-04T00:00+01:00"))
    (found,) = desk.ask(periods.staffing, "night", NOW, NOW + 3 * DAY)
    assert found == Staffing(Span(*day), 2, (), ("peak",))
    assert desk.ask(periods.staffing, "gone", NOW, NOW + 3 * DAY) == ()


def test_what_a_period_asks_of_a_rota_is_among_what_the_rota_lacks_by_the_period_s_name(desk: Desk) -> None:
    apply(desk, tomorrow(hours=None, required_count=9))
    (found,) = desk.ask(rota.lacking, NOW, NOW + 3 * DAY, "night")
    assert {(short.lack, short.by) for short in found.shortfalls} == {(Lack.too_few, "Peak")}
    tuesday = (at("2026-03-03T00:00+01:00"), at("2026-03-04T00:00+01:00"))
    assert all(tuesday[0] <= one.duty.span.start < one.duty.span.end <= tuesday[1] for one in found.shortfalls)


# --- the end ----------------------------------------------------------------------------------------------


@pytest.fixture
def ended(desk: Desk) -> Desk:
    """A one-day event that is over, with a ticket that is still open."""
    apply(desk, tomorrow(kind=PeriodKind.event))
    desk.do(tickets.open_ticket, opened())
    desk.clock.now = at("2026-03-03T10:00+01:00")
    for priority in (3, 3, 4):
        desk.do(tickets.open_ticket, opened(priority=priority))
    desk.do(tickets.open_ticket, opened(service="vpn"))
    done = desk.do(tickets.open_ticket, opened())
    desk.do(tickets.resolve, done.id, None)
    desk.clock.now = at("2026-03-04T10:00+01:00")
    desk.do(tickets.open_ticket, opened())
    return desk


def reviewed(desk: Desk) -> list[tuple[str, bool, Sequence[int]]]:
    return [(one.id, one.ended, sorted(one.tickets)) for one in desk.ask(periods.review, desk.clock())]


def test_an_event_that_ends_tonight_lists_its_open_tickets_and_stays_listed_until_somebody_decides(ended: Desk) -> None:
    assert reviewed(ended) == [("peak", True, [2, 3, 4])]
    ended.clock.now = at("2026-03-03T11:00+01:00")
    assert reviewed(ended) == [("peak", False, [2, 3, 4])]
    ended.clock.now = at("2026-03-02T23:00+01:00")
    assert reviewed(ended) == []
    ended.clock.now = at("2026-06-01")
    assert [one[0] for one in reviewed(ended)] == ["peak"]


def test_keeping_it_ends_the_review_and_changes_no_timer(ended: Desk) -> None:
    before = timers(ended, 2)
    ended.do(periods.decide, "peak", periods.Decision.keep, by="zoe")
    assert (reviewed(ended), timers(ended, 2)) == ([], before)
    with refuses("period.nothing"):
        ended.do(periods.decide, "peak", periods.Decision.keep, by="zoe")


def test_an_extended_period_holds_again_from_now_on_and_is_reviewed_at_its_new_end(ended: Desk) -> None:
    ended.do(periods.decide, "peak", periods.Decision.extend, until=date(2026, 3, 6), by="zoe")
    assert reviewed(ended) == []
    hours = ended.ask(lambda tx: tx.definitions.hours("office@mail"))
    night = [hours.is_open(at(f"2026-03-0{day}T22:00+01:00")) for day in (2, 3, 4, 5, 6, 7)]
    assert night == [False, True, True, True, True, False]
    assert not hours.is_open(at("2026-03-04T05:00+01:00"))
    ended.clock.now = at("2026-03-06T10:00+01:00")
    assert [one[:2] for one in reviewed(ended)] == [("peak", False)]


@pytest.mark.parametrize("until", [None, date(2026, 3, 3)])
def test_an_extension_needs_a_later_date(ended: Desk, until: date | None) -> None:
    with refuses("period.until"):
        ended.do(periods.decide, "peak", periods.Decision.extend, until=until, by="zoe")


def test_a_dropped_period_is_over_at_once_and_what_it_was_stays(ended: Desk) -> None:
    ended.clock.now = at("2026-03-03T12:00+01:00")
    ended.do(periods.decide, "peak", periods.Decision.drop, by="zoe")
    hours = ended.ask(lambda tx: tx.definitions.hours("office@mail"))
    assert [hours.is_open(at(f"2026-03-03T{hour}:00+01:00")) for hour in ("03", "22")] == [True, False]
    assert reviewed(ended) == []


def test_what_comes_round_by_a_rule_is_not_asked_about_until_its_last_time_is_over(desk: Desk) -> None:
    apply(desk, invoices(), invoices(id="until", until=date(2026, 4, 1)))
    desk.clock.now = at("2026-04-02")
    assert [one[0] for one in reviewed(desk)] == ["until"]


def test_decisions_are_for_those_who_may_configure_and_for_periods_that_exist(ended: Desk) -> None:
    with refuses("access.denied"):
        ended.do(periods.decide, "peak", periods.Decision.keep, by="ana")
    with refuses("period.unknown"):
        ended.do(periods.decide, "gone", periods.Decision.keep, by="zoe")


# --- in files ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code", "where"),
    [
        ({"zone": "Mars/Base"}, "definition.zone", "periods[0].zone"),
        ({"services": ("gone",)}, "definition.unknown", "periods[0].services[0]"),
        ({"targets": "gone"}, "definition.unknown", "periods[0].targets"),
        ({"policy": "gone"}, "definition.unknown", "periods[0].policy"),
        ({"dates": ()}, "definition.missing", "periods[0].dates"),
        ({"dates": (Dates(date(2026, 2, 1), date(2026, 1, 1)),)}, "definition.dates", "periods[0].dates[0]"),
        ({"dates": (Dates(date(2026, 2, 1), date(2027, 2, 2), yearly=True),)}, "definition.dates", "periods[0].dates[0]"),
        ({"dates": (Dates(date(2026, 2, 1), date(2026, 2, 1), start="9"),)}, "definition.clock", "periods[0].dates[0].start"),
        ({"dates": (Dates(date(2026, 2, 1), date(2026, 2, 1), end="24:30"),)}, "definition.clock", "periods[0].dates[0].end"),
        ({"dates": (Dates(date(2026, 2, 1), date(2026, 2, 1), start="12:00", end="12:00"),)}, "definition.dates", "periods[0].dates[0]"),
        ({"rule": Rule()}, "definition.range", "periods[0].rule.first"),
        ({"rule": Rule(last=-1)}, "definition.range", "periods[0].rule.last"),
        ({"rule": Rule(last=1, calendar="gone")}, "definition.unknown", "periods[0].rule.calendar"),
        ({"rule": Rule(Unit.year, last=1, fiscal=Fiscal(13))}, "definition.range", "periods[0].rule.fiscal.start_month"),
        ({"rule": Rule(Unit.year, last=1, fiscal=Fiscal(week_ends=0))}, "definition.range", "periods[0].rule.fiscal.week_ends"),
        ({"hours": PeriodHours()}, "definition.missing", "periods[0].hours.windows"),
        ({"hours": PeriodHours((Window("25:00", "26:00"),))}, "hours.time", "periods[0].hours.windows[0].start"),
        ({"lifts": (Lift(()),)}, "definition.missing", "periods[0].lifts[0].categories"),
        ({"lifts": (Lift(("invoice",), 0),)}, "definition.too_small", "periods[0].lifts[0].by"),
        ({"required_count": 0}, "definition.too_small", "periods[0].required_count"),
        ({"announce_days": -1}, "definition.too_small", "periods[0].announce_days"),
    ],
)  # fmt: skip
def test_one_fault_refuses_the_pack_with_its_path(desk: Desk, fault: Mapping[str, Any], code: str, where: str) -> None:
    with pytest.raises(BadInput) as caught:
        apply(desk, tomorrow(**fault))
    assert (caught.value.code, caught.value.params["where"]) == (code, where)
    assert desk.ask(lambda tx: tx.definitions.periods()) == {}


def test_no_calendar_is_called_like_the_hours_of_a_service(desk: Desk) -> None:
    with refuses("definition.letter", BadInput):
        apply(desk, calendars=(calendar(id="office@mail"),))


def test_an_equal_period_is_no_new_version(store: SqlStore, clock: MovableClock) -> None:
    site(store, mail=service())
    desk = Desk(store, clock)
    versions = [desk.do(define, "peak", one, by="zoe") for one in (tomorrow(), tomorrow(), replace(tomorrow(), rank=1))]
    assert versions == [1, 1, 2]


def test_doctor_tells_what_periods_leave_wanting(ended: Desk) -> None:
    soon = tomorrow(
        id="soon", dates=(Dates(date(2026, 3, 10), date(2026, 3, 11)),), required_count=5, lifts=(Lift(("x",)),)
    )
    with ended.store.write() as tx:
        tx.definitions.put_site({"categories": "invoice, payroll"})
    apply(ended, soon)
    found = {
        one.code: one.params for one in ended.ask(lint.findings, ended.clock()) if one.code.startswith("lint.period")
    }
    assert set(found) == {"lint.period_too_few", "lint.period_category", "lint.period_review"}
    assert (found["lint.period_review"]["period"], found["lint.period_too_few"]["rota"]) == ("peak", "night")
