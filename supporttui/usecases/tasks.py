"""The task catalogue, with who holds each role at a moment: by the rota, and nobody where it says nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import NotFound
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota import who
from supporttui.usecases.rota.reading import called
from supporttui.usecases.views import OnCall


class Vacant(StrEnum):
    """Why nobody holds a role at a moment, beside the causes that the rota gives."""

    no_such_role = "vacant.no_such_role"
    """No rota gives it to anybody then."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role."""

    person: str
    name: str
    phone: str
    """Of the first contact point; empty without one."""
    rota: str
    rota_name: str
    until: Instant | None
    """When the rota gives the role to somebody else; ``None``: not as far as it says."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task, and who does it at an instant."""

    task: Task
    holders: tuple[Holder, ...]
    cause: str
    """Why there is nobody; empty where there is somebody."""


def every(tx: Transaction, at: Instant) -> tuple[Assigned, ...]:
    """The whole catalogue at an instant, by name."""
    lines = who(tx, at)
    found = sorted(tx.definitions.tasks(), key=lambda one: (one.name.casefold(), one.id))
    return tuple(_assigned(task, lines) for task in found)


def one(tx: Transaction, wanted: str, at: Instant) -> Assigned:
    """The task of this key or name at an instant.

    Raises:
        NotFound: ``task.unknown``.
    """
    key, known = wanted.strip().casefold(), tx.definitions.tasks()
    for task in known:
        if key in (task.id.casefold(), task.name.casefold()):
            return _assigned(task, who(tx, at))
    raise NotFound("task.unknown", task=wanted[:60], allowed=", ".join(task.id for task in known)[:300])


def _assigned(task: Task, lines: Sequence[OnCall]) -> Assigned:
    mine = [line for line in called(lines, task.role) if task.rota in (None, line.rota)]
    holders = tuple(
        Holder(
            person, line.names.get(person, person), line.phones.get(person, ""), line.rota, line.rota_name, line.until
        )
        for line in mine
        for person in line.people
    )  # fmt: skip
    if holders:
        return Assigned(task, holders, "")
    return Assigned(task, (), mine[0].cause if mine else Vacant.no_such_role.value)
