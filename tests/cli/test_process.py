"""``process`` and ``task``: profiles with who may, and tasks with who holds their role, nobody said as such."""

import re
from datetime import date

import pytest

from supporttui.cli.exits import Exit
from supporttui.domain.people import Certification
from supporttui.domain.processes import Criticality, Process
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.tasks import Task
from tests.builders import NOW, person

BERLIN = ("--zone", "Europe/Berlin")


@pytest.fixture
def agreed(desk):
    closing = Process(
        "closing", "Closing", ("mail",), expertise="accruals", queries=("Why?", "When?"), certification="ledger",
        criticality=Criticality.high, out_of_hours=True,
    )  # fmt: skip
    jobs = Task("jobs", "Look at the jobs", "first", time="by 07:00", evidence="a note")
    with desk.store.write() as tx:
        tx.definitions.put("closing", closing)
        tx.definitions.put("jobs", jobs)
        tx.definitions.put("ana", person("Ana", certifications=(Certification("ledger", date(2026, 12, 31)),)))
    return desk


def test_the_profile_answers_every_question_and_says_who_may_and_when_nobody_is_there(shell, agreed):
    told = dict(re.split(r"  +", line) for line in shell("process", "show", "closing", *BERLIN).out.splitlines()[1:])
    assert told == {
        "services": "Mail", "expertise": "accruals", "likely queries": "Why?; When?", "volume": "none",
        "criticality": "high", "skills": "none", "level of aggregation": "none", "interfaces": "none",
        "certification": "ledger", "needed out of hours": "yes", "certified": "Ana (until 2027-01-01 01:00)",
        "nobody on duty": "Mail: Mon, Mar 2 03:20-08:00 CET; Tue, Mar 3 08:00 - Wed, Mar 4 08:00 CET; Thu, Mar 5 08:00 - Fri, Mar 6 08:00 CET; "
        "and 5 more",
    }  # fmt: skip
    found = shell("process", "show", "Closing", "--json").json
    assert (found["criticality"], found["volume"], found["skills"]) == ("high", "", [])
    assert found["certified"] == [{"person": "ana", "name": "Ana", "ends": "2027-01-01T00:00:00Z", "expired": False}]
    assert found["nobody_on_duty"][0] == {
        "service": "mail", "start": "2026-03-02T02:20:00Z", "end": "2026-03-02T07:00:00Z",
    }  # fmt: skip


def test_processes_are_listed_with_what_they_need(shell, agreed):
    assert "Closing  high         ledger         yes           Mail" in shell("process", "list").out
    assert [one["id"] for one in shell("process", "list", "--json").json["processes"]] == ["closing"]


def test_a_task_says_who_holds_its_role_now_and_at_another_moment(shell, agreed):
    assert "Look at the jobs  first  Ben (until 08:00)  by 07:00" in shell("task", "list", *BERLIN).out
    out = shell("task", "show", "jobs", "--at", "2026-03-16 12:00", *BERLIN).out
    (line,) = shell("oncall", "--role", "first", "--at", "2026-03-16 12:00", "--json", *BERLIN).json["on_call"]
    assert f"held by           {line['people'][0]['name']} (until 2026-03-17 08:00)\n" in out
    found = shell("task", "show", "jobs", "--at", "2026-03-16 12:00", "--json", *BERLIN).json
    assert [one["person"] for one in found["held_by"]] == [one["id"] for one in line["people"]]
    assert found["standard"] == {"time": "by 07:00", "quality": None}


def test_nobody_is_said_never_left_blank(shell, agreed):
    with agreed.store.write() as tx:
        tx.definitions.put("night", Override("off", OverrideKind.remove, NOW, NOW + 60))
    assert "nobody: taken out by an override" in shell("task", "list").out
    found = shell("task", "show", "jobs", "--json").json
    assert (found["held_by"], found["cause"]) == ([], "gap.removed")


def test_without_any_there_is_a_word_about_it(shell, desk):
    assert shell("process", "list").out == "No process is defined yet.\n"
    assert shell("task", "list").out == "No task is defined yet.\n"
    assert shell("process", "show", "x").code == shell("task", "show", "x").code == Exit.not_found
