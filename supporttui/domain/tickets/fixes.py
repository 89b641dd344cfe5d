"""How a fix comes to production: tested, approved, deployed, by one person each, and never deployed from outside."""

from collections.abc import Collection

from supporttui.domain.events import FixRecorded
from supporttui.domain.faults import Refused
from supporttui.domain.ids import PersonId
from supporttui.domain.states import FixStep
from supporttui.domain.tickets.ticket import Ticket

_ORDER = tuple(FixStep)


def step(
    ticket: Ticket, wanted: FixStep, by: PersonId, *, text: str = "", outside: Collection[str] = ()
) -> FixRecorded:
    """A step of the fix; a step done anew ends those behind it.

    ``outside`` are those who say or did it and are of a partner: they stop before production.

    Raises:
        Refused: ``fix.order`` before the step in front of it, ``fix.same_person`` by who did that one,
            ``fix.outside`` for bringing it to production from outside.
    """
    if wanted is FixStep.deployed and outside:
        raise Refused("fix.outside", ticket=ticket.id, person=next(iter(outside)))
    place = _ORDER.index(wanted)
    done = {one.step: one for one in ticket.fix}
    before = done.get(_ORDER[place - 1]) if place else None
    if place and before is None:
        raise Refused("fix.order", ticket=ticket.id, step=wanted.value, before=_ORDER[place - 1].value)
    if before is not None and before.by == by:
        raise Refused("fix.same_person", ticket=ticket.id, person=by, step=wanted.value, before=before.step.value)
    return FixRecorded(wanted, by, text)
