"""Who hears of a handover: whoever is to take it, whoever gave it, and the shift lead when nobody takes it."""

import json
from collections.abc import Iterable, Iterator

from supporttui.domain.access import Permission, may
from supporttui.domain.handover.filling import TOP
from supporttui.domain.handover.handover import Handover
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.ids import PersonId
from supporttui.domain.notices import QUIET, HandoverCode
from supporttui.domain.paging.contacts import first_contacts
from supporttui.domain.people import Role
from supporttui.domain.plain import to_plain
from supporttui.usecases.handover.standing import Duties
from supporttui.usecases.ports import Call, Notice
from supporttui.usecases.rules import Rules

LETTER = "letter"
"""Parameter with the whole handover as JSON; the text is made of it when it is sent."""


def tell(
    call: Call,
    rules: Rules,
    sheet: Sheet,
    people: Iterable[PersonId],
    *,
    code: HandoverCode,
    text: str = "",
    whole: bool = False,
    priority: int = QUIET,
) -> int:
    """Queue a notice for each contact point of first rank; how many.

    ``whole`` sends the handover itself along. Nobody is told of their own doing, but may send themselves a copy.
    """
    told = [one for one in dict.fromkeys(people) if one != call.actor or code is HandoverCode.copy]
    notices = [
        one
        for person in told
        for one in _notices(call, rules, sheet, person, code=code, text=text, whole=whole, priority=priority)
    ]
    rules.tx.outbox.add(notices)
    return len(notices)


def leads(duties: Duties, handover: Handover) -> tuple[PersonId, ...]:
    """The leads of the teams whose services are given; where those have none, everybody who may change a rota.

    Never those who were to give or to take it.
    """
    rules, joint = duties.rules, handover.joint
    teams = {rules.services[key].team for key in duties.services(joint)}
    concerned = {*joint.giving, *joint.taking}
    able = [one for one in rules.people.values() if may(one.role, Permission.configure) and one.id not in concerned]
    near = [one.id for one in able if one.role is Role.lead and teams.intersection(one.teams)]
    return tuple(near or (one.id for one in able))


def pressing(handover: Handover) -> int:
    """Priority in the outbox of what tells that nobody took it: that of its most important top ticket."""
    top = [item.priority for item in handover.items if item.ticket is not None and 0 < item.priority <= TOP]
    return min(top, default=QUIET)


def _notices(
    call: Call,
    rules: Rules,
    sheet: Sheet,
    person: PersonId,
    *,
    code: HandoverCode,
    text: str,
    whole: bool,
    priority: int,
) -> Iterator[Notice]:
    handover = sheet.handover
    joint = handover.joint
    by = handover.signed_by or joint.giving[0]
    params: dict[str, str | int] = {
        "handover": handover.id, "rota": sheet.rota, "end": joint.span.end, "by": rules.name(by),
        "to": rules.name(joint.taking[0]), "items": len(handover.items), "unread": len(handover.unread()),
        "actor": rules.name(call.actor), "text": text,
    }  # fmt: skip
    if whole:
        params[LETTER] = json.dumps(to_plain(sheet), ensure_ascii=False)
    for contact in first_contacts(rules.people.get(person)):
        yield Notice(
            key=f"{code.value}:{handover.id}:{call.operation}:{person}:{contact.channel}:{contact.address}",
            ticket=None, person=person, channel=contact.channel, address=contact.address, code=code.value,
            params={name: value for name, value in params.items() if value != ""}, not_before=call.at,
            priority=priority, operation=call.operation,
        )  # fmt: skip
