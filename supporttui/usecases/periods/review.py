"""What becomes of a special period that ended: kept, extended or dropped, and the tickets that it leaves open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from supporttui.domain.access import Permission
from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import ServiceId, TeamId, TicketId
from supporttui.domain.periods.period import Dates, Period, PeriodKind
from supporttui.domain.periods.plan import Occurrence
from supporttui.domain.periods.teams import ends_with
from supporttui.domain.queue import And, Op, Or, SortBy, Term
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.bulk import Bulk, perform_if_none_is_refused
from supporttui.usecases.definitions.defining import define
from supporttui.usecases.handing import transfer
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.replay import refold
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.temporary import newest_periods

MOST = 200
"""Tickets that are listed of one period."""
_DAY = 86_400
_EVERY = 10_000
"""Tickets of a temporary team that are looked at in one go."""
_LOOK = 400 * _DAY
"""So long an end that nobody looked back on stays listed; what comes round, does so within."""


class Decision(StrEnum):
    """What becomes of a period that ended."""

    keep = "keep"
    """It was right, and is over; one that comes round comes round again."""
    extend = "extend"
    """It holds again, from now until a later date."""
    drop = "drop"
    """It is not to come again, and ends at once if it still lasts."""


@dataclass(frozen=True, slots=True)
class Review:
    """A period that has ended, or ends within a day, and that nobody has looked back on."""

    id: str
    name: str
    kind: PeriodKind
    services: tuple[ServiceId, ...]
    start: Instant
    end: Instant
    last: date
    """Its last date, in its zone."""
    ended: bool
    tickets: tuple[TicketId, ...]
    """Opened while it lasted, and still open: at most ``MOST``, the most pressing first."""
    choices: tuple[Decision, ...] = tuple(Decision)
    team: TeamId | None = None
    """The temporary team that ends with it."""
    homeless: tuple[TicketId, ...] = ()
    """Open and still with that team: each needs another one, before anything is decided but to extend."""


def review(tx: Transaction, now: Instant) -> tuple[Review, ...]:
    """The periods that ended, or end within a day, and wait for somebody to decide; the oldest first.

    Those by a rule come round by themselves and are not asked about, unless the last of them is over.
    """
    rules = rules_of(tx)
    return tuple(_review(rules, one, now) for one in unreviewed(tx, now))


def unreviewed(tx: Transaction, now: Instant) -> tuple[Occurrence, ...]:
    """The latest occurrences of periods that ended, or will within a day, and wait for a decision, by their ends."""
    plan = tx.definitions.plan()
    newest = {key: versions[-1].value for key, versions in tx.definitions.periods().items()}
    to_come = {one.period.id for one in plan.touching(Span(now, Instant(now + _LOOK))) if one.span.start > now}
    latest: dict[str, Occurrence] = {}
    for one in plan.touching(Span(Instant(now - _LOOK), Instant(now + 1))):
        if one.period.id not in latest or one.span.end > latest[one.period.id].span.end:
            latest[one.period.id] = one
    waiting = (
        one
        for key, one in latest.items()
        if one.span.end <= now + _DAY and _waits(newest[key], one, comes_again=key in to_come)
    )
    return tuple(sorted(waiting, key=lambda one: (one.span.end, one.period.id)))


def _waits(newest: Period, ended: Occurrence, *, comes_again: bool) -> bool:
    looked_back = newest.reviewed is not None and ended.last <= newest.reviewed
    by_itself = newest.rule is not None and (newest.until is None or comes_again)
    return newest.active and not looked_back and not by_itself


def _review(rules: Rules, one: Occurrence, now: Instant) -> Review:
    period = one.period
    return Review(
        id=period.id, name=period.name, kind=period.kind, services=period.services, start=one.whole.start,
        end=one.span.end, last=one.last, ended=one.span.end <= now, tickets=tuple(_open_ones(rules, one, now)),
        team=period.team, homeless=homeless(rules.tx, period, now),
    )  # fmt: skip


def _open_ones(rules: Rules, one: Occurrence, now: Instant) -> Iterable[TicketId]:
    services = tuple(key for key in rules.services if one.period.covers(key))
    query = And((
        Term("is", Op.eq, ("open",)), Term("service", Op.eq, services),
        Term("created", Op.ge, (one.whole.start,)), Term("created", Op.lt, (one.span.end,)),
    ))  # fmt: skip
    rows = rules.tx.tickets.page(query, now=now, me=None, sort=SortBy.sla, limit=MOST) if services else ()
    return (row.id for row in rows)


def homeless(tx: Transaction, period: Period, now: Instant) -> tuple[TicketId, ...]:
    """The open tickets that are with the team that ends with a period, the most pressing first."""
    if period.team is None:
        return ()
    last = ends_with(newest_periods(tx), period.team)
    if last is not None and last.id != period.id:
        return ()
    held = Or((Term("team", Op.eq, (period.team,)), Term("resolver", Op.eq, (period.team,))))
    query = And((Term("is", Op.eq, ("open",)), held))
    return tuple(row.id for row in tx.tickets.page(query, now=now, me=None, sort=SortBy.sla, limit=_EVERY))


def rehome(call: Call, tx: Transaction, period: str, team: TeamId) -> Bulk[Ticket]:
    """Give every open ticket of a period's team to another team inside: all of them, or none.

    Raises:
        NotFound: ``period.unknown`` or ``team.unknown``.
        Refused: ``period.no_team``, ``period.nothing_left``, ``period.home_outside``, or what the first ticket
            refuses that cannot be handed over.
    """
    found = _newest(tx, period)
    if found.team is None:
        raise Refused("period.no_team", period=period)
    if team in rules_of(tx).outside:
        raise Refused("period.home_outside", team=team)
    targets = [(ticket, None) for ticket in homeless(tx, found, call.at)]
    if not targets:
        raise Refused("period.nothing_left", team=found.team)
    done = perform_if_none_is_refused(call, tx, transfer, targets, team=team)
    if done.refused:
        raise done.refused[0][1]
    return done


def _newest(tx: Transaction, period: str) -> Period:
    versions = tx.definitions.periods().get(period)
    if not versions:
        raise NotFound("period.unknown", period=period[:60])
    return versions[-1].value


def decide(call: Call, tx: Transaction, period: str, decision: Decision, *, until: date | None = None) -> int:
    """What becomes of a period that is to be looked back on; the number of its new version.

    ``until`` is the new last date of one that is extended. Raises as ``decided`` does.
    """
    version = define(call, tx, period, decided(call, tx, period, decision, until=until))
    refold(call, tx)
    return version


def decided(call: Call, tx: Transaction, period: str, decision: Decision, *, until: date | None = None) -> Period:
    """The version that a decision makes; nothing is written.

    Raises:
        NotFound: ``period.unknown``.
        Refused: ``period.nothing`` where there is nothing to decide, ``period.homeless`` while its team has tickets.
        BadInput: ``period.until`` without a later date.
        Forbidden: ``access.denied`` or ``access.unknown_person``.
    """
    require(call, tx, Permission.configure)
    newest = _newest(tx, period)
    found = next((one for one in unreviewed(tx, call.at) if one.period.id == period), None)
    if found is None:
        raise Refused("period.nothing", period=period)
    left = () if decision is Decision.extend else homeless(tx, newest, call.at)
    if left:
        raise Refused("period.homeless", n=len(left), team=newest.team or "", period=period)
    return _with_decision(newest, found, decision, until)


def _with_decision(period: Period, ended: Occurrence, decision: Decision, until: date | None) -> Period:
    if decision is Decision.keep:
        return replace(period, reviewed=ended.last)
    if decision is Decision.drop:
        return replace(period, reviewed=ended.last, active=False)
    if until is None or until <= ended.last:
        raise BadInput("period.until", last=str(ended.last), found=str(until or ""))
    if any(dates.last == ended.last and not dates.yearly for dates in period.dates):
        longer = (replace(dates, last=until) if dates.last == ended.last else dates for dates in period.dates)
        return replace(period, dates=tuple(longer))
    return replace(period, dates=(*period.dates, Dates(ended.last + timedelta(days=1), until)))
