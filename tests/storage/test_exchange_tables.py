"""What is kept of other calendars, on both databases: events as they were given away, entries with their verdict."""

from dataclasses import replace
from datetime import date

from supporttui.domain.exchange.published import EVERYBODY, Calendar, Published
from supporttui.domain.exchange.review import Entry, Receiver, Verdict
from supporttui.domain.rota.absence import AbsenceKind
from supporttui.domain.sla.calendars import Holiday, Window
from supporttui.domain.spans import Instant, Span
from supporttui.storage import SqlStore

WINDOW = Span(Instant(1_000), Instant(9_000))


def event(start: int, end: int, **deviations) -> Published:
    values = {
        "rota": "night", "person": EVERYBODY, "level": 1, "start": Instant(start), "end": Instant(end),
        "people": ("ana", "ben"), "uid": f"{start}@x", "sequence": 2, "cancelled": True, "changed_at": Instant(7),
    }  # fmt: skip
    return Published(**{**values, **deviations})


def entry(name: str = "e1", start: int = 5_000, **deviations) -> Entry:
    values = {
        "id": name, "receiver": Receiver.calendar, "key": "office", "name": "大晦日\x00", "start": Instant(start),
        "end": Instant(start + 100), "zone": "Asia/Tokyo", "source": "feed.ics", "kind": AbsenceKind.training,
        "made": (Holiday("x", date(2026, 12, 31), windows=(Window("09:00", "12:00"),)),), "decided_at": Instant(3),
    }  # fmt: skip
    return Entry(**{**values, **deviations})


def test_events_come_back_as_they_went_and_only_those_of_their_calendar(store: SqlStore) -> None:
    inside = [event(500, 1_001), event(2_000, 3_000), event(2_000, 3_000, level=2, cancelled=False, sequence=0)]
    outside = [
        event(100, 1_000),
        event(9_000, 9_500),
        event(2_000, 3_000, person="ana"),
        event(2_000, 3_000, rota="day"),
    ]
    with store.write() as tx:
        tx.exchange.publish([*outside, *inside])
        tx.exchange.publish([])
    with store.read() as tx:
        assert tx.exchange.published(Calendar("night", EVERYBODY, WINDOW)) == tuple(inside)
        assert tx.exchange.published(Calendar("night", "ana", WINDOW)) == (outside[2],)


def test_an_event_is_written_over_what_it_was(store: SqlStore) -> None:
    changed = event(2_000, 4_000, sequence=3, people=(), uid="2000@x")
    with store.write() as tx:
        tx.exchange.publish([event(2_000, 3_000)])
        tx.exchange.publish([changed])
    with store.read() as tx:
        assert tx.exchange.published(Calendar("night", EVERYBODY, WINDOW)) == (changed,)


def test_entries_come_back_by_time_and_by_what_became_of_them(store: SqlStore) -> None:
    clean = "大晦日\ufffd"
    late, early = entry(), entry("e2", 1_000, receiver=Receiver.person, key="ana", verdict=Verdict.rejected)
    with store.write() as tx:
        tx.exchange.put_entries([late, early])
        tx.exchange.put_entries([])
    with store.read() as tx:
        assert tx.exchange.entries() == (replace(early, name=clean), replace(late, name=clean))
        assert [one.id for one in tx.exchange.entries(Verdict.pending)] == ["e1"]
        assert [tx.exchange.count(verdict) for verdict in Verdict] == [
            int(one in (Verdict.pending, Verdict.rejected)) for one in Verdict
        ]
        assert [one.id for one in tx.exchange.entries(Verdict.pending, Verdict.rejected)] == ["e2", "e1"]
        assert [one.id for one in tx.exchange.entries(receiver=Receiver.person, key="ana")] == ["e2"]
        assert tx.exchange.entries(receiver=Receiver.calendar, key="ana") == ()
    with store.write() as tx:
        tx.exchange.put_entries([replace(late, verdict=Verdict.accepted)])
    with store.read() as tx:
        assert tx.exchange.entries(Verdict.pending) == ()
