"""What people type, read against what the database knows: ticket numbers, filters, moments."""

import re
from datetime import datetime, time, timedelta
from typing import TypeVar

from supporttui.cli.session import Session
from supporttui.cli.when import moment
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.filter import Names, parse
from supporttui.domain.ids import ServiceId, TicketId
from supporttui.domain.queue import EVERYTHING, Node, Op, SortBy, Term
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold
from supporttui.domain.wall import monday, resolve, to_wall
from supporttui.i18n.filter_words import aliases
from supporttui.usecases import naming
from supporttui.usecases.ports import Transaction

T = TypeVar("T")


def ticket_of(session: Session, tx: Transaction, text: str) -> TicketId:
    """The ticket behind ``1042``, ``T-1042``, ``#1042``, ``system:KEY`` or a foreign number alone.

    Raises:
        NotFound: ``ticket.unknown_number``.
        BadInput: ``cli.ticket_ambiguous`` when a foreign number fits several.
    """
    number = text.strip().removeprefix("#")
    bare = re.fullmatch(rf"(?:{re.escape(session.prefix)})?(\d{{1,15}})", number, re.IGNORECASE | re.ASCII)
    if bare:
        return TicketId(int(bare[1]))
    system, colon, key = number.partition(":")
    found = tx.tickets.find(system, key) if colon else None
    return found if found is not None else _by_foreign_number(session, tx, number)


def _by_foreign_number(session: Session, tx: Transaction, number: str) -> TicketId:
    query = Term("ref", Op.prefix, (fold(number),))
    rows = tx.tickets.page(query, now=session.now(), me=None, sort=SortBy.number, limit=50) if number else ()
    known_as = [row for row in rows if any(key.casefold() == number.casefold() for key in row.references)]
    # Merged tickets and the one as which they go on are known under the same numbers.
    named = [row.id for row in known_as if not row.merged] or [row.id for row in known_as]
    if len(named) > 1:
        raise BadInput("cli.ticket_ambiguous", number=number[:60])
    if not named:
        raise NotFound("ticket.unknown_number", number=number[:60])
    return named[0]


def service_of(tx: Transaction, text: str | None) -> ServiceId | None:
    """The service with this id or name; ``None`` without a text. Raises NotFound ``service.unknown``."""
    if text is None:
        return None
    for service in tx.definitions.services():
        if text.casefold() in (service.id.casefold(), service.name.casefold()):
            return service.id
    raise NotFound("service.unknown", service=text[:60])


def filter_of(session: Session, tx: Transaction, text: str) -> Node:
    """The tree of a filter in the viewer's words and zone. Raises BadInput ``filter.…``."""
    if not text.strip():
        return EVERYTHING
    return parse(text, names_of(session, tx), session.now(), session.words.zone)


def names_of(session: Session, tx: Transaction) -> Names:
    """What a filter may call people and things here."""
    return naming.names(tx, session.now(), me=session.reader, aliases=aliases(session.words))


def moment_of(session: Session, text: str, *, past: bool = False, kept: bool = False) -> Instant:
    """The instant that a text means on the viewer's clocks; ``kept``: it is stored. Raises BadInput ``moment.…``."""
    return moment(session.words, text, session.now(), past=past, kept=kept)


def moment_or(session: Session, text: str | None, otherwise: T, *, kept: bool = False) -> Instant | T:
    """The instant of an option, or what holds without it; an empty text is none, so that a script's slip is told."""
    return otherwise if text is None else moment_of(session, text, kept=kept)


def week_of(session: Session, text: str | None) -> tuple[Instant, Instant]:
    """From Monday to Monday on the viewer's clocks: the week of a moment, or an ISO week by number; else this one."""
    zone = session.words.zone
    if text and text.isdigit() and 1 <= int(text) <= 53:
        start = monday(int(text), session.now(), zone)
    else:
        day = to_wall(moment_of(session, text) if text else session.now(), zone).date()
        start = day - timedelta(days=day.weekday())
    first, last = (datetime.combine(start + timedelta(days=days), time()) for days in (0, 7))
    return resolve(first, zone), resolve(last, zone)
