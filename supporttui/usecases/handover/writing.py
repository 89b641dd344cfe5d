"""What whoever gives a handover does with it: says what comes next, notes, promises, keeps, and signs it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from supporttui.domain.access import Permission
from supporttui.domain.events import NextStepNoted
from supporttui.domain.faults import Conflict, Forbidden, Refused
from supporttui.domain.handover import changing
from supporttui.domain.handover.changing import carried, item_of, lapsed
from supporttui.domain.handover.filling import given
from supporttui.domain.handover.handover import OFFER_SECONDS, Handover, HandoverState, Item, Promise
from supporttui.domain.ids import TicketId
from supporttui.domain.notices import HandoverCode
from supporttui.domain.site import HANDOVER_MINUTES
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.handover import telling
from supporttui.usecases.handover.gathering import gather
from supporttui.usecases.handover.reading import known, sheet
from supporttui.usecases.handover.standing import Duties, duties
from supporttui.usecases.ports import Call, Transaction, Versioned
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rota.rights import leads
from supporttui.usecases.rules import rules_of

USUAL_MINUTES = 15
"""Where the site says nothing else."""


def prepare(call: Call, tx: Transaction, handover: str | None = None) -> Versioned[Handover]:
    """Begin to prepare what the actor gives next, or one by its id; of one that was begun nothing changes.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``, ``handover.not_yours``.
        NotFound: ``handover.unknown``; Refused: ``handover.no_shift``.
        Conflict, Refused: as ``must_be_draft`` does.
    """
    standing, found = to_give(call, tx, handover)
    changing.must_be_draft(found.value)
    return found if found.version else store(call, standing, found, begun(call, standing, found))


def next_step(
    call: Call, tx: Transaction, handover: str | None = None, *, ticket: TicketId, text: str
) -> Versioned[Handover]:
    """Say what comes next on a ticket that is given; its history has it too.

    Raises:
        NotFound: ``ticket.unknown``, ``handover.no_item``; BadInput: ``text.empty``; and as ``prepare`` does.
    """
    standing, found = to_give(call, tx, handover)
    value = begun(call, standing, found)
    changed = changing.with_step(value, ticket, text, by=call.actor, at=call.at)
    about = to_work_on(call, tx, ticket, None)
    item_of((*value.items, *gather(standing, value)), f"ticket:{ticket}")
    stored = store(call, standing, found, changed)
    record(call, tx, about, [NextStepNoted(text.strip(), value.id)], rules=standing.rules)
    return stored


def promise(
    call: Call, tx: Transaction, handover: str | None = None, *, text: str, until: Instant | None = None
) -> Versioned[Handover]:
    """Note what somebody said would be done. Raises BadInput ``text.empty``, and as ``prepare`` does."""
    new = Promise(call.operation[:8], text, call.actor, until)
    return _write(call, tx, handover, lambda value: changing.with_promise(value, new))


def fulfil(call: Call, tx: Transaction, handover: str | None = None, *, promise: str) -> Versioned[Handover]:
    """A promise is done. Raises NotFound ``handover.no_item``, and as ``prepare`` does."""
    return _write(call, tx, handover, lambda value: changing.without_promise(value, promise))


def write(
    call: Call, tx: Transaction, handover: str | None = None, *, note: str | None = None, risks: str | None = None
) -> Versioned[Handover]:
    """Free text; ``None`` leaves a part as it is. Raises as ``prepare`` does."""
    return _write(call, tx, handover, lambda value: changing.written(value, note=note, risks=risks))


def keep(
    call: Call, tx: Transaction, handover: str | None = None, *, item: str, on: bool = True, drafts: Sequence[Item] = ()
) -> Versioned[Handover]:
    """Whether an item stays with whoever gives the rest.

    Raises:
        Refused: ``handover.must_go``; NotFound: ``handover.no_item``; and as ``prepare`` does.
    """
    standing, found = to_give(call, tx, handover)
    value = begun(call, standing, found)
    about = item_of(gather(standing, value, drafts), item)
    return store(call, standing, found, changing.keeping(value, about, on=on))


def sign(
    call: Call, tx: Transaction, handover: str | None = None, *, version: int | None = None, drafts: Sequence[Item] = ()
) -> Versioned[Handover]:
    """Give it with its items as they are now; those who take it get all of it. Nothing of it changes afterwards.

    ``version`` is the one that was seen, ``drafts`` those of the actor's desk. What its line left open before is
    over with it.

    Raises:
        Refused: ``handover.no_next_step``; ``operation.known``.
        Conflict: ``handover.changed``, ``handover.signed``, ``handover.accepted``; and as ``prepare`` does.
    """
    standing, found = to_give(call, tx, handover)
    value = begun(call, standing, found)
    changing.must_be_draft(value)
    must_be_seen(found, version)
    end_older(call, standing, value)
    items = given(value, gather(standing, value, drafts))
    signed = changing.signed(value, items, by=call.actor, at=call.at, operation=call.operation)
    stored = store(call, standing, found, signed)
    whole = sheet(standing.rules, stored.value, call.at)
    telling.tell(call, standing.rules, whole, signed.joint.taking, code=HandoverCode.signed, whole=True)
    return stored


# --- what all of them do ----------------------------------------------------------------------------------


def begin(call: Call, tx: Transaction) -> Duties:
    """Where the rotas stand, for something that was not done yet. Raises Refused ``operation.known``."""
    if tx.journal.known_parts([call.operation]):
        raise Refused("operation.known", operation=call.operation)
    return duties(rules_of(tx), call.at)


def to_give(call: Call, tx: Transaction, handover: str | None) -> tuple[Duties, Versioned[Handover]]:
    """What the actor may write, and where the rotas stand. Raises as ``prepare`` does."""
    require(call, tx, Permission.work)
    standing = begin(call, tx)
    if handover is None:
        joint = standing.to_give(call.actor)
        if joint is None:
            raise Refused("handover.no_shift", person=call.actor)
        return standing, known(tx, standing, joint.id)
    found = known(tx, standing, handover)
    if call.actor not in found.value.joint.giving and not leads(call, tx):
        raise Forbidden("handover.not_yours", person=call.actor)
    return standing, found


def must_be_seen(found: Versioned[Handover], version: int | None) -> None:
    """Refuse what rests on what is not so any more. Raises Conflict ``handover.changed``."""
    if version is not None and found.version != version:
        value = found.value
        raise Conflict("handover.changed", changed_by=value.changed_by or value.joint.giving[0], at=value.changed_at)


def store(call: Call, standing: Duties, found: Versioned[Handover], value: Handover) -> Versioned[Handover]:
    """Write it over what was read, and say so in the journal. Raises Conflict ``handover.changed``."""
    tx = standing.rules.tx
    new = replace(value, changed_by=call.actor, changed_at=call.at)
    if not tx.handovers.put(new, due=due_of(tx, new), over=found.version or None):
        other = (tx.handovers.get(new.id) or found).value
        raise Conflict("handover.changed", changed_by=other.changed_by, at=other.changed_at)
    tx.journal.append_definition(call, "handover", new.id, found.version + 1)
    return Versioned(new, found.version + 1)


def due_of(tx: Transaction, handover: Handover) -> Instant | None:
    """When the watch looks at it: whether it was accepted, then whether the next shift is over."""
    if not handover.is_open:
        return None
    wait, takes = minutes(tx), handover.joint.takes
    late = Instant(takes.start + 60 * wait)
    return late if wait and handover.told_at is None and late < takes.end else takes.end


def minutes(tx: Transaction) -> int:
    """The setting of the site."""
    told = tx.definitions.site().get(HANDOVER_MINUTES, "")
    return int(told) if told.isdigit() else USUAL_MINUTES


def end_older(call: Call, standing: Duties, handover: Handover) -> None:
    """What was left open of its line before is over, once this one is about to be given."""
    joint = handover.joint
    if call.at < joint.span.end - OFFER_SECONDS:
        return
    for older in standing.rules.tx.handovers.open(rota=joint.rota):
        before = older.value
        if before.joint.level == joint.level and before.id != handover.id and before.joint.span.end < joint.span.end:
            end(call, standing, older)


def end(call: Call, standing: Duties, found: Versioned[Handover]) -> None:
    """Nobody can take it any more; of one that nobody signed it is kept what it would have given."""
    value = found.value
    if value.state is HandoverState.draft:
        value = replace(value, items=given(value, gather(standing, value)))
    store(call, standing, found, lapsed(value))


def begun(call: Call, standing: Duties, found: Versioned[Handover]) -> Handover:
    """As it is; a new one with what the one before of its line leaves open.

    The draft of a shift whose end was moved is over with that.
    """
    if found.version:
        return found.value
    older, start = older_of(standing, found.value), found.value.joint.span.start
    moved = older is not None and older.value.joint.span.start == start
    if older is not None and moved and older.value.state is HandoverState.draft:
        end(call, standing, older)
    return new_one(standing, found.value)


def new_one(standing: Duties, handover: Handover) -> Handover:
    """One for which nothing was written yet, as it begins now."""
    new, older = replace(handover, opened_at=standing.now), older_of(standing, handover)
    return new if older is None else carried(new, older.value)


def older_of(standing: Duties, handover: Handover) -> Versioned[Handover] | None:
    """The newest other one of its line."""
    joint = handover.joint
    of_rota = standing.rules.tx.handovers.newest(rota=joint.rota)
    others = (one for one in of_rota if one.value.joint.level == joint.level and one.value.id != handover.id)
    return next(others, None)


def _write(
    call: Call, tx: Transaction, handover: str | None, change: Callable[[Handover], Handover]
) -> Versioned[Handover]:
    standing, found = to_give(call, tx, handover)
    return store(call, standing, found, change(begun(call, standing, found)))
