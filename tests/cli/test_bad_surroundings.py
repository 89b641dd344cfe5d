"""A terminal, a disk or an environment that is not as it should be: a sentence and an exit code, never a trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from supporttui.cli.exits import Exit
from supporttui.cli.root import VERBS
from supporttui.i18n.catalogue import languages

FULL = Path("/dev/full")


@pytest.fixture
def run(shell, ticket):
    """Runs the program in a process of its own; ``redirect`` is what the shell adds to its command."""

    def run(*args: str, redirect: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "supporttui", "--db", shell.url, *args]
        line = f'exec "$@" {redirect}'
        given = {**shell.env, "PATH": os.defpath, "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC", **env}
        if os.environ.get("LD_LIBRARY_PATH"):
            given["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
        return subprocess.run(["/bin/sh", "-c", line, "sh", *command], env=given, capture_output=True, check=False)

    return run


def clean(done: subprocess.CompletedProcess[bytes]) -> str:
    assert b"Traceback" not in done.stderr, done
    assert b"Exception" not in done.stderr, done
    return done.stderr.decode("utf-8", "replace")


@pytest.mark.parametrize("args", [["queue"], ["queue", "--json"], ["--help"], ["--version"]])
def test_a_full_disk_under_the_answer_is_told(run, args):
    done = run(*args, redirect=f">{FULL}")
    assert done.returncode == Exit.refused
    (line,) = clean(done).splitlines()
    assert "No space left" in line


def test_what_was_asked_for_is_done_even_if_the_answer_cannot_be_shown(run, shell, ticket):
    done = run("note", str(ticket), "written down", "--as", "ana", redirect=f">{FULL}")
    assert done.returncode == Exit.refused
    assert "may be done" in clean(done)
    assert "written down" in shell("ticket", "history", str(ticket)).out


@pytest.mark.parametrize(
    ("args", "code"), [(["ack", "99", "--as", "ana"], Exit.not_found), (["queue", "--frob"], Exit.usage)]
)
@pytest.mark.parametrize("redirect", [f"2>{FULL}", "2>&-"])
def test_where_nothing_can_be_told_the_exit_code_still_does(run, args, code, redirect):
    done = run(*args, redirect=redirect)
    assert (done.returncode, done.stdout) == (code, b"")


@pytest.mark.parametrize("redirect", ["<&-", ">&-", "2>&-", "<&- >&-", "<&- >&- 2>&-"])
def test_closed_streams_hinder_nothing_and_nothing_is_written_into_the_database(run, shell, redirect):
    assert run(redirect=redirect).returncode == 0
    assert run("note", "1", "hello", "--as", "ana", redirect=redirect).returncode == 0
    assert shell("db", "check").code == 0


def test_a_reader_that_leaves_is_no_fault(run, shell):
    command = [sys.executable, "-m", "supporttui", "--db", shell.url, "queue"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, env={**os.environ, **shell.env}, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (Exit.broken_pipe, b"")


@pytest.mark.parametrize(
    "env",
    [
        {"TERM": "dumb"}, {"TERM": ""}, {"TERM": "nonesuch"}, {"HOME": ""}, {"HOME": "/nonexistent"},
        {"LC_ALL": "xx_YY.UTF-8"}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "utf-16"},
        {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C"}, {"COLUMNS": "1"}, {"COLUMNS": "0"},
        {"COLUMNS": "many"}, {"LINES": "1"}, {"TZ": "Nowhere/Else"}, {"TZ": ""}, {"XDG_STATE_HOME": "/dev/null"},
        {"XDG_CONFIG_HOME": "/dev/null"}, {"NO_COLOR": "1"}, {"PYTHONWARNINGS": "error"},
    ],
)  # fmt: skip
def test_no_surroundings_hinder_an_answer(run, shell, ticket, env):
    assert shell("note", str(ticket), "日本 ✗ — ü", "--as", "ana").code == 0
    done = run("--lang", "ja", "ticket", "history", "1", **env)
    assert done.returncode == 0, done
    clean(done)


def test_an_interrupt_while_the_program_loads_ends_quietly(shell):
    """The import of the program sends the signal."""
    code = (
        "import os, signal, sys\n"
        "class Hook:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'supporttui.cli.main': os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
        "sys.meta_path.insert(0, Hook())\n"
        "from supporttui.__main__ import main\n"
        "sys.exit(main())"
    )
    command = [sys.executable, "-c", code, "queue"]
    done = subprocess.run(command, env={**os.environ, **shell.env}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (128 + signal.SIGINT, b"")


# --- help ---------------------------------------------------------------------------------------------

GROUPS = {
    "ticket": ("show", "why", "history"),
    "rota": ("show", "gaps", "why", "ledger", "conflicts", "swap", "override", "turns", "absence", "ics"),
    "calendar": ("import", "holidays", "review"),
    "hours": ("show", "why"),
    "process": ("list", "show"),
    "task": ("list", "show"),
    "watch": ("status",),
    "db": ("upgrade", "check"),
}
COMMANDS = [(), *((verb,) for verb in VERBS), *((group, verb) for group, verbs in GROUPS.items() for verb in verbs)]
CLICKS_OWN = (
    "Usage", "Options:", "Commands:", "OPTIONS", "COMMAND", "ARGS", "Show this message", "default:", "required",
    "INTEGER", "integer", " TEXT\n", "is not a valid", "Missing", "No such", "Try '", "Error",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_is_whole_sentences_in_the_persons_language(shell, command):
    for language in languages():
        found = shell("--lang", language, *command, "-h", db=False)
        assert (found.code, found.err) == (0, "")
        assert "..." not in found.out
        if language != "en":
            assert not [text for text in CLICKS_OWN if text in found.out]
    assert found.out == shell("--lang", language, *command, "--help", db=False).out


@pytest.mark.parametrize(
    "args",
    [
        ["frob"], ["--frob"], ["queue", "--limit", "x"], ["queue", "--limit", "0"], ["queue", "--sort", "x"],
        ["ack"], ["ack", "1", "--version", "x"], ["--json=3", "queue"], ["--db"], ["rota", "show", "x"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_wrong_call_is_refused_in_the_persons_language(shell, args):
    for language in languages():
        found = shell("--lang", language, *args, db=False)
        assert (found.code, found.out) == (Exit.usage, "")
        if language != "en":
            assert not [text for text in CLICKS_OWN if text in found.err]
