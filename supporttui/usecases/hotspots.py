"""Where most issues are, and which of them repeat so often that one cause is to be looked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.events import Event, Fact, Kind, Opened, RepeatsSeen
from supporttui.domain.hotspots import Spot, SpotBy, spots
from supporttui.domain.queue import And, Op, Or, SortBy, Term, Words
from supporttui.domain.repeats import DAYS as REPEAT_DAYS
from supporttui.domain.repeats import SILENT_DAYS, group, seen, telling, was_told
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.real import real
from supporttui.usecases.rules import rules_of

DAYS = 30
"""Days that are looked back where none are given."""
MOST_ROWS = 200
"""Tickets of a service and these days, with a word in common, that are compared with a new one."""
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Report:
    """The groups of tickets opened in some days, and what was seen to repeat."""

    since: Instant
    until: Instant
    spots: Mapping[SpotBy, tuple[Spot, ...]]
    repeats: tuple[Fact, ...]
    """Of ``RepeatsSeen``, newest first."""
    names: Mapping[str, str]
    """Of services and processes."""


def report(tx: Transaction, now: Instant, *, days: int = DAYS) -> Report:
    """By service, process, category and resolution, beside as many days before."""
    until = Instant(now + 1)  # what was opened now is known
    since, before = Instant(until - days * _DAY), Instant(until - 2 * days * _DAY)
    cells, earlier = tx.figures.opened(since=since, until=until), tx.figures.opened(since=before, until=since)
    processes = tx.definitions.processes()
    found = {by: spots(cells, earlier, by, processes=processes) for by in SpotBy}
    told = real(tx, tx.journal.of_kinds(("repeats",), since=since))
    names = {**rules_of(tx).names(), **{process.id: process.name for process in processes}}
    return Report(since, until, found, tuple(reversed(told)), names)


def repeats_of(tx: Transaction, opened: Opened, now: Instant) -> Sequence[Event]:
    """What is said on a new incident with which enough are alike; nothing for a group that was told lately."""
    if opened.kind is not Kind.incident or opened.drill:
        return ()
    since = Instant(now - REPEAT_DAYS * _DAY)
    words = tuple(Words(word, whole=True) for word in sorted(telling(opened.title)))
    if not words:
        return ()
    query = And((Term("service", Op.eq, (opened.service,)), Term("created", Op.ge, (since,)), Or(words)))
    rows = tx.tickets.page(query, now=now, me=None, sort=SortBy.number, limit=MOST_ROWS)
    found = group(opened, (row for row in rows if row.kind is Kind.incident and not (row.merged or row.drill)))
    if found is None or was_told(found, opened.service, _told(tx, Instant(now - SILENT_DAYS * _DAY))):
        return ()
    return (seen(found),)


def _told(tx: Transaction, since: Instant) -> Sequence[tuple[str, RepeatsSeen]]:
    facts = tx.journal.of_kinds(("repeats",), since=since)
    services = {row.id: row.service for row in tx.tickets.rows({fact.ticket for fact in facts})}
    return [(services.get(fact.ticket, ""), fact.event) for fact in facts if isinstance(fact.event, RepeatsSeen)]
