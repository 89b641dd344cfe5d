"""What somebody has worked on, by process: evidence of whether they are ready for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain import processes
from supporttui.domain.events import Acknowledged, Fact, State, StateChanged, Undone
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.spans import Instant
from supporttui.domain.undoing import taken_back
from supporttui.usecases.ports import Transaction
from supporttui.usecases.real import real
from supporttui.usecases.rules import Rules, rules_of

DAYS = 365
"""Days that are looked back where none are given."""
_WORK = ("noted", "replied", "state", "acknowledged", "procedure", "undone")
_ENDS = (State.resolved, State.closed)


@dataclass(frozen=True, slots=True)
class Exposed:
    """What one person did about one process; or, where a ticket is about none, in one service and category."""

    process: str
    """By name; empty: no process is about it."""
    service: str
    """By name."""
    category: str
    tickets: int
    """Worked on: noted, answered, acknowledged, moved on, or a step of a procedure done."""
    ended: int
    """Of these resolved or closed by the person."""
    last: Instant


def of(tx: Transaction, person: PersonId, now: Instant, *, days: int = DAYS) -> tuple[Exposed, ...]:
    """What a person worked on in the last days, the most first. Drills and void tickets do not count.

    A ticket that is about several processes counts for each.
    """
    rules, since = rules_of(tx), Instant(now - days * 86_400)
    work = _work(tx, person, since)
    rows = {row.id: row for row in tx.tickets.rows(work) if not row.void}
    groups: dict[tuple[str, str, str], list[TicketId]] = {}
    for row in rows.values():
        for group in _groups(rules, row):
            groups.setdefault(group, []).append(row.id)
    found = (_exposed(group, [work[ticket] for ticket in tickets]) for group, tickets in groups.items())
    return tuple(sorted(found, key=lambda one: (-one.tickets, one.process, one.service, one.category)))


def _work(tx: Transaction, person: PersonId, since: Instant) -> Mapping[TicketId, Sequence[Fact]]:
    """Ticket → what the person did to it, without what was taken back."""
    facts = tx.journal.of_kinds(_WORK, since=since)
    undone = taken_back(facts)
    stands = (fact for fact in facts if fact.operation not in undone and not isinstance(fact.event, Undone))
    mine = [fact for fact in stands if _is_by(fact, person)]
    found: dict[TicketId, list[Fact]] = {}
    for fact in real(tx, mine):
        found.setdefault(fact.ticket, []).append(fact)
    return found


def _is_by(fact: Fact, person: PersonId) -> bool:
    return (fact.event.by if isinstance(fact.event, Acknowledged) else fact.actor) == person


def _groups(rules: Rules, row: QueueRow) -> Iterator[tuple[str, str, str]]:
    service = rules.services.get(row.service)
    name = row.service if service is None else service.name
    about = processes.about(rules.tx.definitions.processes(), row.service, row.category)
    yield from ((one.name, name, row.category) for one in about)
    if not about:
        yield "", name, row.category


def _exposed(group: tuple[str, str, str], work: Sequence[Sequence[Fact]]) -> Exposed:
    process, service, category = group
    return Exposed(
        process, service, category, len(work), sum(any(map(_ends, facts)) for facts in work),
        max(fact.at for facts in work for fact in facts),
    )  # fmt: skip


def _ends(fact: Fact) -> bool:
    return isinstance(fact.event, StateChanged) and fact.event.state in _ENDS
