"""What stands beside a ticket: what there is to do and to know about it, and which reasons to escalate are near."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.ids import TicketId
from supporttui.domain.lessons import Lesson
from supporttui.domain.spans import Instant
from supporttui.usecases import criteria, procedures
from supporttui.usecases.criteria import Gauge
from supporttui.usecases.ports import Transaction
from supporttui.usecases.procedures import Offered


@dataclass(frozen=True, slots=True)
class Beside:
    """For the ticket screen."""

    procedure: Offered | None = None
    """The one that was begun, else the one that says most about it."""
    lessons: tuple[Lesson, ...] = ()
    near: tuple[Gauge, ...] = ()
    """Criteria that hold, then those that nearly do."""


def of_ticket(tx: Transaction, ticket: TicketId, now: Instant) -> Beside:
    """As it is at an instant; procedures in the language they were written in."""
    here = procedures.on_ticket(tx, ticket, now, language="")
    offered = here.offered[0] if here.offered else None
    return Beside(offered, here.lessons, _near(criteria.gauges(tx, ticket, now)) if here.ticket.is_open else ())


def _near(found: Sequence[Gauge]) -> tuple[Gauge, ...]:
    return tuple(one for one in found if one.measured.holds or one.measured.nearly)
