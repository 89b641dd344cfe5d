"""What falls due before the shift ends, before the next one, and while nobody is on duty."""

from datetime import datetime, time

import pytest

from supporttui.domain.filter import parse
from supporttui.domain.rota.schedule import Layer, Restriction, Rota, Rotation
from supporttui.domain.spans import Instant, Span
from supporttui.usecases import forecast, naming, queue, saved_views, tickets
from supporttui.usecases.views import Ask
from tests.builders import NOW, Desk, opened, rota, targets

pytestmark = pytest.mark.core


def hour(number: int) -> Instant:
    """So many hours after Monday's midnight in Berlin."""
    return Instant(NOW - 3 * 3600 - 20 * 60 + number * 3600)


def by_day() -> Rota:
    """Ana from 8 to 20 every day, nobody at night."""
    turns = Rotation(datetime(2026, 3, 2, 8), (("ana",),))
    layer = Layer("first", (turns,), restrictions=(Restriction(time(8), time(20)),))
    return rota(layers=(layer,))


@pytest.fixture
def day(desk: Desk) -> Desk:
    """Monday 08:20 in Berlin; Ana is on from 8 to 20, and at night nobody is."""
    with desk.store.write() as tx:
        tx.definitions.put("night", by_day())
        tx.definitions.put("standard", targets())
    desk.clock.forward(hours=5)
    return desk


def test_bounds_are_those_of_the_rota(day: Desk) -> None:
    found = day.ask(forecast.of, day.clock(), "ana")
    assert found.shift == Span(hour(8), hour(20))
    assert found.next_shift == hour(32)
    assert [(one.span, one.services) for one in found.unattended] == [(Span(hour(20), hour(32)), ("mail", "vpn"))]


def test_each_ticket_is_counted_where_it_falls_due(day: Desk) -> None:
    """A quarter of an hour, four hours, and round the clock through the night."""
    urgent = day.do(tickets.open_ticket, opened(priority=1))
    day.do(tickets.reply, day.do(tickets.open_ticket, opened(priority=2)).id, None, text="on it")
    day.clock.forward(hours=5)
    late = day.do(tickets.open_ticket, opened(priority=2))
    day.do(tickets.reply, late.id, None, text="on it")
    found = day.ask(forecast.expected, day.clock(), "ana")
    assert (found.this_shift, found.before_next_shift, found.unattended) == (1, 2, 1)
    node = parse("is:open is:unattended", day.ask(naming.names, day.clock(), me="ana"), day.clock(), "UTC")
    page = day.ask(queue.page, Ask(node), day.clock())
    assert [item.row.id for item in page.items] == [late.id]
    assert urgent.id not in {item.row.id for item in page.items}
    assert day.ask(queue.status, day.clock(), "ana").expected == found


def test_a_desk_without_a_rota_expects_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast, "standings", lambda *_: [])
    assert desk.ask(forecast.expected, desk.clock(), "ana") is None


def test_the_views_are_there_by_name_for_everybody(day: Desk) -> None:
    view = day.ask(saved_views.named, None, "this_shift")
    assert view.query == "is:open is:due_this_shift"
    assert view.is_built_in


def test_round_the_clock_the_next_shift_begins_where_this_one_ends(desk: Desk) -> None:
    with desk.store.write() as tx:
        tx.definitions.put("night", rota())
    found = desk.ask(forecast.of, desk.clock(), "ben")
    assert found.shift.end == found.next_shift
    assert found.unattended == ()


def test_who_is_on_is_asked_again_when_a_gap_ends(day: Desk) -> None:
    """Names hold until somebody begins, not only until somebody ends."""
    day.clock.forward(hours=13)
    assert day.ask(naming.names, day.clock(), me="ana").until == hour(32)
