"""JSON of other systems: an array anywhere in a document, or an object a line; paths instead of columns."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant
from supporttui.intake import documents
from supporttui.intake.cells import parse_instant
from supporttui.intake.files import check_file, tickets
from supporttui.intake.history import History
from supporttui.intake.mapping import Format, load, parse
from tests.builders import refuses

TRACKER = """
system = "tracker"
format = "json"
rows = "result.issues"
history = "tickets"
zone = "UTC"
dates = ["iso", "epoch_ms"]
service = "mail"
team = "desk"
title = ["fields.summary"]
priority_default = 3
optional = ["fields.assignee.name", "fields.labels"]

[columns]
number = "key"
state = "fields.status.name"
opened = "fields.created"
at = "fields.updated"
owner = "fields.assignee.name"
category = "fields.labels"
priority = "fields.priority.id"

[states]
"To Do" = "new"
"In Progress" = "active"
"""


def issue(key: str, **fields) -> dict:
    usual = {
        "summary": f"About {key}", "status": {"name": "To Do"}, "created": "2026-03-01T08:00:00.000+0100",
        "updated": 1_772_355_600_000, "priority": {"id": 2}, "assignee": {"name": "Ana Müller"}, "labels": ["vpn", "mail"],
    }  # fmt: skip
    return {"key": key, "fields": {**usual, **fields}}


@pytest.fixture
def mapping():
    return parse(TRACKER, file="tracker.toml")


def document(path: Path, value, **options) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False, **options), "utf-8")
    return path


def found(path: Path, mapping) -> list:
    return list(tickets(check_file(path, mapping), mapping, ("mail",)))


def test_nested_values_become_a_ticket(tmp_path, mapping):
    path = document(
        tmp_path / "x.json", {"total": 1, "result": {"page": {"no": 1}, "issues": [issue("TR-1")]}}, indent=2
    )
    (history,) = found(path, mapping)
    assert isinstance(history, History)
    (row,) = history.rows
    assert (history.number, history.opened_at, row.at) == ("TR-1", 1_772_348_400, 1_772_355_600)
    said = row.reading
    assert (said.title, said.owner, said.category, said.priority) == ("About TR-1", "ana-müller", "vpn, mail", 2)


@pytest.mark.parametrize("form", ["document", "bare", "lines", "blank lines", "one line"])
def test_every_way_to_write_it_gives_the_same(tmp_path, mapping, form):
    issues = [issue("TR-1"), issue("TR-2", status={"name": "In Progress"})]
    path = tmp_path / "x.json"
    texts = {
        "document": json.dumps({"result": {"issues": issues}}, indent=1),
        "bare": json.dumps(issues, indent=1),
        "lines": "\n".join(map(json.dumps, issues)) + "\n",
        "blank lines": "\n\n" + "\r\n\r\n".join(map(json.dumps, issues)),
        "one line": json.dumps({"result": {"issues": issues}}),
    }
    path.write_text(texts[form])
    assert [history.number for history in found(path, mapping)] == ["TR-1", "TR-2"]


def test_one_object_alone_is_one_ticket(tmp_path, mapping):
    assert len(found(document(tmp_path / "x.json", issue("TR-1")), mapping)) == 1


def test_a_bad_object_is_told_with_line_path_and_reason_and_only_its_ticket_is_lost(tmp_path, mapping):
    issues = [issue("TR-1"), issue("TR-2", status={"name": "Frozen"}), issue("TR-3", created="soon")]
    path = document(tmp_path / "x.json", {"result": {"issues": issues}}, indent=1)
    good, *bad = found(path, mapping)
    assert good.number == "TR-1"
    lines = path.read_text().splitlines()
    first, second = (fault for faults in bad for fault in faults)
    assert (first.column, first.number, first.code) == (
        "result.issues[1].fields.status.name",
        "TR-2",
        "import.state_unknown",
    )
    assert lines[first.line - 1].strip() == "{"
    assert '"key": "TR-2"' in lines[first.line]
    assert (second.column, second.code) == ("result.issues[2].fields.created", "import.bad_date")


def test_in_lines_the_line_is_the_object_s(tmp_path, mapping):
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join([json.dumps(issue("TR-1")), "", json.dumps(issue("TR-2", priority={"id": "x"}))]))
    _, (fault,) = found(path, mapping)
    assert (fault.line, fault.column, fault.code) == (3, "fields.priority.id", "import.level")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "import.empty", None),
        ("\n \n", "import.empty", None),
        ("[1, 2]", "import.not_json", 1),
        ('{"result": {"issues": [{"key": 1},\n]}}', "import.not_json", 2),
        ('{"result": {"issues": [{"key": 1}\n{"key": 2}]}}', "import.not_json", 2),
        ('{"result": {"issues": [{"key": 1}\n', "import.not_json", 2),
        ('{"result": \n[1]}', "import.no_rows", None),
        ('{"other": \n[]}', "import.no_rows", None),
        ('"text\n"', "import.no_rows", None),
        ('{"key": "A"}\nnot JSON\n', "import.not_json", 2),
        ('{"key": "A"}\n7\n', "import.not_json", 2),
        ("[" * 100_000, "import.not_json", 1),
        ('{"result": {"issues": [{"key": "A"}]}}', "import.not_that_file", 1),
        ("key,state\nA,new\n", "import.no_rows", None),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_claims_is_refused_whole(tmp_path, mapping, text, code, line):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(BadInput) as caught:
        found(path, mapping)
    assert caught.value.code == code
    assert caught.value.params.get("line") == line


def test_a_document_too_large_to_be_held_is_refused(tmp_path, mapping, monkeypatch):
    monkeypatch.setattr(documents, "MAX_DOCUMENT", 1000)
    path = document(tmp_path / "x.json", [issue(f"TR-{n}") for n in range(10)], indent=1)
    with refuses("import.document_too_large"):
        found(path, mapping)


def test_what_is_not_text_is_told_with_its_line(tmp_path, mapping):
    path = tmp_path / "x.jsonl"
    path.write_bytes(json.dumps(issue("TR-1")).encode() + b'\n{"key": "\xff"}\n')
    with refuses("import.not_text"):
        found(path, mapping)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.b", "deep"), ("a.c.d", "dotted"), ("list.0", "x"), ("list.9", ""), ("list", "x, y"), ("objects.name", "one, two"),
        ("objects.1.name", "two"), ("yes", "true"), ("nothing", ""), ("missing.at.all", ""), ("number", "1.5"), ("a", '{"b": "deep", "c.d": "dotted"}'),
    ],
)  # fmt: skip
def test_paths_reach_values(path, text):
    value = {
        "a": {"b": "deep", "c.d": "dotted"}, "list": ["x", "y"], "objects": [{"name": "one"}, {"name": "two"}],
        "yes": True, "nothing": None, "number": 1.5,
    }  # fmt: skip
    assert documents.text_of(documents.value_at(value, path)) == text


def test_seconds_and_milliseconds_since_1970_are_dates():
    assert parse_instant("1772355600", "epoch", "Asia/Tokyo") == Instant(1_772_355_600)
    assert parse_instant("1772355600123", "epoch_ms", "Asia/Tokyo") == Instant(1_772_355_600)
    assert parse_instant("soon", "epoch", "UTC") is None


def test_the_preset_that_comes_along_reads_what_this_program_writes():
    mapping = load("json")
    assert (mapping.format, mapping.rows, mapping.columns.number) == (Format.json, "tickets", "number")
    assert replace(mapping, format=Format.csv).history is mapping.history
