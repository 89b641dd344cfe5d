"""An escalation policy as data: who is called, after how long, how often, and what follows silence."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, PolicyId, RotaId, TeamId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.calendars import Window
from supporttui.domain.states import AckResume as AckResume  # noqa: PLC0414  re-exported
from supporttui.domain.states import EscalationKind as EscalationKind  # noqa: PLC0414  re-exported


class TargetKind(StrEnum):
    """Whom a step reaches; resolved to people at the instant the step is due."""

    person = "person"
    on_call = "on_call"
    on_call_next = "on_call_next"
    on_call_previous = "on_call_previous"
    """Who was on duty before those who are now: they know what happened."""
    speaker = "speaker"
    """Somebody on a rota who speaks a language: on duty now, else of the next duty that has one."""
    team = "team"
    authority = "authority"
    round_robin = "round_robin"
    """One of some people, each time the one after the last who was called and can be reached."""
    resolver = "resolver"
    """The people of the authority that works on the ticket, inside or outside."""
    command = "command"
    """A channel of the site, such as a chat room or a program, and nobody in particular."""


class Silence(StrEnum):
    """What follows a step that nobody answers, after the wait of the step that stands behind it."""

    next = "next"
    """That step; behind the last one the next round."""
    repeat = "repeat"
    """The same step, ``repeats`` times; those who have acknowledged are left out. Then the next one."""
    jump = "jump"
    """Another step; one that stands before belongs to the next round, and is only jumped to while there is one."""


@dataclass(frozen=True, slots=True)
class StepTarget:
    """One address of a step; which field counts is said by ``kind``."""

    kind: TargetKind
    person: PersonId | None = None
    rota: RotaId | None = None
    level: int = 1
    """Line of support within the rota (``Layer.level``)."""
    team: TeamId | None = None
    language: str = ""
    """Of a speaker; empty: the language of the ticket's requester."""
    people: tuple[PersonId, ...] = ()
    """Of a round robin, in their order."""
    channel: str = ""
    """Of a command."""


@dataclass(frozen=True, slots=True)
class StepHours:
    """The hours in which a step is taken, on the clocks of a zone."""

    zone: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: after ``wait`` seconds of real time without acknowledgement its targets are paged."""

    name: str
    wait: int
    """Seconds after the previous step fired (for the first: after the escalation began)."""
    targets: tuple[StepTarget, ...]
    acks: int = 1
    """So many different people must acknowledge it; 0: all whom it paged."""
    silence: Silence = Silence.next
    repeats: int = 1
    """How often ``repeat`` takes the step once more."""
    jump_to: int | None = None
    """Number of the step to which ``jump`` goes; 1 is the first."""
    priorities: tuple[Priority, ...] = ()
    """Only for tickets of these; none: for all. In any other the step is skipped, and the journal says so."""
    hours: StepHours | None = None
    """Only then; at any other time it is skipped likewise."""
    skip_if_empty: bool = True
    """Where it reaches nobody, the next step is taken at once; else its wait is kept all the same."""

    def __post_init__(self) -> None:
        """Refuse a wait before the step before, ``policy.wait``, and what would never come: ``policy.positive``."""
        if self.wait < 0:
            raise BadInput("policy.wait", step=self.name, seconds=self.wait)
        if self.acks < 0:
            raise BadInput("policy.positive", field="acks", value=self.acks)
        if self.repeats < 1:
            raise BadInput("policy.positive", field="repeats", value=self.repeats)


@dataclass(frozen=True, slots=True)
class Policy:
    """Ordered steps, walked at most ``rounds`` times. Versions are append-only; tickets hold theirs."""

    id: PolicyId
    name: str
    steps: tuple[Step, ...]
    version: int = 1
    rounds: int = 3
    priorities: tuple[Priority, ...] = (Priority(1), Priority(2))
    """Which tickets start it by themselves; others escalate by hand only."""
    ack_timeout: int | None = None
    """Seconds after which an acknowledgement runs out and the rest of the step goes on; ``None``: never."""
    repeat_wait: int = 900
    """Seconds between the last step of a round and the first of the next."""
    last_resort: PersonId | None = None
    """A named human who is told when the rounds are used up."""
    kind: EscalationKind = EscalationKind.functional
    criteria: tuple[Criterion, ...] = ()
    """What starts it, or takes its next step, beside the priorities."""
    ack_resume: AckResume = AckResume.resume
    """How it goes on when an acknowledgement runs out or is taken back; an undo always resumes."""

    def __post_init__(self) -> None:
        """Refuse what would never end or never begin: ``policy.positive`` names the field; and ``policy.jump``."""
        positive = {"rounds": self.rounds, "repeat_wait": self.repeat_wait, "ack_timeout": self.ack_timeout}
        for name, value in positive.items():
            if value is not None and value < 1:
                raise BadInput("policy.positive", field=name, value=value)
        for step in self.steps:
            if step.silence is Silence.jump and not 1 <= (step.jump_to or 0) <= len(self.steps):
                raise BadInput("policy.jump", step=step.name, found=step.jump_to or 0, steps=len(self.steps))
