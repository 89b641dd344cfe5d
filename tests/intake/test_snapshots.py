"""A snapshot carries a database to another one, whole, on either kind; into a used one it adds what is new, once."""

import json
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from supporttui.bootstrap.passing import passing
from supporttui.domain.events import Origin
from supporttui.domain.faults import BadInput, Forbidden
from supporttui.intake import demo, restoring, snapshots
from supporttui.intake.snapshots import VERSION
from supporttui.storage import SqlStore, migrate, open_store
from supporttui.storage.archive import TABLES, SqlArchive
from supporttui.storage.schema import metadata
from supporttui.usecases import bonds, escalation, exporting, replay, tickets
from supporttui.usecases.archive import Carried
from supporttui.usecases.ports import NoticeState
from tests.builders import NOW, Desk, MovableClock, opened, person, refuses, site

MADE_AGAIN = {
    "escalations", "firings", "imported_rows", "logins", "looks", "memberships", "open_counts", "texts",
    "ticket_references", "tickets", "timers",
}  # fmt: skip
"""What follows from the rows that a snapshot carries; so do most counters, which are carried where they do not."""
MACHINERY = {"alembic_version", "journal_head", "lease", "stamp"}
COUNTED = {("tickets", "version"), ("timers", "next_mark"), ("looks", "due")}
"""Counts writes; says when the watch looks next, which it finds out by itself."""
KINDS = ("sqlite", "postgresql")


@pytest.fixture(params=KINDS)
def other(request, clock, tmp_path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "other.db"
        path.write_bytes(request.getfixturevalue("sqlite_template"))
        url = f"sqlite:///{path}"
    else:
        url = request.getfixturevalue("second_postgres_url")
    store = open_store(url, clock=clock)
    yield store
    store.close()


@pytest.fixture(params=["store", "postgres"])
def night(request, clock):
    """A made-up night on each kind, with imports, escalations, notices and a view."""
    if request.param == "store":
        store = request.getfixturevalue("store")
    else:
        store = open_store(request.getfixturevalue("postgres_url"), clock=clock)
    clock.now = demo.START
    demo.build(store, demo.START)
    with store.write() as tx:
        tx.escalations.point("round_robin:urgent:1", 2)
    yield store
    store.close()


def call_of(store: SqlStore, number: int = 1):
    desk = Desk(store, MovableClock())
    return replace(desk.call("zoe"), operation=f"import-{number}", at=NOW)


def written(store: SqlStore, path: Path) -> Path:
    lines: list[str] = []
    snapshots.write(store, lines.append, "2026-03-02T02:20:00Z", program="test")
    path.write_text("\n".join([*lines, ""]), "utf-8")
    return path


def taken(store: SqlStore, path: Path, number: int = 1, **options):
    return restoring.restore(store, call_of(store, number), path, lambda: passing(NOW), **options)


def everything(store: SqlStore) -> dict[str, list[tuple]]:
    """All that a database says, but what only counts writes and looks."""
    with store._reading() as connection:
        found = {}
        for table in metadata.sorted_tables:
            if table.name in MACHINERY:
                continue
            columns = [c for c in table.columns if (table.name, c.name) not in COUNTED]
            if table.name == "counters":
                rows = [row for row in connection.execute(table.select()).all() if row.name == "ticket"]
                rows = [] if connection.dialect.name == "postgresql" else [tuple(row) for row in rows]
            else:
                rows = [tuple(row) for row in connection.execute(table.select().with_only_columns(*columns)).all()]
            found[table.name] = sorted(rows, key=repr)
        return found


def differences(store: SqlStore) -> tuple:
    with store.read() as tx:
        return tuple(replay.differences(tx))


# --- into an empty database ---------------------------------------------------------------------------


def test_every_table_is_carried_made_again_or_machinery():
    """Whoever adds a table decides here what becomes of it in a snapshot."""
    carried = {table.name for table in TABLES.values()}
    assert carried | MADE_AGAIN | MACHINERY == set(metadata.tables)
    assert not carried & MADE_AGAIN
    assert set(TABLES) == set(Carried)


def test_an_empty_database_becomes_what_the_other_one_was(night, other, tmp_path):
    """Tickets, timers, escalations, search and people, on the same kind and from one to the other."""
    path = written(night, tmp_path / "all.jsonl")
    done = taken(other, path)
    assert done.filled
    assert done.tickets.imported == 45
    before, after = everything(night), everything(other)
    for notices in (before["outbox"], after["outbox"]):
        assert notices
    for name in before:
        if name not in ("outbox", "counters"):
            assert after[name] == before[name], name
    with other.read() as tx:
        assert tx.escalations.pointer("round_robin:urgent:1") == 2
    assert differences(other) == differences(night) == ()
    assert (other.verify(), other.head()) == (None, night.head())


def test_a_second_snapshot_of_it_is_the_same_line_by_line(night, other, tmp_path):
    first = written(night, tmp_path / "all.jsonl")
    taken(other, first)
    second = written(other, tmp_path / "again.jsonl")
    kept = [line for line in first.read_text().splitlines() if '"line":"fact"' in line or '"line":"definition"' in line]
    again = [
        line for line in second.read_text().splitlines() if '"line":"fact"' in line or '"line":"definition"' in line
    ]
    assert again == kept


def test_work_goes_on_behind_what_was_restored(night, other, clock, tmp_path):
    taken(other, written(night, tmp_path / "all.jsonl"))
    with other.read() as tx:
        newest = max(tx.archive.tickets(after=0, most=1000))
        service = tx.definitions.services()[0]
    desk = Desk(other, clock)
    ticket = desk.do(tickets.open_ticket, opened(service=service.id, team=service.team), by=demo.ME)
    assert ticket.id == newest + 1
    assert other.verify() is None
    assert differences(other) == ()


def test_what_had_not_left_does_not_leave_twice(site_store, clock, other, tmp_path):
    """The first database may still send its pages; the second one holds them back, and says why."""
    desk = Desk(site_store, clock)
    ticket = desk.do(tickets.open_ticket, opened(priority=1))
    desk.do(escalation.escalate, ticket.id, None, text="now")
    taken(other, written(site_store, tmp_path / "all.jsonl"))
    with site_store.read() as there, other.read() as here:
        waiting, held = there.outbox.of_ticket(ticket.id), here.outbox.of_ticket(ticket.id)
    assert {notice.state for notice in waiting} == {NoticeState.pending}
    assert {notice.key for notice in held} == {notice.key for notice in waiting}
    assert {(notice.state, notice.error) for notice in held} == {(NoticeState.held, "restored")}
    assert differences(other) == ()


def test_a_check_writes_nothing(site_store, clock, other, tmp_path):
    Desk(site_store, clock).do(tickets.open_ticket, opened())
    done = taken(other, written(site_store, tmp_path / "all.jsonl"), only_check=True)
    assert (done.checked_only, done.filled, done.tickets.imported) == (True, True, 1)
    assert everything(other)["definitions"] == []


def test_however_many_there_are_few_are_held_at_once(site_store, clock, tmp_path, monkeypatch):
    """Rows come in parts, each in a transaction of its own that is over before its lines are written."""
    monkeypatch.setattr(exporting, "BATCH", 10)
    desk = Desk(site_store, clock)
    for _ in range(60):
        desk.do(tickets.open_ticket, opened(priority=3))
    parts: list[int] = []
    rows = SqlArchive.rows

    def counted(self, kind, **options):
        found = rows(self, kind, **options)
        parts.append(len(found))
        return found

    monkeypatch.setattr(SqlArchive, "rows", counted)
    lines: list[str] = []
    told: list[tuple[int, int]] = []
    with site_store.read() as tx:
        head = tx.journal.head()
    snapshots.write(
        site_store,
        lambda line: (lines.append(line), parts.append(-1)),
        "now",
        program="x",
        tell=lambda *at: told.append(at),
    )
    assert max(parts) == 10
    assert len([part for part in parts if part == 10]) >= 6
    assert told[-1] == (head, head)
    assert json.loads(lines[-1])["counts"]["fact"] == head


# --- a file that is not what it claims ----------------------------------------------------------------


@pytest.fixture
def lines(site_store, clock, tmp_path):
    """The lines of a small snapshot, and how they are taken in after a change."""
    desk = Desk(site_store, clock)
    desk.do(tickets.open_ticket, opened(priority=1))
    path = written(site_store, tmp_path / "small.jsonl")
    return path, path.read_text().splitlines()


@contextmanager
def refused(code: str, other: SqlStore):
    with refuses(code, BadInput):
        yield
    assert not any(rows for name, rows in everything(other).items() if name != "counters")


def rehashed(lines: list[str]) -> list[str]:
    """Somebody who changes a snapshot can make its hash fit."""
    import hashlib

    digest = hashlib.sha256("".join(f"{line}\n" for line in lines[:-1]).encode()).hexdigest()
    return [*lines[:-1], json.dumps({**json.loads(lines[-1]), "sha256": digest})]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("snapshot.not_one", lambda lines: ["not JSON", *lines[1:]]),
        ("snapshot.not_one", lambda lines: ['{"line": "header", "format": "other"}', *lines[1:]]),
        ("snapshot.not_one", lambda lines: []),
        ("snapshot.newer", lambda lines: [lines[0].replace(f'"version":{VERSION}', '"version":9'), *lines[1:]]),
        ("snapshot.cut_off", lambda lines: lines[:-1]),
        ("snapshot.changed", lambda lines: [*lines[:3], *lines[4:]]),
        ("snapshot.changed", lambda lines: [line.replace("Mail is slow", "Mail is fast") for line in lines]),
        ("snapshot.line", lambda lines: [lines[0], "{", *lines[1:]]),
        ("snapshot.line", lambda lines: rehashed([lines[0], '{"line":"weather"}', *lines[1:]])),
        ("snapshot.fact", lambda lines: rehashed([line.replace('"kind":"opened"', '"kind":"teleported"') for line in lines])),
        ("snapshot.chain", lambda lines: rehashed([line.replace("Mail is slow", "Mail is fast") for line in lines])),
        ("snapshot.value", lambda lines: rehashed([line.replace('"prefix","value":"T-"', '"prefix","value":7') for line in lines])),
    ],
)  # fmt: skip
def test_a_file_that_is_not_whole_is_refused_whole(lines, other, code, change):
    path, good = lines
    path.write_text("".join(f"{line}\n" for line in change(good)))
    with refused(code, other):
        taken(other, path)


def test_a_stranger_may_not_restore(lines, site_store):
    with refuses("access.unknown_person", Forbidden):
        restoring.restore(site_store, replace(call_of(site_store), actor="nobody"), lines[0], lambda: passing(NOW))


# --- into a database that is in use -------------------------------------------------------------------


@pytest.fixture(params=["sqlite", "postgresql"])
def used(request, clock, tmp_path):
    """The same small desk a second time, with a ticket of its own under the number 1."""
    if request.param == "sqlite":
        store = open_store(str(tmp_path / "used.db"), clock=clock, create=True)
    else:
        store = open_store(request.getfixturevalue("postgres_url"), clock=clock)
    site(store)
    Desk(store, clock, prefix="theirs").do(tickets.open_ticket, opened(title="Theirs alone"))
    yield store
    store.close()


@pytest.fixture
def home(site_store, clock):
    """The small desk with two tickets, one of them related to the other."""
    desk = Desk(site_store, clock)
    first = desk.do(tickets.open_ticket, opened(title="First", priority=1))
    second = desk.do(tickets.open_ticket, opened(title="Second"))
    desk.do(bonds.relate, second.id, None, other=first.id)
    desk.do(tickets.note, first.id, None, text="What we saw")
    return desk


def titles(store: SqlStore) -> list[tuple[int, str]]:
    with store.read() as tx:
        numbers = tx.archive.tickets(after=0, most=100)
        return [(number, tx.tickets.get(number).title) for number in numbers]


def test_new_tickets_get_a_number_that_is_free_and_point_at_each_other_still(home, used, tmp_path):
    done = taken(used, written(home.store, tmp_path / "all.jsonl"))
    assert (done.filled, done.tickets.imported, done.tickets.renumbered) == (False, 2, {1: 3})
    assert titles(used) == [(1, "Theirs alone"), (2, "Second"), (3, "First")]
    with used.read() as tx:
        assert [one.other for one in tx.tickets.get(2).relations] == [3]
    assert differences(used) == ()
    assert used.verify() is None


def test_the_same_snapshot_twice_adds_nothing(home, used, tmp_path):
    path = written(home.store, tmp_path / "all.jsonl")
    taken(used, path)
    before, seq = everything(used), used.head()
    again = taken(used, path, 2)
    assert (again.tickets.imported, again.tickets.updated, again.tickets.unchanged) == (0, 0, 2)
    assert (everything(used), used.head()) == (before, seq)


def test_what_happened_since_is_one_update_and_what_happened_here_stays(home, used, clock, tmp_path):
    taken(used, written(home.store, tmp_path / "all.jsonl"))
    clock.forward(minutes=5)
    Desk(used, clock, prefix="here").do(tickets.note, 3, None, text="Here")
    clock.forward(minutes=5)
    home.do(tickets.acknowledge, 1, None)
    done = taken(used, written(home.store, tmp_path / "later.jsonl"), 2)
    assert (done.tickets.imported, done.tickets.updated, done.tickets.unchanged) == (0, 1, 1)
    with used.read() as tx:
        assert tx.tickets.get(3).acknowledged_by == "ana"
        texts = [fact.event.text for fact in tx.journal.of_ticket(3) if hasattr(fact.event, "text")]
    assert "Here" in texts
    assert "What we saw" in texts
    assert differences(used) == ()


def test_a_check_tells_what_a_merge_would_do(home, used, tmp_path):
    path = written(home.store, tmp_path / "all.jsonl")
    before = everything(used)
    looked = taken(used, path, only_check=True)
    assert everything(used) == before
    assert looked.tickets.imported == taken(used, path).tickets.imported == 2


def test_what_is_agreed_is_added_and_ours_stays_where_it_differs(home, used, tmp_path):
    with home.store.write() as tx:
        tx.definitions.put("eva", person("Eva"))
        tx.definitions.put("ana", person("Ana Other", id="ana"))
        tx.definitions.put_site({"name": "Elsewhere", "motto": "Calm"})
    done = taken(used, written(home.store, tmp_path / "all.jsonl"))
    with used.read() as tx:
        people = {one.id: one.name for one in tx.definitions.people()}
        assert (people["eva"], people["ana"]) == ("Eva", "Ana")
        assert tx.definitions.site() == {"name": "Berlin", "zone": "Europe/Berlin", "prefix": "T-", "motto": "Calm"}
    assert (done.agreed.added, done.agreed.kept) == (2, 2)


def test_a_ticket_that_clashes_is_refused_whole_and_the_others_come(home, used, clock, tmp_path):
    """Both desks took the same step of the same ticket: only one of them can have happened."""
    path = written(home.store, tmp_path / "all.jsonl")
    taken(used, path)
    for desk in (home, Desk(used, clock, prefix="later")):
        clock.forward(minutes=1)
        desk.do(escalation.escalate, 3 if desk.store is used else 1, None, text="now")
    home.do(tickets.note, 2, None, text="More")
    before = everything(used)["timers"]
    done = taken(used, written(home.store, tmp_path / "later.jsonl"), 2)
    (clash,) = done.tickets.rejected
    assert (clash.ticket, clash.fault.code, done.tickets.updated) == (1, "escalation.fired", 1)
    assert everything(used)["timers"] == before
    assert differences(used) == ()


def test_facts_keep_who_when_and_from_where(home, used, tmp_path):
    taken(used, written(home.store, tmp_path / "all.jsonl"))
    with home.store.read() as there, used.read() as here:
        ours = [(f.at, f.actor, f.origin, f.operation, f.event) for f in there.journal.of_ticket(1)]
        theirs = [(f.at, f.actor, f.origin, f.operation, f.event) for f in here.journal.of_ticket(3)]
    assert theirs == ours
    assert {origin for _, _, origin, _, _ in ours} == {Origin.desk}


def test_the_tables_of_a_restored_database_are_those_of_this_program(night, other, tmp_path):
    taken(other, written(night, tmp_path / "all.jsonl"))
    assert migrate.check(other.url) == ()


def test_a_row_of_an_older_form_lacks_only_what_may_be_unknown(other):
    """Overrides were never removed before; their rows say nothing of it."""
    row = {"rota": "sun", "id": "old", "start": 1, "end": 2, "created_at": 0, "body": {}}
    with other.write() as tx:
        tx.archive.put(Carried.override, [row])
        (kept,) = tx.archive.rows(Carried.override, most=9)
        assert kept == {**row, "removed_at": None}
        with refuses("snapshot.value"):
            tx.archive.put(Carried.override, [{name: row[name] for name in ("rota", "id")}])
