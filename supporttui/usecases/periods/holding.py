"""What special periods ask of people while they hold: changes that wait, and how many are on duty."""

from dataclasses import dataclass

from supporttui.domain.events import Kind
from supporttui.domain.ids import RotaId, ServiceId
from supporttui.domain.periods.effects import Staffing, freezing
from supporttui.domain.periods.effects import staffing as staffing_of
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction


@dataclass(frozen=True, slots=True)
class Frozen:
    """Changes are to wait until then."""

    period: str
    name: str
    until: Instant


def frozen(tx: Transaction, service: ServiceId, at: Instant) -> tuple[Frozen, ...]:
    """The periods during which changes of a service are to wait, what decides in front."""
    found = freezing(tx.definitions.plan().at(at, service))
    return tuple(Frozen(one.period.id, one.period.name, one.span.end) for one in found)


def told_of(tx: Transaction, ticket: Ticket, at: Instant) -> tuple[Frozen, ...]:
    """What whoever opens or works on a ticket is told: of a change that is not done, that it is to wait."""
    return frozen(tx, ticket.service, at) if ticket.kind is Kind.change and ticket.is_open else ()


def staffing(tx: Transaction, rota: RotaId, start: Instant, end: Instant) -> tuple[Staffing, ...]:
    """What periods ask of a rota: how many people, and which languages, piece by piece."""
    services = [service.id for service in tx.definitions.services() if service.rota == rota]
    return staffing_of(tx.definitions.plan(), services, Span(start, end)) if services and start < end else ()
