"""What an exercise of the escalation shows: seconds to each level and to each answer, and whom it does not reach."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from supporttui.domain.events import Acknowledged, Fact, Opened, StepFired
from supporttui.domain.hops import Hop, hops
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind, EscalationState
from supporttui.domain.tickets import from_opening
from supporttui.domain.undoing import taken_back


class Ended(StrEnum):
    """What became of a drill."""

    acknowledged = "acknowledged"
    exhausted = "exhausted"
    """Nobody answered any step."""
    resolved = "resolved"
    running = "running"
    unwatched = "unwatched"
    """No escalation began."""


class LackKind(StrEnum):
    """What a drill found to be missing, as a code."""

    no_policy = "drill.no_policy"
    """Nothing says who is called for the service."""
    unwatched = "drill.unwatched"
    """The policy does not begin by itself for the priority."""
    nobody = "drill.nobody"
    """A step reached nobody."""
    no_contact = "drill.no_contact"
    """A person whom a step names cannot be reached."""
    undelivered = "drill.undelivered"
    """A message did not leave."""
    no_answer = "drill.no_answer"
    """A person who is called may not acknowledge."""
    unheard = "drill.unheard"
    """The steps were used up, and there is nobody left who would hear of it."""
    outside = "drill.outside"
    """No way is known to an authority outside."""
    closed = "drill.closed"
    """An authority outside does not work then."""
    uncertified = "drill.uncertified"
    language = "drill.language"
    """Nobody on duty speaks it."""


TOLERABLE = frozenset({LackKind.uncertified, LackKind.language})
"""Somebody is reached all the same."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing."""

    kind: LackKind
    at: Instant
    subject: str = ""
    """Whom or what it is about: a person, an authority, a language; empty: the step as a whole."""
    escalation: EscalationKind = EscalationKind.functional
    step: int = 0
    """0: no step of an escalation."""
    cause: str = ""
    """Why, as a code."""
    ends: Instant | None = None
    """When it is otherwise: the authority opens, somebody who speaks the language is on duty."""

    @property
    def is_serious(self) -> bool:
        """Whether somebody would not be reached."""
        return self.kind not in TOLERABLE


@dataclass(frozen=True, slots=True)
class Answer:
    """An acknowledgement."""

    by: PersonId
    at: Instant
    seconds: int
    """Since the drill began."""
    after: int
    """Since the step that was last taken before it; since the beginning where none was."""


@dataclass(frozen=True, slots=True)
class Level:
    """A step that was taken."""

    kind: EscalationKind
    round: int
    step: int
    at: Instant
    seconds: int
    """Since the drill began."""
    paged: tuple[PersonId, ...] = ()
    called: tuple[str, ...] = ()
    """Channels that were told, without a person."""
    cause: str = ""
    by_hand: bool = False
    answers: tuple[Answer, ...] = ()
    """Those that came before the next step."""

    @property
    def reached(self) -> bool:
        """Whether it called anybody, or a channel."""
        return bool(self.paged or self.called)


@dataclass(frozen=True, slots=True)
class Course:
    """How a drill went, from its facts."""

    began: Instant
    by: str
    """Who began it."""
    calls: bool
    """Whether people were really called."""
    levels: tuple[Level, ...]
    answers: tuple[Answer, ...]
    hops: tuple[Hop, ...]
    """Which authority had it, one after the other."""

    @property
    def answered(self) -> int | None:
        """Seconds until somebody acknowledged; ``None``: nobody did."""
        return self.answers[0].seconds if self.answers else None


def course(facts: Sequence[Fact], until: Instant) -> Course:
    """How it went up to ``until``. What was taken back did not happen; steps did, whatever became of their messages."""
    opening, rest = from_opening(facts)
    assert isinstance(opening.event, Opened)
    undone, levels, answers = taken_back(rest), list[Level](), list[Answer]()
    for fact in rest:
        if isinstance(fact.event, StepFired):
            levels.append(_level(fact, fact.event, opening.at))
        elif isinstance(fact.event, Acknowledged) and fact.operation not in undone:
            answers.append(_answer(fact, fact.event, opening.at, levels))
            levels[-1:] = [replace(one, answers=(*one.answers, answers[-1])) for one in levels[-1:]]
    return Course(
        opening.at, opening.actor, opening.event.drill_calls, tuple(levels), tuple(answers), hops(facts, until)
    )


def ended(states: Collection[EscalationState], *, is_open: bool) -> Ended:
    """What became of it, by the states of its escalations."""
    if not is_open:
        return Ended.resolved
    if not states:
        return Ended.unwatched
    if EscalationState.exhausted in states:
        return Ended.exhausted
    waits = {EscalationState.running, EscalationState.snoozed}.intersection(states)
    return Ended.running if waits else Ended.acknowledged


def _level(fact: Fact, event: StepFired, began: Instant) -> Level:
    return Level(
        event.kind, event.round, event.step, fact.at, fact.at - began, event.paged, event.called, event.cause,
        event.by_hand,
    )  # fmt: skip


def _answer(fact: Fact, event: Acknowledged, began: Instant, levels: Sequence[Level]) -> Answer:
    since = levels[-1].at if levels else began
    return Answer(event.by, fact.at, fact.at - began, fact.at - since)
