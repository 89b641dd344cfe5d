"""What may be done with a handover, and when it may not; each gives it as it is afterwards."""

from collections.abc import Sequence
from dataclasses import replace

from supporttui.domain.faults import BadInput, Conflict, NotFound, Refused
from supporttui.domain.handover.filling import given, in_order
from supporttui.domain.handover.handover import (
    OFFER_SECONDS,
    Handover,
    HandoverState,
    Item,
    Promise,
    Remark,
    Step,
    TakenBack,
)
from supporttui.domain.ids import OperationId, PersonId, TicketId
from supporttui.domain.spans import Instant

_NONE = OperationId("")


def with_step(handover: Handover, ticket: TicketId, text: str, *, by: PersonId, at: Instant) -> Handover:
    """Say what comes next on a ticket; once it is signed, only on one of which nobody has said so.

    Raises:
        BadInput: ``text.empty``; Conflict, Refused: as ``must_be_draft`` does.
    """
    if handover.state is not HandoverState.signed or handover.step_of(ticket) is not None:
        must_be_draft(handover)
    step = Step(ticket, _said(text), by, at)
    return replace(handover, steps=(*(one for one in handover.steps if one.ticket != ticket), step))


def with_promise(handover: Handover, promise: Promise) -> Handover:
    """Note what was promised. Raises as ``must_be_draft``; BadInput ``text.empty``."""
    must_be_draft(handover)
    return replace(handover, promises=(*handover.promises, replace(promise, text=_said(promise.text))))


def without_promise(handover: Handover, promise: str) -> Handover:
    """It is done, or was none. Raises as ``must_be_draft``; NotFound ``handover.no_item``."""
    must_be_draft(handover)
    if all(one.id != promise for one in handover.promises):
        raise NotFound("handover.no_item", item=promise[:60])
    return replace(handover, promises=tuple(one for one in handover.promises if one.id != promise))


def written(handover: Handover, *, note: str | None = None, risks: str | None = None) -> Handover:
    """Free text; ``None`` leaves a part as it is. Raises as ``must_be_draft``."""
    must_be_draft(handover)
    return replace(
        handover,
        note=handover.note if note is None else note.strip(),
        risks=handover.risks if risks is None else risks.strip(),
    )


def keeping(handover: Handover, item: Item, *, on: bool) -> Handover:
    """Whether an item stays with whoever gives the rest.

    Raises:
        Refused: ``handover.must_go`` for one that needs a next step; and as ``must_be_draft`` does.
    """
    must_be_draft(handover)
    if on and item.needs_step:
        raise Refused("handover.must_go", ticket=item.ticket or 0)
    rest = tuple(key for key in handover.kept if key != item.key)
    return replace(handover, kept=(*rest, item.key) if on else rest)


def signed(
    handover: Handover, items: tuple[Item, ...], *, by: PersonId, at: Instant, operation: OperationId = _NONE
) -> Handover:
    """Give it with these items.

    Raises:
        Refused: ``handover.no_next_step`` with the first ticket that lacks one, and how many do.
        Conflict: ``handover.signed``; and as ``must_be_draft`` does.
    """
    must_be_draft(handover)
    if lacking := handover.lacking(items):
        raise Refused("handover.no_next_step", ticket=lacking[0], n=len(lacking))
    return replace(
        handover, state=HandoverState.signed, items=items, signed_by=by, signed_at=at, signed_operation=operation
    )  # fmt: skip


def unsigned(handover: Handover, *, by: PersonId, at: Instant) -> Handover:
    """A draft again, which lists what is so now; next steps, questions and texts stay.

    Raises:
        Refused: ``handover.not_signer`` for anybody else; ``handover.begun`` with how many items were accepted; and
            as ``must_be_signed`` does.
        Conflict: as ``must_be_signed`` does.
    """
    must_be_signed(handover)
    assert handover.signed_by is not None
    assert handover.signed_at is not None
    if by != handover.signed_by:
        raise Refused("handover.not_signer", person=handover.signed_by)
    if handover.understood:
        raise Refused("handover.begun", n=len(handover.understood))
    taken_back = (*handover.taken_back, TakenBack(by, handover.signed_at, at))
    return replace(
        handover, state=HandoverState.draft, items=(), added=(), signed_by=None, signed_at=None,
        signed_operation=_NONE, taken_back=taken_back,
    )  # fmt: skip


def read(handover: Handover, keys: Sequence[str], *, on: bool = True) -> Handover:
    """Whoever takes it has understood these items, or has not after all.

    Raises:
        NotFound: ``handover.no_item``.
        Refused, Conflict: as ``must_be_signed`` does.
    """
    must_be_signed(handover)
    for key in keys:
        item_of(handover.items, key)
    rest = tuple(one for one in handover.understood if one not in keys)
    return replace(handover, understood=(*rest, *dict.fromkeys(keys)) if on else rest)


def remarked(handover: Handover, remark: Remark) -> Handover:
    """Ask about an item, which is not understood then, or answer. Raises as ``read`` does; BadInput ``text.empty``."""
    must_be_signed(handover)
    item_of(handover.items, remark.key)
    asked = handover if handover.gives(remark.by) else read(handover, [remark.key], on=False)
    return replace(asked, remarks=(*handover.remarks, replace(remark, text=_said(remark.text))))


def grown(handover: Handover, items: Sequence[Item]) -> Handover:
    """A signed one with what came since: of these items the tickets that it does not list, but not what stays."""
    if handover.state is not HandoverState.signed:
        return handover
    known = {item.key for item in handover.items}
    new = [item for item in given(handover, items) if item.ticket is not None and item.key not in known]
    if not new:
        return handover
    added = (*handover.added, *(item.key for item in new))
    return replace(handover, items=in_order((*handover.items, *new)), added=added)


def accepted(handover: Handover, items: tuple[Item, ...], *, by: PersonId, at: Instant) -> Handover:
    """Answer for its items from now on.

    One that nobody signed is taken with ``items`` as they are, once the shift that should have signed is over.

    Raises:
        Refused: ``handover.unread`` with how many; ``handover.own`` for whoever signed it; ``handover.early`` more
            than ``OFFER_SECONDS`` before the shift ends, as much may still happen in it; ``handover.not_signed``
            while it lasts; ``handover.lapsed``.
        Conflict: ``handover.accepted``.
    """
    _must_be_open(handover)
    if by == handover.signed_by:
        raise Refused("handover.own", person=by)
    if handover.state is HandoverState.signed:
        if at < handover.joint.span.end - OFFER_SECONDS:
            raise Refused("handover.early", minutes=OFFER_SECONDS // 60)
        if unread := handover.unread():
            raise Refused("handover.unread", n=len(unread))
        return replace(handover, state=HandoverState.accepted, accepted_by=by, accepted_at=at)
    if at < handover.joint.span.end:
        raise Refused("handover.not_signed")
    return replace(handover, state=HandoverState.accepted, items=items, accepted_by=by, accepted_at=at)


def lapsed(handover: Handover) -> Handover:
    """Nobody can accept it any more."""
    return replace(handover, state=HandoverState.lapsed) if handover.is_open else handover


def carried(handover: Handover, before: Handover) -> Handover:
    """A new one with what an earlier one of its line leaves open.

    What was promised goes along unless its time was over when somebody accepted it; of one that nobody signed
    its texts and next steps too, and what the same people keep.
    """
    done = before.accepted_at
    promises = tuple(one for one in before.promises if done is None or one.at is None or one.at > handover.opened_at)
    if before.signed_by is not None or done is not None:
        return replace(handover, promises=promises)
    kept = before.kept if before.joint.giving == handover.joint.giving else ()
    return replace(handover, promises=promises, steps=before.steps, note=before.note, risks=before.risks, kept=kept)


def as_of(handover: Handover, at: Instant) -> Handover:
    """As far as it had come at an instant: without what was said, signed or accepted later."""
    known = replace(
        handover,
        steps=tuple(one for one in handover.steps if one.at <= at),
        remarks=tuple(one for one in handover.remarks if one.at <= at),
        taken_back=tuple(one for one in handover.taken_back if one.at <= at),
    )
    if handover.accepted_at is not None and handover.accepted_at > at:
        state = HandoverState.draft if handover.signed_at is None else HandoverState.signed
        known = replace(known, state=state, accepted_by=None, accepted_at=None)
    if handover.signed_at is not None and handover.signed_at > at:
        known = replace(
            known, state=HandoverState.draft, items=(), understood=(), signed_by=None, signed_at=None
        )  # fmt: skip
    return known


def item_of(items: Sequence[Item], key: str) -> Item:
    """The item of a key. Raises NotFound ``handover.no_item``."""
    for item in items:
        if item.key == key:
            return item
    raise NotFound("handover.no_item", item=key[:60])


def must_be_draft(handover: Handover) -> None:
    """Refuse what only whoever prepares it may do.

    Raises:
        Conflict: ``handover.signed`` or ``handover.accepted``.
        Refused: ``handover.lapsed``.
    """
    _must_be_open(handover)
    if handover.state is HandoverState.signed:
        assert handover.signed_by is not None
        assert handover.signed_at is not None
        raise Conflict("handover.signed", changed_by=handover.signed_by, at=handover.signed_at)


def must_be_signed(handover: Handover) -> None:
    """Refuse what only whoever takes it may do.

    Raises:
        Conflict: ``handover.accepted``.
        Refused: ``handover.not_signed`` or ``handover.lapsed``.
    """
    _must_be_open(handover)
    if handover.state is HandoverState.draft:
        raise Refused("handover.not_signed")


def _must_be_open(handover: Handover) -> None:
    if handover.state is HandoverState.lapsed:
        raise Refused("handover.lapsed")
    if handover.accepted_by is not None and handover.accepted_at is not None:
        raise Conflict("handover.accepted", changed_by=handover.accepted_by, at=handover.accepted_at)


def _said(text: str) -> str:
    if not text.strip():
        raise BadInput("text.empty")
    return text.strip()
