"""The program as a whole: global options, languages, faults, and what it does without a command."""

import json
import sqlite3
import stat

import pytest

from supporttui import __version__
from supporttui.cli import main as program
from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.root import VERBS
from supporttui.i18n.catalogue import languages

# --- options ------------------------------------------------------------------------------------------


def test_version(shell):
    found = shell("--version", db=False)
    assert (found.code, found.out) == (0, f"supporttui {__version__}\n")


def test_global_options_stand_before_the_verb_or_after_it_and_the_later_wins(shell, ticket):
    url = shell.url
    assert shell("--db", url, "queue", "--json", db=False).json["total"] == 1
    assert shell("queue", "--db", url, "--json", db=False).json["total"] == 1
    assert shell("--db", "/nowhere.db", "queue", "--db", url, "--json", db=False).json["total"] == 1
    assert shell("--json", "ticket", "--db", url, "show", "1", db=False).json["ticket"]["id"] == 1


def test_the_database_may_come_from_settings_or_environment(shell, ticket):
    assert shell("queue", "--json", db=False, SUPPORTTUI_DATABASE=shell.url).json["total"] == 1
    config = shell.home / "other.toml"
    config.parent.mkdir(exist_ok=True)
    config.write_text(f'database = "{shell.url}"\n')
    assert shell("--config", str(config), "queue", "--json", db=False).json["total"] == 1


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_that_needs_neither_settings_nor_a_database(shell, verb):
    (shell.home / "supporttui").mkdir(parents=True)
    (shell.home / "supporttui" / "config.toml").write_text("this is = = no toml")
    found = shell(verb, "--help", db=False)
    assert (found.code, found.err) == (0, "")
    assert f"supporttui {verb}" in found.out


@pytest.mark.parametrize("language", languages())
def test_click_speaks_the_language_of_the_rest(shell, language):
    found = shell("--lang", language, "--help", db=False)
    assert found.code == 0
    if language != "en":
        assert "Show this message and exit." not in found.out
        assert "Usage:" not in found.out
        assert "No such option" not in shell("--lang", language, "--frob", db=False).err


def test_the_language_follows_option_environment_settings_locale_in_this_order(shell):
    usage = {"de": "Aufruf", "en": "Usage"}
    assert usage["de"] in shell("--help", db=False, LANG="de_DE.UTF-8").out
    assert usage["en"] in shell("--help", db=False, LANG="de_DE.UTF-8", SUPPORTTUI_LANGUAGE="en").out
    assert usage["de"] in shell("--lang", "de", "--help", db=False, SUPPORTTUI_LANGUAGE="en").out
    assert usage["en"] in shell("--help", db=False, LANG="xx_YY").out


# --- faults -------------------------------------------------------------------------------------------


def another_programs_database(folder):
    path = folder / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE cookies (id)")
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("frobnicate",), Exit.usage),
        (("queue", "--frob"), Exit.usage),
        (("queue", "--limit", "many"), Exit.usage),
        (("queue", "--sort", "colour"), Exit.usage),
        (("ack",), Exit.usage),
        (("ticket",), Exit.usage),
        (("--zone", "Mars/Base", "queue"), Exit.usage),
        (("--as-of", "soonish", "queue"), Exit.usage),
        (("--config", "/nowhere/c.toml", "queue"), Exit.usage),
        (("--db", "/nowhere/x.db", "queue"), Exit.usage),
        (("--db", "mysql://h/x", "queue"), Exit.usage),
        (("--db", "postgresql://me:secret@h/x", "queue"), Exit.usage),
        (("--db", "postgresql://127.0.0.1:1/x", "queue"), Exit.unreachable),
    ],
)
def test_a_wrong_call_is_told_in_the_persons_language_without_a_trace(shell, args, code):
    for language in ("en", "de"):
        found = shell("--lang", language, *args, db=False)
        assert (found.code, found.out) == (code, ""), found
        assert found.err.strip()
        assert "Traceback" not in found.err
        assert "secret" not in found.err


def test_a_fault_says_what_and_where_in_one_line(shell):
    found = shell("--db", "/nowhere/x.db", "queue", db=False)
    assert found.err.startswith("supporttui: ")
    assert "/nowhere/x.db" in found.err
    assert found.err.count("\n") == 1


def test_a_file_of_another_program_is_left_as_it_was(shell, tmp_path):
    for path in (another_programs_database(tmp_path), tmp_path / "text.db"):
        if not path.exists():
            path.write_text("not a database at all, but long enough to be looked at as one" * 20)
        before = path.read_bytes()
        for args in (["queue"], ["init"], ["db", "upgrade"]):
            found = shell("--db", str(path), *args, db=False)
            assert found.code == Exit.usage, (path, args, found)
            assert path.read_bytes() == before


def test_wrong_settings_name_file_line_key_and_what_is_allowed(shell):
    (shell.home / "supporttui").mkdir(parents=True)
    path = shell.home / "supporttui" / "config.toml"
    path.write_text('# mine\nsymbols = "emoji"\n')
    found = shell("queue")
    assert found.code == Exit.usage
    for text in (f"{path}:2", "symbols", "emoji", "auto, unicode, ascii"):
        assert text in found.err


def test_a_defect_ends_in_three_clean_lines_and_a_log_that_only_its_owner_reads(shell, monkeypatch):
    def broken(*args, **kwargs):
        secret = "hunter2"
        raise ZeroDivisionError(f"with {secret}")

    monkeypatch.setattr(program, "_run", broken)
    found = shell("queue")
    log = shell.home / "supporttui" / "supporttui.log"
    assert (found.code, len(found.err.splitlines())) == (Exit.defect, 3)
    assert "hunter2" not in found.err
    assert str(log) in found.err
    assert "ZeroDivisionError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_an_interrupt_ends_with_130(shell, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "_run", interrupted)
    assert shell("queue").code == 130


def test_a_reader_that_leaves_is_no_fault(shell, monkeypatch):
    def broken_pipe(*args, **kwargs):
        raise BrokenPipeError

    monkeypatch.setattr(program, "_run", broken_pipe)
    found = shell("queue")
    assert (found.code, found.err) == (141, "")


# --- without a command --------------------------------------------------------------------------------


def test_without_a_terminal_the_queue_is_shown_and_the_commands_are_named(shell, ticket):
    found = shell()
    assert found.code == 0
    assert "Mail is down" in found.out
    assert "oncall" in found.err


def test_without_a_terminal_and_a_database_it_says_how_to_begin(shell):
    found = shell(db=False)
    assert (found.code, found.out) == (0, "")
    assert "supporttui demo" in found.err


def test_without_a_terminal_the_desk_is_the_queue_as_text(shell, ticket):
    found = shell("desk")
    assert found.code == 0
    assert "Mail is down" in found.out


def test_a_dumb_terminal_gets_text(shell, ticket, monkeypatch):
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    for term in ("dumb", ""):
        found = shell(TERM=term)
        assert found.code == 0
        assert "Mail is down" in found.out


def test_the_demo_without_a_terminal_prints_a_night_with_countdowns_and_leaves_nothing(shell, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = set(tmp_path.iterdir())
    found = shell("demo", db=False)
    assert found.code == 0
    assert "40 tickets" in found.out
    assert "supporttui demo" in found.err
    assert set(tmp_path.iterdir()) == before


def test_the_demo_in_json_is_the_same_night_for_everybody(shell, clock):
    first = shell("demo", "--json", db=False).json
    clock.forward(days=40)
    second = shell("demo", "--json", db=False).json
    assert first == second
    signs = {row["sign"] for row in first["tickets"]}
    assert {"breached", "critical", "at_risk", "running", "paused", "none"} <= signs
    assert json.dumps(first).isascii()
