"""Reports of other systems become tickets: opened, folded into the open one by key, noted as over.

One transaction a message: what it says is stored whole or not at all. Nobody is paged by a repetition.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from supporttui.domain.access import Permission
from supporttui.domain.events import Event, Opened, PriorityChanged, Reported, Signal, StateChanged, UpdateAnnounced
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import PersonId, ServiceId, TicketId
from supporttui.domain.incoming.report import Report, folded
from supporttui.domain.incoming.source import IntakeSource, WhenOver
from supporttui.domain.notices import NoticeCode
from supporttui.domain.priorities import Level, PriorityMatrix
from supporttui.domain.spans import Instant
from supporttui.domain.states import Origin, State
from supporttui.domain.tickets import Ticket, decisions
from supporttui.usecases import opening
from supporttui.usecases.access import require
from supporttui.usecases.incoming.news import news
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.record import record
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.stores.incoming import Alert

FLOOD = ""
"""Under this key a source has the ticket on which it is counted what opens none of its own."""
MINUTE = 60
OVER = "no_fault"
"""Resolution of a ticket that a report resolves: nobody did anything that is known here."""


class Outcome(StrEnum):
    """What became of a report."""

    opened = "opened"
    folded = "folded"
    """Counted on the ticket that is there."""
    reopened = "reopened"
    over = "over"
    """Noted on the ticket that it is over."""
    resolved = "resolved"
    """The ticket with it."""
    noted = "noted"
    """Written on the ticket that it names."""
    flooded = "flooded"
    """Counted on the ticket of a flood."""
    left_out = "left_out"
    known = "known"
    """Taken in before; nothing was changed."""
    unmatched = "unmatched"
    """Something is over of which nothing is known here."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one report."""

    outcome: Outcome
    ticket: TicketId | None = None
    key: str = ""
    count: int = 0
    """Reports under this key."""
    why: str = ""
    """A code, of what was left out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Titles in the site's language; ``{name}`` is the source or the beat."""

    flood: str = "{name}"
    silence: str = "{name}"
    attached: str = "{files}"


BARE = Wording()
"""In no language."""


@dataclass(frozen=True, slots=True)
class Taking:
    """What is needed to take in reports of one source, within one transaction."""

    call: Call
    tx: Transaction
    source: IntakeSource
    rules: Rules
    words: Wording

    @property
    def name(self) -> str:
        """What the source is called."""
        return self.source.name or self.source.id


def source_of(tx: Transaction, wanted: str) -> IntakeSource:
    """The source of this id, if it is active.

    Raises:
        NotFound: ``source.unknown``.
    """
    known = {one.id: one for one in tx.definitions.sources() if one.active}
    if wanted not in known:
        raise NotFound("source.unknown", source=wanted[:60], allowed=", ".join(known)[:300])
    return known[wanted]


def taking(call: Call, tx: Transaction, source: str, words: Wording) -> Taking:
    """For a source; what it says is said by the source itself, whoever hands it in.

    Raises:
        NotFound: ``source.unknown``.
        Forbidden: as ``require`` does.
    """
    require(call, tx, Permission.work)
    found = source_of(tx, source)
    own = replace(call, actor=PersonId(found.id), origin=Origin.intake)
    return Taking(own, tx, found, rules_of(tx), words)


def take(
    call: Call,
    tx: Transaction,
    source: str,
    reports: Sequence[Report],
    *,
    message: str = "",
    words: Wording = BARE,
) -> tuple[Taken, ...]:
    """Take in what a source says in one message; reports of one key are one.

    ``message`` is the sender's own id of it: a second one with it changes nothing.

    Raises:
        NotFound: ``source.unknown``, ``service.unknown``.
        Conflict: ``intake.raced``, ``ticket.changed``: nothing was stored; the same again will do.
    """
    desk = taking(call, tx, source, words)
    if message and tx.incoming.knows(source, message):
        return (Taken(Outcome.known, tx.incoming.ticket_of((message,))),)
    taken = tuple(take_one(desk, one) for one in folded(reports))
    if message:
        tx.incoming.receive(source, message, call.at, next((one.ticket for one in taken if one.ticket), None))
    return taken


def take_one(desk: Taking, report: Report) -> Taken:
    """Take in one report. Raises as ``take`` does."""
    if report.left_out:
        return Taken(Outcome.left_out, key=report.key, why="mail.rule")
    known = desk.tx.incoming.alert(desk.source.id, report.key) if report.key else None
    ticket = standing(desk.tx, known.ticket) if known is not None else None
    if report.state is Signal.resolved:
        return _over(desk, report, known, ticket)
    if known is None or ticket is None or not (ticket.is_open or desk.source.reopens):
        return open_or_flood(desk, report, known)
    return _again(desk, report, known, ticket)


def standing(tx: Transaction, ticket: TicketId) -> Ticket | None:
    """The ticket as which this one goes on; ``None`` if that is closed, or should never have been."""
    found = tx.tickets.get(ticket)
    while found.merged_into is not None:
        found = tx.tickets.get(found.merged_into)
    return None if found.void or found.state is State.closed else found


# --- a ticket of its own, or that of a flood ---------------------------------------------------------------


def open_or_flood(desk: Taking, report: Report, known: Alert | None = None) -> Taken:
    """A new ticket, with timers and escalation; or, where a source opens too many, the ticket that counts the rest."""
    if _is_flood(desk, report):
        return _flood(desk, report, known)
    opened = _opened(desk, report, Reported(desk.source.id, report.key, cut=report.cut))
    key = report.key or f"#{opened.id}"
    desk.tx.incoming.put(_alert(desk, key, opened.id), known=known)
    return Taken(Outcome.opened, opened.id, report.key, 1)


def _is_flood(desk: Taking, report: Report) -> bool:
    lately = desk.tx.incoming.lately(desk.source.id, desk.source.most)
    now = [one for one in lately if one.at > desk.call.at - MINUTE]
    mine = [one for one in now if report.requester and one.requester == report.requester]
    return len(now) >= desk.source.most or len(mine) >= desk.source.most_of_one


def _flood(desk: Taking, report: Report, known: Alert | None) -> Taken:
    """Counted, told by its title, and nothing of it is less pressing than it was."""
    tx, before = desk.tx, desk.tx.incoming.alert(desk.source.id, FLOOD)
    ticket = standing(tx, before.ticket) if before is not None else None
    if before is None or ticket is None or not ticket.is_open:
        title = desk.words.flood.replace("{name}", desk.name)
        event = Reported(desk.source.id, FLOOD, Signal.flooded, text=report.title)
        ticket = _opened(desk, replace(report, title=title, text=report.title, requester="", language=""), event)
        count = 1
    else:
        count = before.count + 1
        events = [*_louder(desk, ticket, report)]
        if events or worth_telling(count):
            told = Reported(desk.source.id, FLOOD, Signal.flooded, count, text=report.title)
            record(desk.call, tx, ticket, [told, *events], rules=desk.rules)
    new = Alert(desk.source.id, FLOOD, ticket.id, Signal.flooded.value, count, desk.call.at, desk.call.at)
    tx.incoming.put(new if before is None or count == 1 else replace(new, first_at=before.first_at), known=before)
    if report.key:
        tx.incoming.put(_alert(desk, report.key, ticket.id), known=known)
    return Taken(Outcome.flooded, ticket.id, report.key, count)


def _opened(desk: Taking, report: Report, event: Event) -> Ticket:
    service = desk.rules.known_service(report.service)
    impact, urgency = levels(desk.rules, report.service, desk.call.at, impact=report.impact, urgency=report.urgency)
    text = "\n\n".join(filter(None, (report.text, report.link)))
    return opening.create(
        desk.call, desk.tx, title=report.title, service=service.id, text=text, requester=report.requester,
        language=report.language, kind=report.kind, category=report.category, impact=impact, urgency=urgency,
        and_then=(event, *_announced(desk, report)),
    )  # fmt: skip


def _announced(desk: Taking, report: Report, known: Ticket | None = None) -> tuple[Event, ...]:
    """The window that a vendor gives, where it is not over and none that is known."""
    window, standing = report.window, None if known is None else known.announcement
    if window is None or window.end <= desk.call.at:
        return ()
    if standing is not None and (standing.start, standing.end) == (window.start, window.end):
        return ()
    return (UpdateAnnounced(window.start, window.end),)


def levels(rules: Rules, service: ServiceId, at: Instant, *, impact: Level, urgency: Level) -> tuple[Level, Level]:
    """As far as the matrix goes: nothing is lost because somebody was told of levels that there are not."""
    matrix = rules.matrix(rules.services.get(service), at) or PriorityMatrix()
    known = Level(min(impact, len(matrix.rows)))
    return known, Level(min(urgency, len(matrix.rows[known - 1])))


def _alert(desk: Taking, key: str, ticket: TicketId) -> Alert:
    return Alert(desk.source.id, key, ticket, Signal.firing.value, 1, desk.call.at, desk.call.at)


# --- again, and over ---------------------------------------------------------------------------------------


def _again(desk: Taking, report: Report, known: Alert, ticket: Ticket) -> Taken:
    """Counted; a fact where that is news, and a resolved ticket is open again."""
    count = known.count + 1
    events: list[Event] = [] if ticket.is_open else [*decisions.reopen(ticket, "")]
    outcome = Outcome.folded if ticket.is_open else Outcome.reopened
    events += (*_louder(desk, replace(ticket, state=State.active), report), *_announced(desk, report, ticket))
    is_news = known.state != Signal.firing or worth_telling(count)
    if events or (is_news and not _of_flood(desk, ticket)):
        text = report.text if report.text and report.text not in _said(desk.tx, ticket) else ""
        told = Reported(desk.source.id, report.key, count=count, text=text, cut=report.cut)
        heard = news(desk.call, desk.rules, ticket, code=NoticeCode.again, by=desk.name)
        record(desk.call, desk.tx, ticket, [told, *events], rules=desk.rules, notices=heard)
    again = replace(known, ticket=ticket.id, state=Signal.firing.value, count=count, last_at=desk.call.at)
    desk.tx.incoming.put(again, known=known)
    return Taken(outcome, ticket.id, report.key, count)


def worth_telling(count: int) -> bool:
    """Whether the history tells of this repetition: the first ten, then every tenth, then every hundredth.

    >>> [count for count in range(1, 1001) if worth_telling(count)][9:13]
    [10, 20, 30, 40]
    """
    step = int(f"1{'0' * (len(str(count)) - 1)}")
    return count % step == 0


def _said(tx: Transaction, ticket: Ticket) -> str:
    """What was said last of it."""
    facts = tx.journal.of_ticket(ticket.id)
    told = [fact.event.text for fact in facts if isinstance(fact.event, Reported | Opened) and fact.event.text]
    return told[-1] if told else ""


def _louder(desk: Taking, ticket: Ticket, report: Report) -> tuple[Event, ...]:
    """A more pressing priority; what a person said of it stands."""
    service = desk.rules.service(ticket)
    matrix = desk.rules.matrix(service, desk.call.at) or PriorityMatrix()
    impact, urgency = levels(desk.rules, report.service, desk.call.at, impact=report.impact, urgency=report.urgency)
    given = desk.rules.derived(matrix, ticket.service, ticket.category, impact, urgency, at=desk.call.at)
    if given.priority >= ticket.priority or _chosen(desk.tx, ticket):
        return ()
    return decisions.change_priority(
        ticket, given.priority, impact=impact, urgency=urgency, derived=True, lifted_by=given.lifted_by
    )


def _chosen(tx: Transaction, ticket: Ticket) -> bool:
    return any(
        isinstance(fact.event, PriorityChanged) and fact.origin is not Origin.intake
        for fact in tx.journal.of_ticket(ticket.id)
    )


def _over(desk: Taking, report: Report, known: Alert | None, ticket: Ticket | None) -> Taken:
    if known is None or ticket is None:
        return Taken(Outcome.unmatched, key=report.key)
    desk.tx.incoming.put(replace(known, state=Signal.resolved.value, last_at=desk.call.at), known=known)
    outcome = Outcome.over
    goes_on = any(desk.tx.incoming.goes_on(number) for number in (ticket.id, *ticket.merged))
    if ticket.is_open and known.state != Signal.resolved and not (goes_on and _of_flood(desk, ticket)):
        resolves = desk.source.when_over is WhenOver.resolve and not goes_on
        held = resolves and _flaps(desk, ticket)
        signal = Signal.flapping if held else Signal.resolved
        told: list[Event] = [Reported(desk.source.id, report.key, signal, known.count)]
        if resolves and not held:
            told.append(StateChanged(State.resolved, reason=OVER))
            outcome = Outcome.resolved
        record(desk.call, desk.tx, ticket, told, rules=desk.rules)
    return Taken(outcome, ticket.id, report.key, known.count)


def _flaps(desk: Taking, ticket: Ticket) -> bool:
    """Whether the source has opened it again too often lately.

    Then it stays open, so that the next report is a repetition, which calls nobody.
    """
    facts = desk.tx.journal.of_ticket(ticket.id)
    lately = [fact for fact in facts if fact.at > desk.call.at - desk.source.settle]
    again = [fact for fact in lately if isinstance(fact.event, StateChanged) and fact.event.state is State.active]
    return sum(fact.actor == desk.source.id for fact in again) >= desk.source.flaps


def _of_flood(desk: Taking, ticket: Ticket) -> bool:
    """Whether a ticket stands for more than its history could tell one by one."""
    flood = desk.tx.incoming.alert(desk.source.id, FLOOD)
    return flood is not None and flood.ticket == ticket.id
