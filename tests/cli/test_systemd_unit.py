"""``watch unit`` and ``intake unit``: what systemd is given to keep them running."""

import configparser

import pytest


def parsed(text: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(strict=True, interpolation=None, delimiters=("=",))
    unit.optionxform = str
    unit.read_string(text)
    return unit


def test_the_unit_runs_the_watch_of_this_database_and_may_write_nowhere_else(shell, tmp_path):
    found = shell("watch", "unit")
    assert found.code == 0
    unit = parsed(found.out)["Service"]
    assert shell.url.removeprefix("sqlite:///") in unit["ExecStart"]
    assert unit["ExecStart"].endswith(" --no-input watch")
    assert unit["ReadWritePaths"].strip('"') == str(tmp_path)
    assert (unit["User"], unit["ProtectSystem"], unit["NoNewPrivileges"]) == ("supporttui", "strict", "yes")
    assert "systemctl enable --now" in found.err


def test_the_intake_has_a_unit_that_is_as_hardened(shell):
    watch, intake = (shell(name, "unit") for name in ("watch", "intake"))
    ours, other = parsed(intake.out), parsed(watch.out)
    assert ours["Unit"]["Description"] == "supporttui intake"
    assert ours["Service"]["ExecStart"] == f"{other['Service']['ExecStart'].removesuffix('watch')}intake serve"
    rest = {name: value for name, value in other["Service"].items() if name != "ExecStart"}
    assert {name: value for name, value in ours["Service"].items() if name != "ExecStart"} == rest
    assert "enable --now supporttui-intake" in intake.err


def test_a_server_needs_no_folder(shell):
    unit = parsed(shell("--db", "postgresql://db.example/desk", "watch", "unit", db=False).out)["Service"]
    assert "ReadWritePaths" not in unit
    assert "postgresql://db.example/desk" in unit["ExecStart"]


def test_for_a_login_of_ones_own_it_names_nobody(shell):
    unit = parsed(shell("watch", "unit", "--user").out)
    assert "User" not in unit["Service"]
    assert unit["Install"]["WantedBy"] == "default.target"


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "$HOME.db"])
def test_what_systemd_would_read_as_its_own_is_escaped(shell, tmp_path, name):
    line = parsed(shell("--db", str(tmp_path / name), "watch", "unit", db=False).out)["Service"]["ExecStart"]
    assert name.replace("%", "%%").replace("$", "$$") in line
    assert line.count('"') % 2 == 0
