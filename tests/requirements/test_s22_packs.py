"""S22: tasks depend on the solution and its business: services, priorities, hours and people are data."""

import itertools
import re
import tomllib
from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine, inspect, text

from supporttui import packs
from supporttui.cli.exits import Exit
from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.escalation.policy import Policy, Step, StepTarget, TargetKind
from supporttui.domain.people import AuthorityKind, Certification, Person, Role, Team
from supporttui.domain.periods.period import Dates, Lift, Period, PeriodHours, PeriodKind, Rule
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.processes import Process
from supporttui.domain.rota.schedule import Layer, Rota, Rotation, Unit
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import Calendar, Window
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.tasks import Task
from supporttui.storage import open_store
from supporttui.usecases import tickets
from supporttui.usecases.definitions.defining import Pack
from tests.builders import Desk, opened

ERP = """
name = "erp"
about = "Ledger and payroll"

[[calendars]]
id = "bank"
name = "Banking days"
zone = "Europe/Zurich"
weekly = [{ start = "08:00", end = "18:00", days = [1, 2, 3, 4, 5] }]

[matrices.ledger]
rows = [[1, 1, 2], [2, 3, 4]]
labels = { 1 = "payroll stops" }

[[target_sets]]
id = "closing"
name = "Month end"
targets = [{ metric = "resolution", seconds = 3600 }]

[[teams]]
id = "finance"
name = "Finance basis"

[[people]]
id = "urs"
name = "Urs"
role = "admin"
teams = ["finance"]

[[services]]
id = "payroll"
name = "Payroll"
team = "finance"
calendar = "bank"
targets = "closing"
matrix = "ledger"
"""
NETWORK = """
name = "network"
about = "Switches and circuits"

[[calendars]]
id = "noc"
name = "Operations centre"
zone = "Asia/Singapore"
weekly = [{ start = "00:00", end = "24:00", days = [1, 2, 3, 4, 5, 6, 7] }]

[matrices.circuit]
rows = [[1, 2], [2, 3]]
labels = { 1 = "region dark" }

[[target_sets]]
id = "carrier"
name = "Carrier grade"
targets = [{ metric = "first_response", seconds = 300 }]

[[teams]]
id = "backbone"
name = "Backbone"

[[people]]
id = "mei"
name = "Mei"
role = "admin"
teams = ["backbone"]

[[services]]
id = "uplink"
name = "Uplink"
team = "backbone"
calendar = "noc"
targets = "carrier"
matrix = "circuit"
"""
WORDS = re.compile(r'"([^"\n]*[A-Za-z]{3}[^"\n]*)"')
SHARED = {"resolution", "first_response", "admin"}
"""Codes of the program that a pack may use."""


@pytest.fixture
def made(shell, tmp_path, empty_postgres_url):
    """Two databases, one on SQLite and one on PostgreSQL, each made from a pack of its own."""
    (tmp_path / "erp.toml").write_text(ERP, "utf-8")
    (tmp_path / "network.toml").write_text(NETWORK, "utf-8")
    erp = f"sqlite:///{tmp_path / 'erp.db'}"
    for url, pack in ((erp, "erp"), (empty_postgres_url, "network")):
        found = shell("--db", url, "init", "--pack", str(tmp_path / f"{pack}.toml"), "--as", "root", db=False)
        assert found.code == 0, found.err
    return erp, empty_postgres_url


def everything_in(url: str) -> str:
    """Every value of every row of every table."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        rows = [row for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"')).all()]
    engine.dispose()
    return "\n".join(str(value) for row in rows for value in row)


def test_two_packs_in_two_databases_share_no_string(made):
    erp, network = (everything_in(url) for url in made)
    only_erp, only_network = (set(WORDS.findall(pack)) - SHARED for pack in (ERP, NETWORK))
    assert "Payroll" in erp
    assert "Uplink" in network
    assert [word for word in only_erp if word in network] == []
    assert [word for word in only_network if word in erp] == []


def test_a_desk_works_by_its_own_pack_alone(made, clock, shell):
    """Hours, promises, priorities and names are the pack's; nothing of a pack that comes along is needed."""
    store = open_store(made[0], clock=clock)
    number = Desk(store, clock).do(tickets.open_ticket, opened(service="payroll", team="finance"), by="urs").id
    store.close()
    assert shell("--db", made[0], "priority", str(number), "--impact", "1", "--as", "urs", db=False).code == 0
    found = shell("--db", made[0], "ticket", "show", str(number), "--json", db=False).json
    assert [(timer["metric"], timer["calendar"]) for timer in found["timers"]] == [("resolution", "bank")]
    assert (found["ticket"]["priority"], found["opening"]["open"]) == (1, False)


def test_what_belongs_to_another_pack_is_unknown(made, shell):
    assert shell("--db", made[0], "queue", "service:payroll", db=False).code == 0
    assert shell("--db", made[0], "queue", "service:uplink", db=False).code == Exit.usage


SHIPPED = [name for name in packs.starters() if name != "starter"]
CODES = {
    *Metric, *Role, *TargetKind, *AuthorityKind, *Unit, *PeriodKind, "site",
}  # fmt: skip
"""Words of the program itself, which every pack uses."""


def texts_of(name: str) -> set[str]:
    """Every text of a shipped pack that is not a word of the program, a zone or a time."""

    def walk(value) -> Iterator[str]:
        if isinstance(value, dict):
            for key, one in value.items():
                yield from walk(one)
                yield from () if key in KEYS else [key]
        elif isinstance(value, list):
            for one in value:
                yield from walk(one)
        elif isinstance(value, str):
            yield value

    found = set(walk(tomllib.loads(packs.starter_text(name))))
    return {
        text
        for text in found
        if len(text) > 2 and text not in CODES | KEYS and not re.fullmatch(r"[\d:]+|[A-Z]\w+/\w+|UTC", text)
    }


KEYS = {word for kind in (Pack, Calendar, TargetSet, Target, Team, Person, Rota, Layer, Rotation, Policy, Step, StepTarget,
                          Service, PriorityMatrix, Window, Period, PeriodHours, Dates, Rule, Lift, Process, Task,
                          Certification, Criterion) for word in kind.__dataclass_fields__} | {"categories"}  # fmt: skip


def test_there_are_packs_for_different_businesses():
    assert SHIPPED == ["erp", "network", "saas"]


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(SHIPPED, 2)])
def test_packs_that_come_along_share_no_string_in_two_databases(shell, tmp_path, empty_postgres_url, one, other):
    first = f"sqlite:///{tmp_path / 'one.db'}"
    for url, pack in ((first, one), (empty_postgres_url, other)):
        found = shell("--db", url, "init", "--pack", pack, "--as", "root", "--json", db=False)
        assert (found.code, found.json["pack"]) == (0, pack)
    here, there = everything_in(first), everything_in(empty_postgres_url)
    assert all(text in here for text in texts_of(one) - {one, packs.starter(one, zone="UTC").about})
    assert [text for text in texts_of(one) if text in there] == []
    assert [text for text in texts_of(other) if text in here] == []


def test_the_packs_are_listed_without_a_database(shell, tmp_path):
    found = shell("--db", str(tmp_path / "none.db"), "init", "--list", "--json", db=False)
    assert [pack["name"] for pack in found.json["packs"]] == [*SHIPPED, "starter"]
    assert all(pack["about"] and pack["definitions"] > 10 for pack in found.json["packs"])
    assert "network" in shell("--db", str(tmp_path / "none.db"), "init", "--list", db=False).out
    assert not (tmp_path / "none.db").exists()


def test_an_unknown_pack_is_refused_with_those_that_come_along(shell, tmp_path):
    found = shell("--db", str(tmp_path / "x.db"), "init", "--pack", "hospital", "--json", db=False)
    assert (found.code, found.fault["code"]) == (Exit.not_found, "pack.unknown")
    assert "starter" in found.fault["message"]
