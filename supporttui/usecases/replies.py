"""Replying to a requester, in their language, by a way that can be taken back until it left."""

from dataclasses import dataclass, replace

from supporttui.domain import promises, replies
from supporttui.domain.access import Permission
from supporttui.domain.events import Event
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, TicketId
from supporttui.domain.notices import QUIET
from supporttui.domain.people import ContactPoint
from supporttui.domain.replies import ReplyKind, Template
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket, decisions
from supporttui.usecases.access import require
from supporttui.usecases.messages import in_drill
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import current, record
from supporttui.usecases.reply_views import Answer, Draft, TemplateChoice
from supporttui.usecases.rules import Rules, rules_of

CHANNEL = "reply_channel"
"""Site setting: the channel over which replies leave."""
CODE = "reply"
NO_CHANNEL = "reply.no_channel"
NO_ADDRESS = "reply.no_address"


@dataclass(frozen=True, slots=True)
class Way:
    """How a reply would leave; ``obstacle`` is the code of why it cannot."""

    channel: str = ""
    address: str = ""
    obstacle: str = ""


def reply(
    call: Call,
    tx: Transaction,
    ticket: TicketId,
    version: int | None,
    *,
    text: str = "",
    template: str = "",
    delay: int = 8,
    promise: Instant | None = None,
) -> Answer:
    """A public reply; it leaves after ``delay`` seconds over the site's channel for replies.

    ``text`` alone is what is sent; with a ``template`` it is put into its place in it. Where the site names no
    channel, or nothing is known of the requester's address, the reply is recorded and nothing leaves: the result
    says so. A desk that shows the draft first gives the finished text and no template. It keeps what was promised
    before; ``promise``: when the requester hears next, by which a major incident under way goes on by itself.

    Raises:
        NotFound: ``template.unknown``.
        Refused: ``text.empty``; ``reply.unfilled`` while a place in it has no value; ``promise.past``,
            ``ticket.not_open``.
    """
    require(call, tx, Permission.work)
    found, rules = current(tx, ticket, version), rules_of(tx)
    if template:
        text = _draft(rules, found, _template(tx, template), me=call.actor, added=text).text
    if unfilled := replies.missing(text):
        raise Refused("reply.unfilled", ticket=ticket, places=", ".join(unfilled))
    way = way_of(tx, found)
    send_at = Instant(max(call.at, found.updated_at) + delay)
    queued = () if way.obstacle else (_notice(call, rules, found, way, text=text, not_before=send_at),)
    events = (*decisions.reply(found, text), *_promised(call, found, promise))
    stored = record(call, tx, found, events, rules=rules, notices=queued)
    return Answer(
        stored, call.operation, text, way.channel, way.address, None if way.obstacle else send_at, way.obstacle
    )


def _promised(call: Call, ticket: Ticket, until: Instant | None) -> tuple[Event, ...]:
    by, at = PersonId(call.actor), Instant(max(call.at, ticket.updated_at))
    if until is None:
        return promises.again(ticket, by=by, at=at)
    return promises.promise(replace(ticket, promised=None), until=until, by=by, text="", at=at)


def draft(tx: Transaction, ticket: TicketId, template: str, me: PersonId, *, text: str = "") -> Draft:
    """What a template says on a ticket, in the requester's language where it has it; without one, ``text`` alone.

    Raises:
        NotFound: ``ticket.unknown`` or ``template.unknown``.
    """
    found, rules = tx.tickets.get(ticket), rules_of(tx)
    chosen = _template(tx, template) if template else Template("", texts={found.language: ""})
    return _draft(rules, found, chosen, me=me, added=text)


def templates(tx: Transaction, ticket: TicketId) -> tuple[TemplateChoice, ...]:
    """The templates of the site, and in which language each would speak to the ticket's requester.

    Raises:
        NotFound: ``ticket.unknown``.
    """
    found, rules = tx.tickets.get(ticket), rules_of(tx)
    order = list(ReplyKind)
    return tuple(
        TemplateChoice(one.id, one.kind, one.name, chosen.language, fallback=chosen.fallback)
        for one in sorted(tx.definitions.templates(), key=lambda one: (order.index(one.kind), one.id))
        for chosen in (replies.choose(one, found.language, instead=_instead(rules, found)),)
    )


def way_of(tx: Transaction, ticket: Ticket) -> Way:
    """How a reply to the ticket's requester would leave."""
    channel = tx.definitions.site().get(CHANNEL, "")
    address = replies.address_of(ticket.requester)
    obstacle = NO_CHANNEL if not channel else NO_ADDRESS if not address else ""
    return Way(channel, address, obstacle)


def _template(tx: Transaction, wanted: str) -> Template:
    known = tx.definitions.templates()
    for template in known:
        if template.id == wanted:
            return template
    allowed = ", ".join(template.id for template in known)
    raise NotFound("template.unknown", template=wanted[:60], allowed=allowed[:300])


def _draft(rules: Rules, ticket: Ticket, template: Template, *, me: PersonId, added: str) -> Draft:
    chosen = replies.choose(template, ticket.language, instead=_instead(rules, ticket))
    service = rules.service(ticket)
    text = replies.fill(
        replies.added_to(chosen.text, added),
        {
            "ticket": f"{rules.tx.definitions.site().get('prefix', DEFAULT_PREFIX)}{ticket.id}",
            "title": ticket.title,
            "requester": replies.name_of(ticket.requester),
            "me": rules.name(me),
            "service": service.name if service is not None else ticket.service,
            "text": added,
        },
    ).strip()
    way = way_of(rules.tx, ticket)
    return Draft(
        text, chosen.language, ticket.language, chosen.fallback, replies.missing(text), way.channel, way.address,
        way.obstacle,
    )  # fmt: skip


def _instead(rules: Rules, ticket: Ticket) -> tuple[str, ...]:
    service = rules.service(ticket)
    return (service.fallback_language,) if service is not None else ()


def _notice(call: Call, rules: Rules, ticket: Ticket, way: Way, *, text: str, not_before: Instant) -> Notice:
    """The outbox row; it is addressed to nobody of ours, and speaks the words that were written."""
    contact, drill = in_drill(ticket, ContactPoint(way.channel, way.address))
    params: dict[str, str | int] = {
        "prefix": rules.tx.definitions.site().get("prefix", DEFAULT_PREFIX), "title": ticket.title,
        "language": ticket.language, "letter": text, **drill,
    }  # fmt: skip
    return Notice(
        key=f"reply:{call.operation}:{ticket.id}", ticket=ticket.id, person=PersonId(""), channel=contact.channel,
        address=contact.address, code=CODE, params={name: value for name, value in params.items() if value != ""},
        not_before=not_before, priority=QUIET, operation=call.operation,
    )  # fmt: skip
