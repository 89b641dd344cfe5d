"""What the watch does for handovers: begins those of shifts that end soon, and tells leads of what nobody accepted."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from supporttui.domain.access import Permission
from supporttui.domain.faults import SupportError
from supporttui.domain.handover.handover import OFFER_SECONDS, Handover, HandoverState
from supporttui.domain.notices import HandoverCode
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.handover import telling
from supporttui.usecases.handover.gathering import gather
from supporttui.usecases.handover.reading import seen
from supporttui.usecases.handover.standing import Duties, duties
from supporttui.usecases.handover.writing import begun, end, end_older, new_one, store
from supporttui.usecases.ports import Call, Transaction, Versioned
from supporttui.usecases.rules import rules_of

MOST = 50
"""Handovers that one sweep looks at."""


def sweep(call: Call, tx: Transaction, token: int) -> int:
    """Look at every handover whose time has come, and begin those of shifts that end soon; how many were written.

    Raises:
        Refused: ``lease.lost``; ``operation.known``.
        Forbidden: ``access.denied``.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    standing = duties(rules_of(tx), call.at)
    done = sum(_tried(tx, partial(_look, call, standing, one)) for one in tx.handovers.due(call.at, MOST))
    moved = [one for one in tx.handovers.open() if standing.moved(one.value) is not None]
    done += sum(_tried(tx, partial(_follow, call, standing, one)) for one in moved)
    return done + sum(_tried(tx, partial(_begin, call, standing, one)) for one in _ending(standing))


def _tried(tx: Transaction, work: Callable[[], None]) -> bool:
    """What cannot be done to one handover holds up no other, and is tried again the next time."""
    try:
        with tx.attempt():
            work()
    except SupportError:
        return False
    return True


def is_due(tx: Transaction, now: Instant) -> bool:
    """Whether a sweep would have anything to do."""
    at, standing = tx.handovers.next_due(), duties(rules_of(tx), now)
    if (at is not None and at <= now) or _ending(standing):
        return True
    return any(standing.moved(one.value) is not None for one in tx.handovers.open())


def _ending(standing: Duties) -> tuple[Handover, ...]:
    """Of shifts that end within ``OFFER_SECONDS``, those for which nothing was written yet.

    A shift that has nothing to answer for needs no handover, and nobody is told of one.
    """
    tx = standing.rules.tx
    soon = (one for one in standing.coming() if one.span.end - OFFER_SECONDS <= standing.now)
    new = (Handover(one.id, one) for one in soon if tx.handovers.get(one.id) is None)
    return tuple(one for one in new if any(item.is_work for item in gather(standing, new_one(standing, one))))


def _begin(call: Call, standing: Duties, new: Handover) -> None:
    value = begun(call, standing, Versioned(new, 0))
    end_older(call, standing, value)
    store(call, standing, Versioned(new, 0), value)


def _follow(call: Call, standing: Duties, found: Versioned[Handover]) -> None:
    """Others come than was planned: it waits for them, and they hear of one that is signed."""
    before = found.value.joint
    joint = standing.moved(found.value)
    assert joint is not None
    value = replace(found.value, joint=joint)
    store(call, standing, found, value)
    new = [person for person in joint.taking if person not in before.taking]
    if value.state is HandoverState.signed and new:
        view = seen(standing, Versioned(value), None)
        telling.tell(call, standing.rules, view.sheet, new, code=HandoverCode.signed, whole=True)


def _look(call: Call, standing: Duties, found: Versioned[Handover]) -> None:
    value = found.value
    if call.at >= value.joint.takes.end:
        end(call, standing, found)
        return
    view = seen(standing, found, None)
    told = replace(value, told_at=call.at)
    store(call, standing, found, told)
    if any(item.is_work for item in view.handover.items):
        leads = telling.leads(standing, value)
        urgent = telling.pressing(view.handover)
        telling.tell(
            call, standing.rules, view.sheet, leads, code=HandoverCode.late, whole=True, priority=urgent
        )  # fmt: skip
