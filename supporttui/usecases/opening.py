"""New tickets, and other words for what a ticket is about."""

from collections.abc import Mapping, Sequence

from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Kind, Opened
from supporttui.domain.faults import BadInput, NotFound, Refused
from supporttui.domain.ids import ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Level, Priority, PriorityMatrix
from supporttui.domain.services import Service
from supporttui.domain.shares import falls
from supporttui.domain.tickets import Ticket, decisions, fields
from supporttui.domain.wall import to_wall
from supporttui.usecases import charters, hotspots
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record, to_work_on
from supporttui.usecases.rules import Derived, Rules, rules_of


def open_ticket(call: Call, tx: Transaction, opened: Opened, *, and_then: Sequence[Event] = ()) -> Ticket:
    """A new ticket, with its timers, and its escalation if its priority is watched; what else is known of it at once.

    Raises:
        NotFound: ``service.unknown`` or ``team.unknown``.
        Refused: ``text.empty`` without a title.
    """
    require(call, tx, Permission.work)
    known = rules_of(tx)
    known.known_service(opened.service)
    if opened.team not in known.teams:
        raise NotFound("team.unknown", team=opened.team)
    if not opened.title.strip():
        raise Refused("text.empty")
    return record(call, tx, None, [opened, *and_then], rules=known)


def create(
    call: Call,
    tx: Transaction,
    *,
    title: str,
    service: str = "",
    text: str = "",
    requester: str = "",
    language: str = "",
    kind: str = Kind.incident,
    category: str = "",
    zone: str = "",
    priority: Priority | None = None,
    impact: Level = Level(2),
    urgency: Level = Level(2),
    refer: str = "",
    and_then: Sequence[Event] = (),
) -> Ticket:
    """A new ticket by hand: the team is its service's, the priority what impact and urgency give, or is given.

    While the service goes over to another team, of a hundred tickets so many are that team's as the stage says.

    ``refer`` is ``yes``: what the charter says is out of scope is closed at once, with the referral recorded.

    Raises:
        BadInput: ``edit.value`` or ``zone.unknown`` for what a field cannot hold, ``edit.empty`` without a title,
            ``priority.level`` or ``priority.unknown``.
        Refused: ``charter.in_scope`` where no charter says where to refer it.
    """
    require(call, tx, Permission.work)
    known = rules_of(tx)
    given = _read(known, {
        "title": title, "service": service, "text": text, "requester": requester, "language": language,
        "kind": kind, "category": category, "zone": zone,
    })  # fmt: skip
    if not given["title"]:
        raise BadInput("edit.empty", field="title")
    found = known.known_service(ServiceId(given["service"]))
    matrix = known.matrix(found, call.at)
    if priority is not None:
        decisions.must_be_known(matrix, priority)
        derived = Derived(priority)
    else:
        derived = known.derived(matrix or PriorityMatrix(), found.id, given["category"], impact, urgency, at=call.at)
    opened = Opened(
        title=given["title"], service=found.id, team=_team(call, found), impact=impact, urgency=urgency,
        priority=derived.priority, lifted_by=derived.lifted_by,
        kind=Kind(given["kind"]), text=given["text"], requester=given["requester"], language=given["language"],
        zone=given["zone"], category=given["category"],
    )  # fmt: skip
    closed = _referred(call, tx, opened) if refer == "yes" else ()
    return open_ticket(call, tx, opened, and_then=(*and_then, *closed, *hotspots.repeats_of(tx, opened, call.at)))


def _team(call: Call, service: Service) -> TeamId:
    going, today = service.going_over, to_wall(call.at, service.zone).date()
    return going.team if going is not None and falls(call.operation, going.percent(today)) else service.team


def _referred(call: Call, tx: Transaction, opened: Opened) -> Sequence[Event]:
    found = charters.referral(tx, call.at, service=opened.service, category=opened.category)
    if found is None:
        raise Refused("charter.in_scope", category=opened.category)
    return (charters.referred(found),)


def edit(call: Call, tx: Transaction, ticket: TicketId, version: int | None, *, fields: Mapping[str, str]) -> Ticket:
    """Other words for what it is about. Another service, kind or category brings other promises: the timers follow.

    Raises:
        BadInput: ``edit.field``, ``edit.empty``, ``edit.value`` or ``zone.unknown``; each names the field.
        Refused: ``edit.nothing`` where all is so already, ``ticket.not_open`` where promises may rest on it.
    """
    found, known = to_work_on(call, tx, ticket, version), rules_of(tx)
    return record(call, tx, found, decisions.edit(found, _read(known, fields)), rules=known)


def _read(known: Rules, given: Mapping[str, str]) -> dict[str, str]:
    return fields.read(given, {service.id: service.name for service in known.services.values()})
