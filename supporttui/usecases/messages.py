"""Outbox rows from what somebody should hear: one for each contact point where that person is told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from supporttui.domain.events import Undone
from supporttui.domain.ids import DEFAULT_PREFIX, OperationId, PersonId
from supporttui.domain.notices import DRILL, QUIET, Hearing, NoticeCode, of_team
from supporttui.domain.paging.contacts import first_contacts as first_contacts  # noqa: PLC0414  re-exported
from supporttui.domain.people import ContactPoint
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import Instant
from supporttui.domain.states import Origin
from supporttui.domain.tickets import Ticket
from supporttui.usecases.joining import stands
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.rules import Rules

TOLD = "notice.told"
"""Cause of what the same contact point hears of the same breach in other words."""
_HANDING = (NoticeCode.assigned.value, NoticeCode.transferred.value)


def quiet(call: Call, rules: Rules, ticket: Ticket, hearing: Hearing) -> tuple[Notice, ...]:
    """The notices of something that can wait until it is read."""
    if hearing.team is not None:
        people = of_team(tuple(rules.people.values()), hearing.team, but=call.actor)
    else:
        people = (hearing.person,) if hearing.person is not None else ()
    by = "" if call.origin is Origin.watch else rules.name(call.actor)
    return tuple(
        notice(
            rules, ticket, person, contact,
            code=hearing.code, key=f"{call.operation}:{ticket.id}:{hearing.code}", not_before=call.at,
            operation=call.operation, more={"by": by, "team": hearing.team or "", **hearing.more},
            priority=_pressing(hearing.code, ticket),
        )
        for person in people
        for contact in first_contacts(rules.people.get(person))
    )  # fmt: skip


def notice(
    rules: Rules,
    ticket: Ticket,
    person: PersonId,
    contact: ContactPoint,
    *,
    code: NoticeCode,
    key: str,
    not_before: Instant,
    operation: OperationId,
    more: Mapping[str, str | int],
    priority: int,
) -> Notice:
    """One outbox row; ``key`` says what it is about, person and contact point are added here."""
    service = rules.service(ticket)
    contact, drill = in_drill(ticket, contact)
    params: dict[str, str | int] = {
        "prefix": rules.tx.definitions.site().get("prefix", DEFAULT_PREFIX),
        "title": ticket.title,
        "priority": ticket.priority,
        "service": service.name if service is not None else ticket.service,
        **more,
        **drill,
    }
    return Notice(
        key=f"{key}:{person}:{contact.channel}:{contact.address}", ticket=ticket.id, person=person,
        channel=contact.channel, address=contact.address, code=code.value,
        params={name: value for name, value in params.items() if value != ""},
        not_before=not_before, priority=priority, operation=operation,
    )  # fmt: skip


def in_drill(ticket: Ticket, contact: ContactPoint) -> tuple[ContactPoint, Mapping[str, str | int]]:
    """Where a notice about a ticket really goes, and what it says of a drill; unchanged where it is none.

    What a drill says goes to a channel that tells nobody, unless it calls people. So it can neither reach anybody, nor
    stand before or take along a real message, nor use up what a contact point may get.
    """
    if not ticket.drill:
        return contact, {}
    if ticket.drill_calls or contact.channel in ("", DRILL):
        return contact, {"drill": 1}
    return replace(contact, channel=DRILL), {"drill": 1, "instead": contact.channel}


def _pressing(code: NoticeCode, ticket: Ticket) -> int:
    return ticket.priority if code is NoticeCode.exhausted else QUIET


# --- what followers hear by itself, and what is no longer so ---------------------------------------------


def breaches(rules: Rules, ticket: Ticket, timers: Iterable[Timer], now: Instant) -> Iterator[Notice]:
    """What followers hear once a target is used up, one a due instant; whether it still is, is looked at then."""
    for timer in timers:
        if not timer.unmet or timer.due is None or timer.due < now:
            continue
        for person in ticket.followers:
            for contact in first_contacts(rules.people.get(person)):
                yield notice(
                    rules, ticket, person, contact,
                    code=NoticeCode.breached, key=f"breach:{ticket.id}:{timer.metric}:{timer.cycle}:{timer.due}",
                    not_before=Instant(timer.due + 1), operation=OperationId(""),
                    more={"metric": timer.metric.value, "cycle": timer.cycle, "due": timer.due},
                    priority=QUIET,
                )  # fmt: skip


def handed_back(call: Call, rules: Rules, ticket: Ticket, undone: Undone) -> Iterator[Notice]:
    """Who was told that the ticket is theirs hears that it is not, if that may have reached them."""
    for told in rules.tx.outbox.of_ticket(ticket.id):
        if (
            told.operation == undone.operation
            and told.code in _HANDING
            and told.state in (NoticeState.sending, NoticeState.sent)
        ):
            yield notice(
                rules, ticket, told.person, ContactPoint(told.channel, told.address),
                code=NoticeCode.handed_back, key=f"{NoticeCode.handed_back}:{told.key}", not_before=call.at,
                operation=call.operation, more={"by": rules.name(call.actor)}, priority=QUIET,
            )  # fmt: skip


def outdated(tx: Transaction, told: Notice) -> str:
    """Why what is not yet sent is not so any more, as a code; empty if it is, or if nothing could change it."""
    found = _OUTDATED.get(told.code)
    if found is None or told.ticket is None:
        return ""
    is_so, cause = found
    if not is_so(tx, tx.tickets.get(told.ticket), told):
        return cause
    return TOLD if told.code == NoticeCode.breached.value and any(map(stands, of_same_breach(tx, told))) else ""


def of_same_breach(tx: Transaction, told: Notice) -> Iterator[Notice]:
    """What else tells its breach to the same contact point: a follower hears of it, and so does whom it concerns."""
    if told.ticket is not None:
        others = (one for one in tx.outbox.of_ticket(told.ticket) if one.code != told.code)
        yield from (one for one in others if _timer_of(one) == _timer_of(told) and _dues(one) & _dues(told))


def _timer_of(told: Notice) -> tuple[object, ...]:
    """Whom it tells, of which timer."""
    return (told.params.get("metric"), told.params.get("cycle"), told.person, told.channel, told.address)


def _dues(told: Notice) -> frozenset[object]:
    """Which breach it tells, by when that was due: as it says, and by its mark; empty if it tells of none."""
    if told.code == NoticeCode.breached.value:
        return frozenset((told.params.get("due"),))
    return frozenset((told.params.get("due"), int(told.params["mark"]) - 1)) if told.params.get("late") else frozenset()


def _is_owner(_: Transaction, ticket: Ticket, told: Notice) -> bool:
    return ticket.owner == told.person


def _has_team(_: Transaction, ticket: Ticket, told: Notice) -> bool:
    return told.params.get("team") in (ticket.team, ticket.resolver, None)


def _is_reminder(_: Transaction, ticket: Ticket, told: Notice) -> bool:
    reminder = ticket.reminder_of(told.person)
    return reminder is not None and reminder.until == told.params.get("until")


def _is_offered(_: Transaction, ticket: Ticket, told: Notice) -> bool:
    return ticket.offer is not None and ticket.offer.person == told.person


def _is_unanswered(_: Transaction, ticket: Ticket, told: Notice) -> bool:
    return ticket.offer is not None and ticket.offer.until == told.params.get("until")


def _is_breached(tx: Transaction, ticket: Ticket, told: Notice) -> bool:
    if told.person not in ticket.followers:
        return False
    wanted = (told.params.get("metric"), told.params.get("cycle"), told.params.get("due"))
    timers = (timer for timer in tx.tickets.timers(ticket.id) if timer.unmet or timer.late)
    return any((t.metric.value, t.cycle, t.due if t.breached_at is None else t.breached_at) == wanted for t in timers)


_OUTDATED: Mapping[str, tuple[Callable[[Transaction, Ticket, Notice], bool], str]] = {
    NoticeCode.assigned.value: (_is_owner, "notice.not_theirs"),
    NoticeCode.transferred.value: (_has_team, "notice.not_theirs"),
    NoticeCode.reminder.value: (_is_reminder, "notice.no_reminder"),
    NoticeCode.breached.value: (_is_breached, "notice.no_breach"),
    NoticeCode.offered.value: (_is_offered, "notice.not_theirs"),
    NoticeCode.offer_over.value: (_is_unanswered, "notice.answered"),
}
"""Notice → whether it is still so, and the cause if it is not."""
