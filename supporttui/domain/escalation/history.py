"""What has happened in a ticket's escalation, folded from its facts; no policy and no clock in it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.events import (
    Acknowledged,
    EscalationEnded,
    EscalationStarted,
    Event,
    Fact,
    PageWithdrawn,
    State,
    StateChanged,
    StepFired,
    Undone,
)
from supporttui.domain.ids import OperationId, PersonId, PolicyId
from supporttui.domain.spans import BEGINNING, FOREVER, Instant
from supporttui.domain.tickets import OPEN_STATES
from supporttui.domain.undoing import done_again, taken_back


@dataclass(frozen=True, slots=True)
class Fired:
    """A step that was taken and stands."""

    number: int
    """1, 2, 3 … within the generation."""
    step: int
    """1 is the first of the policy."""
    round: int
    at: Instant
    paged: tuple[PersonId, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A span in which the plan stands still; ``end`` is ``FOREVER`` until something ends it."""

    start: Instant
    end: Instant = FOREVER
    by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class History:
    """The newest generation of an escalation. Generation 0: none has begun."""

    generation: int = 0
    policy: PolicyId | None = None
    policy_version: int = 0
    started: Instant = BEGINNING
    fired: tuple[Fired, ...] = ()
    """Standing steps, oldest first; steps by hand that were taken back are not among them."""
    last_number: int = 0
    """The highest firing number used, those taken back included: no number comes twice."""
    acks: tuple[Hold, ...] = ()
    """Acknowledgements since the last standing step; older ones silence nothing."""
    resolved: tuple[Hold, ...] = ()
    """While the ticket is resolved or closed; ended only by an undo."""
    exhausted: bool = False
    """The rounds were used up, and the last resort was told."""
    ended: bool = False
    """Stopped by hand, undone with what began it, or left behind by a reopening."""

    @property
    def last(self) -> Fired | None:
        """The newest standing step."""
        return self.fired[-1] if self.fired else None

    @property
    def since(self) -> Instant:
        """From when the wait for the next step is measured."""
        return self.fired[-1].at if self.fired else self.started


def history(facts: Iterable[Fact]) -> History:
    """Fold a ticket's facts, given in any order; facts not yet stored (``seq`` 0) come last of their instant.

    A step by hand that was withdrawn or undone did not happen, so the escalation is where it was before;
    only its number stays used. Any other step stands, whether its pages left or not.
    """
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.seq or FOREVER))
    undone = taken_back(ordered)
    withdrawn = _withdrawn(ordered, undone)
    left_behind = _left_behind(ordered)
    folded = History()
    for fact in ordered:
        if isinstance(fact.event, StepFired) and _key(fact.event) in withdrawn:
            folded = _numbered(folded, fact.event)
        else:
            folded = _after(folded, fact.event, fact.at)
        if isinstance(fact.event, EscalationStarted) and fact.operation in undone:
            folded = replace(folded, ended=True)
        if fact.operation in left_behind:
            folded = replace(folded, ended=True)
    return folded


def _left_behind(facts: Sequence[Fact]) -> frozenset[OperationId]:
    """Redos of what reopened a ticket without beginning an escalation: they leave the old one behind again."""
    begun = {fact.operation for fact in facts if isinstance(fact.event, EscalationStarted)}
    reopened, done = set[OperationId](), False
    for fact in facts:
        if isinstance(fact.event, StateChanged):
            if done and fact.event.state in OPEN_STATES and fact.operation not in begun:
                reopened.add(fact.operation)
            done = fact.event.state not in OPEN_STATES
        elif isinstance(fact.event, Undone) and "state" in fact.event.restores:
            done = State(str(fact.event.restores["state"])) not in OPEN_STATES
    return frozenset(redo for redo, first in done_again(facts).items() if first in reopened)


def _key(event: StepFired | PageWithdrawn) -> tuple[int, int]:
    return (event.generation, event.firing)


def _withdrawn(facts: Sequence[Fact], undone: Container[OperationId]) -> frozenset[tuple[int, int]]:
    """(generation, firing) of the steps by hand that were withdrawn or undone."""
    sorry = {_key(fact.event) for fact in facts if isinstance(fact.event, PageWithdrawn)}
    return frozenset(
        _key(fact.event)
        for fact in facts
        if isinstance(fact.event, StepFired)
        and fact.event.by_hand
        and (fact.operation in undone or _key(fact.event) in sorry)
    )


def _after(before: History, event: Event, at: Instant) -> History:  # noqa: PLR0911  one case an event
    match event:
        case EscalationStarted() if event.generation > before.generation:
            return History(event.generation, event.policy, event.policy_version, started=at)
        case StepFired() if event.generation == before.generation:
            return _with_step(_numbered(before, event), event, at)
        case EscalationEnded() if event.generation == before.generation:
            return replace(before, exhausted=event.exhausted, ended=not event.exhausted)
        case Acknowledged(by):
            return replace(before, acks=(*before.acks, Hold(at, by=by)))
        case StateChanged(state):
            return _with_state(before, state, at)
        case Undone(restores=restores):
            return _with_restored(before, restores, at)
        case _:
            return before


def _numbered(before: History, event: StepFired) -> History:
    if event.generation != before.generation:
        return before
    return replace(before, last_number=max(before.last_number, event.firing))


def _with_step(before: History, event: StepFired, at: Instant) -> History:
    if any(fired.number == event.firing for fired in before.fired):
        return before
    fired = Fired(event.firing, event.step, event.round, at, event.paged, event.by_hand)
    return replace(
        before, fired=(*before.fired, fired), acks=(), exhausted=False,
        ended=before.ended and not event.by_hand,
    )  # fmt: skip


def _with_state(before: History, state: State, at: Instant) -> History:
    resolved = bool(_open(before.resolved))
    if state in OPEN_STATES:
        return replace(before, ended=True) if resolved else before
    return before if resolved else replace(before, resolved=(*before.resolved, Hold(at)))


def _with_restored(before: History, restores: Mapping[str, object], at: Instant) -> History:
    """What an undo puts back: an acknowledgement given or taken, a state."""
    after = before
    if "acknowledged_by" in restores:
        by = restores["acknowledged_by"]
        acks = _closed(before.acks, at) if by is None else (*before.acks, Hold(at, by=PersonId(str(by))))
        after = replace(after, acks=acks)
    if "state" in restores:
        after = _with_restored_state(after, State(str(restores["state"])), at)
    return after


def _with_restored_state(before: History, state: State, at: Instant) -> History:
    if state in OPEN_STATES:
        return replace(before, resolved=_closed(before.resolved, at))
    if _open(before.resolved):  # a reopening was undone: the generation it left behind is as it was
        return replace(before, ended=False)
    return replace(before, resolved=(*before.resolved, Hold(at)))


def _open(holds: Sequence[Hold]) -> tuple[Hold, ...]:
    return tuple(hold for hold in holds if hold.end == FOREVER)


def _closed(holds: Sequence[Hold], at: Instant) -> tuple[Hold, ...]:
    return tuple(replace(hold, end=min(hold.end, at)) for hold in holds)
