"""``doctor``: what hurts, worst first, each with where and what to do; and the archive for whoever helps."""

import io
import json
import tarfile

import pytest

from supporttui.domain.priorities import PriorityMatrix
from supporttui.usecases import tickets
from supporttui.usecases.ports import Notice, NoticeState
from tests.builders import NOW, opened, person


@pytest.fixture
def config(shell):
    """The person's file."""
    path = shell.home / "supporttui" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[channels.mail]\nargv = ["true"]\n')
    return path


@pytest.fixture
def well(config, desk):
    """A desk on which nothing hurts, and nothing is as it was delivered."""
    with desk.store.write() as tx:
        tx.definitions.put("standard", PriorityMatrix(rows=((1, 1, 3), (1, 2, 3), (2, 3, 4))))
        tx.lease.take("host:1", 15)


def codes(found):
    return [finding["code"] for finding in found.json["findings"]]


def test_a_sound_desk_has_nothing_that_hurts_and_ends_with_0(shell, well):
    found = shell("doctor", "--json")
    assert (found.code, found.json["ok"], codes(found)) == (0, True, [])
    assert shell("doctor").out.endswith("Nothing is bad.\n")


def test_what_hurts_tonight_ends_with_1_and_stands_before_what_can_wait(shell, well, config, desk):
    config.write_text('[keys]\n"ticket.take" = "a"\n')
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", contacts=()))
    found = shell("doctor", "--json", SUPPORTTUI_LANGAUGE="de")
    assert (found.code, found.json["ok"]) == (1, False)
    assert codes(found) == ["lint.on_call_without_contact", "environment.stranger", "keys.clash", "channels.none"]
    assert [f["pain"] for f in found.json["findings"]] == ["tonight", "soon", "soon", "soon"]
    assert all(f["text"] and f["where"] and f["todo"] for f in found.json["findings"])


def test_settings_that_cannot_be_read_end_with_1_and_each_fault_is_told(shell, well, config):
    config.write_text('symbols = "emoji"\ntheem = "nord"\npage_delay = 99\n')
    found = shell("doctor", "--json")
    assert found.code == 1
    assert codes(found)[:3] == ["settings.not_allowed", "settings.unknown_key", "settings.not_allowed"]
    assert [f["where"] for f in found.json["findings"][:3]] == [f"{config}:{line}" for line in (1, 2, 3)]


@pytest.mark.parametrize(("silent", "code"), [(31, ["watch.silent"]), (30, [])])
def test_a_silent_watch_is_told_after_thirty_seconds(shell, well, clock, silent, code):
    clock.forward(seconds=silent)
    assert codes(shell("doctor", "--json")) == code


def test_a_watch_that_never_ran_is_told(shell, config):
    assert codes(shell("doctor", "--json"))[0] == "watch.never"


def test_notices_that_were_given_up_are_told(shell, well, desk):
    with desk.store.write() as tx:
        tx.outbox.add([Notice("k", None, "ben", "mail", "ben@example.org", "page", {}, NOW, state=NoticeState.dead)])
    found = shell("doctor", "--json")
    assert codes(found) == ["notices.dead"]


def test_tables_and_journal_that_were_changed_past_us_hurt_tonight(shell, well, desk):
    desk.do(tickets.open_ticket, opened(priority=1))
    with desk.store._writer.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE tickets ADD COLUMN mood TEXT")
        connection.exec_driver_sql("UPDATE journal SET actor = 'somebody' WHERE seq = 2")
    found = shell("doctor", "--json")
    assert (found.code, codes(found)) == (1, ["schema.drift", "journal.changed"])


def test_a_database_that_others_can_read_is_told(shell, well):
    from pathlib import Path

    Path(shell.url.removeprefix("sqlite:///")).chmod(0o644)
    assert codes(shell("doctor", "--json")) == ["file.open"]


def test_a_locale_that_nobody_speaks_here_is_told(shell, well):
    found = shell("doctor", "--json", LANG="fr_FR.UTF-8")
    assert codes(found) == ["locale.unspoken"]
    assert found.code == 0


def test_the_text_says_where_and_what_to_do(shell, well, desk):
    with desk.store.write() as tx:
        tx.definitions.put("ben", person("Ben", contacts=()))
    lines = shell("doctor").out.splitlines()
    place = lines.index("This hurts tonight")
    assert lines[place + 1].startswith(" ! ben is on duty from")
    assert lines[place + 2].strip().startswith("person ben: Give them a contact point")


@pytest.mark.parametrize("language", ["de", "ja"])
def test_codes_are_the_same_in_every_language(shell, config, language):
    assert codes(shell("doctor", "--json", "--lang", language)) == codes(shell("doctor", "--json"))


# --- the archive ----------------------------------------------------------------------------------------


@pytest.fixture
def packed(shell, config, desk, tmp_path):
    """The archive of a desk full of what must not leave it; its files as text, and as one."""
    config.write_text(
        'database = "postgresql://ana:hunter2@db/desk"\n'
        '[channels.chat]\nargv = ["post", "--token", "tok-1"]\nenv = { API_KEY = "tok-2" }\n'
    )
    desk.do(tickets.open_ticket, opened(title="Payroll of Erika", text="salary 4711", requester="Erika Muster"))
    log = shell.home / "supporttui" / "supporttui.log"
    log.write_text('Traceback:\n  File "/x/y.py", line 3, in save\n    secret = "s3"\nValueError: Payroll of Erika\n')
    path = tmp_path / "bundle.tar.gz"
    found = shell("doctor", "--bundle", str(path))
    assert (found.code, str(path) in found.err, path.stat().st_mode & 0o777) == (0, True, 0o600)
    with tarfile.open(fileobj=io.BytesIO(path.read_bytes())) as archive:
        return {m.name.split("/")[1]: archive.extractfile(m).read().decode() for m in archive.getmembers()}


def test_the_archive_holds_report_settings_and_places_of_faults(packed):
    assert set(packed) == {"report.txt", "report.json", "in-force.json", "log.txt"}
    assert json.loads(packed["report.json"])["report"]
    assert json.loads(packed["in-force.json"])["channels"]["value"]["chat"]["argv"] == ["post", "--token", "***"]
    assert packed["log.txt"].splitlines() == ['  File "/x/y.py", line 3, in save', "ValueError"]


@pytest.mark.parametrize("secret", ["Payroll", "Erika", "4711", "hunter2", "tok-1", "tok-2", "s3"])
def test_the_archive_holds_no_ticket_and_no_secret(packed, secret):
    assert not [name for name, text in packed.items() if secret in text]


def test_an_archive_never_replaces_a_file(shell, well, tmp_path):
    path = tmp_path / "there"
    path.write_text("mine")
    assert shell("doctor", "--bundle", str(path)).code == 2
    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("language", "labels"), [("de", ("Ihre Datei", "Zeitzone")), ("ja", ("個人のファイル", "タイムゾーン"))]
)
def test_what_a_line_is_about_is_said_in_the_readers_language(shell, language, labels):
    out = shell("--lang", language, "doctor").out
    assert all(label in out for label in labels)
    assert "your file" not in out
