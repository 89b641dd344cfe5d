"""Whether the watch does what it is there for: every escalation has a next step, every message moves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from supporttui.domain.access import Permission
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationState
from supporttui.usecases.access import require
from supporttui.usecases.passed import Escalation
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction, Trouble

OVERDUE = 120
"""Seconds after its time from which a step that was not taken, or a message that did not leave, is a trouble."""
SILENT = 180
"""Seconds after which the look itself is missed."""
FAILURES = 3
"""So often a page has failed, over some minutes, until it is a trouble that nobody got it."""
MOST = 20
"""So many of a kind are told; one would be enough to wake somebody."""
_LOOKED_AT = 200
_CALLS = (NoticeCode.page.value, NoticeCode.exhausted.value)


def troubles(tx: Transaction, now: Instant) -> tuple[Trouble, ...]:
    """What should have happened by itself and has not, whoever was to do it."""
    return (*_of_steps(tx, now), *_of_timers(tx, now), *_of_messages(tx, now))


def audit(
    call: Call, tx: Transaction, token: int, *, parked: Sequence[tuple[TicketId, Instant]] = ()
) -> tuple[Trouble, ...]:
    """Look, and keep what was found for every screen and for monitoring.

    ``parked`` are tickets whose step failed again and again, each with when it first did.

    Raises:
        Refused: ``lease.lost`` when the token is not the current one; nothing is kept.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    now = tx.now()
    given_up = {ticket for ticket, _ in parked}
    found = (one for one in troubles(tx, now) if one.code != "audit.step_overdue" or one.ticket not in given_up)
    kept = (*(Trouble("audit.parked", since, ticket) for ticket, since in parked[:MOST]), *found)
    tx.lease.audited(token, kept)
    return kept


def known(tx: Transaction, now: Instant) -> tuple[Trouble, ...]:
    """What is wrong with the work of the watch now, with what only its last look could know.

    A watch that leads and has not looked for ``SILENT`` seconds is a trouble too.
    """
    pulse = tx.lease.pulse()
    if pulse is None:
        return ()
    parked = tuple(one for one in pulse.troubles if one.code == "audit.parked")
    missed = pulse.audited_at is not None and now - pulse.audited_at > SILENT
    unseen = (Trouble("audit.not_audited", pulse.audited_at),) if missed and pulse.audited_at is not None else ()
    given_up = {one.ticket for one in parked}
    found = (one for one in troubles(tx, now) if one.code != "audit.step_overdue" or one.ticket not in given_up)
    return (*parked, *found, *unseen)


def _of_steps(tx: Transaction, now: Instant) -> Iterator[Trouble]:
    running = [one for one in tx.escalations.running() if one.state is EscalationState.running]
    lost = dict.fromkeys(one.ticket for one in running if one.due is None)  # a ticket may have two
    yield from (Trouble("audit.no_next_step", now, ticket) for ticket in islice(lost, MOST))
    late = _overdue(running, now).items()
    yield from (Trouble("audit.step_overdue", due, ticket) for ticket, due in islice(late, MOST))


def _overdue(running: Iterable[Escalation], now: Instant) -> Mapping[TicketId, Instant]:
    """Since when, the longest overdue first; of a ticket's two escalations the one that is longer."""
    late: dict[TicketId, Instant] = {}
    for one in running:
        if one.due is not None and one.due < now - OVERDUE:
            late.setdefault(one.ticket, one.due)
    return late


def _of_timers(tx: Transaction, now: Instant) -> Iterator[Trouble]:
    missed = tx.marks.due(Instant(now - OVERDUE - 1), MOST)
    yield from (Trouble("audit.warning_overdue", one.at, one.ticket) for one in missed)
    unseen = tx.looks.due(Instant(now - OVERDUE - 1), MOST)
    yield from (Trouble("audit.look_overdue", now, ticket) for ticket in unseen)


def _of_messages(tx: Transaction, now: Instant) -> Iterator[Trouble]:
    stuck = tx.outbox.stuck(Instant(now - OVERDUE), limit=MOST)
    yield from (Trouble("audit.message_stuck", one.not_before, one.ticket, one.key) for one in stuck)
    failing = (one for one in tx.outbox.in_states([NoticeState.failed], limit=_LOOKED_AT) if _reaches_nobody(tx, one))
    yield from (_failing(one) for one in islice(failing, MOST))
    yield from (_failing(one) for one in islice(_given_up(tx), MOST))


def _failing(page: Notice) -> Trouble:
    return Trouble("audit.page_failing", page.not_before, page.ticket, page.key)


def _given_up(tx: Transaction) -> Iterator[Notice]:
    """Of each escalation that is used up and reached nobody at all, the newest call that was given up."""
    for one in tx.escalations.running():
        if one.state is not EscalationState.exhausted:
            continue
        told = [call for call in tx.outbox.of_ticket(one.ticket) if call.code in _CALLS]
        told = [call for call in told if call.params.get("generation", one.generation) == one.generation]
        if not any(call.state is NoticeState.sent for call in told):
            yield from islice((call for call in told if call.state is NoticeState.dead), 1)


def _reaches_nobody(tx: Transaction, page: Notice) -> bool:
    """Whether a page fails again and again, and none of its step reached the person by another contact point."""
    if page.code not in _CALLS or page.attempts < FAILURES:
        return False
    about = (page.ticket, page.person, page.params.get("firing"))
    return not any(
        one.state is NoticeState.sent and (one.ticket, one.person, one.params.get("firing")) == about
        for one in tx.outbox.of_operation(page.operation)
    )
