"""``db backup`` and ``db restore``: a copy made while desks write, and a database put back without losing one."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.spans import Instant
from supporttui.storage import backup, migrate, open_store, sqlite
from supporttui.storage.location import SqliteFile
from supporttui.storage.schema import SCHEMA_VERSION
from supporttui.usecases import escalation, tickets
from tests.builders import Desk, opened

ROOT = Path(__file__).parents[2]


def file_of(shell) -> Path:
    return Path(shell.url.removeprefix("sqlite:///"))


@pytest.fixture
def copy(shell, desk, ticket, tmp_path) -> Path:
    """A copy of the small desk with one ticket."""
    path = tmp_path / "copy.db"
    assert shell("db", "backup", str(path)).code == 0
    return path


@pytest.fixture
def left(desk):
    """Every desk has left the database."""
    desk.store.close()


# --- backup -------------------------------------------------------------------------------------------


def test_a_copy_is_private_whole_and_one_file(shell, copy):
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in copy.parent.iterdir() if path.name.startswith(("copy", ".copy"))) == ["copy.db"]
    here, there = (
        shell("ticket", "show", "1", "--json").json,
        shell("--db", str(copy), "ticket", "show", "1", "--json", db=False).json,
    )
    assert there["ticket"] == here["ticket"]
    assert shell("--db", str(copy), "db", "check", db=False).code == 0


def test_what_it_holds_is_told(shell, desk, ticket, tmp_path):
    found = shell("db", "backup", str(tmp_path / "a.db"), "--json").json
    assert (found["facts"], found["schema"]) == (desk.store.head(), SCHEMA_VERSION)
    assert "checked" in shell("db", "backup", str(tmp_path / "b.db")).out


def test_a_file_that_is_there_is_left_as_it_is(shell, desk, tmp_path):
    path = tmp_path / "taken.db"
    path.write_text("mine")
    found = shell("db", "backup", str(path), "--json")
    assert (found.code, found.fault["code"], path.read_text()) == (Exit.refused, "file.exists", "mine")
    assert shell("db", "backup", str(path), "--force").code == 0
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_a_link_is_replaced_and_never_followed(shell, desk, tmp_path):
    victim, link = tmp_path / "victim", tmp_path / "link.db"
    victim.write_text("mine")
    link.symlink_to(victim)
    assert shell("db", "backup", str(link)).code == Exit.refused
    assert shell("db", "backup", str(link), "--force").code == 0
    assert (victim.read_text(), link.is_symlink()) == ("mine", False)


def test_a_link_to_nowhere_is_taken_too(shell, desk, tmp_path):
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "nowhere")
    assert shell("db", "backup", str(link)).code == Exit.refused
    assert not (tmp_path / "nowhere").exists()


def test_where_nothing_can_be_written_is_told_and_nothing_is_left(shell, desk, tmp_path):
    found = shell("db", "backup", str(tmp_path / "no" / "where.db"), "--json")
    assert (found.code, found.fault["code"]) == (Exit.refused, "file.unwritable")
    assert shell("db", "backup", str(tmp_path)).code == Exit.refused


def test_a_copy_made_while_desks_write_is_consistent(site_url, clock, tmp_path):
    """Writers never stop; each copy passes pages, foreign keys and the journal's chain, and holds whole tickets."""
    stop = threading.Event()

    def write(name: str) -> None:
        store = open_store(site_url, clock=clock)
        desk = Desk(store, clock, prefix=name)
        while not stop.is_set():
            number = desk.do(tickets.open_ticket, opened(priority=1)).id
            desk.do(tickets.acknowledge, number, None)
        store.close()

    writers = [threading.Thread(target=write, args=(f"writer-{n}",)) for n in range(3)]
    for writer in writers:
        writer.start()
    location = SqliteFile(Path(site_url.removeprefix("sqlite:///")))
    try:
        found = []
        for number in range(5):
            target = tmp_path / f"copy-{number}.db"
            target.touch(mode=0o600)
            found.append(backup.backup(location, target).facts)
    finally:
        stop.set()
        for writer in writers:
            writer.join(60)
    assert found == sorted(found)
    store = open_store(str(tmp_path / "copy-4.db"), clock=clock)
    assert (store.verify(), store.head()) == (None, found[-1])
    store.close()


def test_postgresql_names_the_program_that_copies_it_and_no_password(shell, tmp_path):
    url = "postgresql://ana@db.example.org:5433/team desk?sslmode=require"
    made = shell("--db", url, "db", "backup", "night.dump", db=False)
    assert made.code == Exit.usage
    assert "pg_dump --format=custom --file=night.dump '--dbname=postgresql://ana@db.example.org:5433/team" in made.err
    back = shell("--db", url, "db", "restore", "night.dump", db=False)
    assert (back.code, "pg_restore --clean" in back.err) == (Exit.usage, True)


# --- restore ------------------------------------------------------------------------------------------


def test_what_was_copied_is_put_back_and_what_stood_there_is_kept(shell, desk, copy, left, clock):
    store = open_store(shell.url, clock=clock)
    Desk(store, clock, prefix="later").do(tickets.open_ticket, opened(title="Later"))
    store.close()
    refused = shell("db", "restore", str(copy), "--json")
    assert (refused.code, refused.fault["code"]) == (Exit.refused, "restore.replaces")
    assert len(shell("queue", "--json").json["tickets"]) == 2
    found = shell("db", "restore", str(copy), "--force", "--json").json
    assert [row["title"] for row in shell("queue", "--json").json["tickets"]] == ["Mail is down"]
    kept = shell("--db", found["kept"], "queue", "--json", db=False).json["tickets"]
    assert {row["title"] for row in kept} == {"Mail is down", "Later"}
    assert Path(found["kept"]).stat().st_mode & 0o777 == 0o600
    assert found["kept"].startswith(f"{file_of(shell)}.replaced-20260302T022000Z")


def test_a_database_that_is_not_there_is_made(shell, copy, tmp_path):
    path = tmp_path / "new" / "desk.db"
    found = shell("--db", str(path), "db", "restore", str(copy), "--json", db=False)
    assert (found.code, found.json["kept"]) == (0, None)
    assert path.stat().st_mode & 0o777 == 0o600
    assert shell("--db", str(path), "ticket", "show", "1", db=False).code == 0


def test_it_is_refused_while_a_desk_has_the_database_open(shell, desk, copy):
    with desk.store.read() as tx:
        tx.journal.head()
        found = shell("db", "restore", str(copy), "--force", "--json")
    assert (found.code, found.fault["code"]) == (Exit.unreachable, "store.in_use")
    assert "Leave every desk" in found.fault["message"]
    assert len(shell("queue", "--json").json["tickets"]) == 1
    desk.store.close()
    assert shell("db", "restore", str(copy), "--force").code == 0


def test_it_is_refused_while_another_process_has_it_open(shell, desk, copy, left):
    program = (
        "import sys\nfrom supporttui.storage import open_store\n"
        "store = open_store(sys.argv[1], clock=lambda: 0)\n"
        "with store.read() as tx:\n    tx.journal.head()\n    print('open', flush=True)\n    sys.stdin.readline()\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, shell.url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    found = shell("db", "restore", str(copy), "--force", "--json")
    other.communicate("\n", timeout=30)
    assert (found.code, found.fault["code"]) == (Exit.unreachable, "store.in_use")


def test_a_damaged_database_is_moved_aside_and_the_copy_takes_its_place(shell, copy, left):
    path = file_of(shell)
    for side in ("-wal", "-shm"):
        path.with_name(path.name + side).unlink(missing_ok=True)
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    assert shell("queue").code == Exit.usage
    assert shell("db", "restore", str(copy)).code == Exit.usage
    found = shell("db", "restore", str(copy), "--force", "--json").json
    assert Path(found["kept"]).read_bytes()[:16] == bytes(16)
    assert shell("db", "check").code == 0


def test_another_programs_database_is_never_replaced(shell, copy, tmp_path):
    path = tmp_path / "other.db"
    driver = sqlite.library().connect(str(path))
    driver.execute("CREATE TABLE orders (id INTEGER)")
    driver.commit()
    driver.close()
    before = path.read_bytes()
    found = shell("--db", str(path), "db", "restore", str(copy), "--force", "--json", db=False)
    assert (found.code, found.fault["code"], path.read_bytes()) == (Exit.usage, "store.not_ours", before)


def damaged(copy: Path, statement: str) -> None:
    driver = sqlite.library().connect(str(copy))
    driver.execute(statement)
    driver.commit()
    driver.close()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE journal SET actor = 'somebody' WHERE seq = 2", "store.chain_broken"),
        ("DELETE FROM journal WHERE seq = 2", "store.chain_broken"),
        ("UPDATE stamp SET min_client = 99, schema_version = 99", "store.too_new"),
        ("DELETE FROM tickets", "store.damaged"),
        ("PRAGMA application_id = 7", "store.not_ours"),
    ],
)
def test_a_copy_that_is_not_right_is_refused_and_nothing_changes(shell, copy, left, statement, code):
    damaged(copy, statement)
    before = file_of(shell).read_bytes()
    found = shell("db", "restore", str(copy), "--force", "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, code)
    assert file_of(shell).read_bytes() == before
    assert [path.name for path in file_of(shell).parent.iterdir() if "replaced" in path.name] == []


def test_pages_that_were_overwritten_are_found(shell, copy, left):
    data = bytearray(copy.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = os.urandom(4096)
    copy.write_bytes(data)
    found = shell("db", "restore", str(copy), "--force", "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, "store.damaged")


def test_no_copy_there_is_told(shell, desk, tmp_path):
    found = shell("db", "restore", str(tmp_path / "none.db"), "--json")
    assert (found.code, found.fault["code"]) == (Exit.usage, "store.missing")


def test_a_page_that_had_not_left_is_held_back(shell, desk, ticket, tmp_path, clock):
    """It may have left since the copy was made: nobody is called twice for it."""
    desk.do(escalation.escalate, ticket, None, text="now")
    path = tmp_path / "copy.db"
    shell("db", "backup", str(path))
    desk.store.close()
    assert shell("db", "restore", str(path), "--force", "--json").json["held"] == 1
    again = shell("db", "restore", str(path), "--force")
    assert "do not leave now" in again.out or "does not leave now" in again.out
    assert shell("watch", "--once", "--json").json["sent"] == 0


def test_a_read_only_desk_restores_nothing(shell, copy):
    assert shell("--read-only", "db", "restore", str(copy), "--force").code == Exit.refused


# --- before tables change -----------------------------------------------------------------------------


@pytest.fixture
def old(tmp_path, monkeypatch) -> Path:
    """A database as the first version of the tables made it."""
    path = tmp_path / "old.db"
    with monkeypatch.context() as patched:
        patched.setattr(migrate.command, "upgrade", lambda config, _, run=migrate.command.upgrade: run(config, "0001"))
        migrate.upgrade(str(path))
    return path


def test_an_older_file_is_copied_before_its_tables_change(shell, old):
    assert shell("--db", str(old), "queue", "--json", db=False).fault["code"] == "store.too_old"
    found = shell("--db", str(old), "db", "upgrade", "--json", db=False).json
    assert (found["before"], found["after"]) == (1, SCHEMA_VERSION)
    kept = Path(found["backup"])
    assert kept.name == "old.db.before-upgrade-20260302T022000Z"
    assert kept.stat().st_mode & 0o777 == 0o600
    state = migrate.schema_state(str(kept))
    assert state is not None
    assert state.schema_version == 1
    assert shell("--db", str(old), "queue", db=False).code == 0


def test_the_copy_is_named_and_made_once(shell, old):
    assert "before-upgrade" in shell("--db", str(old), "db", "upgrade", db=False).out
    assert "before-upgrade" not in shell("--db", str(old), "db", "upgrade", db=False).out
    assert len([path for path in old.parent.iterdir() if "before-upgrade" in path.name]) == 1


def test_an_old_copy_may_be_restored_and_says_what_comes_next(shell, old, tmp_path):
    found = shell("--db", str(tmp_path / "new.db"), "db", "restore", str(old), db=False)
    assert (found.code, "db upgrade" in found.out) == (0, True)


def test_looking_at_a_copy_changes_nothing_in_it(copy):
    before = copy.read_bytes()
    assert backup.look(copy).newest == Instant(1_772_418_000)
    assert copy.read_bytes() == before
