"""``export``: a snapshot that import reads back, a table that no spreadsheet runs, JSON as other commands print it."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.bootstrap import exports, files
from supporttui.cli.exits import Exit
from supporttui.domain.faults import Refused
from supporttui.domain.ids import CalendarId
from supporttui.domain.services import Service
from supporttui.domain.sla.targets import TargetSet
from supporttui.intake.formulas import defused, meant
from supporttui.storage import open_store
from supporttui.usecases import tickets
from tests.architecture.test_imports_headless import loaded
from tests.builders import Desk, opened, refuses

RUN = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", '=HYPERLINK("http://x")')


@pytest.fixture
def three(desk):
    """Three tickets, one of them closed."""
    numbers = [
        desk.do(tickets.open_ticket, opened(title=title, priority=2)).id for title in ("First", "Second", "Third")
    ]
    desk.do(tickets.resolve, numbers[2], None, text="done")
    return numbers


def rows_of(text: str, **options) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), **options))


# --- where it goes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["all.jsonl", "open.csv", "open.json"])
def test_a_file_is_there_whole_and_private_or_not_at_all(shell, three, tmp_path, name, monkeypatch):
    path = tmp_path / name
    assert shell("export", str(path)).code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    before = path.read_bytes()
    found = shell("export", str(path), "--json")
    assert (found.code, found.fault["code"], path.read_bytes()) == (Exit.refused, "file.exists", before)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_to_disk", full)
    found = shell("export", str(path), "--force", "--json")
    assert (found.code, found.fault["code"], path.read_bytes()) == (Exit.refused, "file.unwritable", before)
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_force_replaces_and_a_link_is_not_followed(shell, three, tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "open.csv"
    victim.write_text("mine")
    link.symlink_to(victim)
    assert shell("export", str(link)).code == Exit.refused
    assert shell("export", str(link), "--force").code == 0
    assert (victim.read_text(), link.is_symlink()) == ("mine", False)


def test_who_comes_meanwhile_keeps_the_name(tmp_path):
    target = tmp_path / "x"
    with refuses("file.exists", Refused), files.whole(target, force=False) as beside:
        beside.write_text("ours")
        target.write_text("theirs")
    assert target.read_text() == "theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


def test_a_dash_is_standard_output_and_talk_goes_elsewhere(shell, three):
    found = shell("export", "-")
    assert [json.loads(line)["line"] for line in found.out.splitlines()][:: len(found.out.splitlines()) - 1] == [
        "header",
        "end",
    ]
    assert "facts" in found.err
    told = json.loads(shell("export", "-", "--json").err)
    assert (told["format"], told["facts"]) == ("snapshot", json.loads(found.out.splitlines()[0])["journal"]["seq"])


def test_without_a_file_a_snapshot_asks_where_to(shell, desk):
    assert shell("export", "--json").fault["code"] == "export.no_target"
    assert shell("export", "is:open", "--json").fault["code"] == "export.no_target"
    assert shell("export", "all.jsonl", "is:open", "--json").fault["code"] == "export.whole"
    assert shell("export", "all.jsonl", "--view", "mine", "--json").fault["code"] == "export.whole"


# --- for machines -------------------------------------------------------------------------------------


def test_json_is_what_queue_prints(shell, three, tmp_path):
    path = tmp_path / "x.json"
    assert shell("export", str(path), "is:open").code == 0
    assert json.loads(path.read_text()) == shell("queue", "is:open", "--json").json
    assert json.loads(shell("export", "--format", "json", "state:new", "nothing-like-it").out)["tickets"] == []


def test_json_lines_are_what_ticket_show_prints(shell, three):
    lines = shell("export", "--format", "jsonl", "--sort", "number", "--reverse").out.splitlines()
    assert sorted(json.loads(line)["ticket"]["id"] for line in lines) == three[:2]
    for line in lines:
        number = str(json.loads(line)["ticket"]["id"])
        assert json.loads(line) == shell("ticket", "show", number, "--json").json


def test_many_are_written_in_parts_and_none_is_missing(shell, desk, monkeypatch):
    monkeypatch.setattr(exports, "BATCH", 2)
    numbers = [desk.do(tickets.open_ticket, opened()).id for _ in range(7)]
    found = json.loads(shell("export", "--format", "json", "--sort", "number").out)
    assert sorted(row["id"] for row in found["tickets"]) == numbers
    assert len(rows_of(shell("export", "--format", "csv").out)) == 7


# --- for people ---------------------------------------------------------------------------------------


def test_a_table_has_a_row_a_ticket_headers_in_codes_and_a_zone(shell, three):
    found = shell("export", "--format", "csv", "is:open", "--zone", "Asia/Tokyo", "--lang", "de")
    rows = rows_of(found.out)
    assert list(rows[0]) == list(exports.COLUMNS)
    assert {row["number"] for row in rows} == {"T-1", "T-2"}
    assert {(row["opened_at"], row["zone"], row["state"]) for row in rows} == {
        ("2026-03-02T11:20:00+09:00", "Asia/Tokyo", "new")
    }
    assert "Asia/Tokyo" in found.err


def test_a_view_gives_its_filter(shell, three):
    assert {row["number"] for row in rows_of(shell("export", "--format", "csv", "--view", "all").out)} == {"T-1", "T-2"}
    assert shell("export", "--format", "csv", "--view", "nonesuch").code == Exit.not_found


def test_a_byte_order_mark_and_other_delimiters_are_there_for_whom_they_help(shell, three, tmp_path):
    path = tmp_path / "x.csv"
    assert shell("export", str(path), "--bom", "--delimiter", "semicolon").code == 0
    text = path.read_text("utf-8")
    assert text.startswith("\ufeffnumber;title;")
    assert len(rows_of(text.removeprefix("\ufeff"), delimiter=";")) == 2


@pytest.mark.parametrize("text", RUN)
def test_no_cell_is_run_by_a_spreadsheet_and_it_is_said(shell, desk, text):
    desk.do(tickets.open_ticket, opened(title=text, requester=text, text=text, category=text))
    found = shell("export", "--format", "csv")
    (row,) = rows_of(found.out)
    for name in ("title", "requester", "text", "category"):
        assert row[name].startswith("'") or not row[name].lstrip(" '").startswith(tuple("=+-@")), name
        assert not row[name].startswith(("=", "+", "-", "@", "\t", "\r"))
    if text.lstrip(" ") == text and text[0] not in "\t\r":
        assert "4 cells" in found.err
        assert json.loads(shell("export", "--format", "csv", "--json").err)["defused"] == 4


def test_raw_leaves_cells_as_they_are(shell, desk):
    desk.do(tickets.open_ticket, opened(title="=1+1\x1b[31m"))
    (row,) = rows_of(shell("export", "--format", "csv", "--raw").out)
    assert row["title"] == "=1+1\x1b[31m"
    (row,) = rows_of(shell("export", "--format", "csv").out)
    assert row["title"] == "'=1+1␛[31m"


@given(st.text(max_size=20))
def test_the_apostrophe_comes_off_again(text):
    assert meant(defused(text)) == text
    assert not defused(text).lstrip("\0 ").startswith(("=", "+", "-", "@", "\t", "\r"))


# --- and back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["csv", "json"])
def test_what_was_exported_is_imported_with_its_fields(shell, desk, tmp_path, form):
    desk.do(
        tickets.open_ticket, opened(title="=Mail; \"is\" 'down'", priority=1, text="two\nlines", requester="Eva, Köln")
    )
    path = tmp_path / f"open.{form}"
    shell("export", str(path))
    other = f"sqlite:///{tmp_path / 'other.db'}"
    shell("--db", other, "init", "--as", "zoe", db=False)
    settled = path.read_text().replace("mail", "service-desk").replace(",desk,", ",service-desk,")
    path.write_text(settled)
    found = shell("--db", other, "import", str(path), "--as", "zoe", "--json", db=False).json
    assert (found["imported"], found["refused"]) == (1, 0)
    (ticket,) = shell("--db", other, "queue", "--json", db=False).json["tickets"]
    shown = shell("--db", other, "ticket", "show", str(ticket["id"]), "--json", db=False).json["ticket"]
    assert (shown["title"], shown["requester"]) == ("=Mail; \"is\" 'down'", "Eva, Köln")
    assert shown["priority"] == 1
    assert [one["key"] for one in shown["references"]] == ["T-1"]
    assert shell("--db", other, "import", str(path), "--as", "zoe", "--json", db=False).json["unchanged"] == 1


def test_a_snapshot_is_known_by_how_it_begins(shell, three, tmp_path):
    path = tmp_path / "whatever.txt"
    shell("export", "--format", "snapshot", "-")
    path.write_text(shell("export", "-").out)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    looked = shell("--db", other, "import", str(path), "--check", "--json", db=False).json
    assert (looked["checked_only"], looked["imported"]) == (True, 3)
    assert not Path(tmp_path / "other.db").exists()
    found = shell("--db", other, "import", str(path), "--as", "zoe", "--json", db=False).json
    assert (found["filled"], found["imported"]) == (True, 3)
    assert shell("--db", other, "db", "check", db=False).code == 0
    assert "unchanged: 3" in shell("--db", other, "import", str(path), "--as", "zoe", db=False).out


def test_a_packed_snapshot_is_read_too(shell, three, tmp_path):
    import gzip

    path = tmp_path / "all.jsonl.gz"
    path.write_bytes(gzip.compress(shell("export", "-").out.encode()))
    other = f"sqlite:///{tmp_path / 'other.db'}"
    assert shell("--db", other, "import", str(path), "--as", "zoe", "--json", db=False).json["imported"] == 3


def test_what_a_snapshot_would_change_and_changed_is_told_in_words(shell, three, desk, tmp_path, clock):
    other = f"sqlite:///{tmp_path / 'other.db'}"
    shell("--db", other, "init", "--as", "zoe", db=False)
    store = open_store(other, clock=clock)
    with store.write() as tx:
        tx.definitions.put("standard", TargetSet("standard"))
        tx.definitions.put("desk", Service("desk", "Ours", "service-desk", CalendarId("business")))
    Desk(store, clock, prefix="ours").do(
        tickets.open_ticket, opened(service="service-desk", team="service-desk"), by="zoe"
    )
    store.close()
    path = tmp_path / "all.jsonl"
    shell("export", str(path))
    looked = shell("--db", other, "import", str(path), "--as", "zoe", "--check", db=False)
    assert "Nothing was written" in looked.out
    assert "imported: 3" in looked.out
    found = shell("--db", other, "import", str(path), "--as", "zoe", db=False)
    assert found.code == 0, found.err
    assert "1 is T-4 here" in found.out
    assert "Definitions added" in found.out
    assert "stay" in found.out


def test_a_snapshot_shows_the_present(shell, three):
    assert shell("--as-of", "2026-03-02T02:20:00Z", "export", "-", "--json").fault["code"] == "export.past"
    assert shell("--as-of", "2026-03-02T02:20:00Z", "export", "--format", "csv").code == 0


def test_it_writes_without_loading_the_desk(site_url, tmp_path):
    done, modules = loaded(site_url, tmp_path, "export", "-")
    assert done.returncode == 0, done.stderr
    assert not {name for name in modules if name.startswith(("textual", "supporttui.tui", "alembic"))}
