"""Bad input: one clear sentence that says what, where and what to do, its exit code, and nothing written."""

import errno
import os
from pathlib import Path

import pytest
from sqlalchemy import make_url

from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.intake import importing
from supporttui.storage.schema import SCHEMA_VERSION
from tests.intake import rows


def tree(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder but the settings' home, with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(found, code: int, *parts: str) -> None:
    """Passes if one sentence with these parts was told, and nothing else."""
    assert (found.code, found.out) == (code, ""), found
    assert found.err.startswith("supporttui: ")
    assert found.err.count("\n") == 1
    assert "Traceback" not in found.err
    for part in parts:
        assert part in found.err, (part, found.err)


# --- the database -------------------------------------------------------------------------------------


def test_a_folder_is_no_database_and_is_named(shell, tmp_path):
    for args in (["queue"], ["init"], ["note", "1", "x"], ["db", "check"]):
        refused(shell("--db", str(tmp_path), *args, db=False), Exit.usage, str(tmp_path))


def test_a_file_that_may_not_be_read_is_named_with_the_reason(shell, ticket, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may read everything
    refused(shell("queue"), Exit.unreachable, shell.url.removeprefix("sqlite:///"), os.strerror(errno.EACCES))


def test_a_database_that_cannot_be_made_there_is_named_with_the_reason(shell, tmp_path):
    below = tmp_path / "file"
    below.write_text("no folder")
    for args in (["init"], ["import", str(rows.write_log(tmp_path / "log.csv")), "--preset", "servicenow"]):
        refused(shell("--db", str(below / "x.db"), *args, db=False), Exit.unreachable, str(below / "x.db"))


def test_a_database_that_was_cut_off_is_damaged_and_left_as_it_is(shell, ticket, tmp_path):
    path = Path(shell.url.removeprefix("sqlite:///"))
    whole = path.read_bytes()
    for kept in (50, 1000, 4096, len(whole) // 2):
        cut = tmp_path / f"cut{kept}.db"
        cut.write_bytes(whole[:kept])
        for args in (["queue"], ["init"], ["db", "check"]):
            refused(shell("--db", str(cut), *args, db=False), Exit.usage, str(cut))
        assert cut.read_bytes() == whole[:kept]


@pytest.mark.parametrize("args", [["queue"], ["init"], ["db", "upgrade"], ["db", "check"], ["note", "1", "x"]])
def test_a_newer_schema_names_both_versions(shell, desk, args):
    with desk.store._writer.begin() as connection:
        connection.exec_driver_sql(f"UPDATE stamp SET schema_version = 99, min_client = {SCHEMA_VERSION + 1}")
    refused(shell(*args), Exit.usage, "99", str(SCHEMA_VERSION))


def test_an_empty_address_is_refused_and_not_taken_for_ones_own_database(shell):
    for args in (["queue"], ["init"], ["db", "upgrade"], []):
        refused(shell("--db", "", *args, db=False), Exit.usage, "postgresql://")


# --- a server -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://127.0.0.1:1/x", "127.0.0.1:1"),
        ("postgresql:///x?host=/nonexistent", "/nonexistent"),
        ("postgresql://nowhere.invalid/x", "nowhere.invalid"),
    ],
)
def test_a_server_that_is_not_there_is_told_with_the_reason(shell, url, reason):
    refused(shell("--db", url, "queue", db=False), Exit.unreachable, reason)
    assert "Is the server running" not in shell("--db", url, "queue", db=False).err


@pytest.mark.parametrize("option", ["frob=1", "connect_timeout=soon", "port=many"])
def test_a_wrong_option_in_an_address_is_named(shell, option):
    found = shell("--db", f"postgresql:///x?host=/nonexistent&{option}", "queue", db=False)
    refused(found, Exit.usage, option.split("=")[-1] if option != "frob=1" else "frob")


def test_a_server_that_does_not_let_in_is_told_with_its_reason(shell, postgres_server):
    nonesuch = make_url(postgres_server.url("nonesuch"))
    stranger = nonesuch.set(username="stranger", password=None)
    for url, code, reason in ((nonesuch, Exit.usage, "nonesuch"), (stranger, Exit.forbidden, "stranger")):
        refused(shell("--db", url.render_as_string(), "queue", db=False), code, reason)


# --- who only reads -----------------------------------------------------------------------------------


@pytest.mark.parametrize("verb", ["init", "import", "upgrade", "note"])
def test_read_only_makes_no_database_and_changes_none(shell, desk, ticket, tmp_path, verb):
    log = str(rows.write_log(tmp_path / "log.csv", *rows.CALM))
    args = {
        "init": ["init"], "import": ["import", log, "--preset", "servicenow"],
        "upgrade": ["db", "upgrade"], "note": ["note", "1", "hello"],
    }[verb]  # fmt: skip
    before = desk.store.head()
    refused(shell("--read-only", *args), Exit.refused, "nothing was changed")
    assert desk.store.head() == before
    path = tmp_path / "new.db"
    assert shell("--read-only", "--db", str(path), *args, db=False).code in (Exit.refused, Exit.usage)
    assert not path.exists()


def test_the_future_cannot_be_replayed(shell, ticket):
    refused(shell("--as-of", "2999-01-01", "queue"), Exit.usage, "2999-01-01")


# --- words --------------------------------------------------------------------------------------------


def test_a_language_that_nobody_speaks_here_is_named_with_those_there_are(shell, ticket):
    refused(shell("--lang", "xx", "queue"), Exit.usage, "xx", "en, de, ja")
    refused(shell("queue", SUPPORTTUI_LANGUAGE="xx"), Exit.usage, "SUPPORTTUI_LANGUAGE", "xx", "en, de, ja")
    config = shell.home / "c.toml"
    config.parent.mkdir()
    config.write_text('zone = "UTC"\nlanguage = "xx"\n')
    refused(shell("--config", str(config), "queue"), Exit.usage, f"{config}:2", "xx", "en, de, ja")


@pytest.mark.parametrize("name", ["xx_YY.UTF-8", "C", "POSIX", "en_GB", "../../etc/passwd"])
def test_a_locale_that_nobody_speaks_is_no_fault(shell, ticket, name):
    assert shell("queue", LC_ALL=name).code == 0


@pytest.mark.parametrize("name", ["de_DE.UTF-8", "de-AT", "de@euro", "de"])
def test_a_language_may_be_written_in_every_usual_way(shell, ticket, name):
    for found in (shell("--lang", name, "queue"), shell("queue", SUPPORTTUI_LANGUAGE=name)):
        assert (found.code, found.err) == (0, "")
        assert "Rest" in found.out


# --- tickets ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_note_is_no_note(shell, ticket, text):
    refused(shell("note", str(ticket), text, "--as", "ana"), Exit.refused)


@pytest.mark.parametrize("number", ["99", "0", "T-99", "nonesuch", "9" * 25, "x:y", "%", "'; --"])
def test_a_number_that_is_nobodys_is_not_found(shell, ticket, number):
    for verb in (["ticket", "show", number], ["ack", number], ["undo", number]):
        refused(shell(*verb, "--as", "ana"), Exit.not_found)


def test_what_is_solved_is_not_acknowledged(shell, ticket):
    assert shell("resolve", str(ticket), "done", "--as", "ana").code == 0
    refused(shell("ack", str(ticket), "--as", "ana"), Exit.refused, f"T-{ticket}")


@pytest.mark.parametrize("step", ["7", "nonesuch"])
def test_a_step_that_the_policy_does_not_have_is_refused_with_those_it_has(shell, ticket, step):
    refused(shell("escalate", str(ticket), step, "--as", "ana"), Exit.usage, step)


# --- import -------------------------------------------------------------------------------------------


def test_a_file_that_is_refused_leaves_no_database_behind(shell, tmp_path):
    (tmp_path / "in").mkdir()
    empty, text, packed = (tmp_path / "in" / name for name in ("empty.csv", "text.csv", "text.csv.gz"))
    empty.write_text("")
    text.write_text("hello, world\n")
    packed.write_text("hello, world\n")
    before = tree(tmp_path)
    for file in (empty, text, packed, tmp_path / "none.csv", tmp_path):
        found = shell("--db", str(tmp_path / "new.db"), "import", str(file), "--preset", "servicenow", db=False)
        refused(found, Exit.refused, str(file))
    found = shell("--db", str(tmp_path / "new.db"), "import", str(text), "--preset", "nonesuch", db=False)
    refused(found, Exit.refused, "nonesuch", "servicenow")
    assert tree(tmp_path) == before


def test_a_check_needs_no_database_and_makes_none(shell, tmp_path):
    log = rows.write_log(tmp_path / "log.csv", *rows.CALM)
    args, before = ("import", str(log), "--preset", "servicenow", "--check", "--json"), tree(tmp_path)
    found = shell("--db", str(tmp_path / "new.db"), *args, db=False)
    assert (found.code, found.json["imported"], found.json["checked_only"]) == (0, 1, True)
    assert tree(tmp_path) == before


def test_the_columns_of_another_table_are_told_apart_from_another_delimiter(shell, tmp_path):
    log = rows.write_log(tmp_path / "log.csv", header=rows.LOG_HEADER.replace(",", ";"))
    refused(shell("import", str(log), "--preset", "servicenow"), Exit.refused, "';'", "','", "delimiter")
    log = rows.write_log(tmp_path / "log.csv")
    refused(shell("import", str(log)), Exit.refused, "csv", "title", "--preset")


def test_an_import_that_is_interrupted_keeps_whole_tickets_and_goes_on_later(shell, desk, tmp_path, monkeypatch):
    log = tmp_path / "log.csv"
    cells = "new,2026-03-01T08:00:00Z,Mail is slow,mail,3"
    log.write_text(f"number,state,opened_at,title,service,priority\nA1,{cells}\nA2,{cells}\n")
    args = ("import", str(log), "--as", "zoe")
    take_in, done = importing.take_in, []

    def interrupted(*given):
        if done:
            raise KeyboardInterrupt
        done.append(take_in(*given))
        return done[0]

    with monkeypatch.context() as patch:
        patch.setattr(importing, "BATCH", 1)
        patch.setattr(importing, "take_in", interrupted)
        found = shell(*args)
    assert (found.code, found.out) == (Exit.interrupted, "")
    assert "whole" in found.err
    assert "Traceback" not in found.err
    again = shell(*args, "--json").json
    assert (again["imported"], again["unchanged"], again["refused"]) == (1, 1, 0)
    assert shell("db", "check").code == 0


# --- the desk's own settings --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('theme = "frob"', ("frob", "ansi-dark")),
        ('[keys]\n"ticket.tale" = "x"', ("ticket.tale", "ticket.take")),
        ('[keys]\n"ticket.take" = "frobkey"', ("keys.ticket.take", "frobkey", "slash")),
        ('[keys]\n"ticket.take" = ""', ("keys.ticket.take",)),
    ],
)
def test_a_wish_that_the_desk_cannot_meet_is_told_before_it_opens(shell, ticket, monkeypatch, text, parts):
    config = shell.home / "c.toml"
    config.parent.mkdir()
    config.write_text(text)
    findings = shell("--config", str(config), "doctor", "--json").json["findings"]
    assert [found["pain"] for found in findings if found["where"].startswith(str(config))] == ["tonight"]
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    refused(shell("--config", str(config), "--as", "ana"), Exit.usage, str(config), *parts)


def test_doctor_tells_of_keys_that_clash_and_of_a_language_that_is_not_there(shell, ticket):
    config = shell.home / "c.toml"
    config.parent.mkdir()
    config.write_text('[keys]\n"ticket.take" = "a"')
    assert "ticket.acknowledge, ticket.take" in shell("--config", str(config), "doctor").out
    found = shell("doctor", SUPPORTTUI_LANGUAGE="xx")
    assert (found.code, found.err) == (Exit.refused, "")
    assert "xx" in found.out
