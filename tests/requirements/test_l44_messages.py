"""L44: messages of vendors and monitoring reach several people; one acknowledges, the others see by whom."""

from supporttui.domain.events import Origin
from supporttui.domain.faults import Refused
from supporttui.domain.incoming.report import Report, report
from supporttui.domain.incoming.source import IntakeSource, SourceKind
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import Relation
from supporttui.usecases import queue, tickets
from supporttui.usecases.incoming import messages, reading, taking
from supporttui.usecases.incoming.taking import Taken
from tests.builders import NOW, Desk, opened, refuses


def message(desk: Desk, *about: int, window: Span | None = None) -> Taken:
    with desk.store.write() as tx:
        tx.definitions.put("vendor", IntakeSource("vendor", SourceKind.command, "mail"))
    with desk.store.write() as tx:
        call = desk.call("intake", Origin.intake)
        taken = taking.take(call, tx, "vendor", [Report("", "Update on Sunday", "mail", window=window)])
        return messages.link(call, tx, taken, about)[0]


def test_one_acknowledges_for_the_team_and_the_others_see_by_whom(desk: Desk):
    about = desk.do(tickets.open_ticket, opened()).id
    number = message(desk, about, about).ticket
    desk.do(messages.acknowledge_once, number, by="ana")
    with refuses("intake.acknowledged", Refused):
        desk.do(messages.acknowledge_once, number, by="ben")
    (entry,) = desk.ask(reading.listed)
    assert (entry.alert.ticket, entry.acknowledged_by, entry.acknowledged_at) == (number, "ana", desk.clock())


def test_it_is_linked_to_the_tickets_that_it_is_about(desk: Desk):
    about = desk.do(tickets.open_ticket, opened()).id
    number = message(desk, about).ticket
    for here, there in ((number, about), (about, number)):
        (bond,) = desk.ask(lambda tx, here=here: tx.tickets.get(here)).relations
        assert (bond.other, bond.relation) == (there, Relation.related)


SUNDAY = Span(Instant(NOW + 86_400), Instant(NOW + 90_000))


def test_the_window_that_a_message_gives_stands_in_the_calendar_with_who_acknowledged_it(shell, desk: Desk):
    about = desk.do(tickets.open_ticket, opened()).id
    number = message(desk, about, window=SUNDAY).ticket
    assert "No vendor" not in shell("intake", "calendar").out
    desk.do(messages.acknowledge_once, number, by="ana")
    (one,) = shell("intake", "calendar", "--json").json["announced"]
    assert (one["ticket"], one["about"], one["acknowledged_by"]) == (number, [about], "ana")
    told = shell("intake", "calendar").out
    assert "Update on Sunday" in told
    assert "Ana" in told
    desk.clock.forward(hours=2)
    assert [row.id for row in desk.ask(queue.detail, about, desk.clock()).beside.announced] == [number]


def test_a_window_is_read_from_iso_with_an_offset_and_never_guessed():
    source = IntakeSource("vendor", SourceKind.json, "mail")
    given = {"title": "x", "starts": "2026-03-03T22:00:00+01:00", "ends": "2026-03-04T02:00:00+01:00"}
    window = report(source, given).window
    assert window is not None
    assert window.end - window.start == 4 * 3600
    for broken in ({"ends": "2026-03-02T02:00:00+01:00"}, {"starts": "2026-03-03T22:00:00"}, {"ends": "soon"}):
        assert report(source, {**given, **broken}).window is None
