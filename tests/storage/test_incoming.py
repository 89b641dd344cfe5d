"""What came in: folded by key, each message once, silence found by its instant; written only over what was read."""

import pytest

from supporttui.domain.faults import Conflict
from supporttui.domain.incoming.source import Beat, IntakeSource, SourceKind, SourceRule
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore
from supporttui.usecases.stores.incoming import Alert, Arrival, Sign
from tests.builders import refuses
from tests.storage.making import NOW, opened, opened_in


def alert(**deviations) -> Alert:
    defaults = {"source": "prom", "key": "disk", "ticket": 1, "state": "firing", "count": 1,
                "first_at": NOW, "last_at": NOW}  # fmt: skip
    return Alert(**{**defaults, **deviations})


def put(store: SqlStore, new: Alert, known: Alert | None = None) -> Alert:
    with store.write() as tx:
        tx.incoming.put(new, known=known)
    return new


def test_a_report_is_found_by_source_and_key_and_replaced_over_what_was_read(store: SqlStore):
    first = put(store, alert())
    second = put(store, alert(count=2, state="resolved", last_at=NOW + 60), first)
    with store.read() as tx:
        assert tx.incoming.alert("prom", "disk") == second
        assert tx.incoming.alert("other", "disk") is None


@pytest.mark.parametrize("known", [None, alert(count=7), alert(ticket=9), alert(state="resolved")])
def test_nothing_is_written_over_a_report_that_is_another_one_by_now(store: SqlStore, known):
    put(store, alert())
    with refuses("intake.raced", Conflict):
        put(store, alert(count=8), known)
    with store.read() as tx:
        assert tx.incoming.alert("prom", "disk") == alert()


def test_reports_of_a_ticket_and_the_newest_of_all_or_of_a_source(store: SqlStore):
    for one in (alert(), alert(key="cpu", first_at=NOW - 5), alert(source="mail", key="m", ticket=2)):
        put(store, one)
    with store.read() as tx:
        assert [one.key for one in tx.incoming.alerts_of(1)] == ["cpu", "disk"]
        assert [one.key for one in tx.incoming.newest(source=None, limit=2)] == ["m", "cpu"]
        assert [one.key for one in tx.incoming.newest(source="mail", limit=9)] == ["m"]


def test_whether_anything_of_a_ticket_goes_on(store: SqlStore):
    for one in (alert(state="resolved"), alert(key="", state="flooded"), alert(key="other", ticket=2)):
        put(store, one)
    with store.read() as tx:
        assert [tx.incoming.goes_on(number) for number in (1, 2, 3)] == [False, True, False]


def test_what_a_source_opened_lately_with_who_asked(store: SqlStore):
    for number, who in enumerate(("ana", "ben", "ana")):
        put(store, alert(key=str(number), ticket=opened_in(store, opened(requester=who)).id, first_at=NOW + number))
    put(store, alert(source="mail", ticket=opened_in(store).id))
    with store.read() as tx:
        assert tx.incoming.lately("prom", 2) == (Arrival(NOW + 2, "ana"), Arrival(NOW + 1, "ben"))


def test_a_message_is_received_once(store: SqlStore):
    with store.write() as tx:
        assert tx.incoming.receive("mail", "a@b", NOW, 7)
        assert tx.incoming.receive("mail", "left-out@b", NOW, None)
        assert tx.incoming.receive("other", "a@b", NOW, 8)
    with store.write() as tx:
        assert not tx.incoming.receive("mail", "a@b", NOW + 9, 9)
    with store.read() as tx:
        assert tx.incoming.knows("mail", "left-out@b")
        assert not tx.incoming.knows("mail", "other@b")
        assert tx.incoming.ticket_of(("nowhere@b", "left-out@b", "a@b")) in (7, 8)
        assert tx.incoming.ticket_of(()) is None


def test_silence_is_found_by_its_instant_the_longest_first(store: SqlStore):
    signs = (Sign("backup", NOW, Instant(NOW + 60)), Sign("cron", NOW, Instant(NOW + 30), 4), Sign("idle", NOW, None))
    with store.write() as tx:
        for one in signs:
            tx.incoming.put_sign(one, known=None)
    with store.read() as tx:
        assert tx.incoming.signs() == signs
        assert tx.incoming.sign("cron") == signs[1]
        assert tx.incoming.sign("never") is None
        assert tx.incoming.next_silent() == NOW + 30
        assert tx.incoming.silent(NOW + 29, 9) == ()
        assert [one.id for one in tx.incoming.silent(NOW + 60, 9)] == ["cron", "backup"]
        assert [one.id for one in tx.incoming.silent(NOW + 60, 1)] == ["cron"]


def test_a_sign_of_life_is_written_only_over_the_one_that_was_read(store: SqlStore):
    first, second = Sign("backup", NOW, Instant(NOW + 60)), Sign("backup", NOW + 5, None, 3)
    with store.write() as tx:
        tx.incoming.put_sign(first, known=None)
    with store.write() as tx:
        tx.incoming.put_sign(second, known=first)
    for stale in (None, first):
        with refuses("intake.raced", Conflict), store.write() as tx:
            tx.incoming.put_sign(first, known=stale)
    with store.read() as tx:
        assert tx.incoming.signs() == (second,)


def test_sources_and_beats_are_definitions(store: SqlStore):
    source = IntakeSource(
        "prom", SourceKind.alertmanager, "mail", rules=(SourceRule({"labels.severity": "crit*"}, impact=1),)
    )
    beat = Beat("backup", "mail", 86_400, priority=2)
    with store.write() as tx:
        assert (tx.definitions.put("prom", source), tx.definitions.put("backup", beat)) == (1, 1)
    with store.read() as tx:
        assert (tx.definitions.sources(), tx.definitions.beats()) == ((source,), (beat,))


def test_the_oldest_messages_are_forgotten_and_no_newer_one(store: SqlStore):
    with store.write() as tx:
        for number in range(4):
            tx.incoming.receive("prom", f"m{number}", Instant(NOW + number), None)
    with store.write() as tx:
        assert tx.incoming.oldest() == NOW
        assert tx.incoming.forget(Instant(NOW + 3), 2) == 2
        assert [tx.incoming.knows("prom", f"m{number}") for number in range(4)] == [False, False, True, True]
        assert tx.incoming.forget(Instant(NOW + 3), 9) == 1
        assert tx.incoming.forget(Instant(NOW + 3), 9) == 0
        assert tx.incoming.oldest() == NOW + 3
