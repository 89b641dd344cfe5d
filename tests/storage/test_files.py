"""Which file is opened, how it is made, and what is refused with nothing written."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from supporttui.domain.faults import BadInput, StoreUnavailable, StoreUnfit
from supporttui.domain.spans import Instant
from supporttui.storage import open_store, sqlite
from supporttui.storage.location import Postgres, SqliteFile, locate, refuse_network
from supporttui.storage.sqlite import free_of_wal_race, library
from tests.builders import refuses
from tests.storage.making import NOW, open_one, opened, opened_in


def clock() -> Instant:
    return Instant(NOW)


def test_an_address_is_a_path_an_sqlite_url_or_a_postgresql_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    assert locate("desk.db") == SqliteFile(tmp_path / "desk.db")
    assert locate("sqlite:///desk.db") == SqliteFile(tmp_path / "desk.db")
    assert locate("sqlite:////var/desk.db") == SqliteFile(Path("/var/desk.db"))
    assert str(locate("sqlite:////var/desk.db")) == "sqlite:////var/desk.db"
    found = locate("postgresql://ana@db.example.org/desk")
    assert isinstance(found, Postgres)
    assert str(found) == "postgresql://ana@db.example.org/desk"


@pytest.mark.parametrize("url", ["postgresql://ana:geheim@db/desk", "postgresql://db/desk?password=geheim"])
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str):
    with pytest.raises(BadInput) as caught:
        open_store(url, clock=clock)
    assert caught.value.code == "store.password_in_url"
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("url", ["", "  ", "mysql://db/desk", "sqlite://", "http://", "postgresql://db:port/x"])
def test_other_addresses_are_refused(url: str):
    with refuses("store.url", BadInput):
        open_store(url, clock=clock)


def test_every_file_is_for_its_owner_alone(tmp_path: Path):
    old = os.umask(0)
    try:
        store = open_store(str(tmp_path / "made" / "desk.db"), clock=clock, create=True)
        opened_in(store)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "made").iterdir()}
        folder = stat.S_IMODE((tmp_path / "made").stat().st_mode)
        store.close()
    finally:
        os.umask(old)
    assert set(modes.values()) == {0o600}
    assert "desk.db" in modes
    assert folder == 0o700


def test_a_missing_file_is_made_only_when_asked_for(tmp_path: Path):
    path = tmp_path / "desk.db"
    with refuses("store.missing", StoreUnfit):
        open_store(str(path), clock=clock)
    with refuses("store.missing", StoreUnfit):
        open_store(str(path), clock=clock, create=True, read_only=True)
    assert not path.exists()


def test_an_empty_file_is_filled_only_when_asked_for(tmp_path: Path):
    path = tmp_path / "desk.db"
    path.touch()
    with refuses("store.missing", StoreUnfit):
        open_store(str(path), clock=clock)
    open_store(str(path), clock=clock, create=True).close()
    open_store(str(path), clock=clock).close()


def foreign(path: Path, *, wal: bool = False, application: int = 0) -> None:
    """Another program's database; with ``application`` it says so in the header, as ours does."""
    driver = library().connect(str(path))
    if wal:
        driver.execute("PRAGMA journal_mode = WAL")
    driver.execute(f"PRAGMA application_id = {application}")
    if not application:
        driver.execute("CREATE TABLE stamp (whatever TEXT)")
        driver.execute("INSERT INTO stamp VALUES ('precious')")
    driver.commit()
    driver.close()


@pytest.mark.parametrize("options", [{}, {"wal": True}, {"application": 77}])
@pytest.mark.parametrize("create", [False, True])
def test_another_program_s_database_is_refused_unchanged(tmp_path: Path, options: dict, create: bool):
    path = tmp_path / "theirs.db"
    foreign(path, **options)
    before = path.read_bytes()
    with refuses("store.not_ours", StoreUnfit):
        open_store(str(path), clock=clock, create=create)
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["theirs.db"]


def test_a_file_that_is_no_database_is_refused_unchanged(tmp_path: Path):
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear team, " * 1000)
    with refuses("store.not_ours", StoreUnfit):
        open_store(str(path), clock=clock, create=True)
    assert path.read_bytes() == b"Dear team, " * 1000


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
@pytest.mark.parametrize("create", [True, False])
def test_what_is_no_file_is_not_ours(tmp_path: Path, make: Callable[[Path], object], create: bool):
    make(tmp_path / "desk.db")
    with refuses("store.not_ours", StoreUnfit):
        open_store(str(tmp_path / "desk.db"), clock=clock, create=create)


def test_another_program_s_postgresql_database_is_refused_unchanged(empty_postgres_url: str):
    with refuses("store.no_tables", StoreUnfit):
        open_store(empty_postgres_url, clock=clock)
    with psycopg.connect(empty_postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE invoices (id int)")
    with refuses("store.not_ours", StoreUnfit):
        open_store(empty_postgres_url, clock=clock, create=True)
    with psycopg.connect(empty_postgres_url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("invoices",)]


STAMPS = {
    "UPDATE stamp SET schema_version = 9, min_client = 9": "store.too_new",
    "UPDATE stamp SET schema_version = 0, min_client = 0": "store.too_old",
    "UPDATE stamp SET application = 'other'": "store.not_ours",
}


@pytest.mark.parametrize("statement", STAMPS)
def test_a_schema_that_does_not_fit_is_refused(database, statement: str):
    database.open()
    database.run(statement)
    with refuses(STAMPS[statement], StoreUnfit):
        open_store(database.url, clock=clock)


def test_a_newer_schema_that_still_allows_us_is_opened(database):
    database.open()
    database.run("UPDATE stamp SET schema_version = 9")
    assert database.open().head() == 0


def test_a_server_or_a_database_that_is_not_there_is_told_as_such(postgres_server):
    with refuses("store.refused", StoreUnavailable):
        open_store("postgresql://postgres@/x?host=/nowhere", clock=clock)  # a socket's path must be short
    with pytest.raises(StoreUnfit) as caught:
        open_store(postgres_server.url("nowhere"), clock=clock)
    assert (caught.value.code, caught.value.params["database"]) == ("store.no_database", "nowhere")


MOUNTS = """\
22 1 0:20 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
35 22 0:32 / /home rw shared:9 - nfs4 filer:/home rw
36 35 0:33 / /home/ana\\040b/local rw - xfs /dev/sdb rw
37 22 0:34 / /mnt/s rw - fuse.sshfs me@host: rw
38 22 0:35 / /mnt/f rw - fuse.overlay x rw
"""


@pytest.mark.parametrize("path", ["/home/ana/desk.db", "/mnt/s/desk.db", "/home/desk.db"])
def test_a_network_file_system_is_refused_with_its_kind(path: str):
    with refuses("store.network_file", StoreUnfit):
        refuse_network(Path(path), MOUNTS)


@pytest.mark.parametrize("path", ["/srv/desk.db", "/homes/desk.db", "/home/ana b/local/desk.db", "/mnt/f/x"])
def test_a_local_file_system_is_fine(path: str):
    refuse_network(Path(path), MOUNTS)


def test_the_library_s_race_is_known_by_its_version():
    safe = [(3, 51, 3), (3, 52, 0), (3, 53, 4), (4, 0, 0), (3, 50, 7), (3, 50, 9), (3, 44, 6)]
    racy = [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)]
    assert [version for version in (*safe, *racy) if free_of_wal_race(version)] == safe


def journal_mode(path: Path) -> str:
    driver = library().connect(str(path))
    mode = driver.execute("PRAGMA journal_mode").fetchone()[0]
    driver.close()
    return mode


def test_the_write_ahead_log_is_used_only_with_a_library_free_of_the_race(tmp_path, monkeypatch):
    for safe, mode in ((True, "wal"), (False, "delete")):
        monkeypatch.setattr(sqlite, "free_of_wal_race", lambda _version, safe=safe: safe)
        path = tmp_path / f"{mode}.db"
        store = open_store(str(path), clock=clock, create=True)
        opened_in(store)
        assert store.verify() is None
        store.close()
        assert journal_mode(path) == mode


def test_an_older_library_takes_a_file_out_of_the_write_ahead_log_or_leaves_it_alone(tmp_path, monkeypatch):
    path = tmp_path / "desk.db"
    monkeypatch.setattr(sqlite, "free_of_wal_race", lambda _version: True)
    newer = open_store(str(path), clock=clock, create=True)
    ticket = opened_in(newer)
    monkeypatch.setattr(sqlite, "free_of_wal_race", lambda _version: False)
    with pytest.raises((StoreUnfit, StoreUnavailable)):
        open_store(str(path), clock=clock)
    newer.close()
    older = open_store(str(path), clock=clock)
    with older.read() as tx:
        assert tx.tickets.get(ticket.id) == ticket
    older.close()
    assert journal_mode(path) == "delete"


def test_the_rules_of_every_connection(sqlite_url: str):
    store = open_store(sqlite_url, clock=clock)
    with store.write() as tx:
        ask = tx._connection.exec_driver_sql
        assert ask("PRAGMA foreign_keys").scalar_one() == 1
        assert ask("PRAGMA synchronous").scalar_one() == 2
        assert ask("PRAGMA busy_timeout").scalar_one() == 5000
    store.close()


def test_a_full_disk_rolls_back_the_whole_transaction(sqlite_url: str):
    store = open_store(sqlite_url, clock=clock)
    kept = opened_in(store)
    with refuses("store.disk_full", StoreUnavailable), store.write() as tx:
        pages = tx._connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        tx._connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        for _ in range(100):
            open_one(tx, opened("x" * 2000))
    with store.read() as tx:
        assert [known.ticket for known in tx.journal.each()] == [kept.id]
        assert tx._connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert store.verify() is None
    store.close()


def test_a_damaged_file_is_named_so(sqlite_url: str):
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x55" * (len(content) - 4096)
    path.write_bytes(content)
    with refuses("store.damaged", StoreUnfit):
        store = open_store(sqlite_url, clock=clock)
        store.head()


def test_opening_sqlite_loads_neither_psycopg_nor_alembic(tmp_path: Path):
    program = (
        "import sys; from supporttui.storage import open_store;"
        "store = open_store(sys.argv[1], clock=lambda: 0, create=True); store.head(); store.close();"
        "print([name for name in ('psycopg', 'alembic', 'textual', 'babel') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "desk.db")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"
