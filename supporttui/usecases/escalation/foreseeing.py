"""The course of an escalation if nobody answers: each step with whom the watch would then call, and the end."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from supporttui.domain.escalation import plan
from supporttui.domain.escalation.course import Exhaustion, Planned, Taken
from supporttui.domain.escalation.history import History
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.escalation.reaching import called
from supporttui.usecases.paging import turns_after
from supporttui.usecases.rules import Rules


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A step as it would be taken."""

    planned: Planned
    found: Resolution
    cause: str


@dataclass(slots=True)
class Foresight:
    """What the steps foreseen so far change for those behind them; asked of each step once, in their order."""

    rules: Rules
    ticket: Ticket
    policy: Policy
    past: History
    turns: dict[str, int] = field(default_factory=dict)
    """Pointers of round robins as they will stand."""
    _heard: set[int] = field(default_factory=set)
    """Rounds in which somebody will have been found."""
    _same: bool = True
    """Whether nothing but the step taken last is taken again: then who has acknowledged it is not called."""
    _newest: Foreseen | None = None

    def take(self, planned: Planned) -> Foreseen:
        """A step that is taken."""
        last = self.past.last
        self._same = self._same and last is not None and (last.step, last.round) == (planned.step, planned.round)
        found, cause = called(
            self.rules, self.ticket, self.policy, planned.step, at=planned.at, answered=self._answered(planned),
            unheard=not self._is_heard(planned.round), turns=self.turns,
        )  # fmt: skip
        return self.taken(planned, found, cause)

    def taken(self, planned: Planned, found: Resolution, cause: str = "") -> Foreseen:
        """A step, of which it is known whom it reaches."""
        self.turns.update(turns_after(self.policy, planned.step, found))
        if found.anybody:
            self._heard.add(planned.round)
        self._newest = Foreseen(planned, found, cause)
        return self._newest

    def taking(self, planned: Planned) -> Taken:
        """What came of the step foreseen last."""
        known = self._newest
        if known is None or known.planned != planned:
            known = self.take(planned)
        return Taken(known.found.anybody, known.cause)

    def _answered(self, planned: Planned) -> tuple[PersonId, ...]:
        return plan.acknowledging(self.policy, self.past, planned.at) if self._same else ()

    def _is_heard(self, turn: int) -> bool:
        return turn in self._heard or any(fired.reached for fired in self.past.fired if fired.round == turn)


def foreseen(
    rules: Rules, ticket: Ticket, policy: Policy, past: History, now: Instant
) -> Iterator[Foreseen | Exhaustion]:
    """What comes if nobody answers from now on, in order; an overdue step counts as taken now."""
    sight = Foresight(rules, ticket, policy, past)
    for item in plan.coming(policy, past, now, taking=sight.taking):
        yield item if isinstance(item, Exhaustion) else sight.take(item)
