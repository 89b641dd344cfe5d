"""Outbox rows from what somebody should hear: one for each contact point of first rank."""

from collections.abc import Mapping

from supporttui.domain.ids import OperationId, PersonId
from supporttui.domain.notices import QUIET, Hearing, NoticeCode, of_team
from supporttui.domain.people import ContactPoint, Person
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Call, Notice
from supporttui.usecases.rules import Rules

NOWHERE = ContactPoint("", "")
"""Where somebody without a contact point would be told; the notice is given up, visibly, when it is due."""


def first_contacts(person: Person | None) -> tuple[ContactPoint, ...]:
    """The contact points that are tried first; ``NOWHERE`` if there are none."""
    contacts = person.contacts if person is not None else ()
    best = min((contact.rank for contact in contacts), default=0)
    return tuple(contact for contact in contacts if contact.rank == best) or (NOWHERE,)


def quiet(call: Call, rules: Rules, ticket: Ticket, hearing: Hearing) -> tuple[Notice, ...]:
    """The notices of something that can wait until it is read."""
    if hearing.team is not None:
        people = of_team(tuple(rules.people.values()), hearing.team, but=call.actor)
    else:
        people = (hearing.person,) if hearing.person is not None else ()
    return tuple(
        notice(
            rules, ticket, person, contact,
            code=hearing.code, key=f"{call.operation}:{hearing.code}", not_before=call.at, operation=call.operation,
            more={"by": rules.name(call.actor)}, priority=_pressing(hearing.code, ticket),
        )
        for person in people
        for contact in first_contacts(rules.people.get(person))
    )  # fmt: skip


def notice(
    rules: Rules,
    ticket: Ticket,
    person: PersonId,
    contact: ContactPoint,
    *,
    code: NoticeCode,
    key: str,
    not_before: Instant,
    operation: OperationId,
    more: Mapping[str, str | int],
    priority: int,
) -> Notice:
    """One outbox row; ``key`` says what it is about, person and contact point are added here."""
    service = rules.service(ticket)
    params: dict[str, str | int] = {
        "prefix": rules.tx.definitions.site().get("prefix", "T-"),
        "title": ticket.title,
        "priority": ticket.priority,
        "service": service.name if service is not None else ticket.service,
        **more,
    }
    return Notice(
        key=f"{key}:{person}:{contact.channel}:{contact.address}", ticket=ticket.id, person=person,
        channel=contact.channel, address=contact.address, code=code.value,
        params={name: value for name, value in params.items() if value != ""},
        not_before=not_before, priority=priority, operation=operation,
    )  # fmt: skip


def _pressing(code: NoticeCode, ticket: Ticket) -> int:
    return ticket.priority if code is NoticeCode.exhausted else QUIET
