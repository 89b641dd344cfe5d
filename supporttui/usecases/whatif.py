"""What would become of promises: before something is done to tickets, and before definitions change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Timer, decisive
from supporttui.domain.spans import Instant
from supporttui.usecases import bulk
from supporttui.usecases.bulk import Own, Run, Target
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.redefining import of_definitions as of_definitions  # noqa: PLC0414  re-exported
from supporttui.usecases.trial import trial


@dataclass(frozen=True, slots=True)
class Moved:
    """One timer before and after; ``None``: there is none."""

    metric: Metric
    before: Timer | None
    after: Timer | None

    def made(self, now: Instant) -> bool:
        """Whether this makes it late at once."""
        return late(self.after, now) and not late(self.before, now)

    def saved(self, now: Instant) -> bool:
        """Whether it is late, and would not be any more."""
        return late(self.before, now) and not late(self.after, now)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would become of one ticket's promises."""

    ticket: TicketId
    moved: tuple[Moved, ...]
    """Of unmet timers, before or after, that would not stand as they stand: the most pressing first."""
    before: Timer | None
    """The timer that decides the place in the queue."""
    after: Timer | None


@dataclass(frozen=True, slots=True)
class Whatif:
    """What would happen if it were done now."""

    outcomes: tuple[Outcome, ...]
    refused: tuple[tuple[TicketId, SupportError], ...]
    now: Instant

    @property
    def made(self) -> int:
        """Timers that would be late at once."""
        return sum(moved.made(self.now) for outcome in self.outcomes for moved in outcome.moved)

    @property
    def saved(self) -> int:
        """Late timers that would not be any more."""
        return sum(moved.saved(self.now) for outcome in self.outcomes for moved in outcome.moved)


def of(call: Call, tx: Transaction, run: Run[Any], targets: Sequence[Target], *, own: Own = (), **args: Any) -> Whatif:
    """What a use case would do to the promises of tickets: it is run as ever, and nothing of it is kept.

    Raises:
        Unavailable: ``store.…``.
    """
    tried = trial(tx)
    found = bulk.perform(call, tried, run, targets, own=own, **args)
    outcomes = (_outcome(tx, tried, ticket) for ticket, _ in found.done)
    return Whatif(tuple(outcomes), found.refused, call.at)


def _outcome(tx: Transaction, tried: Transaction, ticket: TicketId) -> Outcome:
    before, after = tx.tickets.timers(ticket), tried.tickets.timers(ticket)
    return Outcome(ticket, moves(before, after), decisive(before), decisive(after))


def moves(before: Sequence[Timer], after: Sequence[Timer]) -> tuple[Moved, ...]:
    """The timers that stand otherwise, as far as they are unmet before or after; the next due first."""
    known = {(timer.metric, timer.cycle): timer for timer in before}
    new = {(timer.metric, timer.cycle): timer for timer in after}
    pairs = (Moved(key[0], known.get(key), new.get(key)) for key in dict.fromkeys((*known, *new)))
    found = [pair for pair in pairs if _counts(pair) and _stands(pair.before) != _stands(pair.after)]
    return tuple(sorted(found, key=_pressing))


def late(timer: Timer | None, now: Instant) -> bool:
    """Whether a timer is, or ended, late."""
    if timer is None:
        return False
    if timer.unmet:
        return timer.breached_at is not None or (timer.due is not None and timer.due < now)
    return timer.late


def _counts(pair: Moved) -> bool:
    return any(timer is not None and timer.unmet for timer in (pair.before, pair.after))


def _stands(timer: Timer | None) -> tuple[object, ...]:
    """What somebody sees of a timer."""
    if timer is None:
        return ()
    return (timer.state, timer.due, timer.remaining if timer.due is None else 0)


def _pressing(pair: Moved) -> tuple[bool, int, str]:
    due = pair.after.due if pair.after is not None else None
    return (due is None, due or 0, pair.metric.value)
