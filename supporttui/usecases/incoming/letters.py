"""Mail becomes a ticket, or stands on the ticket that it names; each once, and no program is answered by another."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from supporttui.domain.events import Event, Noted, Relation, RequesterWrote, StateChanged
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId
from supporttui.domain.incoming.letter import LeftOut, Letter, ticket_named, why_left_out, wrote
from supporttui.domain.incoming.quotes import split
from supporttui.domain.incoming.report import Report, report
from supporttui.domain.incoming.source import IntakeSource
from supporttui.domain.notices import NoticeCode
from supporttui.domain.states import State
from supporttui.domain.tickets import Ticket, decisions
from supporttui.usecases import bonds
from supporttui.usecases.incoming.news import news
from supporttui.usecases.incoming.taking import (
    BARE,
    MINUTE,
    Outcome,
    Taken,
    Taking,
    Wording,
    open_or_flood,
    standing,
    taking,
)
from supporttui.usecases.ports import Call, Notice, Transaction
from supporttui.usecases.record import record

TEXT = 20_000
"""Characters that are kept of a mail."""


def take_letter(
    call: Call,
    tx: Transaction,
    source: str,
    letter: Letter,
    *,
    own: Collection[str] = (),
    words: Wording = BARE,
) -> Taken:
    """Take in a mail; ``own`` are the addresses of the mailbox itself.

    Raises:
        NotFound: ``source.unknown``, ``service.unknown``.
        Conflict: ``intake.raced``, ``ticket.changed``: nothing was stored; the same again will do.
    """
    desk = taking(call, tx, source, words)
    if tx.incoming.knows(source, letter.id):
        return Taken(Outcome.known, tx.incoming.ticket_of((letter.id,)), why=LeftOut.known.value)
    taken = _taken(desk, letter, own)
    tx.incoming.receive(source, letter.id, call.at, taken.ticket)
    return taken


def _taken(desk: Taking, letter: Letter, own: Collection[str]) -> Taken:
    why = why_left_out(letter, automatic=desk.source.automatic, own=own)
    found = as_report(desk.source, letter, desk.words)
    if why is None and found.left_out:
        why = LeftOut.rule
    if why is not None:
        return Taken(Outcome.left_out, key=letter.id, why=why.value)
    about = _about(desk, letter)
    ticket = standing(desk.tx, about.id) if about is not None else None
    if ticket is not None and not _too_many(desk, ticket, letter):
        return _written(desk, ticket, letter)
    taken = open_or_flood(desk, found)
    if about is not None and not about.void and ticket is None and taken.ticket is not None:
        bonds.relate(desk.call, desk.tx, taken.ticket, None, other=about.id, relation=Relation.related)
    return taken


def as_report(source: IntakeSource, letter: Letter, words: Wording) -> Report:
    """What a mail says, by the source's texts and rules; it is the only one under its key."""
    return replace(report(source, _fields(letter, words)), key=letter.id)


def _about(desk: Taking, letter: Letter) -> Ticket | None:
    """The ticket that a mail names or answers; one that there is not is none."""
    prefix = desk.tx.definitions.site().get("prefix", DEFAULT_PREFIX)
    named = ticket_named(letter, prefix) or desk.tx.incoming.ticket_of(letter.before)
    try:
        return None if named is None else desk.tx.tickets.get(named)
    except NotFound:
        return None


def _too_many(desk: Taking, ticket: Ticket, letter: Letter) -> bool:
    """Two programs that answer each other write more than any person does."""
    facts = desk.tx.journal.of_ticket(ticket.id)
    lately = [one for one in facts if one.actor == letter.sender and one.at > desk.call.at - MINUTE]
    return len({one.operation for one in lately}) >= desk.source.most_of_one


def _written(desk: Taking, ticket: Ticket, letter: Letter) -> Taken:
    """By the requester: as a message of theirs. By somebody else: as a note that says who."""
    events = tuple(_events(desk, ticket, letter))
    call = replace(desk.call, actor=PersonId(letter.sender))
    heard: tuple[Notice, ...] = ()
    if any(isinstance(one, RequesterWrote) for one in events):
        heard = news(call, desk.rules, ticket, code=NoticeCode.wrote, by=letter.name or letter.sender)
    record(call, desk.tx, ticket, events, rules=desk.rules, notices=heard)
    reopened = any(isinstance(one, StateChanged) and not ticket.is_open for one in events)
    return Taken(Outcome.reopened if reopened else Outcome.noted, ticket.id, letter.id)


def _events(desk: Taking, ticket: Ticket, letter: Letter) -> Iterator[Event]:
    said = split(letter.body)
    text = _body(replace(letter, body=said.text), desk.words)
    if not wrote(letter, ticket.requester):
        sender = f"{letter.name} <{letter.sender}>" if letter.name else letter.sender
        yield Noted(f"{sender}:\n{text}", said.quoted[:TEXT])
        return
    yield RequesterWrote(text, said.quoted[:TEXT])
    if ticket.state is State.waiting_requester:
        yield StateChanged(State.active)
    elif not ticket.is_open and desk.source.reopens:
        yield from decisions.reopen(ticket, "")


def _body(letter: Letter, words: Wording) -> str:
    files = ", ".join(letter.attachments)
    attached = words.attached.replace("{files}", files) if files else ""
    return "\n\n".join(filter(None, (letter.body.strip()[:TEXT], attached)))


def _fields(letter: Letter, words: Wording) -> Mapping[str, str]:
    """What the texts and rules of a source may name: the parts of a mail, and every header of it."""
    sender = f"{letter.name} <{letter.sender}>" if letter.name else letter.sender
    headers = {f"headers.{name}": text for name, text in letter.headers.items()}
    parts = {
        "subject": letter.subject, "body": _body(letter, words), "from": sender, "address": letter.sender,
        "language": letter.headers.get("content-language", ""), "id": letter.id,
    }  # fmt: skip
    return {**headers, **parts}
