"""A rota, or one person's part of it, as events that others can follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from supporttui.domain.access import Permission
from supporttui.domain.exchange.published import EVERYBODY, Calendar, Published, republished
from supporttui.domain.exchange.slots import AROUND, Slot, slots
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rota import snapshot
from supporttui.usecases.rules import rules_of

LONGEST = 800 * 86_400
"""Seconds that one calendar may span: two years, and what lies around them."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The events of a calendar as they are given away now."""

    calendar: Calendar
    name: str
    """Of the rota."""
    events: tuple[Published, ...]
    """Those that touch the window, by line and time, the cancelled ones among them."""
    changed: frozenset[str]
    """The ``uid`` of each that is new or otherwise than the last time."""
    names: Mapping[str, str]


def publish(call: Call, tx: Transaction, rota: RotaId, window: Span, *, person: PersonId | None = None) -> Edition:
    """What others are given of a rota, or of one person in it, and keep in mind that they were.

    Nothing is written where nothing changed.

    Raises:
        Forbidden: ``access.denied``, ``access.unknown_person``.
        NotFound: ``rota.unknown``, ``person.unknown``.
        BadInput: ``publish.window`` for one that is empty, reversed or too long.
    """
    require(call, tx, Permission.work)
    if not 0 < window.end - window.start <= LONGEST:
        raise BadInput("publish.window", days=LONGEST // 86_400)
    if person is not None and person not in rules_of(tx).people:
        raise NotFound("person.unknown", person=person[:60])
    calendar = Calendar(rota, EVERYBODY if person is None else person, window)
    edition = _edition(call, tx, calendar)
    if edition.changed:
        tx.rotas.hold()  # who publishes or changes the rota at the same time comes before or after
        edition = _edition(call, tx, calendar)
        tx.exchange.publish([one for one in edition.events if one.uid in edition.changed])
    return edition


def _edition(call: Call, tx: Transaction, calendar: Calendar) -> Edition:
    rules, known = rules_of(tx), tx.exchange.published(calendar)
    plan = snapshot(rules, calendar.rota, since=Instant(calendar.window.start - AROUND))
    if plan is None:
        raise NotFound("rota.unknown", rota=calendar.rota[:60])
    there = slots(plan, calendar.window, person=calendar.person or None)
    events = republished(known, there, calendar, at=call.at, uid=lambda slot: _uid(call, calendar, slot))
    people = {person for event in events for person in event.people}
    return Edition(
        calendar, plan.versions[-1].rota.name, events, frozenset(one.uid for one in set(events) - set(known)),
        {person: rules.name(person) for person in people},
    )  # fmt: skip


def _uid(call: Call, calendar: Calendar, slot: Slot) -> str:
    """Unlike that of any other site, for the operation is; it is kept, so that it stays."""
    place = f"{call.operation}/{calendar.rota}/{calendar.person}/{slot.level}/{slot.span.start}"
    return f"{sha256(place.encode()).hexdigest()[:32]}@supporttui"
