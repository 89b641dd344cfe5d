"""What a verb says when it is done: one line, or the same as JSON."""

from typing import Any

from supporttui import shapes
from supporttui.actions import Action
from supporttui.cli import handing_over, told
from supporttui.cli.session import Session
from supporttui.domain.states import Kind
from supporttui.domain.tickets import Ticket
from supporttui.i18n import cause_labels, labels, period_labels, times
from supporttui.usecases.periods import Frozen, told_of
from supporttui.usecases.reply_views import Answer
from supporttui.usecases.views import Escalated


def as_json(session: Session, result: object) -> dict[str, Any]:
    """The result of a use case for machines."""
    match result:
        case Ticket():
            shape = shapes.ticket(result, prefix=session.prefix)
            return {**shape, **_frozen_json(session, result), **handing_over.as_json(session, result)}
        case Escalated():
            return {
                **shapes.ticket(result.ticket, prefix=session.prefix),
                "operation": result.operation,
                "step": result.step,
                "step_name": result.step_name,
                "paged": [shapes.reach(person) for person in result.people],
                "send_at": shapes.iso(result.send_at),
            }
        case Answer():
            return {
                **shapes.ticket(result.ticket, prefix=session.prefix),
                "operation": result.operation,
                "reply": result.text,
                "sent_to": result.address if result.send_at is not None else None,
                "channel": result.channel if result.send_at is not None else None,
                "send_at": shapes.iso(result.send_at),
                "not_sent": result.obstacle or None,
            }
        case _:
            return {"withdrawn": result}


def as_text(session: Session, action: Action, result: object) -> str:
    """The result of a use case for people."""
    match result:
        case Ticket():
            said = told.of(session, action, result) or _ticket(session, action, result)
            frozen = (period_labels.frozen(session.words, one, session.now()) for one in _frozen(session, result))
            cautions = handing_over.as_text(session, result) if action.id in handing_over.ACTIONS else ()
            asked = handing_over.offered(session, result) if action.id in handing_over.ACTIONS else ()
            return "\n".join((said, *frozen, *cautions, *asked))
        case Escalated():
            return _escalated(session, result)
        case Answer():
            return _replied(session, result)
        case _:
            if result == 0:
                return session.words.t("Too late to hold it back: whoever was called is told that it is withdrawn.")
            return session.words.n("{n} page withdrawn.", "{n} pages withdrawn.", result)  # type: ignore[arg-type]


def _frozen(session: Session, ticket: Ticket) -> tuple[Frozen, ...]:
    """Of a change that is to wait: during which periods."""
    return session.ask(told_of, ticket, session.now()) if ticket.kind is Kind.change else ()


def _frozen_json(session: Session, ticket: Ticket) -> dict[str, Any]:
    found = _frozen(session, ticket)
    frozen = [{"period": one.period, "name": one.name, "until": shapes.iso(one.until)} for one in found]
    return {"frozen": frozen} if frozen else {}


def _ticket(session: Session, action: Action, ticket: Ticket) -> str:
    words = session.words
    with_whom = ticket.owner or ticket.resolver or ticket.team
    return words.t(
        "{ticket}: {action} done. It is {state}, {priority}, with {person}.",
        ticket=f"{session.prefix}{ticket.id}",
        action=words.t(action.label),
        state=labels.state(words, ticket.state),
        priority=labels.priority(words, ticket.priority),
        person=session.name_of(with_whom),
    )


def _replied(session: Session, answer: Answer) -> str:
    """Where it goes, or that it goes nowhere, with the text to send it another way."""
    words, number = session.words, f"{session.prefix}{answer.ticket.id}"
    if answer.send_at is None:
        why = cause_labels.cause(words, answer.obstacle)
        told = words.t("{ticket}: reply recorded, but NOT SENT: {why}. The text:", ticket=number, why=why)
        return f"{told}\n\n{answer.text}"
    told = words.t(
        "{ticket}: reply leaves for {address} ({channel}) at {time}.",
        ticket=number, address=answer.address, channel=labels.channel(words, answer.channel),
        time=times.clock(answer.send_at, words.zone),
    )  # fmt: skip
    undo = words.t("Take it back: supporttui undo {operation}", operation=answer.operation)
    return f"{told}\n{undo}"


def _escalated(session: Session, done: Escalated) -> str:
    words = session.words
    number = f"{session.prefix}{done.ticket.id}"
    nowhere = words.t("no way to reach them")
    people = ", ".join(f"{one.name} ({labels.channel(words, one.channel) or nowhere})" for one in done.people)
    told = words.t(
        "{ticket}: step {step} ({name}) pages {people} at {time}.",
        ticket=number, step=done.step, name=done.step_name, people=people or words.t("nobody"),
        time=times.clock(done.send_at, words.zone),
    )  # fmt: skip
    undo = words.t("Take it back: supporttui withdraw {operation}", operation=done.operation)
    return "\n".join((told, *handing_over.of_step(session, done.ticket.id, done.step), undo))
