"""A call becomes a ticket by one line: on behalf of somebody, for the service that its words mean."""

from dataclasses import dataclass

from supporttui.domain import capture
from supporttui.domain.capture import Why
from supporttui.domain.events import Opened
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import ServiceId
from supporttui.domain.queue import Or, QueueRow, SortBy, Words
from supporttui.domain.repeats import telling
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.opening import create
from supporttui.usecases.ports import Call, Transaction

WAYS = "ways"
"""Setting of the site: the words in front of a line that say how a call came, with commas between them."""
MOST_ROWS = 100
"""Tickets with words of the line that say for which service they are."""
MOST_WORDS = 12
BACK = 30 * 86_400
"""So long ago the last ticket of somebody still says what they are about."""


@dataclass(frozen=True, slots=True)
class Guess:
    """For which service a call is, and why that is thought."""

    service: ServiceId
    why: Why


@dataclass(frozen=True, slots=True)
class Logged:
    """The ticket of a call."""

    ticket: Ticket
    guess: Guess
    service_name: str


def log(call: Call, tx: Transaction, *, text: str, requester: str = "", service: str = "") -> Logged:
    """Open a ticket for a call; ``phone:`` in front of the line says how it came, and stays in the description.

    Raises:
        BadInput: ``log.service`` where nothing says which one; ``edit.empty`` without a line; as ``create``.
    """
    site = tx.definitions.site()
    line = capture.read(text, site[WAYS].split(",")) if site.get(WAYS) else capture.read(text)
    guess = Guess(ServiceId(service), Why.said) if service else of_line(tx, line.title, call.actor, call.at)
    if guess is None:
        raise BadInput("log.service", allowed=", ".join(sorted(one.id for one in tx.definitions.services()))[:300])
    whole = text.strip() if line.way else ""
    ticket = create(call, tx, title=line.title, service=guess.service, text=whole, requester=requester.strip())
    names = {one.id: one.name for one in tx.definitions.services()}
    return Logged(ticket, Guess(ticket.service, guess.why), names.get(ticket.service, ticket.service))


def of_line(tx: Transaction, title: str, actor: str, now: Instant) -> Guess | None:
    """The service that a line names, that tickets alike are of, or that its writer used last; else there is but one."""
    services = tx.definitions.services()
    if (found := capture.named(title, services)) is not None:
        return Guess(found, Why.named)
    if (found := capture.alike(title, _with_words(tx, title, now))) is not None:
        return Guess(found, Why.alike)
    if (found := _last(tx, actor, now)) is not None and found in {one.id for one in services}:
        return Guess(found, Why.last)
    return Guess(services[0].id, Why.only) if len(services) == 1 else None


def _with_words(tx: Transaction, title: str, now: Instant) -> tuple[QueueRow, ...]:
    words = tuple(Words(word, whole=True) for word in sorted(telling(title))[:MOST_WORDS])
    if not words:
        return ()
    return tx.tickets.page(Or(words), now=now, me=None, sort=SortBy.number, limit=MOST_ROWS)


def _last(tx: Transaction, actor: str, now: Instant) -> ServiceId | None:
    opened = tx.journal.of_kinds(("opened",), since=Instant(now - BACK))
    mine = (fact.event for fact in reversed(opened) if fact.actor == actor)
    return next((event.service for event in mine if isinstance(event, Opened)), None)
