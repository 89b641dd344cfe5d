"""What is told of a drill, whether it ran by its own clock or by the real one; and the log of all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.drills import Course, Ended, Lack, course, ended
from supporttui.domain.events import Fact
from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.notices import DRILL
from supporttui.domain.queue import DRILL as DRILLS
from supporttui.domain.queue import SortBy
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.drills.lacking import lacks, policies_by_generation
from supporttui.usecases.ports import Notice, NoticeState, Transaction
from supporttui.usecases.rules import Rules, rules_of

MOST = 200
"""Drills in the log, the newest."""
_LEFT = (NoticeState.sent, NoticeState.bundled)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that left, or would have."""

    at: Instant
    code: str
    person: PersonId
    channel: str
    """As the person has it, also where the drill told nobody."""
    address: str
    step: int
    """0: no page of a step."""
    kind: EscalationKind
    round: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything about one drill."""

    ticket: Ticket
    course: Course
    ended: Ended
    sent: tuple[Sent, ...]
    """In their order."""
    lacks: tuple[Lack, ...]
    steps: Mapping[tuple[EscalationKind, int], str]
    """What steps are called."""
    policies: tuple[str, ...]
    """By name."""
    names: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether everybody would be reached."""
        return not any(one.is_serious for one in self.lacks)


@dataclass(frozen=True, slots=True)
class Logged:
    """One line of the log."""

    ticket: Ticket
    course: Course
    ended: Ended
    lacking: int
    """How many things were found by which somebody would not be reached."""
    names: Mapping[str, str]


def report(tx: Transaction, ticket: TicketId, now: Instant, *, languages: Sequence[str] = ()) -> Report:
    """How a drill went so far.

    Raises:
        NotFound: ``ticket.unknown``.
        Refused: ``drill.none``: it is a real ticket.
    """
    rules, found = rules_of(tx), tx.tickets.get(ticket)
    if not found.drill:
        raise Refused("drill.none", ticket=ticket)
    facts = tx.journal.of_ticket(ticket)
    policies = policies_by_generation(rules, facts)
    asked = languages or tuple(filter(None, (found.language,)))
    return Report(
        found, course(facts, found.resolved_at or now), _ended(tx, found),
        tuple(sorted(_sent(tx.outbox.of_ticket(ticket)), key=lambda one: (one.at, one.step, one.person))),
        lacks(rules, found, facts, languages=asked),
        {(one.kind, number): step.name for one in policies.values() for number, step in enumerate(one.steps, 1)},
        tuple(dict.fromkeys(one.name for one in policies.values())), rules.names(),
    )  # fmt: skip


def log(tx: Transaction, now: Instant) -> tuple[Logged, ...]:
    """All drills by the real clock, the newest first."""
    rules = rules_of(tx)
    rows = tx.tickets.page(DRILLS, now=now, me=None, sort=SortBy.created, reverse=True, limit=MOST)
    found = (tx.tickets.get(row.id) for row in rows)
    return tuple(sorted(_logged(rules, found, now), key=lambda one: -one.ticket.created_at))


def _logged(rules: Rules, drills: Iterator[Ticket], now: Instant) -> Iterator[Logged]:
    names = rules.names()
    for ticket in drills:
        facts: Sequence[Fact] = rules.tx.journal.of_ticket(ticket.id)
        serious = sum(one.is_serious for one in lacks(rules, ticket, facts))
        until = ticket.resolved_at or now
        yield Logged(ticket, course(facts, until), _ended(rules.tx, ticket), serious, names)


def _ended(tx: Transaction, ticket: Ticket) -> Ended:
    return ended([one.state for one in tx.escalations.of_ticket(ticket.id)], is_open=ticket.is_open)


def _sent(notices: Sequence[Notice]) -> Iterator[Sent]:
    for one in notices:
        if one.state in _LEFT:
            channel = str(one.params.get("instead", "")) if one.channel == DRILL else one.channel
            yield Sent(
                one.sent_at or one.not_before, one.code, one.person, channel, one.address,
                int(one.params.get("step", 0)),
                EscalationKind(str(one.params.get("kind", EscalationKind.functional.value))),
                int(one.params.get("round", 0)),
            )  # fmt: skip
