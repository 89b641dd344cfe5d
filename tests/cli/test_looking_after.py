"""``init``, ``db``, ``import``, ``watch`` and ``doctor``."""

import csv
import signal
from pathlib import Path

import pytest

from supporttui.cli import db as cli_db
from supporttui.cli.doctor import database
from supporttui.cli.exits import Exit, Nagios
from supporttui.cli.lasting import ended_by_signals
from supporttui.settings import release
from supporttui.storage import open_store
from supporttui.usecases import tickets
from tests.builders import opened, person

# --- init and db --------------------------------------------------------------------------------------


def test_init_makes_a_private_database_with_the_starter_policies(shell, tmp_path):
    path = tmp_path / "new" / "desk.db"
    found = shell("--db", str(path), "init", "--zone", "Europe/Berlin", db=False)
    assert found.code == 0
    assert str(path) in found.out
    assert path.stat().st_mode & 0o077 == 0
    assert shell("--db", str(path), "oncall", "--json", db=False).json["on_call"]


def test_init_a_second_time_changes_nothing(shell, tmp_path):
    path = str(tmp_path / "desk.db")
    shell("--db", path, "init", db=False)
    store = open_store(path, clock=shell.clock)
    before = store.head()
    assert shell("--db", path, "init", db=False).code == 0
    assert store.head() == before
    store.close()


def test_init_takes_a_pack_of_ones_own_and_refuses_a_broken_one_whole(shell, tmp_path):
    pack = tmp_path / "mine.toml"
    pack.write_text('name = "mine"\n[[teams]]\nid = "night"\nname = "Night"\n')
    path = str(tmp_path / "desk.db")
    assert shell("--db", path, "init", "--pack", str(pack), db=False).code == 0
    pack.write_text('name = "mine"\n[[services]]\nid = "mail"\n')
    broken = shell("--db", path, "init", "--pack", str(pack), db=False)
    assert (broken.code, broken.err.splitlines()[0]) == (Exit.refused, f"{pack}:2: services[0].name is missing.")
    assert shell("--db", path, "init", "--pack", "nonesuch", db=False).code == Exit.not_found
    assert shell("--db", path, "init", "--pack", str(tmp_path / "no.toml"), db=False).code == Exit.refused


@pytest.mark.parametrize(
    "text",
    ['name = "x', 'name = "x"\n[[teams]]\nid = "t"\n', 'name = "x"\n[[teams]]\nid = "t"\nname = "T"\nzone = "Mars"\n'],
)
def test_init_and_check_say_the_same_of_a_broken_pack_and_no_database_is_made(shell, tmp_path, text):
    pack, path = tmp_path / "mine.toml", tmp_path / "desk.db"
    pack.write_text(text)
    init = shell("--db", str(path), "init", "--pack", str(pack), db=False)
    check = shell("--db", str(path), "pack", "check", str(pack), db=False)
    assert (init.code, init.err) == (check.code, check.err)
    assert init.code == Exit.refused
    assert init.err.startswith(f"{pack}:")
    assert not path.exists()


def test_upgrade_makes_the_tables_and_then_finds_them_made(shell, tmp_path):
    path = str(tmp_path / "desk.db")
    first = shell("--db", path, "db", "upgrade", "--json", db=False).json
    second = shell("--db", path, "db", "upgrade", "--json", db=False).json
    assert (first["before"], first["after"]) == (0, second["before"])
    assert second["before"] == second["after"]


def test_zones_counts_by_the_rules_of_this_machine_once_it_was_told_what_moves(shell, tmp_path, monkeypatch):
    path = str(tmp_path / "desk.db")
    monkeypatch.setattr(cli_db, "release", lambda: "2026b")
    monkeypatch.setattr(database, "release", lambda: "2026b")
    shell("--db", path, "init", db=False)
    store = open_store(path, clock=shell.clock)
    with store.write() as tx:
        tx.definitions.put_site({"tz_version": "2025a"})
    store.close()
    assert "zones.differ" in {one["code"] for one in shell("--db", path, "doctor", "--json", db=False).json["findings"]}
    told = shell("--db", path, "db", "zones", "--dry-run", "--json", db=False).json
    assert (told["before"], told["after"], told["tickets"], told["done"]) == ("2025a", "2026b", 0, False)
    assert shell("--db", path, "db", "zones", "--json", db=False).json["before"] == "2025a"
    found = shell("--db", path, "doctor", "--json", db=False).json["findings"]
    assert "zones.differ" not in {one["code"] for one in found}


def test_a_new_database_counts_by_the_rules_of_the_machine_that_made_it(shell, tmp_path):
    path = str(tmp_path / "desk.db")
    shell("--db", path, "init", db=False)
    store = open_store(path, clock=shell.clock)
    with store.read() as tx:
        assert tx.definitions.site()["tz_version"] == release()
    store.close()


@pytest.mark.parametrize(("first", "found"), [("# version 2026c\n", "2026c"), ("# Zone NAME\n", ""), ("", "")])
def test_the_release_of_the_zone_rules_is_that_of_the_files_zoneinfo_reads(tmp_path, monkeypatch, first, found):
    (tmp_path / "Etc").mkdir()
    (tmp_path / "tzdata.zi").write_text(first)
    monkeypatch.setattr("zoneinfo.TZPATH", (str(tmp_path / "none"), str(tmp_path)))
    assert release() == found


def test_without_files_of_the_machine_it_is_that_of_the_package(monkeypatch):
    monkeypatch.setattr("zoneinfo.TZPATH", ())
    monkeypatch.setattr("importlib.metadata.version", lambda _: "2025.3")
    assert release() == "2025c"


def test_check_finds_tables_tickets_and_journal_in_agreement(shell, desk, ticket):
    assert shell("db", "check", "--json").json["differences"] == []
    assert shell("db", "check").code == 0


def test_check_finds_a_ticket_that_was_changed_past_the_journal(shell, desk, ticket):
    with desk.store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE tickets SET title = 'forged' WHERE id = 1")
    found = shell("db", "check", "--json")
    assert found.code == 1
    assert {"what": "ticket", "ticket": 1, "field": "title", "stored": "forged", "journal": "Mail is down"} in (
        found.json["differences"]
    )
    assert "forged" in shell("db", "check").out


def test_check_repairs_what_is_searched_and_counted(shell, desk, ticket):
    with desk.store.write() as tx:
        tx._connection.exec_driver_sql("DELETE FROM texts")
        tx._connection.exec_driver_sql("UPDATE open_counts SET value = 9")
    found = shell("db", "check", "--json").json["differences"]
    assert {difference.get("field") for difference in found} == {None, "search"}
    assert shell("db", "check", "--repair").code == 0
    assert shell("db", "check", "--json").json["differences"] == []


def test_check_names_the_first_number_at_which_the_journal_was_changed(shell, desk, ticket):
    with desk.store._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE journal SET actor = 'somebody' WHERE seq = 2")
    assert {"what": "chain", "seq": 2} in shell("db", "check", "--json").json["differences"]
    found = shell("db", "check")
    assert (found.code, "from number 2 on" in found.out) == (1, True)


def test_check_finds_tables_that_are_not_those_of_this_version(shell, desk):
    with desk.store._writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tickets ADD COLUMN mood TEXT")
    found = shell("db", "check")
    assert (found.code, "mood" in found.out) == (1, True)


def test_upgrade_says_at_which_version_the_tables_are(shell, tmp_path):
    path = str(tmp_path / "desk.db")
    assert "are now at" in shell("--db", path, "db", "upgrade", db=False).out
    assert "up to date" in shell("--db", path, "db", "upgrade", db=False).out


def test_a_pack_that_is_no_text_is_refused_by_its_name(shell, tmp_path):
    pack = tmp_path / "photo.toml"
    pack.write_bytes(b"\xff\xd8\xff")
    found = shell("--db", str(tmp_path / "desk.db"), "init", "--pack", str(pack), db=False)
    assert (found.code, "photo.toml" in found.err) == (Exit.refused, True)


# --- import -------------------------------------------------------------------------------------------


@pytest.fixture
def log(tmp_path) -> Path:
    """Three tickets in the plain form, of which one has a state that nobody knows."""
    path = tmp_path / "log.csv"
    rows = [
        {
            "number": "A1",
            "title": "One",
            "service": "mail",
            "state": "new",
            "opened_at": "2026-03-01T08:00:00Z",
            "priority": "2",
        },
        {
            "number": "A2",
            "title": "Two",
            "service": "mail",
            "state": "active",
            "opened_at": "2026-03-01T09:00:00Z",
            "priority": "3",
        },
        {
            "number": "A3",
            "title": "Three",
            "service": "mail",
            "state": "sleeping",
            "opened_at": "2026-03-01T10:00:00Z",
            "priority": "3",
        },
    ]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_check_says_what_would_happen_and_writes_nothing(shell, desk, log):
    before = desk.store.head()
    found = shell("import", str(log), "--check", "--json")
    assert (found.json["checked_only"], found.json["refused"]) == (True, 1)
    assert desk.store.head() == before


def test_a_bad_row_is_refused_with_line_column_and_reason_and_the_others_go_in(shell, desk, log):
    found = shell("import", str(log), "--as", "zoe", "--json")
    assert found.code == Exit.refused
    assert (found.json["imported"], found.json["refused"]) == (2, 1)
    (fault,) = found.json["faults"]
    assert (fault["line"], fault["column"], fault["number"]) == (4, "state", "A3")
    assert "sleeping" in fault["message"]
    again = shell("import", str(log), "--as", "zoe")
    assert "unchanged: 2" in again.out
    assert "line 4, state, A3" in again.out


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"just,some,other\ncolumns,in,it\n"])
def test_a_file_that_is_not_what_it_claims_is_refused_whole(shell, desk, tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    before = desk.store.head()
    found = shell("import", str(path), "--as", "zoe")
    assert (found.code, found.out) == (Exit.refused, "")
    assert str(path) in found.err
    assert desk.store.head() == before


def test_an_unknown_preset_names_the_known_ones(shell, log):
    found = shell("import", str(log), "--preset", "jira")
    assert found.code != 0
    assert "servicenow" in found.err


# --- watch --------------------------------------------------------------------------------------------


def pager(shell, tmp_path) -> Path:
    """A program of the site that writes down whom it was to page."""
    log, program = tmp_path / "paged", tmp_path / "page.sh"
    program.write_text('#!/bin/sh\necho "$SUPPORTTUI_ADDRESS $SUPPORTTUI_TICKET" >> "$1"\n')
    program.chmod(0o755)
    (shell.home / "supporttui").mkdir(parents=True, exist_ok=True)
    text = f'[channels.mail]\nargv = ["{program}", "{log}"]\n'
    (shell.home / "supporttui" / "config.toml").write_text(text)
    return log


def test_watch_once_fires_what_is_due_and_pages_through_the_sites_program(shell, desk, ticket, clock, tmp_path):
    log = pager(shell, tmp_path)
    clock.forward(minutes=1)
    found = shell("watch", "--once", "--json")
    assert found.code == 0
    assert (found.json["leading"], found.json["fired"], found.json["sent"]) == (True, 1, 1)
    assert log.read_text().split()[-1] == "1"


def test_status_speaks_the_language_of_monitoring(shell, desk, ticket, clock, tmp_path):
    pager(shell, tmp_path)
    assert shell("watch", "status").code == Nagios.critical
    shell("watch", "--once")
    found = shell("watch", "status")
    assert (found.code, found.out.split()[:2]) == (Nagios.ok, ["SUPPORTTUI", "OK"])
    clock.forward(seconds=31)
    assert shell("watch", "status").code == Nagios.critical
    assert shell("watch", "status", "--silence", "90").code == Nagios.ok
    assert shell("--db", "/nowhere/x.db", "watch", "status", db=False).code == Nagios.unknown
    assert shell("watch", "status", "--json").json["level"] == "critical"


def test_status_is_critical_while_the_watch_lives_and_what_is_due_does_not_happen(shell, desk, ticket, clock):
    clock.forward(minutes=5)
    desk.lead()
    found = shell("watch", "status")
    assert (found.code, "was not taken" in found.out) == (Nagios.critical, True)


def test_status_warns_of_notices_that_were_given_up(shell, desk, ticket):
    desk.do(tickets.acknowledge, ticket, None)
    desk.do(tickets.assign, ticket, None, owner="aud")
    shell("watch", "--once")
    found = shell("watch", "status")
    assert (found.code, "dead=1" in found.out) == (Nagios.warning, True)


def test_only_one_watch_leads_and_the_other_says_so(shell, desk, ticket):
    desk.lead("another")
    assert shell("watch", "--once", "--json").json["leading"] is False
    assert "Another watch leads" in shell("watch", "--once").out


@pytest.mark.parametrize("option", [("--read-only",), ("--as-of", "2026-03-01")])
def test_a_watch_must_be_able_to_write(shell, option):
    assert shell(*option, "watch", "--once").code == Exit.usage


def test_wrong_channels_stop_a_watch_before_it_leads(shell, desk):
    (shell.home / "supporttui").mkdir(parents=True)
    (shell.home / "supporttui" / "config.toml").write_text("[channels.mail]\nargv = 3\n")
    found = shell("watch", "--once")
    assert found.code == Exit.usage
    assert "channels.mail.argv" in found.err
    assert desk.ask(lambda tx: tx.lease.pulse()) is None


def test_a_signal_stops_the_watch_and_decides_the_exit_code():
    class Run:
        exit_code = 0

    class Watch:
        stopped = False

        def stop(self):
            self.stopped = True

    run, watch, before = Run(), Watch(), signal.getsignal(signal.SIGTERM)
    with ended_by_signals(watch.stop, run):
        signal.raise_signal(signal.SIGTERM)
    assert (watch.stopped, run.exit_code) == (True, 143)
    assert signal.getsignal(signal.SIGTERM) is before


# --- doctor -------------------------------------------------------------------------------------------


def grades(found):
    return {(line["part"], line["key"]): line["grade"] for line in found.json["report"]}


def test_doctor_tells_versions_terminal_settings_and_database(shell, desk, ticket, tmp_path):
    pager(shell, tmp_path)
    shell("watch", "--once")
    found = shell("doctor", "--json")
    keys = grades(found)
    for key in (("program", "textual"), ("terminal", "TERM"), ("settings", "at default"), ("database", "library"),
                ("database", "journal_mode"), ("database", "clock offset"), ("database", "schema")):  # fmt: skip
        assert key in keys
    assert keys["database", "schema"] == "ok"
    assert "Database" in shell("doctor").out


def test_doctor_is_bad_when_there_is_no_database_and_still_tells_the_rest(shell):
    found = shell("--db", "/nowhere/x.db", "doctor", "--json", db=False)
    assert (found.code, found.json["ok"]) == (1, False)
    assert grades(found)["database", "fault"] == "bad"
    assert ("program", "python") in grades(found)


def test_doctor_tells_of_wrong_settings_instead_of_ending_by_them(shell):
    (shell.home / "supporttui").mkdir(parents=True)
    (shell.home / "supporttui" / "config.toml").write_text('symbols = "emoji"\n')
    found = shell("doctor", "--json")
    assert found.code == 1
    assert grades(found)["settings", "fault"] == "bad"


def test_doctor_names_variables_that_are_no_settings(shell):
    assert grades(shell("doctor", "--json", SUPPORTTUI_LANGAUGE="de"))["settings", "SUPPORTTUI_LANGAUGE"] == "warning"


def test_doctor_says_what_would_hurt_tonight(shell, desk):
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", contacts=()))
    found = shell("doctor", "--json")
    tonight = [line["text"] for line in found.json["report"] if line["part"] == "tonight"]
    assert any(text.startswith("ben is on duty") for text in tonight)


def test_open_tickets_change_nothing_in_what_doctor_finds(shell, desk):
    before = grades(shell("doctor", "--json"))
    desk.do(tickets.open_ticket, opened())
    assert grades(shell("doctor", "--json")) == before
