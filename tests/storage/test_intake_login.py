"""A login of its own for the intake: all that it does works with what is granted, and it may do no more."""

import json
import os
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, text

from supporttui.domain.escalation.criterion import Criterion, CriterionKind
from supporttui.domain.faults import BadInput, Forbidden
from supporttui.domain.incoming.source import Beat, IntakeSource, SourceKind, WhenOver
from supporttui.domain.spans import Instant
from supporttui.intake.serve.reception import Reception
from supporttui.storage import SqlStore
from supporttui.storage.grants import INTAKE, for_intake
from supporttui.usecases import bonds, escalation, tickets
from supporttui.usecases.incoming import beats
from supporttui.usecases.incoming.taking import Wording
from tests.builders import Desk, policy, refuses, service, site
from tests.storage.conftest import Database
from tests.storage.test_faults import shared as shared  # noqa: PLC0414  a fixture
from tests.usecases.test_escalation_kinds import boss

NAME = f"intake {os.getpid()}"
KINDS = tuple(SourceKind)
WORDS = Wording("flood", "silence", "{files}")
CRITERIA = (Criterion("idle", CriterionKind.no_update, 600), Criterion("used", CriterionKind.used, 50))


class Server:
    """The server's clock, as the desk of a test wants one."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store

    def __call__(self) -> Instant:
        with self._store.read() as tx:
            return tx.now()


@pytest.fixture
def desk(shared: Database) -> Desk:
    """People and a watch, with the login of the owner."""
    store = shared.opened[0]
    site(store, policy=policy(criteria=CRITERIA), boss=boss(), mail=service(management="boss"))
    resolving, first = WhenOver.resolve, {"impact": 1, "urgency": 1}
    prom = IntakeSource(
        "prom", SourceKind.json, "mail", key="{id}", state="{state}", when_over=resolving, most=6, **first
    )
    with store.write() as tx:
        tx.definitions.put("prom", prom)
        tx.definitions.put("post", IntakeSource("post", SourceKind.mail, "mail"))
    found = Desk(store, Server(store))
    found.lead(seconds=10**7)
    return found


@pytest.fixture
def login(shared: Database) -> Iterator[str]:
    yield NAME
    shared.run(f'DROP OWNED BY "{NAME}"', f'DROP ROLE "{NAME}"')


def opened_as(database: Database, name: str) -> SqlStore:
    url = database.url.replace("//postgres@", f"//{name.replace(' ', '%20')}@")
    database.opened.append(Database("postgresql", url).open())
    return database.opened[-1]


def mail(number: int, subject: str, *, answers: str = "") -> bytes:
    head = f"From: Rie <rie@example.org>\nMessage-ID: <{number}@example.org>\nSubject: {subject}\n"
    return f"{head}{f'In-Reply-To: <{answers}>' if answers else ''}\n\nIt is slow.\n".encode()


def all_it_does(database: Database, desk: Desk, store: SqlStore, run: int = 1) -> None:
    """Reports, mail and signs of life about tickets in every state, on which people work with logins of theirs."""
    intake, beat = Reception(store, WORDS), f"backup{run}"

    def report(key: str, **more: object) -> int:
        body = {"title": "Disk full", "id": f"{key}{run}", "requester": "rie@example.org", **more}
        return intake.take("prom", json.dumps(body).encode(), kinds=KINDS)[0].ticket

    def letter(number: int, subject: str, **more: object) -> int:
        return intake.take("post", mail(run * 100 + number, subject), kinds=KINDS, **more)[0].ticket

    first, other = report("disk", text="90 %"), report("other")
    desk.watch(escalation.advance, desk.token, first)
    desk.do(bonds.follow, first, None)
    desk.do(bonds.merge, other, None, into=first)
    report("other", state="resolved")
    report("disk", text="95 %")
    report("disk", state="resolved")
    report("disk")
    desk.do(tickets.acknowledge, first, None)
    report("disk", state="resolved")
    report("gone", state="resolved")
    asked = letter(0, "Help")
    letter(0, "Help")
    desk.do(tickets.wait, asked, None)
    letter(1, f"T-{asked}")
    desk.do(tickets.resolve, asked, None)
    intake.take("post", mail(run * 100 + 2, "Re", answers=f"{run * 100}@example.org"), kinds=KINDS)
    desk.do(tickets.close, asked, None)
    letter(3, f"T-{asked}", about=[first])
    for number in range(8):
        report(f"flood{number}")
    with desk.store.write() as tx:
        tx.definitions.put(beat, Beat(beat, "mail", 3600, when_over=WhenOver.resolve))
    intake.beat(beat)
    database.forward(7200)
    desk.watch(beats.silence, token=desk.token, words=WORDS)
    intake.beat(beat)
    intake.look()
    assert intake.prefix() == "T-"


def test_all_that_the_intake_does_works_with_what_is_granted_and_it_may_do_no_more(shared: Database, desk: Desk, login):
    shared.run(*for_intake(shared.url, login))
    all_it_does(shared, desk, opened_as(shared, login))
    engine = create_engine(shared.url)
    with engine.connect() as connection:
        asked = text("SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = :who")
        held = {tuple(row) for row in connection.execute(asked, {"who": login})}
    engine.dispose()
    assert held == {(table, one) for table, given in INTAKE.items() for one in given}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM ack_codes", "SELECT * FROM outbox", "SELECT * FROM lease", "UPDATE definitions SET version = 9",
        "DELETE FROM journal", "UPDATE journal SET actor = 'x'", "DELETE FROM tickets",
    ],
)  # fmt: skip
def test_it_reads_no_messages_and_codes_and_changes_neither_rules_nor_history(shared: Database, login, statement):
    shared.run(*for_intake(shared.url, login))
    with refuses("store.forbidden", Forbidden), opened_as(shared, login).write() as tx:
        tx._connection.exec_driver_sql(statement)


@pytest.mark.slow
def test_nothing_is_granted_that_it_could_do_without(shared: Database, desk: Desk, login):
    shared.run(*for_intake(shared.url, login))
    all_it_does(shared, desk, opened_as(shared, login))
    needless: list[tuple[str, str]] = []
    given = [(table, privilege) for table, privileges in INTAKE.items() for privilege in privileges]
    for run, (table, privilege) in enumerate(given, 2):
        shared.forward(120)
        shared.run(f'REVOKE {privilege} ON {table} FROM "{login}"')
        try:
            all_it_does(shared, desk, opened_as(shared, login), run)
            needless.append((table, privilege))
        except Forbidden:
            shared.run(f'GRANT {privilege} ON {table} TO "{login}"')
    assert needless == []


@pytest.mark.parametrize(
    ("url", "role", "code"),
    [
        ("/var/lib/desk.db", "intake", "grants.no_logins"),
        ("postgresql://h/night", " ", "grants.role"),
        ("postgresql://h/night", "é" * 40, "grants.role"),
    ],
)
def test_what_cannot_be_is_refused(url, role, code):
    with refuses(code, BadInput):
        for_intake(url, role)


def test_a_name_stays_a_name():
    assert for_intake("postgresql://h/night", 'a"; DROP ROLE b; --')[0] == 'CREATE ROLE "a""; DROP ROLE b; --" LOGIN;'
