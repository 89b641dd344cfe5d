"""What duty costs each person, who could take some of it, and who is on duty while away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from supporttui.domain.access import Permission, may
from supporttui.domain.ids import RotaId
from supporttui.domain.rota.absences import Absence, Conflict, conflicts
from supporttui.domain.rota.ledger import Entry, ledger
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.suggestions import Suggestion, suggestions
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.certified import on_rota
from supporttui.usecases.rota.looking import chosen
from supporttui.usecases.rota.reading import Standing, names, snapshot
from supporttui.usecases.rota.recording import Mismatch, mismatches
from supporttui.usecases.rules import Rules, rules_of

LIMIT = "on_call_limit"
"""The setting of the site: the share of a period, in per cent, that a person may be on duty without a warning."""
USUAL_LIMIT = 25
AHEAD = 28 * 86_400
"""So far ahead suggestions look for duties to move."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What duty costs in a period: a line for each person, hardest first, and what would level it out."""

    span: Span
    entries: tuple[Entry, ...]
    limit: int
    """Per cent of the period on duty above which a line is marked."""
    suggestions: tuple[tuple[RotaId, Suggestion], ...] = ()
    """Coming duties, rota by rota."""
    mismatches: tuple[Mismatch, ...] = ()
    """Where the plan of today would say something else than what was recorded."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody on duty on a rota who is away then, with who could be there instead, the best first."""

    rota: RotaId
    rota_name: str
    conflict: Conflict
    names: Mapping[str, str]


def balance(
    tx: Transaction, start: Instant, end: Instant, *, now: Instant, rota: RotaId | None = None, limit: int | None = None
) -> Balance:
    """The ledger of a period over all rotas, or one; without a limit the site's holds.

    Raises:
        NotFound: ``rota.unknown``.
    """
    rules, span = rules_of(tx), Span(start, end)
    every = chosen(rules, now, rota)
    plans = [snapshot(rules, one.rota.id, since=start) or one.plan for one in every]
    on_duty = {person for plan in plans for piece in duty(plan, start, end) for person in piece.people}
    people = [person for key, person in rules.people.items() if key in on_duty]
    most = _limit(tx) if limit is None else limit
    entries = ledger(
        plans, span, people, pages=tx.rotas.paged(start, end), swaps=tx.rotas.swaps(since=start, rota=rota), limit=most
    )
    moves = tuple((one.rota.id, move) for one in every for move in _suggestions(rules, one, entries, now))
    named = names(rules, {*on_duty, *(person for _, move in moves for person in (move.person, move.to))})
    return Balance(span, entries, most, moves, mismatches(tx, start, min(end, now), rota), named)


def clashes(tx: Transaction, start: Instant, end: Instant, rota: RotaId | None = None) -> tuple[Clash, ...]:
    """Where somebody is on duty and away at once, on all rotas or one, by time.

    Raises:
        NotFound: ``rota.unknown``.
    """
    rules = rules_of(tx)
    return _clashes(rules, tx.rotas.absences(start, end), Span(start, end), rota)


def whatif_away(tx: Transaction, absence: Absence, now: Instant) -> tuple[Clash, ...]:
    """Where an absence that is not kept yet would meet duty, by time; nothing is written."""
    rules = rules_of(tx)
    span = Span(max(absence.start, now), absence.end)
    others = (one for one in tx.rotas.absences(span.start, span.end) if one.person != absence.person)
    found = _clashes(rules, (*others, absence), span, None)
    return tuple(clash for clash in found if clash.conflict.absence is absence)


def _clashes(rules: Rules, absences: Sequence[Absence], span: Span, rota: RotaId | None) -> tuple[Clash, ...]:
    able = [person for person in rules.people.values() if may(person.role, Permission.work) and person.contacts]
    found = [
        Clash(one.rota.id, one.rota.name, conflict, _named(rules, conflict))
        for one in chosen(rules, span.start, rota)
        for conflict in conflicts(
            one.plan, absences, span.start, span.end, people=able, processes=on_rota(rules, one.rota.id)
        )
    ]
    return tuple(sorted(found, key=lambda clash: (clash.conflict.span, clash.rota)))


def _named(rules: Rules, conflict: Conflict) -> dict[str, str]:
    proposed = (proposal.person for proposal in conflict.proposals)
    return names(rules, {conflict.person, *conflict.duty.people, *proposed, *(one.person for one in conflict.left_out)})


def _suggestions(rules: Rules, one: Standing, entries: tuple[Entry, ...], now: Instant) -> tuple[Suggestion, ...]:
    """Among those who have duty on this rota in the time to come."""
    end = Instant(now + AHEAD)
    planned = {person for piece in duty(one.plan, now, end) for person in piece.people}
    so_far = {entry.person: entry.balance for entry in entries if entry.person in planned}
    people = [person for key, person in rules.people.items() if key in planned]
    processes = on_rota(rules, one.rota.id)
    return suggestions(one.plan, now, end, people=people, so_far=so_far, processes=processes)


def _limit(tx: Transaction) -> int:
    told = tx.definitions.site().get(LIMIT, "")
    return int(told) if told.isdigit() else USUAL_LIMIT
