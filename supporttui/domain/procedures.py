"""Procedures (runbooks): numbered steps that anybody does the same way, and what became of each on a ticket."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from supporttui.domain.events import Fact, ProcedureStepped
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import OperationId, ServiceId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import StepResult
from supporttui.domain.tickets import Ticket

REVIEW_DAYS = 365
"""After so many days a procedure that nobody looked at again is doubtful."""


@dataclass(frozen=True, slots=True)
class StepText:
    """A step in another language; what is empty is not translated."""

    text: str = ""
    precondition: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One thing to do."""

    text: str
    role: str = ""
    """Whose it is: the name of a rota or of a layer, as ``oncall --role`` takes it."""
    precondition: str = ""
    """What must be so before."""
    expected: str = ""
    """What shows that it worked."""
    environments: tuple[str, ...] = ()
    """Only in these, such as ``test``; none: in all of the procedure."""


@dataclass(frozen=True, slots=True)
class Translation:
    """A procedure in another language: its name and its steps in their order, as far as they are translated."""

    name: str = ""
    steps: tuple[StepText, ...] = ()


@dataclass(frozen=True, slots=True)
class Procedure:
    """What to do about tickets of a kind; every version of it is kept, and a run names its own."""

    id: str
    name: str
    steps: tuple[ProcedureStep, ...]
    language: str = "en"
    """In which it is written."""
    services: tuple[ServiceId, ...] = ()
    """Of the tickets that it is for; none: any. The same for the next two."""
    categories: tuple[str, ...] = ()
    priorities: tuple[Priority, ...] = ()
    environments: tuple[str, ...] = ()
    """Where it may be carried out, such as ``production``; none: everywhere."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    """By language."""
    reviewed: date | None = None
    """When somebody last looked whether it is still right."""
    review_days: int = REVIEW_DAYS

    def __post_init__(self) -> None:
        """Refuse what nobody could carry out: ``procedure.no_step``, ``procedure.review_days``."""
        if not self.steps:
            raise BadInput("procedure.no_step", procedure=self.id)
        if self.review_days < 1:
            raise BadInput("procedure.review_days", procedure=self.id, found=self.review_days)


# --- which one ----------------------------------------------------------------------------------------


def fitting(procedures: Iterable[Procedure], ticket: Ticket) -> tuple[Procedure, ...]:
    """Those for a ticket, what says most about it first."""
    found = (one for one in procedures if _fits(one, ticket))
    return tuple(sorted(found, key=lambda one: (*_vagueness(one), one.name.casefold(), one.id)))


def _fits(procedure: Procedure, ticket: Ticket) -> bool:
    return (
        ticket.service in (procedure.services or (ticket.service,))
        and ticket.category.casefold() in {one.casefold() for one in procedure.categories or (ticket.category,)}
        and ticket.priority in (procedure.priorities or (ticket.priority,))
    )


def _vagueness(procedure: Procedure) -> tuple[bool, bool, bool]:
    return not procedure.categories, not procedure.services, not procedure.priorities


# --- in which language --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as somebody reads it."""

    step: ProcedureStep
    """Its words in the language of the reader, as far as they are translated."""
    language: str
    """In which its text is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A procedure as somebody reads it."""

    procedure: Procedure
    name: str
    steps: tuple[ToldStep, ...]
    language: str
    """That of the procedure where it is not translated."""

    def is_marked(self, step: ToldStep, wanted: str) -> bool:
        """Whether the text is not in the language that the reader wants, and so bears a mark."""
        return _base(step.language) != _base(wanted)


def told(procedure: Procedure, language: str) -> Told:
    """A procedure in a language; a step that is not translated stays in the language it was written in."""
    translation = _translation(procedure, language)
    if translation is None:
        steps = tuple(ToldStep(step, procedure.language) for step in procedure.steps)
        return Told(procedure, procedure.name, steps, procedure.language)
    tag, found = translation
    texts = (*found.steps, *(StepText() for _ in procedure.steps))
    steps = tuple(_told(step, text, tag, procedure) for step, text in zip(procedure.steps, texts, strict=False))
    return Told(procedure, found.name or procedure.name, steps, tag)


def _translation(procedure: Procedure, language: str) -> tuple[str, Translation] | None:
    if _base(procedure.language) == _base(language):
        return None
    exact = procedure.translations.get(language)
    if exact is not None:
        return language, exact
    return next(((tag, one) for tag, one in procedure.translations.items() if _base(tag) == _base(language)), None)


def _told(step: ProcedureStep, text: StepText, tag: str, procedure: Procedure) -> ToldStep:
    if not text.text:
        return ToldStep(step, procedure.language)
    in_words = ProcedureStep(
        text.text, step.role, text.precondition or step.precondition, text.expected or step.expected, step.environments
    )
    return ToldStep(in_words, tag)


def _base(tag: str) -> str:
    return tag.replace("_", "-").split("-")[0].casefold()


def review_due(procedure: Procedure, today: date) -> bool:
    """Whether somebody should look whether it is still right; one that was never reviewed should be."""
    return procedure.reviewed is None or today >= procedure.reviewed + timedelta(days=procedure.review_days)


# --- what became of it on a ticket ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one step."""

    step: int
    """1 is the first."""
    result: StepResult
    by: str
    at: Instant
    text: str


@dataclass(frozen=True, slots=True)
class Run:
    """A procedure as it was carried out on a ticket."""

    id: OperationId
    """The operation of its first step."""
    ticket: TicketId
    procedure: str
    version: int
    steps: tuple[Done, ...]
    """The last word on each step, in their order."""

    def of(self, step: int) -> Done | None:
        """What became of a step; ``None``: nothing yet."""
        return next((done for done in self.steps if done.step == step), None)

    def following(self, count: int) -> int | None:
        """The first of ``count`` steps of which nothing is known; ``None``: all are behind."""
        return next((number for number in range(1, count + 1) if self.of(number) is None), None)


def runs(facts: Iterable[Fact]) -> tuple[Run, ...]:
    """What was carried out on a ticket, by the first step of each, oldest first; a step told twice counts as told last.

    Facts in the fold's order, those that were undone left out.
    """
    found: dict[OperationId, Run] = {}
    for fact in facts:
        if not isinstance(fact.event, ProcedureStepped):
            continue
        event = fact.event
        run = OperationId(event.run or fact.operation)
        known = found.get(run) or Run(run, fact.ticket, event.procedure, event.version, ())
        done = Done(event.step, event.result, fact.actor, fact.at, event.text)
        steps = (*(one for one in known.steps if one.step != event.step), done)
        found[run] = Run(run, known.ticket, known.procedure, known.version, _in_order(steps))
    return tuple(found.values())


def _in_order(steps: Sequence[Done]) -> tuple[Done, ...]:
    return tuple(sorted(steps, key=lambda one: one.step))


def step(
    procedure: Procedure, version: int, number: int, result: StepResult, *, text: str, run: Run | None
) -> ProcedureStepped:
    """What became of a step; without a ``run`` it begins one.

    Raises:
        BadInput: ``procedure.no_such_step``.
        Refused: ``procedure.reason_missing`` for a step that was skipped or did not work.
    """
    if not 1 <= number <= len(procedure.steps):
        raise BadInput("procedure.no_such_step", step=number, steps=len(procedure.steps))
    if result is not StepResult.done and not text.strip():
        raise Refused("procedure.reason_missing", step=number)
    return ProcedureStepped(procedure.id, version, number, result, text.strip(), run="" if run is None else run.id)


def place(procedure: Procedure, after: int) -> int:
    """How many steps stand before a new one behind step ``after``; 0: it becomes the first.

    Raises:
        BadInput: ``procedure.no_such_step``.
    """
    if not 0 <= after <= len(procedure.steps):
        raise BadInput("procedure.no_such_step", step=after, steps=len(procedure.steps))
    return after


def shifted(translation: Translation, place: int) -> Translation:
    """A translation after a step that is not translated came in at a place."""
    if place >= len(translation.steps):
        return translation
    return replace(translation, steps=(*translation.steps[:place], StepText(), *translation.steps[place:]))
