"""People, teams, services and everything with versions, as JSON; parsed once and kept."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from supporttui.domain.charters import Charter
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import CalendarId, PolicyId, RotaId
from supporttui.domain.incoming.source import Beat, IntakeSource
from supporttui.domain.lessons import Lesson
from supporttui.domain.people import Person, Team
from supporttui.domain.periods.hours import laid_over, parts_of
from supporttui.domain.periods.period import Period
from supporttui.domain.periods.plan import Plan, compile_plan
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.procedures import Procedure
from supporttui.domain.processes import Process
from supporttui.domain.replies import Template
from supporttui.domain.rota.pinned import PinnedPeriod
from supporttui.domain.rota.schedule import Override, Rota
from supporttui.domain.services import Service
from supporttui.domain.sla.hours import ALWAYS, Calendar, Days, Hours, compile_days, compile_hours
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.spans import Instant
from supporttui.domain.tasks import Task
from supporttui.storage.rows import put_row, to_json
from supporttui.storage.schema import counters, definitions, logins, memberships, overrides, pinned_periods, site
from supporttui.usecases.ports import Definition, Versioned

_SINGLE: Mapping[type, str] = {
    Person: "person",
    Team: "team",
    Service: "service",
    Template: "template",
    Process: "process",
    Task: "task",
    IntakeSource: "source",
    Beat: "beat",
    Lesson: "lesson",
}
"""Kept in one version: the next takes its place."""
_VERSIONED: Mapping[type, str] = {
    Calendar: "calendar",
    TargetSet: "targets",
    PriorityMatrix: "matrix",
    Period: "period",
    Rota: "rota",
    Policy: "policy",
    Procedure: "procedure",
    Charter: "charter",
}
_STATE = select(counters.c.value).where(counters.c.name == "definitions")
_MOVE = update(counters).where(counters.c.name == "definitions").values(value=counters.c.value + 1)
_OF_KIND = (
    select(definitions.c.key, definitions.c.version, definitions.c.valid_from, definitions.c.body)
    .where(definitions.c.kind == bindparam("kind"))
    .order_by(definitions.c.key, definitions.c.version)
)
_NEWEST = select(func.coalesce(func.max(definitions.c.version), 0)).where(
    definitions.c.kind == bindparam("kind"), definitions.c.key == bindparam("key")
)
_REPLACE = (
    update(definitions)
    .where(definitions.c.kind == bindparam("of_kind"), definitions.c.key == bindparam("of_key"))
    .values(version=definitions.c.version + 1, body=bindparam("new"))
    .returning(definitions.c.version)
)
_OVER_ROTAS: Mapping[type, Select[Any]] = {
    kind: select(rows.c.rota, rows.c.body, rows.c.removed_at).order_by(rows.c.rota, rows.c.created_at, rows.c.id)
    for kind, rows in ((Override, overrides), (PinnedPeriod, pinned_periods))
}
"""What lies over the versions of a rota."""

T = TypeVar("T")
Over = TypeVar("Over", Override, PinnedPeriod)


@dataclass(slots=True)
class Shelf:
    """Definitions as they were parsed at one state of the database; filled as they are asked for."""

    state: int
    kinds: dict[str, Mapping[str, tuple[Versioned[Any], ...]]] = field(default_factory=dict)
    over_rotas: dict[type, Mapping[str, tuple[Any, ...]]] = field(default_factory=dict)
    site: dict[str, str] | None = None
    hours: dict[CalendarId, Hours] = field(default_factory=dict)
    plan: Plan | None = None


class Shelves:
    """The newest shelf, shared by the threads of a store; a racing load only does work twice."""

    def __init__(self) -> None:
        self._newest = Shelf(-1)

    def at(self, state: int) -> Shelf:
        """The shelf of a state; an older transaction gets one of its own."""
        newest = self._newest
        if newest.state == state:
            return newest
        shelf = Shelf(state)
        if state > newest.state:
            self._newest = shelf
        return shelf


class SqlDefinitions:
    """Definitions within one transaction."""

    def __init__(self, connection: Connection, shelves: Shelves) -> None:
        self._connection = connection
        self._shelves = shelves
        self._own: Shelf | None = None

    def people(self) -> tuple[Person, ...]:
        """By id."""
        return self._single(Person)

    def teams(self) -> tuple[Team, ...]:
        """By id; authorities outside too."""
        return self._single(Team)

    def services(self) -> tuple[Service, ...]:
        """By id."""
        return self._single(Service)

    def templates(self) -> tuple[Template, ...]:
        """By id."""
        return self._single(Template)

    def processes(self) -> tuple[Process, ...]:
        """By id."""
        return self._single(Process)

    def tasks(self) -> tuple[Task, ...]:
        """By id."""
        return self._single(Task)

    def sources(self) -> tuple[IntakeSource, ...]:
        """By id."""
        return self._single(IntakeSource)

    def beats(self) -> tuple[Beat, ...]:
        """By id."""
        return self._single(Beat)

    def lessons(self) -> tuple[Lesson, ...]:
        """By id."""
        return self._single(Lesson)

    def procedures(self) -> dict[str, tuple[Versioned[Procedure], ...]]:
        """All versions, oldest first."""
        return dict(self._kind(Procedure))

    def charters(self) -> dict[str, tuple[Versioned[Charter], ...]]:
        """All versions, oldest first."""
        return dict(self._kind(Charter))

    def calendars(self) -> dict[CalendarId, tuple[Versioned[Calendar], ...]]:
        """All versions, oldest first."""
        return {CalendarId(key): versions for key, versions in self._kind(Calendar).items()}

    def target_sets(self) -> dict[str, tuple[Versioned[TargetSet], ...]]:
        """All versions, oldest first."""
        return dict(self._kind(TargetSet))

    def matrices(self) -> dict[str, tuple[Versioned[PriorityMatrix], ...]]:
        """All versions, oldest first."""
        return dict(self._kind(PriorityMatrix))

    def rotas(self) -> dict[RotaId, tuple[Versioned[Rota], ...]]:
        """All versions, oldest first; overrides are read apart."""
        return {RotaId(key): versions for key, versions in self._kind(Rota).items()}

    def periods(self) -> dict[str, tuple[Versioned[Period], ...]]:
        """All versions, oldest first."""
        return dict(self._kind(Period))

    def plan(self) -> Plan:
        """The special periods by all of their versions."""
        shelf = self._shelf()
        if shelf.plan is None:
            found = self._kind(Period).items()
            periods = {key: [(known.valid_from, known.value) for known in versions] for key, versions in found}
            shelf.plan = compile_plan(periods, lambda calendar: self._days(calendar).opens_on)
        return shelf.plan

    def policies(self) -> dict[PolicyId, tuple[Versioned[Policy], ...]]:
        """All versions, oldest first; each value carries its number."""
        return {PolicyId(key): versions for key, versions in self._kind(Policy).items()}

    def overrides(self, rota: RotaId) -> tuple[Override, ...]:
        """Of a rota, in the order in which they were made, as far as they hold."""
        return self._over(rota, Override)

    def pinned(self, rota: RotaId) -> tuple[PinnedPeriod, ...]:
        """The same of pinned periods."""
        return self._over(rota, PinnedPeriod)

    def hours(self, calendar: CalendarId | None) -> Hours:
        """The compiled hours of all versions of a calendar; ``None`` is round the clock.

        Raises:
            NotFound: ``calendar.unknown``.
        """
        if calendar is None:
            return ALWAYS
        shelf = self._shelf()
        if calendar not in shelf.hours:
            shelf.hours[calendar] = self._compiled(calendar)
        return shelf.hours[calendar]

    def _compiled(self, key: CalendarId) -> Hours:
        calendars = self._kind(Calendar)
        calendar, service = parts_of(key)
        if service is not None and key not in calendars:  # an older site may have called a calendar like that
            return laid_over(self.hours(calendar), self._days(calendar).holidays, self.plan(), service)
        if key not in calendars:
            raise NotFound("calendar.unknown", calendar=key)
        return compile_hours([(known.valid_from, known.value) for known in calendars[key]])

    def _days(self, calendar: CalendarId) -> Days:
        return compile_days([(known.valid_from, known.value) for known in self._kind(Calendar).get(calendar, ())])

    def put(self, key: str, value: Definition, *, valid_from: Instant | None = None) -> int:
        """Store a value; for an override ``key`` is its rota, and its own id decides what it replaces."""
        self._changed()
        if isinstance(value, Override):
            return self._put_override(key, value)
        if type(value) in _SINGLE:
            return self._put_single(_SINGLE[type(value)], key, value)
        kind = _VERSIONED[type(value)]
        newest = self._connection.execute(_NEWEST, {"kind": kind, "key": key}).scalar_one()
        version = int(newest) + 1
        if isinstance(value, Policy):
            value = replace(value, version=version)
        self._insert(kind, key, version, value, valid_from)
        return version

    def site(self) -> dict[str, str]:
        """Settings of the site."""
        shelf = self._shelf()
        if shelf.site is None:
            rows = self._connection.execute(select(site.c.name, site.c.value)).all()
            shelf.site = {name: value for name, value in rows}  # noqa: C416  rows are no pairs to mypy
        return dict(shelf.site)

    def put_site(self, values: dict[str, str]) -> None:
        """Add or replace settings; others stay."""
        if values:
            self._changed()
            put_row(self._connection, site, [{"name": name, "value": value} for name, value in values.items()])

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Read what was known before, if what comes inside ends in an exception."""
        before = self._own
        try:
            yield
        except BaseException:  # also what ends the thread: the savepoint is gone then too
            self._own = before
            raise

    def written_past(self) -> None:
        """Rows were written that this object knows nothing of: read afresh from here on."""
        self._changed()

    def join_people(self) -> None:
        """Teams and logins of everybody, after such rows."""
        for person in self.people():
            self._put_person(person)

    def _shelf(self) -> Shelf:
        if self._own is None:
            self._own = self._shelves.at(self._connection.execute(_STATE).scalar_one())
        return self._own

    def _changed(self) -> None:
        """From here on this transaction reads afresh, and nobody else sees what it reads."""
        self._connection.execute(_MOVE)
        self._own = Shelf(-1)

    def _kind(self, kind: type[T]) -> Mapping[str, tuple[Versioned[T], ...]]:
        word = _SINGLE.get(kind) or _VERSIONED[kind]
        shelf = self._shelf()
        if word not in shelf.kinds:
            found: dict[str, list[Versioned[T]]] = {}
            for key, version, valid_from, body in self._connection.execute(_OF_KIND, {"kind": word}).all():
                value = from_plain(kind, json.loads(body), strict=False)
                start = None if valid_from is None else Instant(valid_from)
                found.setdefault(key, []).append(Versioned(value, version, start))
            shelf.kinds[word] = {key: tuple(versions) for key, versions in found.items()}
        return shelf.kinds[word]

    def _over(self, rota: RotaId, kind: type[Over]) -> tuple[Over, ...]:
        shelf = self._shelf()
        if kind not in shelf.over_rotas:
            found: dict[str, list[Over]] = {}
            for row in self._connection.execute(_OVER_ROTAS[kind]).all():
                value = from_plain(kind, json.loads(row.body), strict=False)
                if row.removed_at is None or row.removed_at > value.start:
                    found.setdefault(row.rota, []).append(_until(value, row.removed_at))
            shelf.over_rotas[kind] = {key: tuple(values) for key, values in found.items()}
        known: tuple[Over, ...] = shelf.over_rotas[kind].get(rota, ())
        return known

    def _single(self, kind: type[T]) -> tuple[T, ...]:
        return tuple(versions[-1].value for versions in self._kind(kind).values())

    def _insert(self, kind: str, key: str, version: int, value: object, valid_from: Instant | None) -> None:
        row = {
            "kind": kind, "key": key, "version": version, "valid_from": valid_from,
            "body": to_json(to_plain(value)),
        }  # fmt: skip
        self._connection.execute(insert(definitions), row)

    def _put_single(self, kind: str, key: str, value: Definition) -> int:
        new = {"of_kind": kind, "of_key": key, "new": to_json(to_plain(value))}
        version = self._connection.execute(_REPLACE, new).scalar_one_or_none()
        if version is None:
            self._insert(kind, key, 1, value, None)
        if isinstance(value, Person):
            self._put_person(value)
        return cast("int", version or 1)

    def _put_person(self, person: Person) -> None:
        self._connection.execute(delete(memberships).where(memberships.c.person == person.id))
        if person.teams:
            rows = [{"person": person.id, "team": team} for team in person.teams]
            self._connection.execute(insert(memberships), rows)
        self._connection.execute(delete(logins).where(logins.c.person == person.id))
        if person.login:
            put_row(self._connection, logins, [{"login": person.login, "person": person.id}])

    def _put_override(self, rota: str, value: Override) -> int:
        row = {
            "rota": rota, "id": value.id, "start": value.start, "end": value.end,
            "created_at": value.created_at, "removed_at": None, "body": to_json(to_plain(value)),
        }  # fmt: skip
        put_row(self._connection, overrides, [row])
        return 1


def _until(value: Over, removed_at: int | None) -> Over:
    """What was removed while it held did what it did until then."""
    return value if removed_at is None else replace(value, end=min(value.end, Instant(removed_at)))
