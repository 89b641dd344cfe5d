"""What stands beside a ticket: what there is to do and to know about it, and which reasons to escalate are near."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.charters import Charter, Referral
from supporttui.domain.ids import TicketId
from supporttui.domain.lessons import Lesson
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases import announcements, charters, criteria, procedures
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
    charter: Charter | None = None
    """Of its service."""
    referral: Referral | None = None
    """Where it belongs, if that is not here."""
    announced: tuple[Ticket, ...] = ()
    """Tickets by which a vendor announced what concerns it."""


def of_ticket(tx: Transaction, ticket: TicketId, now: Instant) -> Beside:
    """As it is at an instant; procedures in the language they were written in."""
    here = procedures.on_ticket(tx, ticket, now, language="")
    offered = here.offered[0] if here.offered else None
    found = here.ticket
    near = _near(criteria.gauges(tx, ticket, now)) if found.is_open else ()
    charter = charters.of_service(tx, found.service, now)
    referral = charter.referral(found.category) if charter is not None and found.is_open else None
    announced = announcements.concerning(tx, found, now)
    return Beside(offered, here.lessons, near, charter, referral, announced)


def _near(found: Sequence[Gauge]) -> tuple[Gauge, ...]:
    return tuple(one for one in found if one.measured.holds or one.measured.nearly)
