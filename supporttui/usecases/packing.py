"""Definitions as a pack: all that are in force, what another pack would change of them, and changing them at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from supporttui.domain.access import Permission
from supporttui.domain.charters import Charter
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import OperationId, PersonId, RotaId
from supporttui.domain.incoming.source import Beat, IntakeSource
from supporttui.domain.lessons import Lesson
from supporttui.domain.people import Person, Team
from supporttui.domain.periods.period import Period
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.procedures import Procedure
from supporttui.domain.processes import Process
from supporttui.domain.replies import Template
from supporttui.domain.rota.schedule import Rota
from supporttui.domain.rota.snapshot import Snapshot
from supporttui.domain.services import Service
from supporttui.domain.site import KEPT
from supporttui.domain.sla.hours import Calendar
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tasks import Task
from supporttui.usecases.access import require
from supporttui.usecases.attempt import tried
from supporttui.usecases.definitions.defining import (
    Pack,
    Single,
    check,
    define,
    first_person,
    keyed,
    unnumbered,
    versions,
)
from supporttui.usecases.ports import Call, Definition, Transaction, Versioned
from supporttui.usecases.redefining import Redefined, of_definitions
from supporttui.usecases.replay import refold
from supporttui.usecases.rota.effects import Effect, effect
from supporttui.usecases.rota.reading import snapshot
from supporttui.usecases.rota.wishes import Proposal
from supporttui.usecases.rules import in_force, rules_of

AHEAD = 60 * 86_400
"""So far rotas are compared."""
SITE = "site"


class Part(StrEnum):
    """The sections of a pack, in the order in which they stand."""

    calendars = "calendars"
    target_sets = "target_sets"
    matrices = "matrices"
    teams = "teams"
    people = "people"
    rotas = "rotas"
    policies = "policies"
    services = "services"
    periods = "periods"
    templates = "templates"
    processes = "processes"
    tasks = "tasks"
    sources = "sources"
    beats = "beats"
    procedures = "procedures"
    lessons = "lessons"
    charters = "charters"


_PARTS: Mapping[type, Part] = {
    Calendar: Part.calendars,
    TargetSet: Part.target_sets,
    PriorityMatrix: Part.matrices,
    Team: Part.teams,
    Person: Part.people,
    Rota: Part.rotas,
    Policy: Part.policies,
    Service: Part.services,
    Period: Part.periods,
    Template: Part.templates,
    Process: Part.processes,
    Task: Part.tasks,
    IntakeSource: Part.sources,
    Beat: Part.beats,
    Procedure: Part.procedures,
    Lesson: Part.lessons,
    Charter: Part.charters,
}
AT_ONCE = frozenset(
    {
        Part.teams, Part.people, Part.services, Part.templates, Part.processes, Part.tasks, Part.sources, Part.beats,
        Part.lessons,
    }
)  # fmt: skip
"""Kept in one version: what is said of them holds at once, whenever the rest begins."""


class Verdict(StrEnum):
    """What a pack does to a definition."""

    new = "new"
    changed = "changed"
    unchanged = "unchanged"


@dataclass(frozen=True, slots=True)
class Difference:
    """One field before and after; ``None``: not said."""

    path: str
    """Such as ``weekly`` or ``layers[0].rotations[1].turns``; of the site the setting's name."""
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One definition of a pack beside the one that holds."""

    part: Part
    key: str
    name: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What a pack would do, or has done."""

    entries: tuple[Entry, ...]
    site: tuple[Difference, ...]
    """Settings of the site that it changes."""
    timers: Redefined
    rotas: tuple[Effect, ...]
    """Of those on whose duty it acts, within 60 days."""
    begins: Instant
    """From when on its new versions hold."""

    @property
    def changes(self) -> int:
        """Definitions and settings that it changes or adds."""
        return len(self.site) + sum(entry.verdict is not Verdict.unchanged for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Known:
    """A definition as it stands."""

    part: Part
    key: str
    name: str
    version: int
    """Of those that are kept in one version always 1."""
    valid_from: Instant | None
    value: Definition
    later: Instant | None = None
    """When the next version begins, if one is planned."""


# --- what there is ------------------------------------------------------------------------------------


def known(tx: Transaction, at: Instant) -> tuple[Known, ...]:
    """Every definition in the version that holds at an instant, part by part, by name."""
    found = sorted(_known(tx, at), key=lambda one: (list(Part).index(one.part), one.name.casefold(), one.key))
    return tuple(found)


def whole(tx: Transaction, at: Instant, *, only: Collection[str] = ()) -> Pack:
    """All that holds at an instant, as a pack; with ``only`` just those parts of it.

    Raises:
        BadInput: ``pack.part``.
    """
    allowed = (*Part, SITE)
    for name in only:
        if name not in allowed:
            raise BadInput("pack.part", part=name[:60], allowed=", ".join(allowed))
    wanted = only or allowed
    parts: dict[str, Any] = {part.value: [] for part in Part}
    for one in known(tx, at):
        if one.part in wanted:
            parts[one.part.value].append((one.key, one.value))
    content: dict[str, Any] = {part: tuple(value for _, value in found) for part, found in parts.items()}
    content[Part.matrices.value] = dict(parts[Part.matrices.value])
    site = {name: text for name, text in tx.definitions.site().items() if name not in KEPT}
    return Pack("site", site=site if SITE in wanted else {}, **content)


def single(part: Part, key: str, value: Definition) -> Pack:
    """A pack of one definition."""
    content: Any = {key: value} if part is Part.matrices else (unnumbered(value),)
    return Pack(key, **{part.value: content})


def _known(tx: Transaction, at: Instant) -> Iterator[Known]:
    found = tx.definitions
    alone: tuple[Single, ...] = (
        *found.teams(), *found.people(), *found.services(), *found.templates(), *found.processes(), *found.tasks(),
        *found.sources(), *found.beats(), *found.lessons(),
    )  # fmt: skip
    for one in alone:
        yield Known(_PARTS[type(one)], one.id, name_of(one, one.id), 1, None, one)
    kinds: Sequence[Mapping[Any, Sequence[Versioned[Any]]]] = (
        found.calendars(), found.target_sets(), found.matrices(), found.rotas(), found.policies(), found.periods(),
        found.procedures(), found.charters(),
    )  # fmt: skip
    for key, every in ((key, every) for kind in kinds for key, every in kind.items()):
        holds = in_force(every, at)
        if holds is not None:
            begins = [one.valid_from for one in every if one.valid_from is not None and one.valid_from > at]
            value = unnumbered(holds.value)
            yield Known(
                _PARTS[type(value)], key, name_of(value, key), holds.version, holds.valid_from, value,
                min(begins, default=None),
            )  # fmt: skip


def name_of(value: object, key: str) -> str:
    """What a definition is called; its key where it has no name."""
    return getattr(value, "name", "") or key


# --- what would change --------------------------------------------------------------------------------


def preview(tx: Transaction, pack: Pack, now: Instant, *, valid_from: Instant | None = None) -> Preview:
    """What ``apply`` would do; the pack is put, looked at, and taken back.

    Raises:
        BadInput: ``definition.…`` with the path in the pack; ``pack.past``.
        StoreUnavailable: ``store.read_only`` in a transaction that only reads.
    """
    begins = _begins(now, valid_from)
    check(tx, pack)
    entries = tuple(_entry(tx, key, value, begins) for key, value in keyed(pack))
    site = tuple(_site_differences(tx.definitions.site(), pack.site))
    timers = of_definitions(tx, pack, now, valid_from=begins)
    return Preview(entries, site, timers, _rotas(tx, pack, entries, now=now, begins=begins), begins)


def _begins(now: Instant, valid_from: Instant | None) -> Instant:
    if valid_from is not None and valid_from < now:
        raise BadInput("pack.past")
    return now if valid_from is None else valid_from


def _entry(tx: Transaction, key: str, value: Definition, begins: Instant) -> Entry:
    holds = in_force(versions(tx, key, value), begins)
    part, name = _PARTS[type(value)], name_of(value, key)
    if holds is None:
        return Entry(part, key, name, Verdict.new)
    found = tuple(differences(unnumbered(holds.value), unnumbered(value)))
    return Entry(part, key, name, Verdict.changed if found else Verdict.unchanged, found)


def differences(before: object, after: object, *, path: str = "") -> Iterator[Difference]:
    """Field by field what two values of a kind have otherwise; of lists of one length item by item.

    >>> from supporttui.domain.sla.hours import Window
    >>> [(one.path, one.after) for one in differences((Window("08:00", "17:00"),), (Window("08:00", "18:00"),))]
    [('[0].end', '18:00')]
    """
    if before == after:
        return
    inner = f"{path}." if path else ""
    if is_dataclass(before) and not isinstance(before, type) and type(before) is type(after):
        for field in fields(before):
            pair = getattr(before, field.name), getattr(after, field.name)
            yield from differences(*pair, path=f"{inner}{field.name}")
    elif isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key), after.get(key), path=f"{inner}{key}")
    elif isinstance(before, tuple) and isinstance(after, tuple) and all(map(is_dataclass, (*before, *after))):
        yield from _of_lists(before, after, path)
    else:
        yield Difference(path, before, after)


def _of_lists(before: tuple[object, ...], after: tuple[object, ...], path: str) -> Iterator[Difference]:
    """Of as many definitions what differs in each; else those that are only in one of the two, by their place there."""
    if len(before) == len(after):
        for i, pair in enumerate(zip(before, after, strict=True)):
            yield from differences(*pair, path=f"{path}[{i}]")
        return
    gone = (Difference(f"{path}[{i}]", one, None) for i, one in enumerate(before) if one not in after)
    come = (Difference(f"{path}[{i}]", None, one) for i, one in enumerate(after) if one not in before)
    yield from (*gone, *come) or (Difference(path, before, after),)


def _site_differences(known: Mapping[str, str], wanted: Mapping[str, str]) -> Iterator[Difference]:
    for name, text in wanted.items():
        if known.get(name) != text:
            yield Difference(name, known.get(name), text)


def _rotas(
    tx: Transaction, pack: Pack, entries: Sequence[Entry], *, now: Instant, begins: Instant
) -> tuple[Effect, ...]:
    """The plan of every rota before and after, where they differ; nothing where neither rotas nor people change."""
    if not any(one.part in (Part.rotas, Part.people) and one.verdict is not Verdict.unchanged for one in entries):
        return ()
    before, call = _plans(tx), Call(PersonId(""), now, OperationId("preview"))

    def put() -> tuple[Effect, ...]:
        for key, value in keyed(pack):
            define(call, tx, key, value, valid_from=begins)
        return _effects(tx, before, now if pack.people else begins)

    return tried(tx, put)


def _plans(tx: Transaction) -> Mapping[RotaId, Snapshot]:
    rules = rules_of(tx)
    found = ((rota, snapshot(rules, rota)) for rota in tx.definitions.rotas())
    return {rota: plan for rota, plan in found if plan is not None}


def _effects(tx: Transaction, before: Mapping[RotaId, Snapshot], start: Instant) -> tuple[Effect, ...]:
    rules, span = rules_of(tx), Span(start, Instant(start + AHEAD))
    asked = (Proposal(rota, before.get(rota), plan, span) for rota, plan in _plans(tx).items())
    found = (effect(rules, one) for one in asked if one.before != one.after)
    return tuple(one for one in found if one.changes or one.hours)


# --- changing it --------------------------------------------------------------------------------------


def apply(
    call: Call, tx: Transaction, pack: Pack, *, valid_from: Instant | None = None, seen: Preview | None = None
) -> Preview:
    """Put every definition of a pack that is new or otherwise, each as a new version; what that does.

    Running timers are counted anew in the same transaction. Settings of the site that the pack has take the place
    of those that are. ``seen`` is what the person was shown: if definitions have changed since, nothing is done.

    Raises:
        BadInput: ``definition.…`` with the path in the pack, ``pack.past``.
        Refused: ``pack.moved``.
        Forbidden: ``access.denied``, ``access.unknown_person``.
    """
    require(call, tx, Permission.configure)
    found = preview(tx, pack, call.at, valid_from=valid_from)
    if seen is not None and (seen.entries, seen.site) != (found.entries, found.site):
        raise Refused("pack.moved")
    first_person(call, tx)
    for key, value in keyed(pack):
        define(call, tx, key, value, valid_from=found.begins)
    for one in found.site:
        tx.journal.append_definition(call, SITE, one.path, 1)
    tx.definitions.put_site({one.path: one.after for one in found.site})
    refold(call, tx)
    return found


def foretell(call: Call, tx: Transaction, pack: Pack, *, valid_from: Instant | None = None) -> Preview:
    """``preview`` as the desk asks for it, which writes only through calls. Raises as it does."""
    return preview(tx, pack, call.at, valid_from=valid_from)
