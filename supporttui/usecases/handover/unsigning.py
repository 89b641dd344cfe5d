"""A signature that is taken back by who gave it, as long as nobody on the other side has accepted an item."""

from supporttui.domain.faults import NotFound
from supporttui.domain.handover import changing
from supporttui.domain.handover.handover import Handover
from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.notices import HandoverCode
from supporttui.usecases.handover import telling
from supporttui.usecases.handover.reading import sheet
from supporttui.usecases.handover.standing import Duties
from supporttui.usecases.handover.writing import must_be_seen, store, to_give
from supporttui.usecases.ports import Call, NoticeState, Transaction, Versioned


def unsign(
    call: Call, tx: Transaction, handover: str | None = None, *, version: int | None = None
) -> Versioned[Handover]:
    """A draft again. Letters that have not left never do; who got one is told. Items are read anew from what is so.

    ``version`` is the one that was seen. What the signature ended of its line before stays ended.

    Raises:
        Refused: ``handover.not_signer``, ``handover.begun``, ``handover.not_signed``, ``handover.lapsed``;
            ``handover.no_shift``; ``operation.known``.
        Conflict: ``handover.changed``, ``handover.accepted``.
        Forbidden: ``access.denied``, ``handover.not_yours``; NotFound: ``handover.unknown``.
    """
    standing, found = to_give(call, tx, handover)
    given = found.value
    changed = changing.unsigned(given, by=call.actor, at=call.at)
    must_be_seen(found, version)
    stored = store(call, standing, found, changed)
    _tell(call, standing, given)
    return stored


def undo(call: Call, tx: Transaction, operation: OperationId) -> Versioned[Handover]:
    """Take back what was signed by this operation. Raises NotFound ``operation.unknown``, and as ``unsign`` does."""
    for one in tx.handovers.open():
        if one.value.signed_operation == operation:
            return unsign(call, tx, one.value.id)
    raise NotFound("operation.unknown", operation=operation)


def _tell(call: Call, standing: Duties, given: Handover) -> None:
    """Everybody who was to take it, but those none of whose letters left."""
    tx = standing.rules.tx
    tx.outbox.withdraw(given.signed_operation)
    kept: dict[PersonId, bool] = {}
    for notice in tx.outbox.of_operation(given.signed_operation):
        kept[notice.person] = kept.get(notice.person, True) and notice.state is NoticeState.withdrawn
    told = [person for person in given.joint.taking if not kept.get(person, False)]
    telling.tell(call, standing.rules, sheet(standing.rules, given, call.at), told, code=HandoverCode.unsigned)
