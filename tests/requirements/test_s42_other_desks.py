"""S42: the existing help desk stays."""

import csv
from dataclasses import replace

import pytest

from supporttui.domain.events import Imported
from supporttui.storage import open_store
from tests.builders import Desk, site
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
