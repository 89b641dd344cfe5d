"""An escalation policy as data: who is called, after how long, how often."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, PolicyId, RotaId, TeamId
from supporttui.domain.priorities import Priority


class TargetKind(StrEnum):
    """Whom a step reaches; resolved to people at the instant the step is due."""

    person = "person"
    on_call = "on_call"
    on_call_next = "on_call_next"
    team = "team"
    authority = "authority"


@dataclass(frozen=True, slots=True)
class StepTarget:
    """One address of a step; which field counts is said by ``kind``."""

    kind: TargetKind
    person: PersonId | None = None
    rota: RotaId | None = None
    level: int = 1
    """Line of support within the rota (``Layer.level``)."""
    team: TeamId | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One rung: after ``wait`` seconds of real time without acknowledgement its targets are paged."""

    name: str
    wait: int
    """Seconds after the previous step fired (for the first: after the escalation began)."""
    targets: tuple[StepTarget, ...]

    def __post_init__(self) -> None:
        """Refuse a wait before the step before: ``policy.wait``."""
        if self.wait < 0:
            raise BadInput("policy.wait", step=self.name, seconds=self.wait)


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

    def __post_init__(self) -> None:
        """Refuse what would never end or never begin: ``policy.positive`` names the field."""
        positive = {"rounds": self.rounds, "repeat_wait": self.repeat_wait, "ack_timeout": self.ack_timeout}
        for name, value in positive.items():
            if value is not None and value < 1:
                raise BadInput("policy.positive", field=name, value=value)
