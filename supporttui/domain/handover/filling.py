"""What a shift has to give: from tickets, timers and escalations at an instant to the items of a handover."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.handover.handover import ORDER, Handover, Item, Joint, Promise, Reason, ReasonKind
from supporttui.domain.ids import PersonId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric
from supporttui.domain.sla.timer import Timer
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.states import WAITING_STATES
from supporttui.domain.tickets import Ticket

TOP = Priority(2)
"""Open tickets of this priority or a higher one need a next step."""
CHANGED = "changed"
"""Key of the item that tells of tickets which were only touched."""
MORE = "more"
"""Key of the item that tells of tickets which nobody looked at."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a ticket when a shift looks at it."""

    ticket: Ticket
    timers: Sequence[Timer] = ()
    escalating: bool = False
    """Whether it waits for somebody who was called."""
    hushed: Instant | None = None
    """Until when its escalation is quiet."""
    outside: bool = False
    """Whether an authority outside works on it."""


def falls_to(ticket: Ticket, giving: Collection[PersonId], *, first: bool, others: Collection[PersonId]) -> bool:
    """Whether a ticket of a rota's services is given by this line of it.

    It goes with its owner; what nobody on duty owns, the line that is called first gives.
    """
    return ticket.owner in giving or (first and ticket.owner not in others)


def items(known: Iterable[Known], joint: Joint, now: Instant) -> tuple[Item, ...]:
    """The items that follow from tickets, whatever their order; those that were only touched are one item."""
    found: list[Item] = []
    changed: list[Ticket] = []
    for one in known:
        reasons = tuple(_reasons(one, joint, now))
        ticket = one.ticket
        if reasons:
            found.append(
                Item(
                    f"ticket:{ticket.id}", _ordered(reasons), ticket.id, ticket.title, ticket.priority, ticket.state,
                    ticket.owner,
                )
            )  # fmt: skip
        elif joint.span.start <= ticket.updated_at <= now and not ticket.void:
            changed.append(ticket)
    if changed:
        touched = sorted(changed, key=lambda ticket: (ticket.priority, ticket.id))
        reason = Reason(ReasonKind.changed, count=len(touched))
        found.append(Item(CHANGED, (reason,), also=tuple(ticket.id for ticket in touched)))
    return in_order(found)


def promised(promises: Iterable[Promise]) -> Iterator[Item]:
    """What was promised by hand."""
    for one in promises:
        reason = Reason(ReasonKind.promise, one.at, detail=one.by)
        yield Item(f"promise:{one.id}", (reason,), title=one.text)


def beyond(count: int, where: str) -> Iterator[Item]:
    """What is not looked at is told all the same, with the filter that shows it."""
    if count > 0:
        yield Item(MORE, (Reason(ReasonKind.more, detail=where, count=count),))


def in_order(found: Iterable[Item]) -> tuple[Item, ...]:
    """The most pressing first; of equal ones by time, priority and key."""
    return tuple(sorted(found, key=_place))


def given(handover: Handover, found: Iterable[Item]) -> tuple[Item, ...]:
    """Those that go to the next shift: not what somebody keeps, but what needs a next step goes always."""
    return tuple(item for item in found if item.needs_step or item.key not in handover.kept)


def _place(item: Item) -> tuple[int, int, int, int, str]:
    at = item.reasons[0].at
    return ORDER[item.kind], FOREVER if at is None else at, item.priority, item.ticket or 0, item.key


def _ordered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: (ORDER[one.kind], FOREVER if one.at is None else one.at)))


def _reasons(known: Known, joint: Joint, now: Instant) -> Iterator[Reason]:
    ticket = known.ticket
    if not ticket.is_open or ticket.void or ticket.merged_into is not None:
        return
    if ticket.priority <= TOP:
        yield Reason(ReasonKind.pressing)
    if known.escalating:
        yield Reason(ReasonKind.escalating)
    if known.hushed is not None:
        yield Reason(ReasonKind.hushed, known.hushed)
    yield from _of_timers(known.timers, joint, now)
    yield from _of_promise(ticket, joint, now)
    if ticket.state in WAITING_STATES:
        yield Reason(ReasonKind.outside, ticket.hold_until, detail=ticket.state.value)
    elif known.outside:
        yield Reason(ReasonKind.outside, detail=ticket.resolver)
    yield from _of_people(ticket, joint, now)


def _of_people(ticket: Ticket, joint: Joint, now: Instant) -> Iterator[Reason]:
    """What ties it to whoever gives."""
    for reminder in ticket.reminders:
        if reminder.person in joint.giving and now <= reminder.until < joint.takes.end:
            yield Reason(ReasonKind.reminded, reminder.until, detail=reminder.text)
    if ticket.owner is not None and ticket.owner in joint.giving:
        yield Reason(ReasonKind.owned, detail=ticket.owner)


def _of_promise(ticket: Ticket, joint: Joint, now: Instant) -> Iterator[Reason]:
    """What the requester was told of when they hear next."""
    found = ticket.promised
    if found is not None and found.until < joint.takes.end:
        kind = ReasonKind.late if ticket.missed_at(now) else ReasonKind.promised
        yield Reason(kind, found.until, detail=Metric.update.value)


def _of_timers(timers: Iterable[Timer], joint: Joint, now: Instant) -> Iterator[Reason]:
    """What is over, and what falls due before the next shift ends."""
    for timer in timers:
        if not timer.unmet or timer.due is None or timer.due >= joint.takes.end:
            continue
        if timer.due < now:
            yield Reason(ReasonKind.late, timer.due, detail=timer.metric.value)
        elif timer.metric is Metric.update:
            yield Reason(ReasonKind.promised, timer.due, detail=timer.metric.value)
        else:
            yield Reason(ReasonKind.ending, timer.due, detail=timer.metric.value)
