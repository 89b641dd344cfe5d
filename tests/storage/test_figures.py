"""Figures over many tickets: what was decided in a span, by group, on both databases."""

from supporttui.domain.attainment import Grouping, Verdicts
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import TimerState
from supporttui.storage import SqlStore
from tests.storage.making import NOW, opened, opened_in, timer

DAY = 86_400


def met(late: bool = False, at: int = NOW):
    return timer(state=TimerState.met, stopped=at, late=late, anchor=at)


def count(store: SqlStore, by: Grouping = Grouping.language, metric: Metric = Metric.resolution):
    with store.read() as tx:
        return tx.figures.verdicts(by, metric, since=NOW - DAY, until=NOW + 1)


def ticket(store: SqlStore, *timers, **deviations):
    return opened_in(store, opened(**deviations), timers=timers)


def test_what_was_met_in_a_span_or_used_up_in_it_is_counted_by_group(store: SqlStore):
    ticket(store, met(), language="de")
    ticket(store, met(late=True), language="de")
    ticket(store, met(), language="pl")
    ticket(store, timer(NOW - 60), language="pl")
    assert count(store) == (Verdicts("de", 1, 1), Verdicts("pl", 1, 1))
    assert count(store, Grouping.priority) == (Verdicts("2", 2, 2),)


def test_what_is_undecided_or_was_decided_before_is_not_counted(store: SqlStore):
    ticket(store, timer(NOW + 60), language="de")
    ticket(store, met(at=NOW - DAY - 1), language="de")
    ticket(store, timer(NOW - DAY - 1), language="de")
    ticket(store, met(), language="de")
    assert count(store) == (Verdicts("de", 1, 0),)
    assert count(store, metric=Metric.update) == ()


def test_drills_are_left_out(store: SqlStore):
    ticket(store, met(late=True), language="de", drill=True)
    assert count(store) == ()


def test_what_was_opened_in_a_span_is_counted_by_service_category_and_resolution(store: SqlStore):
    for deviations in (
        {"service": "mail", "category": "spam"},
        {"service": "mail", "category": "spam"},
        {"service": "vpn"},
    ):
        ticket(store, **deviations)
    ticket(store, service="vpn", drill=True)
    with store.read() as tx:
        found = tx.figures.opened(since=NOW, until=NOW + 1)
        assert tx.figures.opened(since=NOW + 1, until=NOW + DAY) == ()
    assert [(one.service, one.category, one.resolution, one.count) for one in found] == [
        ("mail", "spam", "", 2), ("vpn", "", "", 1),
    ]  # fmt: skip
