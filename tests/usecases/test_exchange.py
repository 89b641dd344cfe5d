"""Calendars that go out and come in: each change is heard of, and nothing counts before somebody says so."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from supporttui.domain.exchange.review import Found, Receiver, Verdict
from supporttui.domain.faults import BadInput, Forbidden, NotFound, Refused
from supporttui.domain.rota.absence import AbsenceKind
from supporttui.domain.rota.schedule import OverrideKind
from supporttui.domain.sla.calendars import Holiday, Window
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve
from supporttui.usecases import rota
from supporttui.usecases.exchange.publishing import LONGEST, publish
from supporttui.usecases.exchange.reviewing import Delivery, decide, take_in, waiting
from tests.builders import NOW, Desk, calendar, refuses

pytestmark = pytest.mark.core
DAY = 86_400
WINDOW = Span(NOW, Instant(NOW + 7 * DAY))
BERLIN = "Europe/Berlin"


def at(month: int, day: int, *clock: int) -> Instant:
    return resolve(datetime(2026, month, day, *clock), BERLIN)


# --- out ----------------------------------------------------------------------------------------------


def test_what_is_published_twice_is_the_same(desk: Desk) -> None:
    first = desk.do(publish, "night", WINDOW)
    assert {one.uid for one in first.events} == first.changed
    assert len({one.uid for one in first.events}) == len(first.events) > 8
    again = desk.do(publish, "night", WINDOW, by="mia")
    assert (again.events, again.changed) == (first.events, frozenset())


def test_a_change_of_the_rota_is_heard_of_by_its_calendar_and_by_both_people(desk: Desk) -> None:
    before = desk.do(publish, "night", WINDOW)
    ben = desk.do(publish, "night", WINDOW, person="ben")
    desk.do(rota.override, "night", start=at(3, 3, 8), end=at(3, 4, 8), person="mia", in_place_of="ben", by="lea",
            kind=OverrideKind.replace)  # fmt: skip
    desk.clock.forward(hours=1)
    after = desk.do(publish, "night", WINDOW)
    (changed,) = (one for one in after.events if one.uid in after.changed)
    assert (changed.start, changed.people, changed.sequence, changed.cancelled) == (at(3, 3, 8), ("mia",), 1, False)
    assert changed.uid in {one.uid for one in before.events}
    told = desk.do(publish, "night", WINDOW, person="ben")
    assert [(one.start, one.sequence) for one in told.events if one.cancelled] == [(at(3, 3, 8), 1)]
    assert {one.uid for one in told.events} == {one.uid for one in ben.events}


def test_an_override_that_is_taken_back_brings_the_slot_back(desk: Desk) -> None:
    before = desk.do(publish, "night", WINDOW)
    override = desk.do(rota.override, "night", start=at(3, 3, 12), end=at(3, 3, 20), person="mia", by="lea")
    key = desk.last
    split = desk.do(publish, "night", WINDOW)
    assert override
    assert len(split.changed) == 3
    desk.do(rota.end_override, "night", key, by="lea")
    after = desk.do(publish, "night", WINDOW)
    live = [one for one in after.events if not one.cancelled]
    assert [(one.uid, one.end, one.people) for one in live] == [(one.uid, one.end, one.people) for one in before.events]
    assert [one.sequence for one in after.events if one.cancelled] == [1, 1]


def test_who_may_publish_and_what(desk: Desk) -> None:
    with refuses("access.denied", Forbidden):
        desk.do(publish, "night", WINDOW, by="aud")
    with refuses("rota.unknown", NotFound):
        desk.do(publish, "day", WINDOW)
    with refuses("person.unknown", NotFound):
        desk.do(publish, "night", WINDOW, person="nobody")
    for end in (NOW, NOW + LONGEST + 1):
        with refuses("publish.window", BadInput):
            desk.do(publish, "night", Span(NOW, Instant(end)))


# --- in -----------------------------------------------------------------------------------------------


def found(uid: str = "u1", name: str = "Founding day", start: Instant = at(5, 4), end: Instant = at(5, 5)) -> Found:
    return Found(uid, name, start, end)


def delivery(*events: Found, **deviations) -> Delivery:
    values = {
        "receiver": Receiver.calendar, "key": "office", "zone": BERLIN, "source": "feed.ics",
        "window": Span(NOW, Instant(NOW + 366 * DAY)), "found": events,
    }  # fmt: skip
    return Delivery(**{**values, **deviations})


def holidays(desk: Desk) -> tuple[Holiday, ...]:
    return desk.ask(lambda tx: tx.definitions.calendars()["office"][-1].value.holidays)


def test_nothing_counts_before_it_is_accepted(desk: Desk) -> None:
    desk.do(take_in, delivery(found()), by="lea")
    assert holidays(desk) == ()
    (entry,) = desk.ask(waiting)
    assert (entry.name, entry.source, entry.verdict) == ("Founding day", "feed.ics", Verdict.pending)
    head = desk.store.head()
    done = desk.do(decide, [entry.id], accept=True, by="lea")
    assert dict(done.calendars) == {"office": 2}
    assert desk.store.head() > head
    assert holidays(desk) == (Holiday("Founding day", date(2026, 5, 4)),)
    assert desk.ask(waiting) == ()
    versions = desk.ask(lambda tx: tx.definitions.calendars()["office"])
    assert [version.valid_from for version in versions] == [None, NOW]


def test_a_version_that_is_to_begin_later_gets_the_holiday_too(desk: Desk) -> None:
    """What it plans stays: only the holiday is added, from its own beginning on."""
    planned = calendar(weekly=(Window("08:00", "20:00"),))
    with desk.store.write() as tx:
        tx.definitions.put("office", planned, valid_from=at(4, 1))
    desk.do(take_in, delivery(found()), by="lea")
    desk.do(decide, [desk.ask(waiting)[0].id], accept=True, by="lea")
    versions = desk.ask(lambda tx: tx.definitions.calendars()["office"])
    day = (Holiday("Founding day", date(2026, 5, 4)),)
    assert [(one.valid_from, one.value) for one in versions[2:]] == [
        (NOW, calendar(holidays=day)), (at(4, 1), replace(planned, holidays=day)),
    ]  # fmt: skip


def test_a_second_import_brings_nothing_new(desk: Desk) -> None:
    """Neither what waits, nor what was accepted, nor what was rejected."""
    three = delivery(found(), found("u2", "B", at(6, 1), at(6, 2)), found("u3", "C", at(7, 1), at(7, 2)))
    assert len(desk.do(take_in, three, by="lea").new) == 3
    first, second, _ = desk.ask(waiting)
    desk.do(decide, [first.id], accept=True, by="lea")
    desk.do(decide, [second.id], accept=False, by="lea")
    again = desk.do(take_in, three, by="lea")
    assert (again.new, again.changed, again.known, again.left) == ((), (), 3, ())
    assert [one.name for one in desk.ask(waiting)] == ["C"]


def test_the_same_from_another_source_is_known(desk: Desk) -> None:
    desk.do(take_in, delivery(found()), by="lea")
    other = desk.do(take_in, delivery(found("x9", " FOUNDING DAY"), source="other.ics"), by="lea")
    assert (other.new, other.known) == ((), 1)
    with desk.store.write() as tx:
        tx.definitions.put("office", calendar(holidays=(Holiday("Easter", date(2026, 4, 6)),)))
    easter = desk.do(take_in, delivery(found("e", "Easter Monday", at(4, 6), at(4, 7))), by="lea")
    assert (easter.new, easter.known) == ((), 1)


def test_what_changed_is_looked_at_again_and_takes_the_place_of_what_it_was(desk: Desk) -> None:
    desk.do(take_in, delivery(found()), by="lea")
    (entry,) = desk.ask(waiting)
    desk.do(decide, [entry.id], accept=True, by="lea")
    moved = desk.do(take_in, delivery(found(start=at(5, 11), end=at(5, 12))), by="lea")
    assert [one.id for one in moved.changed] == [entry.id]
    assert holidays(desk) == (Holiday("Founding day", date(2026, 5, 4)),)
    desk.do(decide, [entry.id], accept=True, by="lea")
    assert holidays(desk) == (Holiday("Founding day", date(2026, 5, 11)),)


def test_what_its_source_no_longer_has_is_told(desk: Desk) -> None:
    """What waited goes off the list and may come again; what counts stays until somebody takes it back."""
    both = delivery(found(), found("u2", "B", at(6, 1), at(6, 2)))
    desk.do(take_in, both, by="lea")
    first, second = desk.ask(waiting)
    desk.do(decide, [first.id], accept=True, by="lea")
    empty = desk.do(take_in, delivery(), by="lea")
    assert ([one.id for one in empty.left], [one.id for one in empty.withdrawn]) == ([first.id], [second.id])
    assert desk.ask(waiting) == ()
    assert holidays(desk) != ()
    assert [one.id for one in desk.do(take_in, both, by="lea").new] == [second.id]
    assert desk.do(take_in, delivery(source="other.ics"), by="lea").withdrawn == ()


def test_a_check_writes_nothing(desk: Desk) -> None:
    with desk.store.read() as tx:
        taken = take_in(desk.call("lea"), tx, delivery(found()), write=False)
    assert len(taken.new) == 1
    assert desk.ask(waiting) == ()


def test_a_person_s_events_become_absences_and_follow_their_calendar(desk: Desk) -> None:
    mine = delivery(found(), receiver=Receiver.person, key="ana", kind=AbsenceKind.training)
    desk.do(take_in, mine, by="ana")
    (entry,) = desk.ask(waiting)
    assert desk.do(decide, [entry.id], accept=True, by="ana").absences == 1
    (absence,) = desk.ask(rota.absences, NOW, at(12, 1), "ana")
    assert (absence.start, absence.end, absence.kind) == (at(5, 4), at(5, 5), AbsenceKind.training)
    assert (absence.source, absence.note) == ("feed.ics", "Founding day")
    moved = delivery(found(start=at(5, 11), end=at(5, 12)), receiver=Receiver.person, key="ana")
    desk.do(take_in, moved, by="ana")
    desk.do(decide, [entry.id], accept=True, by="ana")
    assert [one.start for one in desk.ask(rota.absences, NOW, at(12, 1), "ana")] == [at(5, 11)]


def test_who_may_take_in_and_decide(desk: Desk) -> None:
    person = delivery(found(), receiver=Receiver.person, key="ana")
    with refuses("access.denied", Forbidden):
        desk.do(take_in, delivery(found()), by="ana")
    with refuses("rota.not_yours", Forbidden):
        desk.do(take_in, person, by="ben")
    with refuses("person.unknown", NotFound):
        desk.do(take_in, delivery(found(), receiver=Receiver.person, key="nobody"), by="lea")
    with refuses("calendar.unknown", NotFound):
        desk.do(take_in, delivery(found(), key="nowhere"), by="lea")
    desk.do(take_in, delivery(found()), by="lea")
    desk.do(take_in, person, by="lea")
    office, ana = sorted(desk.ask(waiting), key=lambda one: one.receiver)
    for accept in (True, False):
        with refuses("access.denied", Forbidden):
            desk.do(decide, [ana.id, office.id], accept=accept, by="ana")
        with refuses("rota.not_yours", Forbidden):
            desk.do(decide, [ana.id], accept=accept, by="ben")
    assert len(desk.ask(waiting)) == 2
    assert desk.ask(rota.absences, NOW, at(12, 1)) == ()


def test_only_what_does_not_count_yet_can_be_decided(desk: Desk) -> None:
    desk.do(take_in, delivery(found()), by="lea")
    (entry,) = desk.ask(waiting)
    with refuses("review.unknown", NotFound):
        desk.do(decide, [entry.id, "nothing"], accept=True, by="lea")
    desk.do(decide, [entry.id], accept=False, by="lea")
    desk.do(decide, [entry.id], accept=True, by="lea")
    with refuses("review.decided", Refused):
        desk.do(decide, [entry.id], accept=False, by="lea")
