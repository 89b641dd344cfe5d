"""What a command does not need is not loaded."""

import subprocess
import sys

import pytest

HEADLESS = """
import sys
from supporttui.cli.main import main
code = main({args!r}, {env!r})
print("LOADED " + " ".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def loaded(url: str, tmp_path, *args: str) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Run a command in a process of its own; what it printed, and the modules that it loaded."""
    env = {"HOME": str(tmp_path), "LANG": "en_US.UTF-8", "XDG_CONFIG_HOME": str(tmp_path)}
    code = HEADLESS.format(args=["--db", url, *args], env=env)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("LOADED ")]
    return done, set(line.split()[1:])


@pytest.mark.parametrize("args", [("queue", "--json"), ("queue",), ("oncall", "--json")])
def test_a_command_never_loads_the_desk(site_url, tmp_path, args):
    done, modules = loaded(site_url, tmp_path, *args)
    assert done.returncode == 0, done.stderr
    assert not {name for name in modules if name.split(".")[0] in ("textual", "rich")}
    assert not {name for name in modules if name.startswith("supporttui.tui")}


def test_the_queue_loads_nothing_that_only_other_commands_need(site_url, tmp_path):
    _, modules = loaded(site_url, tmp_path, "queue", "--json")
    unwanted = {"alembic", "psycopg", "tomlkit", "babel", "arrow", "supporttui.watch", "supporttui.intake"}
    assert not unwanted & modules


def test_help_does_not_touch_a_database(tmp_path):
    done, _ = loaded(str(tmp_path / "none.db"), tmp_path, "queue", "--help")
    assert done.returncode == 0
    assert not (tmp_path / "none.db").exists()
