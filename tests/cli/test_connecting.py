"""Every way in which a connection to the team's database can fail has a sentence of its own, and says what to do."""

import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL

from supporttui.cli.exits import Exit
from supporttui.domain.faults import StoreUnavailable
from supporttui.storage import migrate, open_store, postgres
from supporttui.storage.connecting import refused_connection
from supporttui.storage.schema import SCHEMA_VERSION
from tests.cli.conftest import Result

CERTIFICATE = Path(__file__).parents[1] / "data" / "server.crt"
ADDRESS = URL.create("postgresql", username="ana", host="db.example.org", database="desk")


@pytest.fixture
def ask(shell, monkeypatch) -> Callable[..., Result]:
    """``queue`` on an address, as a machine; a server that is silent is given up soon."""
    monkeypatch.setitem(postgres.ARGUMENTS, "connect_timeout", 2)
    return lambda url, *args, **env: shell("--db", url, *(args or ("queue",)), "--json", db=False, **env)


def told(found: Result) -> tuple[int, str]:
    return found.code, found.fault["code"]


@contextmanager
def listening(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of our own on this machine; what it does with each connection is up to the test. Gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    try:
                        answer(connection)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)


# --- no connection comes about ------------------------------------------------------------------------


def test_a_name_that_nobody_has(ask):
    found = ask("postgresql://ana@no-such-host.invalid/desk")
    assert told(found) == (Exit.unreachable, "store.host_unknown")
    assert "no-such-host.invalid" in found.fault["message"]


def test_a_port_on_which_nobody_listens(ask):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    found = ask(f"postgresql://ana@127.0.0.1:{port}/desk")
    assert told(found) == (Exit.unreachable, "store.refused")
    assert f"127.0.0.1:{port}" in found.fault["message"]


def test_a_socket_that_is_not_there(ask, postgres_server):
    found = ask(f"postgresql://ana@/desk?host={postgres_server.folder}&port=6666")
    assert told(found) == (Exit.unreachable, "store.refused")


def test_a_server_that_never_answers(ask):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?connect_timeout=2")
    assert told(found) == (Exit.unreachable, "store.no_answer")
    assert f"127.0.0.1:{port}" in found.fault["message"]


def test_something_else_listens_there(ask):
    with listening(lambda connection: connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk")
    assert told(found) in {(Exit.usage, "store.tls_failed"), (Exit.unreachable, "store.unreachable")}


# --- the server does not let us in --------------------------------------------------------------------


@pytest.fixture
def role(postgres_server, postgres_url) -> Iterator[str]:
    """A login with a password; its name."""
    name = f"door_{os.getpid()}"
    postgres_server.run(f"CREATE ROLE {name} LOGIN PASSWORD 'right'")
    yield name
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {name}")
    postgres_server.run(f"DROP ROLE {name}")


def as_role(url: str, role: str) -> str:
    return url.replace("//postgres@", f"//{role}@")


@pytest.fixture
def locked(postgres_server, role, postgres_url) -> Iterator[str]:
    """The address of a database that wants this login's password."""
    with postgres_server.door(f"local all {role} scram-sha-256"):
        yield as_role(postgres_url, role)


def test_no_password_where_one_is_wanted(ask, locked, role):
    found = ask(locked)
    assert told(found) == (Exit.forbidden, "store.password_missing")
    assert role in found.fault["message"]


def test_a_wrong_password_in_the_pass_file(ask, locked, role, tmp_path):
    passes = tmp_path / "passes"
    passes.touch(mode=0o600)
    passes.write_text("*:*:*:*:wrong\n")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PGPASSFILE", str(passes))  # libpq reads the environment of the process
        assert told(ask(locked)) == (Exit.forbidden, "store.password_wrong")
        passes.write_text("*:*:*:*:right\n")
        assert told(ask(locked)) == (Exit.forbidden, "store.forbidden")  # let in, and may read nothing


def settings_of(shell, text: str) -> None:
    (shell.home / "supporttui").mkdir(parents=True, exist_ok=True)
    (shell.home / "supporttui" / "config.toml").write_text(text)


def test_a_program_gives_the_password(ask, shell, locked, role, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    settings_of(shell, 'password_command = ["echo", "right"]\n')
    assert ask(locked, "db", "check").code == 0
    settings_of(shell, 'password_command = ["echo", "wrong"]\n')
    assert told(ask(locked)) == (Exit.forbidden, "store.password_wrong")


@pytest.mark.parametrize("program", ['["no-such-program"]', '["false"]', '["true"]'])
def test_a_program_that_gives_none_is_named_and_nothing_it_said_is_told(ask, shell, locked, program):
    settings_of(shell, f"password_command = {program}\n")
    found = ask(locked)
    assert told(found) == (Exit.unreachable, "store.password_command")


def test_a_login_that_is_not_there(ask, postgres_url):
    found = ask(as_role(postgres_url, "nobody_here"))
    assert told(found) == (Exit.forbidden, "store.no_login")
    assert "nobody_here" in found.fault["message"]


def test_a_login_that_may_not_connect(ask, postgres_server, role, empty_postgres_url):
    name = empty_postgres_url.rpartition("/")[2].partition("?")[0]
    postgres_server.run(f'REVOKE CONNECT ON DATABASE "{name}" FROM PUBLIC')
    found = ask(as_role(empty_postgres_url, role))
    assert told(found) == (Exit.forbidden, "store.not_admitted")
    assert name in found.fault["message"]


def test_a_login_whose_rights_were_revoked(ask, role, postgres_url):
    assert told(ask(as_role(postgres_url, role))) == (Exit.forbidden, "store.forbidden")


def test_a_login_from_a_place_that_the_server_does_not_know(ask, postgres_server, role, postgres_url):
    with postgres_server.door(f"local all {role} reject"):
        assert told(ask(as_role(postgres_url, role))) == (Exit.forbidden, "store.not_admitted")


def test_doors_that_two_workers_change_at_once_leave_nothing_behind(postgres_server):
    """Else a login of one wants a password for the rest of the run, because the other put back what it had read."""
    path = postgres_server.folder / "data" / "pg_hba.conf"
    with ExitStack() as first:
        first.enter_context(postgres_server.door("local all nobody_a reject"))
        with postgres_server.door("local all nobody_b reject"):
            first.close()
            assert "nobody_b" in path.read_text()
    assert "nobody_" not in path.read_text()


# --- the database is not what it should be ------------------------------------------------------------


def test_a_database_that_is_not_there(ask, postgres_server):
    found = ask(postgres_server.url("no_such_desk"))
    assert told(found) == (Exit.usage, "store.no_database")
    assert "no_such_desk" in found.fault["message"]


def test_a_database_without_our_tables_names_the_command_that_makes_them(ask, empty_postgres_url):
    found = ask(empty_postgres_url)
    assert told(found) == (Exit.usage, "store.no_tables")
    assert "db upgrade" in found.fault["message"]
    assert ask(empty_postgres_url, "db", "upgrade").json["after"] == SCHEMA_VERSION
    assert ask(empty_postgres_url, "db", "check").code == 0


def test_tables_may_be_made_only_by_whom_the_server_lets(ask, role, empty_postgres_url):
    found = ask(as_role(empty_postgres_url, role), "db", "upgrade")
    assert told(found) == (Exit.forbidden, "store.forbidden")


def test_somebody_elses_database(ask, empty_postgres_url):
    with psycopg.connect(empty_postgres_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE orders (id bigint)")
    assert told(ask(empty_postgres_url)) == (Exit.usage, "store.not_ours")
    assert told(ask(empty_postgres_url, "db", "upgrade")) == (Exit.usage, "store.not_ours")


def test_older_tables_name_the_command_that_brings_them_up_to_date(ask, empty_postgres_url, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(migrate.command, "upgrade", lambda config, _, run=migrate.command.upgrade: run(config, "0001"))
        migrate.upgrade(empty_postgres_url)
    found = ask(empty_postgres_url)
    assert told(found) == (Exit.usage, "store.too_old")
    assert "db upgrade" in found.fault["message"]
    assert ask(empty_postgres_url, "db", "upgrade").json["backup"] is None
    assert ask(empty_postgres_url, "db", "check").code == 0


def test_newer_tables_ask_for_a_newer_program(ask, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("UPDATE stamp SET schema_version = 99, min_client = 99")
    assert told(ask(postgres_url)) == (Exit.usage, "store.too_new")


def test_tables_of_a_version_that_nobody_here_knows_are_left_alone(ask, postgres_url):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    found = ask(postgres_url, "db", "upgrade")
    assert told(found) == (Exit.usage, "store.revision")
    assert "9999" in found.fault["message"]


def test_a_person_whom_the_desk_does_not_know(ask, role, postgres_url, clock):
    from tests.builders import site

    store = open_store(postgres_url, clock=clock)
    site(store)
    store.close()
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}")
    found = ask(as_role(postgres_url, role))
    assert told(found) == (Exit.forbidden, "access.unknown_login")


def test_a_service_that_no_file_defines(ask, tmp_path, monkeypatch):
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    (tmp_path / "services").write_text("[other]\nhost=/nowhere\n")
    assert told(ask("postgresql:///?service=team")) == (Exit.usage, "store.option")


def test_a_service_file_leads_to_the_database(ask, tmp_path, monkeypatch, postgres_server, postgres_url):
    name = postgres_url.rpartition("/")[2].partition("?")[0]
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    (tmp_path / "services").write_text(f"[team]\nhost={postgres_server.folder}\ndbname={name}\nuser=postgres\n")
    assert ask("postgresql:///?service=team", "db", "check").code == 0


# --- TLS ----------------------------------------------------------------------------------------------


def speaks_tls(connection: socket.socket) -> None:
    """As PostgreSQL begins: asked for TLS, it says yes, and shows its certificate."""
    connection.recv(8)
    connection.sendall(b"S")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, CERTIFICATE.with_suffix(".key"))
    with context.wrap_socket(connection, server_side=True) as secret:
        secret.recv(1 << 16)


def breaks_tls(connection: socket.socket) -> None:
    connection.recv(8)
    connection.sendall(b"S")
    connection.recv(1 << 16)
    connection.sendall(b"this is no handshake, and never will be one" * 10)


def test_a_server_without_tls_where_the_address_asks_for_it(ask):
    with listening(lambda connection: connection.recv(8) and connection.sendall(b"N")) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?sslmode=require")
    assert told(found) == (Exit.usage, "store.tls_missing")


def test_a_certificate_that_nobody_vouches_for(ask, tmp_path):
    other = tmp_path / "root.crt"
    other.write_text((CERTIFICATE.parent / "other.crt").read_text())
    with listening(speaks_tls) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?sslmode=verify-ca&sslrootcert={other}")
    assert told(found) == (Exit.usage, "store.certificate")
    assert "certificate verify failed" in found.fault["message"]


def test_a_certificate_of_another_host(ask):
    with listening(speaks_tls) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?sslmode=verify-full&sslrootcert={CERTIFICATE}")
    assert told(found) == (Exit.usage, "store.certificate")
    assert "db.example.org" in found.fault["message"]


def test_a_certificate_file_that_is_not_there(ask, tmp_path):
    with listening(speaks_tls) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?sslmode=verify-ca&sslrootcert={tmp_path / 'none.crt'}")
    assert told(found) == (Exit.usage, "store.certificate")
    assert "none.crt" in found.fault["message"]


def test_a_handshake_that_fails(ask):
    with listening(breaks_tls) as port:
        found = ask(f"postgresql://ana@127.0.0.1:{port}/desk?sslmode=require")
    assert told(found) == (Exit.usage, "store.tls_failed")


# --- words --------------------------------------------------------------------------------------------

BEHIND_TLS = 'connection failed: connection to server at "10.0.0.7", port 5432 failed: '
SAID = {
    BEHIND_TLS + 'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "ana", database "desk", no encryption': "store.tls_required",
    BEHIND_TLS + 'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "ana", database "desk", SSL encryption': "store.not_admitted",
    BEHIND_TLS + 'FATAL:  password authentication failed for user "ana"\nconnection to server at "10.0.0.7", port 5432 failed: '
    'FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "ana", database "desk", no encryption': "store.password_wrong",
    BEHIND_TLS + "FATAL:  sorry, too many clients already": "store.too_many",
    BEHIND_TLS + 'FATAL:  role "ana" is not permitted to log in': "store.no_login",
    BEHIND_TLS + 'FATAL:  Peer authentication failed for user "ana"': "store.not_admitted",
    'could not translate host name "db.example.org" to address: Temporary failure in name resolution': "store.host_unknown",
    "connection timeout expired": "store.no_answer",
    'connection failed: connection to server at "tls-certificates.example.org", port 5432 failed: Connection refused': "store.refused",
}  # fmt: skip
"""What libpq and servers say that no test here can bring about, word for word."""


@pytest.mark.parametrize("text", SAID)
def test_what_was_said_decides_the_fault(text):
    fault = refused_connection(text, ADDRESS)
    assert fault is not None
    assert fault.code == SAID[text]
    assert all(str(value) != "" for value in fault.params.values())


def test_unknown_words_stay_the_servers_own():
    assert refused_connection(BEHIND_TLS + "FATAL:  das ging schief", ADDRESS) is None


def test_what_the_address_says_is_told_where_nobody_else_says_it():
    fault = refused_connection("connection timeout expired", ADDRESS)
    assert isinstance(fault, StoreUnavailable)
    assert fault.params == {"where": "db.example.org:5432"}


def test_no_password_is_ever_in_an_argument(ask):
    assert told(ask("postgresql://ana:secret@db/desk")) == (Exit.usage, "store.password_in_url")
