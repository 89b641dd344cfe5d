"""The world as the journal tells it: rebuilt at an instant, or held against what is stored."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import chain, groupby

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.escalation.turns import turns
from supporttui.domain.events import Fact, Opened
from supporttui.domain.exchange.review import Entry, Verdict
from supporttui.domain.faults import NotFound, SupportError
from supporttui.domain.handover.changing import as_of
from supporttui.domain.ids import PolicyId, RotaId, TicketId
from supporttui.domain.periods.hours import parts_of
from supporttui.domain.queue import EVERYTHING, VOID, Node, Op, Or, QueueRow, SortBy, Term
from supporttui.domain.rota.swaps import SwapRequest, SwapState
from supporttui.domain.sla.timer import Timer, lost_breaches, sort_key
from supporttui.domain.spans import BEGINNING, FOREVER, Instant
from supporttui.usecases.criteria import look_again
from supporttui.usecases.messages import breaches
from supporttui.usecases.ports import Call, Definition, Escalation, Transaction, Versioned
from supporttui.usecases.readings import of_row, of_steps, of_texts
from supporttui.usecases.record import escalations_of, keep, record, refolded, timers_of
from supporttui.usecases.rules import Rules, rules_of

BATCH = 500
"""Rows read at once while every ticket is looked at."""
OPEN = Term("is", Op.eq, ("open",))
ALL = Or((EVERYTHING, VOID))
"""Void tickets too."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that is not what the facts say."""

    ticket: TicketId
    what: str
    """A field of the ticket or of its row in the queue, ``timers``, ``sort``, ``escalation``, ``due step``,
    ``page`` (paged by a fact, never queued), ``missing`` (the ticket), or ``facts`` (none, or none to fold)."""
    stored: str
    replayed: str


def rebuild(source: Transaction, target: Transaction, until: Instant) -> int:
    """Fill an empty store with the world as it was at ``until``; how many tickets it had.

    Facts up to and at that instant are folded; definitions come with all versions, which say themselves
    from when they hold. Nothing is queued in the outbox.
    """
    return fold_past(gather_past(source, target, until), target, until)


def gather_past(source: Transaction, target: Transaction, until: Instant) -> Sequence[Fact]:
    """All that ``fold_past`` needs of the source: a reader that stayed would hold up its writers."""
    copy_definitions(source, target, until)
    return tuple(source.journal.each(until=until))


def fold_past(facts: Sequence[Fact], target: Transaction, until: Instant) -> int:
    """Fill a store that has the definitions with the tickets of these facts; how many it had."""
    rules = rules_of(target)
    count = 0
    for story in _by_ticket(facts):
        if any(isinstance(fact.event, Opened) for fact in story):
            _rebuild_one(target, rules, story, until)
            count += 1
    for name, place in turns(facts, partial(_policy, rules)).items():
        target.escalations.point(name, place)
    return count


def _policy(rules: Rules, policy: PolicyId, version: int) -> Policy | None:
    try:
        return rules.policy(policy, version)
    except NotFound:
        return None


def copy_definitions(source: Transaction, target: Transaction, until: Instant = FOREVER) -> None:
    """Everything that the site has agreed, version by version, into an empty store; of rotas what was known then."""
    here, there = source.definitions, target.definitions
    there.put_site(here.site())
    alone: Iterable[Definition] = (
        *here.teams(), *here.people(), *here.services(), *here.templates(), *here.processes(), *here.tasks(),
        *here.sources(), *here.beats(), *here.lessons(),
    )  # fmt: skip
    for one in alone:
        there.put(getattr(one, "id"), one)  # noqa: B009  a union without a common base
    for key, version in _versioned(source):
        there.put(key, version.value, valid_from=version.valid_from)
    for rota in here.rotas():
        copy_rota(source, target, rota, until)
    for absence in source.rotas.absences(BEGINNING, FOREVER):
        target.rotas.put_absence(absence)
    for swap in source.rotas.swaps(since=BEGINNING):
        if swap.created_at <= until:
            target.rotas.put_swap(_untaken(swap, until), over=None)
    target.exchange.put_entries([_undecided(one, until) for one in source.exchange.entries() if one.found_at <= until])
    _copy_handovers(source, target, until)
    for view in source.views.all():
        target.views.insert(view)


def _copy_handovers(source: Transaction, target: Transaction, until: Instant) -> None:
    """As far as they had come; nobody is told of them there."""
    for known in source.handovers.newest():
        if known.value.opened_at <= until:
            then = as_of(known.value, until)
            target.handovers.put(then, due=then.joint.takes.end if then.is_open else None, over=None)


def _undecided(entry: Entry, until: Instant) -> Entry:
    """An entry as it stood, if somebody decided about it only later."""
    if entry.decided_at is None or entry.decided_at <= until:
        return entry
    return replace(entry, verdict=Verdict.pending, decided_by="", decided_at=None)


def _untaken(swap: SwapRequest, until: Instant) -> SwapRequest:
    """A request as it stood, if it was taken only later."""
    if swap.taken_at is None or swap.taken_at <= until:
        return swap
    return replace(swap, state=SwapState.asked, taken_by=None, taken_at=None, approved_by=None)


def copy_rota(source: Transaction, target: Transaction, rota: RotaId, until: Instant) -> None:
    """What lies over the versions of a rota, and its recorded duty."""
    for override in source.definitions.overrides(rota):
        if override.created_at <= until:
            target.definitions.put(rota, override)
    for number, period in enumerate(source.rotas.pinned(rota)):
        target.rotas.pin(rota, period, created_at=Instant(number))  # their order is all that it says
    records = source.rotas.records(rota, BEGINNING, FOREVER)
    target.rotas.add_records([record for record in records if record.recorded_at <= until])


def restore(tx: Transaction, tell: Callable[[int], None] = lambda _: None) -> int:
    """Make every ticket of an empty database from the facts that were written into it; how many there are.

    ``tell`` hears how many are made. The version of a ticket counts the operations that wrote it.
    """
    rules, now, count = rules_of(tx), tx.now(), 0
    number = TicketId(0)
    while numbers := tx.archive.tickets(after=number, most=BATCH):
        for number in numbers:
            facts = tx.journal.of_ticket(number)
            ticket = refolded(facts, version=len({fact.operation for fact in facts}))
            keep(tx, None, ticket, facts=facts, rules=rules, now=now)
            tx.journal.claim(facts)
        count += len(numbers)
        tx.archive.settle()
        tell(count)
    return count


def differences(tx: Transaction) -> tuple[Difference, ...]:
    """Where stored readings are not what the facts say; nothing, if all is well. Linear in history."""
    rules = rules_of(tx)
    told = sorted({fact.ticket for fact in tx.journal.each()})
    shown = {row.id for row in _rows(tx, OPEN)}
    unheard = sorted({row.id for row in _rows(tx, ALL)}.difference(told))
    compared = (_compare(tx, rules, tx.journal.of_ticket(ticket), shown) for ticket in told)
    return (
        *(found for differences in compared for found in differences),
        *(Difference(ticket, "facts", str(ticket), "") for ticket in unheard),
    )


def refold(call: Call, tx: Transaction) -> int:
    """Rewrite the timers of open tickets that stand otherwise than their facts say; how many.

    For a change of service hours, promises or policies, in the transaction that makes it. What is breached by then
    stays breached: a fact of its own keeps it.
    """
    rules = rules_of(tx)
    return sum(_refold_one(call, tx, rules, row.id) for row in _rows(tx, OPEN))


def _rows(tx: Transaction, query: Node) -> Iterator[QueueRow]:
    last = None
    while rows := tx.tickets.page(query, now=BEGINNING, me=None, sort=SortBy.number, limit=BATCH, offset_row=last):
        yield from rows
        last = rows[-1]


def _refold_one(call: Call, tx: Transaction, rules: Rules, number: TicketId) -> bool:
    ticket = tx.tickets.get(number)  # before its facts: one that comes in between is a conflict, and not lost
    facts = tx.journal.of_ticket(number)
    timers, known = timers_of(rules, facts), tx.tickets.timers(number)
    look_again(rules, ticket, facts=facts, timers=timers, now=call.at)
    if set(timers) == set(known):
        return False
    if lost := lost_breaches(known, timers, call.at):
        record(call, tx, ticket, lost, rules=rules)
    else:
        tx.tickets.save(ticket, timers, sort_key(timers), expected=ticket.version)
        tx.outbox.add(tuple(breaches(rules, ticket, timers, call.at)))
    return True


def _rebuild_one(target: Transaction, rules: Rules, facts: list[Fact], until: Instant) -> None:
    ticket = refolded(facts, version=1)
    keep(target, None, ticket, facts=facts, rules=rules, now=until)
    target.journal.append(facts)


def _by_ticket(facts: Iterable[Fact]) -> Iterator[list[Fact]]:
    """The facts of each ticket, by its number."""
    everything = sorted(facts, key=lambda fact: (fact.ticket, fact.at, fact.seq))
    for _, group in groupby(everything, key=lambda fact: fact.ticket):
        yield list(group)


def _versioned(source: Transaction) -> Iterator[tuple[str, Versioned[Definition]]]:
    here = source.definitions
    versioned = (
        here.calendars(), here.target_sets(), here.matrices(), here.periods(), here.rotas(), here.policies(),
        here.procedures(),
    )  # fmt: skip
    for kind in versioned:
        for key, versions in kind.items():
            for version in versions:
                yield key, Versioned(version.value, version.version, version.valid_from)


def _compare(tx: Transaction, rules: Rules, facts: Sequence[Fact], shown: Collection[TicketId]) -> Iterator[Difference]:
    number = facts[0].ticket
    try:
        stored = tx.tickets.get(number)
    except NotFound:
        yield Difference(number, "missing", "", str(number))
        return
    try:
        replayed = refolded(facts, version=stored.version)
        timers = timers_of(rules, facts)
        escalations = escalations_of(rules, replayed, facts, replayed.updated_at)
    except SupportError as fault:
        yield Difference(number, "facts", "", str(fault))
        return
    for field in fields(replayed):
        yield from _differs(number, field.name, getattr(stored, field.name), getattr(replayed, field.name))
    known = tx.tickets.timers(number)
    yield from _differs(number, "timers", _settled(known), _settled(timers))
    row = tx.tickets.rows([number])[0]
    yield from _differs(number, "sort", row.sort, sort_key(timers))
    held = tx.escalations.of_ticket(number)
    yield from _differs(number, "escalation", *_settled_escalations(held, escalations))
    of_queue = of_row(row, stored, known, held, shown=shown)
    for reading in chain(of_queue, of_texts(tx, replayed, facts), of_steps(tx, rules, held, facts)):
        yield from _differs(number, *reading)


def _settled_escalations(
    held: Sequence[Escalation], escalations: Sequence[Escalation]
) -> tuple[Sequence[Escalation], Sequence[Escalation]]:
    """Without what passes by itself, as with acknowledgements that run out: the state, and when it changes."""
    states = {one.kind: one.state for one in held}
    return (
        tuple(replace(one, due=None) for one in held),
        tuple(replace(one, due=None, state=states.get(one.kind, one.state)) for one in escalations),
    )


def _settled(timers: Iterable[Timer]) -> Sequence[Timer]:
    """Without what definitions that came later say of one that had stopped: when it would have been due.

    Nobody rewrites it for that; and the hours it counted in may have got special periods since.
    """
    return sorted((_as_stopped(timer) for timer in timers), key=repr)


def _as_stopped(timer: Timer) -> Timer:
    if timer.stopped is None:
        return timer
    calendar = parts_of(timer.calendar)[0] if timer.calendar is not None else None
    ahead = timer.due is None or timer.due > timer.stopped
    return timer._replace(calendar=calendar, due=None if ahead else timer.due)


def _differs(ticket: TicketId, what: str, stored: object, replayed: object) -> Iterator[Difference]:
    if stored != replayed:
        yield Difference(ticket, what, str(stored), str(replayed))
