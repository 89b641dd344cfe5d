"""What whoever takes a handover does with it: reads it item by item, asks, and answers for it from then on."""

from collections.abc import Iterator, Sequence

from supporttui.domain.access import Permission
from supporttui.domain.events import Assigned, Event, HandedOver, Reminded
from supporttui.domain.faults import Forbidden, NotFound
from supporttui.domain.handover import changing
from supporttui.domain.handover.filling import given
from supporttui.domain.handover.handover import Handover, HandoverState, Item, Remark
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.notices import HandoverCode
from supporttui.domain.tickets import Ticket
from supporttui.usecases.access import require
from supporttui.usecases.bonds import reminders
from supporttui.usecases.handover import telling
from supporttui.usecases.handover.gathering import gather
from supporttui.usecases.handover.reading import concerning, current, known, on_duty, sheet, takes
from supporttui.usecases.handover.standing import Duties
from supporttui.usecases.handover.writing import begin, must_be_seen, store
from supporttui.usecases.ports import Call, Notice, Transaction, Versioned
from supporttui.usecases.record import record
from supporttui.usecases.rota.rights import leads


def read(
    call: Call, tx: Transaction, handover: str | None = None, *, items: Sequence[str], on: bool = True
) -> Versioned[Handover]:
    """The actor has understood these items, or has not after all.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``handover.not_for_you``.
        NotFound: ``handover.unknown``, ``handover.none``, ``handover.no_item``.
        Refused, Conflict: as ``must_be_signed`` does.
    """
    standing, found = _to_take(call, tx, handover)
    return store(call, standing, found, changing.read(current(standing, found.value), items, on=on))


def ask(call: Call, tx: Transaction, handover: str | None = None, *, item: str, text: str) -> Versioned[Handover]:
    """Ask about an item, or answer; those on the other side hear it.

    Raises:
        Forbidden: ``handover.not_for_you`` for who neither gives nor takes it; and as ``read`` does.
        BadInput: ``text.empty``.
    """
    require(call, tx, Permission.work)
    standing = begin(call, tx)
    found = known(tx, standing, handover or _only(tx, standing, call.actor))
    giving = found.value.gives(call.actor)
    if not giving:
        _must_take(call, tx, standing, found.value)
    new = changing.remarked(current(standing, found.value), Remark(item, call.actor, call.at, text))
    stored = store(call, standing, found, new)
    others = (*new.joint.taking, *_askers(new, item)) if giving else new.responsible
    whole = sheet(standing.rules, new, call.at)
    telling.tell(call, standing.rules, whole, others, code=HandoverCode.remark, text=new.remarks[-1].text)
    return stored


def _askers(handover: Handover, item: str) -> Iterator[PersonId]:
    """Who else than whoever takes it has asked about an item."""
    return (remark.by for remark in handover.remarks_on(item) if not handover.gives(remark.by))


def accept(
    call: Call, tx: Transaction, handover: str | None = None, *, version: int | None = None, everything: bool = False
) -> Versioned[Handover]:
    """Answer for its items from now on: tickets of those who gave it are the actor's, and so are their reminders.

    ``version`` is the one that was seen; with ``everything`` what is unread counts as read. One that nobody signed
    can be taken once the shift that should have signed it is over.

    Raises:
        Refused: ``handover.unread``, ``handover.own``, ``handover.not_signed``, ``handover.lapsed``.
        Conflict: ``handover.changed``, ``handover.accepted``; and as ``read`` does.
    """
    standing, found = _to_take(call, tx, handover)
    value = current(standing, found.value)
    items: tuple[Item, ...] = ()
    if value.state is HandoverState.draft:
        items = given(value, gather(standing, value))
    elif value.state is HandoverState.signed:
        must_be_seen(found, version)
        if everything and call.actor != value.signed_by:
            value = changing.read(value, [item.key for item in value.items])
    accepted = changing.accepted(value, items, by=call.actor, at=call.at)
    stored = store(call, standing, found, accepted)
    for item in accepted.items:
        if item.ticket is not None:
            _hand_over(call, standing, accepted, item.ticket)
    whole = sheet(standing.rules, accepted, call.at)
    telling.tell(call, standing.rules, whole, accepted.joint.giving, code=HandoverCode.accepted)
    return stored


def _hand_over(call: Call, standing: Duties, handover: Handover, ticket: TicketId) -> None:
    """What happens to a ticket: only if it was of those who gave it, or is of a top priority, anything does."""
    found = standing.rules.tx.tickets.get(ticket)
    events = tuple(_events(handover, found, call.actor))
    if found.is_open and events:
        notices = tuple(_reminders(call, standing, handover, found))
        record(call, standing.rules.tx, found, events, rules=standing.rules, notices=notices)


def _events(handover: Handover, ticket: Ticket, taker: PersonId) -> Iterator[Event]:
    joint, giver = handover.joint, handover.signed_by or handover.joint.giving[0]
    item = next(one for one in handover.items if one.ticket == ticket.id)
    if ticket.owner in joint.giving:
        yield HandedOver(ticket.owner, taker, handover.id)
        yield Assigned(owner=taker, handed_over=True)
    elif item.needs_step:
        yield HandedOver(giver, taker, handover.id)
    for reminder in ticket.reminders:
        if reminder.person in joint.giving and reminder.until < joint.takes.end:
            yield Reminded(reminder.person)
            if ticket.reminder_of(taker) is None:
                yield Reminded(taker, reminder.until, reminder.text)


def _reminders(call: Call, standing: Duties, handover: Handover, ticket: Ticket) -> Iterator[Notice]:
    """Who takes it is reminded in the place of who gave it."""
    for event in _events(handover, ticket, call.actor):
        if isinstance(event, Reminded) and event.until is not None:
            yield from reminders(
                call, standing.rules, ticket, event.person, until=event.until, text=event.text
            )  # fmt: skip


# --- whether the actor may --------------------------------------------------------------------------------


def _to_take(call: Call, tx: Transaction, handover: str | None) -> tuple[Duties, Versioned[Handover]]:
    require(call, tx, Permission.work)
    standing = begin(call, tx)
    found = known(tx, standing, handover or _only(tx, standing, call.actor))
    _must_take(call, tx, standing, found.value)
    return standing, found


def _only(tx: Transaction, standing: Duties, me: PersonId) -> str:
    """What waits for somebody, else what concerns them. Raises NotFound ``handover.none``."""
    first = next(concerning(tx, standing, me), None)
    if first is None:
        raise NotFound("handover.none")
    return first


def _must_take(call: Call, tx: Transaction, standing: Duties, handover: Handover) -> None:
    """For those who come next, whoever is on duty there, and leads; who signed it hears of that later."""
    me = call.actor
    allowed = me in (*handover.joint.taking, *on_duty(standing, handover), handover.signed_by, handover.accepted_by)
    if not (allowed or takes(standing, handover, me) or leads(call, tx)):
        raise Forbidden("handover.not_for_you", person=me)
