"""Criteria of escalation for a ticket: what each measures now, when the next one will hold, and how often they did."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.escalation.criteria import Measured, holds_from, measured
from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.escalation.gauges import Held, Subject
from supporttui.domain.escalation.policy import Policy
from supporttui.domain.events import CriterionHeld, Fact
from supporttui.domain.ids import PolicyId, TicketId
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket, apply, from_opening, open_ticket
from supporttui.usecases.ports import Transaction
from supporttui.usecases.real import real
from supporttui.usecases.rules import Rules, in_force, rules_of

AHEAD = 400 * 86_400
"""Seconds for which special periods are looked ahead, and back."""
DAYS = 90
"""Days of a report where none are given."""
ENOUGH = 10
"""Fewer tickets than these say nothing of a criterion."""
ALWAYS = 90
"""Percent of the tickets a policy watches over from which on a criterion as good as always holds."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """One criterion of a policy for one ticket."""

    policy: Policy
    measured: Measured
    at: Instant | None
    """When it will hold if nothing else happens; in the past or now: it does; ``None``: not in sight."""
    held: tuple[Held, ...]
    """When it did since the ticket was opened or reopened."""


def policies(rules: Rules, ticket: Ticket, at: Instant) -> tuple[Policy, ...]:
    """Those that watch over a ticket, functional and hierarchical, in their versions of that instant."""
    known = rules.tx.definitions.policies()
    found = (in_force(known.get(key, ()), at) for key in rules.policies_of(ticket, at).values())
    return tuple(version.value for version in found if version is not None)


def look_again(rules: Rules, ticket: Ticket, *, facts: Sequence[Fact], timers: Sequence[Timer], now: Instant) -> None:
    """Let the watch look when the first criterion will hold if nothing else happens; at once if one does.

    A look that is left of a policy without criteria is taken back when it comes.
    """
    criteria = [one for policy in policies(rules, ticket, now) for one in policy.criteria]
    if criteria:
        at = _next_look(rules, ticket, criteria, facts=facts, timers=timers, now=now)
        rules.tx.looks.put(ticket.id, at)


def _next_look(
    rules: Rules,
    ticket: Ticket,
    criteria: Sequence[Criterion],
    *,
    facts: Sequence[Fact],
    timers: Sequence[Timer],
    now: Instant,
) -> Instant | None:
    if not ticket.is_open:
        return None
    subject = subject_of(rules, ticket, facts=facts, timers=timers, now=now)
    found = (holds_from(one, subject, now) for one in criteria)
    return min((at for at in found if at is not None), default=None)


def subject_of(
    rules: Rules, ticket: Ticket, *, facts: Sequence[Fact], timers: Sequence[Timer], now: Instant
) -> Subject:
    """What criteria look at of a ticket; its facts in any order."""
    around = Span(Instant(max(0, now - AHEAD)), Instant(now + AHEAD))
    occurrences = rules.tx.definitions.plan().touching(around, ticket.service)
    return Subject(
        ticket, timers, rules.hours, rules.calendar(ticket),
        unanswered=_unanswered(facts) if ticket.acknowledged_by is None else None,
        periods=tuple((one.period.id, one.span) for one in occurrences), held=_held(facts),
    )  # fmt: skip


def gauges(tx: Transaction, ticket: TicketId, now: Instant) -> tuple[Gauge, ...]:
    """Every criterion of the policies that watch over a ticket, those that hold or nearly do first."""
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    facts = tx.journal.of_ticket(ticket)
    subject = subject_of(rules, found, facts=facts, timers=tx.tickets.timers(ticket), now=now)
    read = [
        Gauge(policy, measured(one, subject, now), holds_from(one, subject, now), tuple(subject.held.get(one.id, ())))
        for policy in policies(rules, found, now)
        for one in policy.criteria
    ]
    return tuple(sorted(read, key=_rank))


def _rank(gauge: Gauge) -> tuple[bool, bool, Instant]:
    return (not gauge.measured.holds, not gauge.measured.nearly, gauge.at or Instant(2**53))


# --- from the facts -----------------------------------------------------------------------------------


def _life(facts: Sequence[Fact]) -> Sequence[Fact]:
    """What was since the ticket was opened or last reopened."""
    opening, rest = from_opening(facts)
    ticket, life = open_ticket(opening), [opening]
    for fact in rest:
        after = apply(ticket, fact)
        life = [fact] if after.reopened > ticket.reopened else [*life, fact]
        ticket = after
    return life


def _held(facts: Sequence[Fact]) -> Mapping[str, Sequence[Held]]:
    """By criterion, of the facts since the ticket was opened or last reopened."""
    if not any(isinstance(fact.event, CriterionHeld) for fact in facts):
        return {}
    facts = _life(facts)
    found: dict[str, list[Held]] = {}
    for fact in facts:
        if isinstance(fact.event, CriterionHeld):
            found.setdefault(fact.event.criterion, []).append(Held(fact.at, fact.event.value))
    return found


def _unanswered(facts: Sequence[Fact]) -> Instant | None:
    """Since when nobody has acknowledged it: a step that is taken meanwhile does not begin it anew."""
    opening, rest = from_opening(facts)
    ticket = open_ticket(opening)
    since: Instant | None = opening.at
    for fact in rest:
        after = apply(ticket, fact)
        if after.acknowledged_by is not None:
            since = None
        elif since is None or after.reopened > ticket.reopened:
            since = fact.at
        ticket = after
    return since


# --- how often ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """How often a criterion of a policy's newest version held in some days."""

    policy: PolicyId
    policy_name: str
    criterion: Criterion
    tickets: int
    """Opened in these days with a service that the policy watches over."""
    held: int
    """Of these and older ones, for which it held at least once in these days."""

    @property
    def never(self) -> bool:
        """There was enough to see, and it never held."""
        return self.tickets >= ENOUGH and not self.held

    @property
    def always(self) -> bool:
        """It holds for nearly everything, and so tells nothing apart."""
        return self.tickets >= ENOUGH and self.held * 100 >= self.tickets * ALWAYS


def report(tx: Transaction, now: Instant, *, days: int = DAYS) -> tuple[Counted, ...]:
    """Every criterion of every policy: a criterion that never or always holds is a defect."""
    since = Instant(now - days * 86_400)
    opened, held = _opened(tx, since), _holding(tx, since)
    return tuple(_counted(tx, opened, held))


def _opened(tx: Transaction, since: Instant) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for fact in tx.journal.of_kinds(("opened",), since=since):
        service = getattr(fact.event, "service", "")
        if not getattr(fact.event, "drill", False):
            counts[service] = counts.get(service, 0) + 1
    return counts


def _holding(tx: Transaction, since: Instant) -> Mapping[tuple[PolicyId, str], frozenset[TicketId]]:
    found: dict[tuple[PolicyId, str], set[TicketId]] = {}
    for fact in real(tx, tx.journal.of_kinds(("criterion",), since=since)):
        assert isinstance(fact.event, CriterionHeld)
        found.setdefault((fact.event.policy, fact.event.criterion), set()).add(fact.ticket)
    return {key: frozenset(tickets) for key, tickets in found.items()}


def _counted(
    tx: Transaction, opened: Mapping[str, int], held: Mapping[tuple[PolicyId, str], frozenset[TicketId]]
) -> Iterator[Counted]:
    services = tx.definitions.services()
    for key, versions in sorted(tx.definitions.policies().items()):
        policy = versions[-1].value
        watched = (one.id for one in services if key in (one.policy, one.management))
        tickets = sum(opened.get(service, 0) for service in watched)
        for one in policy.criteria:
            yield Counted(key, policy.name, one, tickets, len(held.get((key, one.id), ())))
