"""Who does a task is what the rota says of its role at that moment; nobody is said, with the cause."""

from dataclasses import replace
from datetime import datetime

import pytest

from supporttui.domain.faults import NotFound
from supporttui.domain.rota.schedule import Layer, Override, OverrideKind, Rotation
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from supporttui.usecases import rota as rotas
from supporttui.usecases import tasks
from tests.builders import NOW, Desk, refuses, rota

pytestmark = pytest.mark.core
FORTNIGHT = Instant(NOW + 14 * 86_400)
JOBS = Task("jobs", "Look at the night's jobs", "First", time="by 07:00", evidence="a note")


def put(desk: Desk, *found: Task) -> None:
    with desk.store.write() as tx:
        for one in found:
            tx.definitions.put(one.id, one)


@pytest.mark.parametrize("at", [NOW, FORTNIGHT, Instant(FORTNIGHT + 86_400)])
def test_it_is_who_the_rota_names_at_that_moment(desk: Desk, at: Instant) -> None:
    put(desk, JOBS)
    (line,) = desk.ask(rotas.who, at, role="first")
    found = desk.ask(tasks.one, "jobs", at)
    assert [(one.person, one.until, one.rota) for one in found.holders] == [(*line.people, line.until, "night")]
    assert desk.ask(tasks.every, at) == (found,)
    assert found.cause == ""


def test_the_turns_change_who_it_is(desk: Desk) -> None:
    put(desk, JOBS)
    days = [Instant(NOW + day * 86_400) for day in range(2)]
    assert [desk.ask(tasks.one, JOBS.name, at).holders[0].name for at in days] == ["Ben", "Ana"]


def test_nobody_is_said_with_what_the_rota_gives_as_the_cause(desk: Desk) -> None:
    put(desk, JOBS)
    with desk.store.write() as tx:
        tx.definitions.put("night", Override("off", OverrideKind.remove, NOW, NOW + 60))
    found = desk.ask(tasks.one, "jobs", NOW)
    assert (found.holders, found.cause) == ((), "gap.removed")


def test_a_role_that_no_rota_has_then_is_nobodys(desk: Desk) -> None:
    put(desk, replace(JOBS, role="Release manager"))
    assert desk.ask(tasks.one, "jobs", NOW) == tasks.Assigned(
        replace(JOBS, role="Release manager"), (), tasks.Vacant.no_such_role
    )


def test_a_task_of_one_rota_is_not_done_by_those_whom_another_one_calls_so(desk: Desk) -> None:
    other = rota(id="day", name="Day", layers=(Layer("first", (Rotation(datetime(2026, 3, 1), (("lea",),)),)),))
    with desk.store.write() as tx:
        tx.definitions.put("day", other)
    put(desk, JOBS, replace(JOBS, id="own", rota="day"))
    both, own = (desk.ask(tasks.one, key, NOW).holders for key in ("jobs", "own"))
    assert ([one.person for one in both], [one.person for one in own]) == (["lea", "ben"], ["lea"])


def test_a_task_that_is_not_there_is_refused_with_those_that_are(desk: Desk) -> None:
    put(desk, JOBS)
    with refuses("task.unknown", NotFound):
        desk.ask(tasks.one, "sweep", NOW)
