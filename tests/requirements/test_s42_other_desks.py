"""S42: the existing help desk stays."""

import csv
import json
from dataclasses import replace

import pytest

from supporttui.domain.events import Imported
from supporttui.storage import open_store
from supporttui.usecases import tickets
from tests.builders import Desk, opened, site
from tests.cli.conftest import Shell

ROWS = (
    {"number": "INC7", "title": "Printer", "service": "mail", "state": "new", "opened_at": "2026-03-01T08:00:00Z",
     "priority": "2"},
    {"number": "INC8", "title": "Network", "service": "vpn", "state": "active", "opened_at": "2026-03-01T09:00:00Z",
     "priority": "3"},
)  # fmt: skip


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def both(request, capsys, clock, tmp_path):
    """The small desk on each database: a shell, and what is stored. On PostgreSQL its login is an administrator's."""
    url = request.getfixturevalue(request.param)
    store = open_store(url, clock=clock)
    site(store)
    if store.dialect == "postgresql":
        with store.write() as tx:
            (zoe,) = [one for one in tx.definitions.people() if one.id == "zoe"]
            tx.definitions.put("zoe", replace(zoe, login=store.login()))
    yield Shell(capsys, url, clock, tmp_path / "home"), Desk(store, clock)
    store.close()


@pytest.fixture
def export(tmp_path):
    """Writes the other desk's export."""

    def write(*rows, kind="csv"):
        path = tmp_path / f"export.{kind}"
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, fieldnames=list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return str(path)

    return write


def facts(desk):
    return desk.ask(lambda tx: len(tuple(tx.journal.each())))


def test_the_same_file_twice_makes_no_duplicate_and_no_fact(both, export):
    shell, desk = both
    path = export(*ROWS)
    first = shell("import", path, "--as", "zoe", "--json").json
    before = facts(desk)
    second = shell("import", path, "--as", "zoe", "--json").json
    assert (first["imported"], second["imported"], second["updated"], second["unchanged"]) == (2, 0, 0, 2)
    assert facts(desk) == before
    assert len(shell("queue", "--json").json["tickets"]) == 2


def test_one_changed_row_is_exactly_one_update(both, export):
    shell, _ = both
    shell("import", export(*ROWS), "--as", "zoe")
    found = shell("import", export(ROWS[0], {**ROWS[1], "priority": "1"}), "--as", "zoe", "--json").json
    assert (found["imported"], found["updated"], found["unchanged"]) == (0, 1, 1)
    assert shell("ticket", "show", "INC8", "--json").json["ticket"]["priority"] == 1
    assert shell("ticket", "show", "INC7", "--json").json["ticket"]["version"] == 1


def test_the_foreign_key_stays(both, export):
    shell, desk = both
    shell("import", export(*ROWS), "--as", "zoe")
    found = shell("ticket", "show", "INC7", "--json").json
    assert [reference["key"] for reference in found["ticket"]["references"]] == ["INC7"]
    (mark,) = [
        fact.event
        for fact in desk.ask(lambda tx: tx.journal.of_ticket(found["ticket"]["id"]))
        if isinstance(fact.event, Imported)
    ]
    assert mark.number == "INC7"


# --- JSON of other systems ----------------------------------------------------------------------------

TRACKER = """
system = "tracker"
format = "json"
rows = "issues"
history = "tickets"
zone = "Europe/Berlin"
service = { column = "fields.project", map = { POST = "mail", NET = "vpn" } }
team = "desk"
title = ["fields.summary"]
optional = ["fields.assignee.name"]

[columns]
number = "key"
state = "fields.status.name"
opened = "fields.created"
owner = "fields.assignee.name"
priority = "fields.priority"

[states]
"To Do" = "new"
"In Progress" = "active"
"""
ISSUES = (
    {"key": "TR-7", "fields": {"summary": "Printer", "project": "POST", "status": {"name": "To Do"}, "priority": 2,
                               "created": "2026-03-01T08:00:00"}},
    {"key": "TR-8", "fields": {"summary": "Network", "project": "NET", "status": {"name": "In Progress"}, "priority": 3,
                               "created": "2026-03-01T09:00:00", "assignee": {"name": "Ana"}}},
)  # fmt: skip


@pytest.fixture
def tracker(tmp_path):
    """Writes the tracker's export and gives what import needs for it."""
    mapping = tmp_path / "tracker.toml"
    mapping.write_text(TRACKER)

    def write(*issues):
        path = tmp_path / "issues.json"
        path.write_text(json.dumps({"total": len(issues), "issues": issues}, indent=1))
        return str(path), "--preset", str(mapping)

    return write


def changed(issue, **fields):
    return {**issue, "fields": {**issue["fields"], **fields}}


def test_json_by_a_mapping_twice_makes_no_duplicate_and_one_changed_object_is_one_update(both, tracker):
    shell, desk = both
    first = shell("import", *tracker(*ISSUES), "--as", "zoe", "--json").json
    before = facts(desk)
    second = shell("import", *tracker(*ISSUES), "--as", "zoe", "--json").json
    assert (first["imported"], second["imported"], second["updated"], second["unchanged"]) == (2, 0, 0, 2)
    assert facts(desk) == before
    third = shell("import", *tracker(ISSUES[0], changed(ISSUES[1], priority=1)), "--as", "zoe", "--json").json
    assert (third["imported"], third["updated"], third["unchanged"]) == (0, 1, 1)
    found = shell("ticket", "show", "tracker:TR-8", "--json").json["ticket"]
    assert (found["priority"], found["service"], found["owner"]) == (1, "vpn", "ana")


def test_a_bad_object_leaves_no_half_of_its_ticket(both, tracker):
    shell, _ = both
    arguments = tracker(ISSUES[0], changed(ISSUES[1], status={"name": "Frozen"}))
    found = shell("import", *arguments, "--as", "zoe", "--json")
    (fault,) = found.json["faults"]
    assert (found.code, fault["column"], fault["number"]) == (1, "issues[1].fields.status.name", "TR-8")
    assert shell("ticket", "show", "tracker:TR-8").code != 0
    assert shell("ticket", "show", "tracker:TR-7").code == 0


# --- two desks of this program --------------------------------------------------------------------------


def test_a_snapshot_twice_makes_no_duplicate_and_one_changed_ticket_is_one_update(both, tmp_path, clock):
    """From an SQLite file into each kind of database, which is in use meanwhile."""
    shell, desk = both
    there = open_store(str(tmp_path / "there.db"), clock=clock, create=True)
    site(there)
    other = Desk(there, clock, prefix="there")
    numbers = [other.do(tickets.open_ticket, opened(title=title)).id for title in ("Printer", "Network")]
    desk.do(tickets.open_ticket, opened(title="Ours"))

    def taken(name):
        assert shell("--db", there.url, "export", str(tmp_path / name), db=False).code == 0
        return shell("import", str(tmp_path / name), "--as", "zoe", "--json").json

    first, before = taken("first.jsonl"), None
    assert (first["imported"], first["filled"]) == (2, False)
    before = facts(desk)
    second = taken("second.jsonl")
    assert (second["imported"], second["updated"], second["unchanged"]) == (0, 0, 2)
    assert facts(desk) == before
    other.do(tickets.note, numbers[1], None, text="More")
    third = taken("third.jsonl")
    assert (third["imported"], third["updated"], third["unchanged"]) == (0, 1, 1)
    assert sorted(row["title"] for row in shell("queue", "--json").json["tickets"]) == ["Network", "Ours", "Printer"]
    assert shell("db", "check").code == 0
    there.close()
