"""Who is told that the time for a ticket runs out, or is over: once a mark of a timer, and only while it is so."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from supporttui.domain.access import Permission
from supporttui.domain.escalation.policy import StepTarget, TargetKind
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.notices import LATE, WARNING, NoticeCode, of_team
from supporttui.domain.paging.contacts import first_contacts
from supporttui.domain.rota.snapshot import Snapshot
from supporttui.domain.rota.waking import tellable
from supporttui.domain.sla.marks import coming, marks, passed, tells_breach
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.joining import join_notices, stands
from supporttui.usecases.messages import TOLD, notice, of_same_breach
from supporttui.usecases.paging import is_reachable, people_behind
from supporttui.usecases.ports import Call, Mark, Notice, NoticeState, Transaction
from supporttui.usecases.rota import standings
from supporttui.usecases.rules import Rules, rules_of

STORM = 5
"""More notices than these to one contact point within one sweep leave as one."""
NOT_SO = "notice.no_warning"
"""Cause of one that is not sent: met, moved, paused, passed on, or overtaken by a later one."""
_ON_CALL = StepTarget(TargetKind.on_call)
_LEFT = (NoticeState.sending, NoticeState.sent)


@dataclass(slots=True)
class _Sweep:
    """What one sweep asks again and again."""

    call: Call
    rules: Rules
    _plans: list[Snapshot] = field(default_factory=list)

    @property
    def plans(self) -> Sequence[Snapshot]:
        """Of every rota; read when the first ticket asks."""
        if not self._plans:
            self._plans.extend(one.plan for one in standings(self.rules, self.call.at))
        return self._plans


def warn(call: Call, tx: Transaction, token: int, *, limit: int = 200) -> int:
    """Tell of what has passed by ``call.at`` on at most ``limit`` timers; how many were looked at.

    Of several marks of a timer that were missed only the latest is told. Who is asleep is told when their hours
    begin, if it is still so then, unless the target wakes. To whom more than ``STORM`` would leave, one leaves.

    Raises:
        Refused: ``lease.lost`` when the token is not the current one; nothing is told.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    sweep = _Sweep(call, rules_of(tx))
    found = tx.marks.due(call.at, limit)
    for mark in found:
        _look(sweep, mark)
    join_notices(tx, call.operation, more_than=STORM)
    return len(found)


def warn_one(call: Call, tx: Transaction, token: int, *, mark: Mark) -> int:
    """The same for one timer. Raises as it does."""
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    _look(_Sweep(call, rules_of(tx)), mark)
    return 1


def park(call: Call, tx: Transaction, token: int, *, mark: Mark, seconds: int) -> int:
    """Look at a timer only later, as now it cannot be done; none was looked at. Raises as ``warn`` does."""
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    timer = _timer(tx, mark.ticket, mark.metric.value, mark.cycle)
    if timer is not None:
        tx.marks.look(mark.ticket, [timer], Instant(call.at + seconds))
    return 0


def is_wanted(rules: Rules, told: Notice, now: Instant) -> bool:
    """Whether what is about to be sent is still so, and still for this person."""
    assert told.ticket is not None
    ticket, timer = rules.tx.tickets.get(told.ticket), _told_timer(rules.tx, told)
    if timer is None or not _is_told_of(ticket) or told.person not in recipients(rules, ticket, now):
        return False
    return passed(timer, max(now, told.not_before)) == told.params.get("mark")


def take_back(rules: Rules, told: Notice, now: Instant) -> None:
    """It will not leave: the watch looks at its timer again, for whoever it concerns then.

    Who follows the ticket, and was not told of its breach because of this, is told.
    """
    timer = _told_timer(rules.tx, told)
    if timer is not None and told.ticket is not None and marks(timer):
        rules.tx.marks.look(told.ticket, [timer], now)
    instead = (one for one in of_same_breach(rules.tx, told) if one.error == TOLD)
    rules.tx.outbox.rewrite([replace(one, state=NoticeState.pending, error="") for one in instead])


def recipients(rules: Rules, ticket: Ticket, at: Instant) -> tuple[PersonId, ...]:
    """The owner, else who is on call for the service, else the team's leads: the first whom one can reach.

    If none can be reached, the first there are; so that it is given up visibly.
    """
    owner = () if ticket.owner is None else (ticket.owner,)
    on_call = tuple(people_behind(rules, ticket, _ON_CALL, at))
    leads = of_team(tuple(rules.people.values()), ticket.team, but="")
    ways = (owner, on_call, leads)
    reached = (tuple(person for person in way if is_reachable(rules, person)) for way in ways)
    return next((way for way in (*reached, *ways) if way), ())


def _look(sweep: _Sweep, known: Mark) -> None:
    """Tell of a timer what has passed, and say when to look at it again."""
    tx, now = sweep.rules.tx, sweep.call.at
    timer = _timer(tx, known.ticket, known.metric.value, known.cycle)
    if timer is None:
        return
    mark, again = passed(timer, now), coming(timer, now)
    try:
        ticket = tx.tickets.get(known.ticket)
    except NotFound:  # hidden from this login: nothing of it can be told
        tx.marks.move(known, timer, None)
        return
    if mark is not None and _is_told_of(ticket):
        later = _tell(sweep, ticket, timer, mark)
        again = min((at for at in (again, later) if at is not None), default=None)
    tx.marks.move(known, timer, again)


def _tell(sweep: _Sweep, ticket: Ticket, timer: Timer, mark: Instant) -> Instant | None:
    """Queue what is told of a mark, unless it was; the instant at which to look again for those who are asleep."""
    rules, now = sweep.rules, sweep.call.at
    base = _base(ticket.id, timer, mark)
    about = [one for one in rules.tx.outbox.of_ticket(ticket.id) if _is_about(one, base)]
    taken_back = sum(not stands(one) for one in about)
    if len(about) > taken_back:
        return None
    people = recipients(rules, ticket, now)
    when = {person: _when(sweep, ticket, timer, person) for person in people}
    awake = [person for person in people if when[person] <= now]
    if people and not awake:
        return min(when.values())
    key = f"{base}:again:{taken_back}" if taken_back else base
    rules.tx.outbox.add(
        tuple(one for person in awake for one in _notices(sweep, ticket, timer, mark=mark, person=person, key=key))
    )
    return None


def _when(sweep: _Sweep, ticket: Ticket, timer: Timer, person: PersonId) -> Instant:
    rules, now = sweep.rules, sweep.call.at
    target, known = rules.promise(timer.metric, ticket), rules.people.get(person)
    if known is None or (target is not None and target.wake):
        return now
    hours = rules.hours(rules.calendar(ticket))
    return tellable(person, known.zone, now, plans=sweep.plans, hours=hours)


def _notices(
    sweep: _Sweep, ticket: Ticket, timer: Timer, *, mark: Instant, person: PersonId, key: str
) -> Sequence[Notice]:
    late = tells_breach(timer, mark)
    due = timer.due if timer.due is not None else Instant(mark - 1)
    more = {"metric": timer.metric.value, "cycle": timer.cycle, "mark": mark, "due": due, "late": int(late)}
    told = (
        notice(
            sweep.rules, ticket, person, contact,
            code=NoticeCode.warning, key=key, not_before=sweep.call.at, operation=sweep.call.operation, more=more,
            priority=LATE if late else WARNING,
        )
        for contact in first_contacts(sweep.rules.people.get(person))
    )  # fmt: skip
    return [one for one in told if not _is_known(sweep.rules.tx, one, mark)]


def _is_known(tx: Transaction, told: Notice, mark: Instant) -> bool:
    """Whether the same contact point heard of this very mark, following the ticket, before it was anybody's to tell."""
    return any(one.state in _LEFT and one.params.get("due") == mark - 1 for one in of_same_breach(tx, told))


def _is_told_of(ticket: Ticket) -> bool:
    return ticket.is_open and not ticket.void and ticket.merged_into is None


def _base(ticket: TicketId, timer: Timer, mark: Instant) -> str:
    """What a mark is called for ever."""
    return f"warning:{ticket}:{timer.metric}:{timer.cycle}:{mark}"


def _is_about(told: Notice, base: str) -> bool:
    return told.code == NoticeCode.warning.value and told.key.startswith(f"{base}:")


def _told_timer(tx: Transaction, told: Notice) -> Timer | None:
    if told.ticket is None:
        return None
    return _timer(tx, told.ticket, str(told.params.get("metric")), int(told.params.get("cycle", 0)))


def _timer(tx: Transaction, ticket: TicketId, metric: str, cycle: int) -> Timer | None:
    found = (timer for timer in tx.tickets.timers(ticket) if (timer.metric.value, timer.cycle) == (metric, cycle))
    return next(found, None)
