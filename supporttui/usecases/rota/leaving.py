"""Somebody leaves, or stays after all: what that takes from every rota and leaves behind, before it is done."""

from dataclasses import dataclass, replace

from supporttui.domain.access import Permission
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.people import Person
from supporttui.domain.queue import And, Op, SortBy, Term
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.rota.edits import leaves_at
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.access import require
from supporttui.usecases.definitions.defining import define
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota.costs import Clash, whatif_away
from supporttui.usecases.rota.effects import Effect, effect
from supporttui.usecases.rota.reading import standings
from supporttui.usecases.rota.rights import begin
from supporttui.usecases.rota.telling import tell_changed
from supporttui.usecases.rota.wishes import HORIZON, Proposal
from supporttui.usecases.rules import Rules, rules_of

MOST = 200
"""Tickets that are listed of one person."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a bound of somebody's duty does; up to two months after it."""

    person: PersonId
    name: str
    at: Instant | None
    """From when on they are not on duty any more; ``None``: they stay."""
    effects: tuple[Effect, ...]
    """Rota by rota, where anything changes: shifts lost or given back, new gaps."""
    clashes: tuple[Clash, ...] = ()
    """Each duty that is left, with who could do it."""
    before: Instant | None = None
    """What was said before this."""
    tickets: tuple[TicketId, ...] = ()
    """Open and theirs: at most ``MOST``, the most pressing first. They stay theirs until somebody takes them."""


def whatif_leaves(tx: Transaction, person: PersonId, at: Instant | None, now: Instant) -> Leaving:
    """What it does that somebody leaves; without an instant, as the turns end that are under way for them.

    Raises:
        NotFound: ``person.unknown``.
        Refused: ``rota.past``.
    """
    rules = rules_of(tx)
    leaver = _known(rules, person)
    if at is not None and at < now:
        raise Refused("rota.past", end=at)
    end = _turns_end(rules, person, now) if at is None else at
    away = Absence("", person, end, Instant(end + HORIZON), AbsenceKind.leave)
    first = end if leaver.valid_to is None else min(end, max(now, leaver.valid_to))
    return Leaving(
        person, leaver.name, end, _effects(rules, replace(leaver, valid_to=end), Span(first, Instant(end + HORIZON))),
        clashes=whatif_away(tx, away, now), before=leaver.valid_to, tickets=_tickets(tx, person, now),
    )  # fmt: skip


def whatif_stays(tx: Transaction, person: PersonId, now: Instant) -> Leaving:
    """What it does that somebody who was to leave, or has left, stays.

    Raises:
        NotFound: ``person.unknown``.
        Refused: ``person.stays`` for somebody who does not leave.
    """
    rules = rules_of(tx)
    stayer = _known(rules, person)
    if stayer.valid_to is None:
        raise Refused("person.stays", person=stayer.name)
    first = max(now, stayer.valid_to)
    span = Span(first, Instant(first + HORIZON))
    return Leaving(
        person, stayer.name, None, _effects(rules, replace(stayer, valid_to=None), span), before=stayer.valid_to
    )


def leave(call: Call, tx: Transaction, person: PersonId, *, at: Instant | None = None) -> Leaving:
    """Let somebody's duty end: just what ``whatif_leaves`` told of it; whoever is concerned hears so.

    Raises as ``whatif_leaves`` does; Forbidden ``access.denied``; Refused ``operation.known``.
    """
    require(call, tx, Permission.configure)
    rules = begin(call, tx)
    return _bound(call, rules, whatif_leaves(tx, person, at, call.at))


def stay(call: Call, tx: Transaction, person: PersonId) -> Leaving:
    """Take it back that somebody leaves. Raises as ``whatif_stays`` does and ``leave``."""
    require(call, tx, Permission.configure)
    rules = begin(call, tx)
    return _bound(call, rules, whatif_stays(tx, person, call.at))


def _bound(call: Call, rules: Rules, found: Leaving) -> Leaving:
    leaver = _known(rules, found.person)
    define(call, rules.tx, found.person, replace(leaver, valid_to=found.at))
    for one in found.effects:
        tell_changed(call, rules, one)
    return found


def _known(rules: Rules, person: PersonId) -> Person:
    found = rules.people.get(person)
    if found is None:
        raise NotFound("person.unknown", person=person[:60])
    return found


def _turns_end(rules: Rules, person: PersonId, now: Instant) -> Instant:
    """As the last turn under way ends, of all rotas."""
    return max((leaves_at(one.plan, person, now) for one in standings(rules, now)), default=now)


def _effects(rules: Rules, changed: Person, span: Span) -> tuple[Effect, ...]:
    people = tuple(changed if one.id == changed.id else one for one in rules.people.values())
    found = (
        effect(rules, Proposal(one.rota.id, one.plan, replace(one.plan, people=people), span))
        for one in standings(rules, span.start)
    )
    return tuple(one for one in found if one.changes)


def _tickets(tx: Transaction, person: PersonId, now: Instant) -> tuple[TicketId, ...]:
    query = And((Term("is", Op.eq, ("open",)), Term("owner", Op.eq, (person,))))
    return tuple(row.id for row in tx.tickets.page(query, now=now, me=None, sort=SortBy.sla, limit=MOST))
