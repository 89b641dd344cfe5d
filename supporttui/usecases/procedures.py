"""Procedures on a ticket: which fit it, what became of their steps, one step after the other; and what was learnt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from supporttui.domain import lessons as learnt
from supporttui.domain import procedures as rules
from supporttui.domain.access import Permission
from supporttui.domain.events import Fact
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.lessons import Lesson
from supporttui.domain.procedures import Procedure, ProcedureStep, Run, Told
from supporttui.domain.spans import Instant
from supporttui.domain.states import StepResult
from supporttui.domain.tickets import Ticket
from supporttui.domain.undoing import taken_back
from supporttui.domain.wall import to_wall
from supporttui.usecases.access import require
from supporttui.usecases.definitions.defining import define
from supporttui.usecases.ports import Call, Transaction, Versioned
from supporttui.usecases.real import real
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import in_force, rules_of


@dataclass(frozen=True, slots=True)
class Offered:
    """A procedure that fits a ticket, in the reader's language, and the run of it that is not at its end."""

    told: Told
    version: int
    run: Run | None
    """The latest; ``None``: nobody has begun."""
    review_due: bool

    @property
    def shown_run(self) -> Run | None:
        """The run whose steps are those of this version."""
        return self.run if self.run is not None and self.run.version == self.version else None

    @property
    def following(self) -> int | None:
        """The step to do next; ``None``: all are behind, in this version or an older one."""
        if self.run is None:
            return 1
        return self.run.following(len(self.told.steps)) if self.run.version == self.version else None


@dataclass(frozen=True, slots=True)
class OnTicket:
    """What there is to do about a ticket, and to know."""

    ticket: Ticket
    offered: tuple[Offered, ...]
    """What says most about it first; what was begun on it before all others."""
    runs: tuple[Run, ...]
    """Of every procedure, oldest first, those of others that once fitted too."""
    lessons: tuple[Lesson, ...]
    names: Mapping[str, str]
    """Of people."""


def on_ticket(tx: Transaction, ticket: TicketId, now: Instant, *, language: str) -> OnTicket:
    """The procedures for a ticket in a language, with what became of them, and the lessons about it."""
    found = tx.tickets.get(ticket)
    runs = rules.runs(_standing(tx.journal.of_ticket(ticket)))
    known = tx.definitions.procedures()
    fitting = rules.fitting((one.value for one in valid(tx, now)), found)
    ids = [run.procedure for run in runs if run.procedure in known]
    ids += [one.id for one in fitting]
    offered = tuple(_offered(tx, key, runs, now, language) for key in dict.fromkeys(ids))
    lessons = learnt.about(tx.definitions.lessons(), found, [one.id for one in fitting])
    return OnTicket(found, offered, runs, lessons, rules_of(tx).names())


def _standing(facts: Sequence[Fact]) -> Sequence[Fact]:
    undone = taken_back(facts)
    return [fact for fact in facts if fact.operation not in undone]


def valid(tx: Transaction, now: Instant) -> Sequence[Versioned[Procedure]]:
    """Of each procedure the version that holds at an instant."""
    found = (in_force(versions, now) for versions in tx.definitions.procedures().values())
    return [one for one in found if one is not None]


def _offered(tx: Transaction, key: str, runs: Sequence[Run], now: Instant, language: str) -> Offered:
    """As it was begun, in the version that holds otherwise."""
    run = next((one for one in reversed(runs) if one.procedure == key), None)
    versions = tx.definitions.procedures()[key]
    holds = in_force(versions, now)
    assert holds is not None
    if run is not None and run.following(len(_of(versions, run.version).steps)) is not None:
        holds = next(one for one in versions if one.version == run.version)
    due = rules.review_due(holds.value, _today(tx, now))
    return Offered(rules.told(holds.value, language), holds.version, run, due)


def _of(versions: Sequence[Versioned[Procedure]], version: int) -> Procedure:
    return next((one.value for one in versions if one.version == version), versions[-1].value)


def _today(tx: Transaction, now: Instant) -> date:
    return to_wall(now, tx.definitions.site().get("zone", "UTC")).date()


def step(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    result: str = StepResult.done.value,
    text: str = "",
    number: int | None = None,
    procedure: str = "",
) -> Ticket:
    """Say what became of a step: the next one unless a ``number`` is given, of the procedure that fits best.

    A run that has begun goes on, also by somebody else, in the version in which it was begun; once all steps are
    behind, step 1 begins a new one. Skipped or failed needs a text.

    Raises:
        NotFound: ``procedure.unknown``, or ``procedure.none_fits``.
        BadInput: ``procedure.no_such_step``.
        Refused: ``procedure.reason_missing`` or ``procedure.at_end``.
    """
    found = to_work_on(call, tx, ticket, version)
    here = on_ticket(tx, ticket, call.at, language="")
    chosen = _chosen(tx, here, procedure)
    following = chosen.following
    run = None if following is None and number == 1 else chosen.run
    wanted = following if number is None else number
    if wanted is None:
        raise Refused("procedure.at_end", ticket=ticket, procedure=chosen.told.name)
    event = rules.step(chosen.told.procedure, chosen.version, wanted, StepResult(result), text=text, run=run)
    return record(call, tx, found, [event])


def _chosen(tx: Transaction, here: OnTicket, wanted: str) -> Offered:
    if not wanted:
        if not here.offered:
            raise NotFound("procedure.none_fits", ticket=here.ticket.id)
        return here.offered[0]
    key = named(tx, wanted).id
    fitting = next((one for one in here.offered if one.told.procedure.id == key), None)
    if fitting is not None:
        return fitting
    versions = tx.definitions.procedures()[key]
    return Offered(rules.told(versions[-1].value, ""), versions[-1].version, None, review_due=False)


# --- reading --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure as a list shows it."""

    procedure: Procedure
    version: int
    review_due: bool
    runs: int
    """How often it was begun in the last year."""
    finished: int
    services: tuple[str, ...]
    """By name."""


YEAR = 365 * 86_400


def every(tx: Transaction, now: Instant) -> tuple[Listed, ...]:
    """All that hold at an instant, by name; those whose review is due say so."""
    facts = real(tx, tx.journal.of_kinds(("procedure",), since=Instant(now - YEAR)))
    by_ticket: dict[TicketId, list[Fact]] = {}
    for fact in facts:
        by_ticket.setdefault(fact.ticket, []).append(fact)
    runs = [run for told in by_ticket.values() for run in rules.runs(told)]
    found = sorted(valid(tx, now), key=lambda one: (one.value.name.casefold(), one.value.id))
    today = _today(tx, now)
    names = rules_of(tx).names()
    return tuple(_listed(one, [run for run in runs if run.procedure == one.value.id], today, names) for one in found)


def _listed(found: Versioned[Procedure], runs: Sequence[Run], today: date, names: Mapping[str, str]) -> Listed:
    count = len(found.value.steps)
    finished = sum(run.following(count) is None for run in runs)
    services = tuple(names.get(service, service) for service in found.value.services)
    return Listed(found.value, found.version, rules.review_due(found.value, today), len(runs), finished, services)


def named(tx: Transaction, wanted: str) -> Procedure:
    """The newest version of the procedure of this key or name.

    Raises:
        NotFound: ``procedure.unknown``.
    """
    known = tx.definitions.procedures()
    key = wanted.strip().casefold()
    for versions in known.values():
        if key in (versions[-1].value.id.casefold(), versions[-1].value.name.casefold()):
            return versions[-1].value
    raise NotFound("procedure.unknown", procedure=wanted[:60], allowed=", ".join(known)[:300])


# --- what was learnt --------------------------------------------------------------------------------------


def learn(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    text: str,
    procedure: str = "",
) -> Ticket:
    """Write down what the next one should know: shown when a ticket of the same service and category is opened.

    Raises:
        NotFound: ``procedure.unknown``.
        Refused: ``text.empty``.
    """
    found = to_work_on(call, tx, ticket, version)
    if not text.strip():
        raise Refused("text.empty", ticket=ticket)
    about = named(tx, procedure).id if procedure else None
    lesson = Lesson(
        f"{call.operation}", text.strip(), found.service, found.category, about, found.id, call.actor, call.at
    )
    define(call, tx, lesson.id, lesson)
    return found


def as_step(call: Call, tx: Transaction, lesson: str, *, procedure: str, after: int | None = None) -> int:
    """Make a lesson a step of a procedure, behind another one or at the end; the new version of the procedure.

    Raises:
        NotFound: ``lesson.unknown`` or ``procedure.unknown``.
        BadInput: ``procedure.no_such_step``.
        Forbidden: ``access.denied``: procedures are changed by those who configure.
    """
    require(call, tx, Permission.configure)
    known = {one.id: one for one in tx.definitions.lessons()}
    found = known.get(lesson) or next((one for key, one in known.items() if key.startswith(lesson) and lesson), None)
    if found is None:
        raise NotFound("lesson.unknown", lesson=lesson[:60])
    target = named(tx, procedure)
    place = len(target.steps) if after is None else rules.place(target, after)
    steps = (*target.steps[:place], ProcedureStep(found.text), *target.steps[place:])
    translations = {tag: rules.shifted(one, place) for tag, one in target.translations.items()}
    return define(call, tx, target.id, replace(target, steps=steps, translations=translations))
