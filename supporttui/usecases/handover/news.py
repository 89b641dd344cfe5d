"""What the first line of the desk says of handovers; apart from all else about them, as it asks often."""

from supporttui.domain.handover.handover import OFFER_SECONDS, Handover, HandoverState
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import Waiting


def news(tx: Transaction, now: Instant, me: PersonId) -> Waiting | None:
    """What waits for somebody: first what they are asked of what they gave, then what they are to take, or to give.

    Offered once the watch has begun it, half an hour before the shift ends; a shift with nothing to give is silent.
    """
    found = [one.value for one in tx.handovers.open()]
    for one in found:
        if _is_asked(one, me):
            asked = one.asked(giving=True)
            return Waiting(True, _asker(one, asked[0]), one.joint.span.end, len(one.items), asked=len(asked))
    to_take = next((one for one in found if _waits_for(one, me, now)), None)
    if to_take is not None:
        giver = to_take.signed_by or to_take.joint.giving[0]
        items, answers = len(to_take.items), len(to_take.asked(giving=False))
        return Waiting(False, giver, to_take.joint.span.end, items, len(to_take.unread()), answers)
    to_give = next((one for one in found if _is_to_be_signed(one, me, now)), None)
    return None if to_give is None else Waiting(True, to_give.joint.taking[0], to_give.joint.span.end)


def _is_asked(handover: Handover, me: PersonId) -> bool:
    """Whoever signed answers."""
    return handover.state is HandoverState.signed and me == handover.signed_by and bool(handover.asked(giving=True))


def _asker(handover: Handover, key: str) -> PersonId:
    return handover.remarks_on(key)[-1].by


def _waits_for(handover: Handover, me: PersonId, now: Instant) -> bool:
    if me not in handover.joint.taking or me in handover.joint.giving:
        return False
    return handover.state is HandoverState.signed or handover.joint.span.end <= now


def _is_to_be_signed(handover: Handover, me: PersonId, now: Instant) -> bool:
    soon = handover.joint.span.end - OFFER_SECONDS <= now
    return handover.state is HandoverState.draft and me in handover.joint.giving and soon
