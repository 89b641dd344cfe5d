"""What has happened in a ticket's escalation, folded from its facts; no policy and no clock in it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from supporttui.domain.escalation import holds as spans
from supporttui.domain.escalation.holds import Hold
from supporttui.domain.events import (
    Acknowledged,
    EscalationEnded,
    EscalationMoved,
    EscalationSnoozed,
    EscalationStarted,
    Event,
    Fact,
    PageWithdrawn,
    State,
    StateChanged,
    StepFired,
    Unacknowledged,
    Undone,
)
from supporttui.domain.ids import OperationId, PersonId, PolicyId
from supporttui.domain.spans import BEGINNING, FOREVER, Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import OPEN_STATES
from supporttui.domain.undoing import done_again, first_of, taken_back


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
    called: tuple[str, ...] = ()
    """Channels that were told, without a person."""
    answered: tuple[PersonId, ...] = ()
    """Left out, because they had acknowledged it before."""
    cause: str = ""

    @property
    def reached(self) -> bool:
        """Whether anybody was paged, or a channel told."""
        return bool(self.paged or self.called)


@dataclass(frozen=True, slots=True)
class History:
    """The newest generation of an escalation of one kind. Generation 0: none has begun."""

    generation: int = 0
    policy: PolicyId | None = None
    policy_version: int = 0
    started: Instant = BEGINNING
    fired: tuple[Fired, ...] = ()
    """Standing steps, oldest first; steps by hand that were taken back are not among them."""
    last_number: int = 0
    """The highest firing number used, those taken back included: no number comes twice."""
    acks: tuple[Hold, ...] = ()
    """Acknowledgements since the last standing step, and those that it left standing; older ones silence nothing."""
    quiet: tuple[Hold, ...] = ()
    """Spans since the last standing step for which somebody put it to sleep."""
    resolved: tuple[Hold, ...] = ()
    """While the ticket is resolved or closed; ended only by an undo."""
    exhausted: bool = False
    """The rounds were used up, and the last resort was told."""
    ended: bool = False
    """Stopped by hand, undone with what began it, or left behind by a reopening."""
    kind: EscalationKind = EscalationKind.functional

    @property
    def last(self) -> Fired | None:
        """The newest standing step."""
        return self.fired[-1] if self.fired else None

    @property
    def since(self) -> Instant:
        """From when the wait for the next step is measured."""
        return self.fired[-1].at if self.fired else self.started

    @property
    def paged(self) -> frozenset[PersonId]:
        """Everybody whom it has paged."""
        return frozenset(person for fired in self.fired for person in fired.paged)

    def hears(self, person: str | None) -> bool:
        """Whether what a person says of it counts: of a hierarchical one only what those say whom it paged."""
        return self.kind is EscalationKind.functional or person in self.paged


def history(facts: Iterable[Fact], kind: EscalationKind = EscalationKind.functional) -> History:
    """Fold a ticket's facts, given in any order; facts not yet stored (``seq`` 0) come last of their instant.

    A step by hand that was withdrawn or undone did not happen, so the escalation is where it was before;
    only its number stays used. Any other step stands, whether its pages left or not.
    """
    ordered = sorted(facts, key=lambda fact: (fact.at, fact.seq or FOREVER))
    undone = taken_back(ordered)
    withdrawn = _withdrawn(ordered, undone)
    left_behind = _left_behind(ordered, kind)
    undoes = {fact.operation: fact.event.operation for fact in ordered if isinstance(fact.event, Undone)}
    folded = History(kind=kind)
    for fact in ordered:
        if isinstance(fact.event, StepFired) and _key(fact.event) in withdrawn:
            folded = _numbered(folded, fact.event)
        elif isinstance(fact.event, Undone):
            folded = _with_undone(folded, fact, fact.event, undoes)
        elif not isinstance(fact.event, EscalationMoved) or fact.operation not in undone:
            folded = _after(folded, fact)
        if _begins(fact.event, folded) and fact.operation in undone:
            folded = replace(folded, ended=True)
        if fact.operation in left_behind:
            folded = replace(folded, ended=True)
    return folded


def histories(facts: Sequence[Fact]) -> tuple[History, ...]:
    """Of each kind that has begun, functional first."""
    begun = {fact.event.kind for fact in facts if isinstance(fact.event, EscalationStarted)}
    return tuple(history(facts, kind) for kind in EscalationKind if kind in begun)


def kind_of(facts: Iterable[Fact], generation: int) -> EscalationKind:
    """Of which kind a generation is; functional where the facts do not know it."""
    begun = (fact.event for fact in facts if isinstance(fact.event, EscalationStarted))
    return next((one.kind for one in begun if one.generation == generation), EscalationKind.functional)


def last_generation(facts: Iterable[Fact]) -> int:
    """The highest number of either kind; 0: no escalation has begun."""
    begun = (fact.event.generation for fact in facts if isinstance(fact.event, EscalationStarted))
    return max(begun, default=0)


def _begins(event: Event, folded: History) -> bool:
    return isinstance(event, EscalationStarted) and event.generation == folded.generation


def _left_behind(facts: Sequence[Fact], kind: EscalationKind) -> frozenset[OperationId]:
    """Redos of what reopened a ticket without beginning an escalation: they leave the old one behind again."""
    begun = {fact.operation for fact in facts if isinstance(fact.event, EscalationStarted) and fact.event.kind is kind}
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


def _after(before: History, fact: Fact) -> History:
    event, at = fact.event, fact.at
    match event:
        case EscalationStarted(kind=before.kind) if event.generation > before.generation:
            return History(event.generation, event.policy, event.policy_version, started=at, kind=before.kind)
        case StepFired() if event.generation == before.generation:
            return _with_step(_numbered(before, event), event, at)
        case EscalationEnded() if event.generation == before.generation:
            return replace(before, exhausted=event.exhausted, ended=not event.exhausted, acks=())
        case StateChanged(state):
            return _with_state(before, state, at)
        case Acknowledged() | Unacknowledged() | EscalationSnoozed() | EscalationMoved():
            return _told(before, event, fact)
        case _:
            return before


def _told(
    before: History, event: Acknowledged | Unacknowledged | EscalationSnoozed | EscalationMoved, fact: Fact
) -> History:
    """What somebody said of it."""
    match event:
        case Acknowledged(by) if before.hears(by):
            return replace(before, acks=(*before.acks, Hold(fact.at, by=by, operation=fact.operation)))
        case Unacknowledged(resume) if before.hears(fact.actor):
            return replace(before, acks=spans.ended(before.acks, fact.at, fact.operation, resume))
        case EscalationSnoozed(until, before.kind):
            quiet = spans.ended(before.quiet, fact.at, fact.operation)
            return replace(before, quiet=(*quiet, *_quiet(fact, until)))
        case EscalationMoved(version, before.kind):
            return replace(before, policy_version=version)
        case _:
            return before


def _quiet(fact: Fact, until: Instant | None) -> tuple[Hold, ...]:
    if until is None or until <= fact.at:
        return ()
    return (Hold(fact.at, until, operation=fact.operation, lasting=until),)


def _numbered(before: History, event: StepFired) -> History:
    if event.generation != before.generation:
        return before
    return replace(before, last_number=max(before.last_number, event.firing))


def _with_step(before: History, event: StepFired, at: Instant) -> History:
    if any(fired.number == event.firing for fired in before.fired):
        return before
    fired = Fired(
        event.firing, event.step, event.round, at, event.paged, event.by_hand, event.called, event.answered, event.cause
    )
    return replace(
        before, fired=(*before.fired, fired), acks=spans.of_people(before.acks, event.answered), quiet=(),
        exhausted=False, ended=before.ended and not event.by_hand,
    )  # fmt: skip


def _with_state(before: History, state: State, at: Instant) -> History:
    resolved = bool(_open(before.resolved))
    if state in OPEN_STATES:
        return replace(before, ended=True) if resolved else before
    return before if resolved else replace(before, resolved=(*before.resolved, Hold(at)))


def _with_undone(before: History, fact: Fact, event: Undone, undoes: Mapping[OperationId, OperationId]) -> History:
    """What was said is taken back, or said again; and the state that an undo puts back."""
    first, again = first_of(event.operation, undoes)
    if again:
        acks, quiet = (spans.done_again(one, fact.at, first) for one in (before.acks, before.quiet))
    else:
        acks, quiet = (
            spans.taken_back(one, fact.at, first, fact.operation) for one in (before.acks, before.quiet)
        )  # fmt: skip
    after = replace(before, acks=acks, quiet=quiet)
    if "state" in event.restores:
        after = _with_restored_state(after, State(str(event.restores["state"])), fact.at)
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
