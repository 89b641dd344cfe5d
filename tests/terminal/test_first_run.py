"""The first start on a real terminal, in three languages: every choice, every error in its own sentence."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from supporttui.storage import migrate, open_store
from tests.builders import MovableClock, person, site
from tests.terminal.pty import Terminal

Starter = Callable[..., Terminal]
LANGUAGES = ("en", "de", "ja")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Starter]:
    """Starts the program for the first time in a home of its own."""
    running: list[Terminal] = []
    home = tmp_path / "home"
    home.mkdir()

    def starting(*args: str, language: str = "en", **env: str) -> Terminal:
        places = {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "DATA", "STATE")}
        terminal = Terminal("--lang", language, *args, home=home, size=(100, 40), env={**places, **env})
        running.append(terminal)
        return terminal

    yield starting
    for terminal in running:
        terminal.close()


def settings_in(home: Path) -> Path:
    return home / "supporttui" / "config.toml"


def set_lines(path: Path) -> list[str]:
    return [line for line in path.read_text().splitlines() if line and not line.startswith(("#", "["))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_choices_and_leaving_leaves_nothing(start, language):
    terminal = start(language=language).shows("  1  ", "  2  ", "  3  ", "  q  ", "PostgreSQL").press("q\r")
    assert terminal.ended() == 0
    assert not settings_in(terminal.home).exists()
    assert list(terminal.home.iterdir()) == []


def test_a_made_up_night_is_opened_and_nothing_is_kept(start):
    terminal = start().shows("1, 2, 3, q").press("1\r").shows("T-42", "Queue")
    assert not settings_in(terminal.home).exists()


def test_a_file_is_asked_for_made_and_kept_with_every_key_explained(start):
    terminal = start().shows("1, 2, 3, q").press("2\r").shows("desk.db").press("night.db\r").shows("Queue")
    path = terminal.home / "night.db"
    assert path.stat().st_mode & 0o777 == 0o600
    kept = settings_in(terminal.home)
    assert kept.stat().st_mode & 0o777 == 0o600
    assert set_lines(kept) == [f'database = "{path}"']
    assert kept.read_text().startswith("# ")


def test_a_file_of_ours_that_is_there_is_opened_as_it_is(start, tmp_path):
    path = tmp_path / "there.db"
    store = open_store(str(path), clock=MovableClock(), create=True)
    site(store)
    before = defined(store)
    store.close()
    start(SUPPORTTUI_ME="ana").shows("1, 2, 3, q").press("2\r").shows("desk.db").press(f"{path}\r").shows("Berlin")
    store = open_store(str(path), clock=MovableClock())
    assert defined(store) == before
    store.close()


def defined(store):
    """Everything that a start could put there; the watch of the desk keeps what becomes past."""
    with store.read() as tx:
        found = tx.definitions
        return found.site(), found.people(), found.teams(), found.services(), found.rotas(), found.calendars()


def test_somebody_elses_file_is_refused_and_not_kept(start, tmp_path):
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"\xff\xd8\xff" * 1000)
    terminal = (
        start().shows("1, 2, 3, q").press("2\r").shows("desk.db").press(f"{other}\r").shows("no database of supporttui")
    )
    assert terminal.ended() == 2
    assert not settings_in(terminal.home).exists()


# --- the team's database ------------------------------------------------------------------------------


@pytest.fixture
def team(postgres_url, clock) -> str:
    """A team's database that knows the administrator's login as Zoe's."""
    store = open_store(postgres_url, clock=clock)
    site(store)
    with store.write() as tx:
        tx.definitions.put("zoe", person("Zoe", login=store.login(), role="admin"))
    store.close()
    return postgres_url


def asked_for(url: str) -> dict[str, str]:
    """Host, port, name and login of an address."""
    parts = urlsplit(url)
    host = parse_qs(parts.query).get("host", [parts.hostname or ""])[0]
    return {"host": host, "port": str(parts.port or ""), "name": parts.path.lstrip("/"), "login": parts.username or ""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_team_s_database_is_tried_kept_and_opened(start, team, language):
    terminal = (
        start(language=language).shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name").press(f"{team}\r")
    )
    terminal.shows("Berlin")
    assert set_lines(settings_in(terminal.home)) == [f'database = "{team}"']


def test_one_question_each_where_no_address_is_at_hand(start, team):
    parts = asked_for(team)
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("one by one").press("\r")
    terminal.shows("Host").press(f"{parts['host']}\r").shows("Port [5432]").press("\r")
    terminal.shows("Name of the database").press(f"{parts['name']}\r").shows("Your login").press(f"{parts['login']}\r")
    terminal.shows("Berlin")
    (line,) = set_lines(settings_in(terminal.home))
    assert parts["name"] in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_leads_nowhere_is_told_and_asked_for_again(start, team, language):
    terminal = start(language=language).shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name")
    terminal.press("postgresql://ana@no-such-host.invalid/desk\r").shows("no-such-host.invalid", "/n]")
    terminal.press("\r").until(
        lambda: terminal.text.count("one by one") == 2 or terminal.text.count("service=NAME") >= 2
    )
    terminal.press(f"{team}\r").shows("Berlin")
    assert set_lines(settings_in(terminal.home)) == [f'database = "{team}"']


def test_giving_up_keeps_nothing(start):
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name")
    terminal.press("postgresql://ana:secret@db/desk\r").shows("does not belong", "[Y/n]").press("n\r")
    assert terminal.ended() == 0
    assert not settings_in(terminal.home).exists()


def test_an_empty_database_gets_its_tables_if_the_person_wants_them(start, empty_postgres_url):
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name").press(f"{empty_postgres_url}\r")
    terminal.shows("Make the tables").press("y\r").shows("starter policies").press("\r").shows("Queue")
    assert migrate.check(empty_postgres_url) == ()


def test_older_tables_are_brought_up_to_date_if_the_person_wants_it(start, empty_postgres_url, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(migrate.command, "upgrade", lambda config, _, run=migrate.command.upgrade: run(config, "0001"))
        migrate.upgrade(empty_postgres_url)
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name").press(f"{empty_postgres_url}\r")
    terminal.shows("older than this program", "[y/N]").press("y\r").shows("Queue")
    assert migrate.check(empty_postgres_url) == ()


@pytest.fixture
def guarded(postgres_server, team) -> Iterator[str]:
    """The team's database for a login with a password, which belongs to Ben."""
    role = f"guarded_{os.getpid()}"
    with psycopg.connect(team, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'rightly7'")
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    store = open_store(team, clock=MovableClock())
    with store.write() as tx:
        tx.definitions.put("ben", person("Ben", login=role))
    store.close()
    with postgres_server.door(f"local all {role} scram-sha-256"):
        yield team.replace("//postgres@", f"//{role}@")
    with psycopg.connect(team, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = %s AND pid <> pg_backend_pid()",
            (role,),
        )
        connection.execute(f"DROP OWNED BY {role}")
        connection.execute(f"DROP ROLE {role}")


def test_a_password_is_asked_for_never_shown_and_never_kept(start, guarded):
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name").press(f"{guarded}\r")
    terminal.shows("Password of").press("wrong\r").shows("does not take the password")
    terminal.until(lambda: terminal.text.count("Password of") == 2).press("rightly7\r")
    terminal.shows("The password is not kept", "Enter: none").press("\r").shows("Berlin")
    assert b"rightly7" not in terminal.sent
    assert b"wrong" not in terminal.sent
    assert set_lines(settings_in(terminal.home)) == [f'database = "{guarded}"']
    assert not any(b"rightly7" in path.read_bytes() for path in terminal.home.rglob("*") if path.is_file())


def test_a_program_that_gives_the_password_is_tried_and_kept(start, guarded):
    terminal = start().shows("1, 2, 3, q").press("3\r").shows("postgresql://host/name").press(f"{guarded}\r")
    terminal.shows("Password of").press("rightly7\r").shows("Enter: none").press("echo other\r")
    terminal.shows("something else").press("echo rightly7\r").shows("Berlin")
    assert set_lines(settings_in(terminal.home)) == [
        f'database = "{guarded}"',
        'password_command = ["echo", "rightly7"]',
    ]


def test_a_later_start_asks_for_the_password_again(start, guarded):
    terminal = start("--db", guarded).shows("Password of").press("rightly7\r").shows("Berlin")
    assert b"rightly7" not in terminal.sent
