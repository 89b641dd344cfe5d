"""Whom a step reaches: its targets, resolved to people at the instant the step is taken."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.escalation.policy import Step, StepTarget, TargetKind
from supporttui.domain.ids import PersonId

TURN = "round_robin:"
"""Begins the name under which it is kept whose turn it is in a round robin."""


class Empty(StrEnum):
    """Why a target reached nobody, or a whole step."""

    no_person = "empty.no_person"
    """The person is unknown, has left, or cannot be reached."""
    nobody_on_call = "empty.nobody_on_call"
    nobody_next = "empty.nobody_next"
    nobody_before = "empty.nobody_before"
    no_speaker = "empty.no_speaker"
    no_member = "empty.no_member"
    """The team or authority has nobody."""
    unreachable = "empty.unreachable"
    """There is somebody, who has no contact point."""
    no_target = "empty.no_target"
    """The step names no target at all."""


_CAUSES: Mapping[TargetKind, Empty] = {
    TargetKind.person: Empty.no_person,
    TargetKind.on_call: Empty.nobody_on_call,
    TargetKind.on_call_next: Empty.nobody_next,
    TargetKind.on_call_previous: Empty.nobody_before,
    TargetKind.speaker: Empty.no_speaker,
    TargetKind.team: Empty.no_member,
    TargetKind.authority: Empty.no_member,
    TargetKind.resolver: Empty.no_member,
    TargetKind.round_robin: Empty.no_person,
}


@dataclass(frozen=True, slots=True)
class Reach:
    """A person to be paged, and the target that is the reason."""

    person: PersonId
    target: StepTarget


@dataclass(frozen=True, slots=True)
class Unreached:
    """A target that gave nobody: recorded, never passed over in silence."""

    target: StepTarget
    cause: Empty


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a step's targets came to."""

    reaches: tuple[Reach, ...]
    """Each person once, by the first target that named them, in the targets' order."""
    unreached: tuple[Unreached, ...]
    called: tuple[StepTarget, ...] = ()
    """Channels that are told, without a person."""
    filtered: str = ""
    """Why the step is not taken for this ticket, or not at this hour, as a code; nobody was looked up then."""

    @property
    def anybody(self) -> bool:
        """Whether the step reaches anybody at all, or at least calls a channel."""
        return bool(self.reaches or self.called)

    @property
    def channels(self) -> tuple[str, ...]:
        """What is called beside people."""
        return tuple(target.channel for target in self.called)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """Who is to be paged."""
        return tuple(reach.person for reach in self.reaches)

    @property
    def cause(self) -> str:
        """Why nobody is paged, for ``StepFired.cause``; empty if somebody is."""
        if self.anybody or self.filtered:
            return self.filtered
        return self.unreached[0].cause.value if self.unreached else Empty.no_target.value


def resolve_targets(step: Step, who: Callable[[StepTarget], Sequence[PersonId]]) -> Resolution:
    """The people behind a step's targets; ``who`` looks one target up as of the instant in question."""
    reaches: dict[PersonId, Reach] = {}
    unreached: list[Unreached] = []
    called = tuple(target for target in step.targets if target.kind is TargetKind.command)
    for target in (one for one in step.targets if one.kind is not TargetKind.command):
        people = who(target)
        for person in people:
            reaches.setdefault(person, Reach(person, target))
        if not people:
            unreached.append(Unreached(target, _CAUSES[target.kind]))
    return Resolution(tuple(reaches.values()), tuple(unreached), called)
