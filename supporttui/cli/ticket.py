"""``supporttui ticket show|why|history``: one ticket as it stands, why its timers stand so, what happened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import click

from supporttui import shapes
from supporttui.bootstrap.outside import links_of
from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, verb
from supporttui.domain.events import Fact, kind_of
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import to_plain
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.sla.timer import Sign, sign_of
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.i18n import bond_labels, formats, labels, service_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown
from supporttui.i18n.event_labels import event
from supporttui.usecases import queue
from supporttui.usecases.ports import EscalationState, Transaction
from supporttui.usecases.views import TicketDetail, TimerReason, TimerView, Why


def command(words: Words, name: str) -> click.Command:
    """The group ``ticket``."""
    number = argument("ticket", metavar=words.t("TICKET"))
    return group(
        words, name,
        [
            verb(words, "show", _show, params=[number], help=words.t("Show a ticket as it stands.")),
            verb(words, "why", _why, params=[number], help=words.t("Say why its timers stand where they stand.")),
            verb(words, "history", _history, params=[number], help=words.t("Show what happened to it.")),
        ],
        help=words.t("Read one ticket."),
    )  # fmt: skip


# --- show ---------------------------------------------------------------------------------------------


def _show(session: Session, *, ticket: str) -> None:
    detail = _detail(session, ticket)
    if session.json:
        output.show_json(**shapes.whole(session.words, detail, prefix=session.prefix))
        return
    lines = [*_head(session, detail), "", *_fields(session, detail)]
    if detail.timers:
        lines += ["", _timers(session, detail.timers, detail.now)]
    if detail.ticket.text:
        lines += ["", detail.ticket.text]
    output.show("\n".join(lines))


def _detail(session: Session, text: str) -> TicketDetail:
    def read(tx: Transaction) -> TicketDetail:
        return queue.detail(tx, ticket_of(session, tx, text), session.now())

    return session.ask(read)


def _head(session: Session, detail: TicketDetail) -> Iterator[str]:
    ticket = detail.ticket
    yield f"{session.prefix}{ticket.id}  {ticket.title}"
    yield " · ".join(
        (
            labels.state(session.words, ticket.state),
            labels.priority(session.words, ticket.priority),
            labels.kind(session.words, ticket.kind),
            shapes.countdown_of(session.words, detail.item.segment, detail.now),
        )
    )


def _fields(session: Session, detail: TicketDetail) -> Iterator[str]:
    words, ticket = session.words, detail.ticket
    pairs = {
        words.t("Service"): _service(words, detail),
        words.t("Team"): detail.team.name if detail.team else ticket.team,
        words.t("Owner"): detail.names.get(ticket.owner, ticket.owner) if ticket.owner else "-",
        words.t("Resolver"): detail.names.get(ticket.resolver, ticket.resolver),
        words.t("Acknowledged"): _acknowledged(session, detail),
        words.t("Escalation"): _escalation(words, detail),
        words.t("Requester"): ticket.requester,
        words.t("Language"): _speaks(words, detail),
        words.t("Their clock"): _their_clock(ticket, detail.now),
        words.t("Waits because"): labels.hold_reason(words, ticket.hold_reason) if ticket.hold_reason else "",
        words.t("Waits until"): _stamp(words, ticket.hold_until),
        words.t("Opened"): _stamp(words, ticket.created_at),
        words.t("Resolved"): _stamp(words, ticket.resolved_at),
        words.t("References"): ", ".join(_references(session, ticket)),
        words.t("Was with"): _hops(words, detail),
    }
    bonds = bond_labels.bonds(words, ticket, detail.names, prefix=session.prefix)
    for label, value in (*pairs.items(), *bonds):
        if value:
            yield words.t("{field}: {value}", field=label, value=value)


def _escalation(words: Words, detail: TicketDetail) -> str:
    """By which policy, and what comes next on which condition."""
    running = detail.escalation
    if running is None or running.escalation.state is EscalationState.done:
        return ""
    policy = running.policy_name
    if running.upcoming:
        step = running.upcoming[0]
        people = formats.listing(words, [reach.name for reach in step.people]) or words.t("nobody")
        when = times.near(step.at, detail.now, words.zone)
        return words.t(
            "{policy}; if nobody answers until {time}: {step}, {people}",
            policy=policy, time=when, step=step.name, people=people,
        )  # fmt: skip
    if running.escalation.state is EscalationState.acknowledged:
        return words.t("{policy}; answered", policy=policy)
    return words.t("{policy}; every step was taken and nobody answered", policy=policy)


def _service(words: Words, detail: TicketDetail) -> str:
    if detail.service is None or detail.opening is None:
        return detail.ticket.service
    hours = service_labels.opening(words, detail.opening, detail.now)
    return words.t("{service} ({hours})", service=detail.service.name, hours=hours)


def _speaks(words: Words, detail: TicketDetail) -> str:
    """The requester's language, and who can answer in it."""
    if not detail.ticket.language:
        return ""
    if detail.speakers is None:
        return formats.language(words, detail.ticket.language)
    return service_labels.spoken(words, detail.speakers, detail.now)


def _their_clock(ticket: Ticket, now: Instant) -> str:
    """What time it is for the requester; nothing if their zone is unknown, or one that another system made up."""
    try:
        return f"{times.stamp(now, ticket.zone)} {times.zone_label(now, ticket.zone)}" if ticket.zone else ""
    except BadInput:
        return ""


def _acknowledged(session: Session, detail: TicketDetail) -> str:
    by = detail.ticket.acknowledged_by
    if by is None:
        return ""
    return f"{detail.names.get(by, by)}, {_stamp(session.words, detail.ticket.acknowledged_at)}"


def _references(session: Session, ticket: Ticket) -> Iterator[str]:
    links = links_of(session.loaded)
    for reference in ticket.references:
        link = links.get(reference.system)
        url = reference.url or (link.address(reference.key) if link else "")
        yield f"{reference.system} {reference.key}" + (f" <{url}>" if url else "")


def _hops(words: Words, detail: TicketDetail) -> str:
    """Who had it for how long, one after the other; nothing while it has been with one alone."""
    told = [
        words.t("{authority} {time}", authority=detail.names.get(hop.authority, hop.authority),
                time=countdown(words, hop.span.seconds))
        for hop in detail.hops
    ]  # fmt: skip
    return ", ".join(told) if len(told) > 1 else ""


def _stamp(words: Words, at: Instant | None) -> str:
    return "" if at is None else f"{times.stamp(at, words.zone)} {times.zone_label(at, words.zone)}"


def _timers(session: Session, views: tuple[TimerView, ...], now: Instant) -> str:
    words = session.words
    head = ("", words.t("Promise"), words.t("Left"), words.t("Due"), words.t("State"))
    rows = []
    for view in views:
        sign = sign_of(view.timer, view.segment, now)
        rows.append(
            (
                labels.glyph(sign, unicode=session.unicode),
                labels.metric(words, view.timer.metric),
                shapes.countdown_of(words, view.segment, now) if view.timer.unmet else "",
                _stamp(words, view.timer.due),
                labels.sign(words, sign),
            )
        )
    return output.table(head, rows, right=(2,))


# --- why ----------------------------------------------------------------------------------------------


def _why(session: Session, *, ticket: str) -> None:
    def read(tx: Transaction) -> Why:
        return queue.why(tx, ticket_of(session, tx, ticket), session.now())

    found = session.ask(read)
    if session.json:
        output.show_json(
            as_of=shapes.iso(found.now), ticket=found.ticket.id,
            timers=[_reason_json(session, reason, found.now) for reason in found.reasons],
        )  # fmt: skip
        return
    blocks = ["\n".join(_reason(session, reason, found)) for reason in found.reasons]
    output.show("\n\n".join(blocks) or session.words.t("No promise was made for this ticket."))


def _reason_json(session: Session, reason: TimerReason, now: Instant) -> dict[str, object]:
    view = TimerView(reason.timer, reason.segment, reason.target)
    parts = [
        {
            "start": shapes.iso(part.span.start), "end": shapes.iso(part.span.end), "counts": part.open,
            "seconds": part.span.seconds, "reason": str(part.reason), "name": part.name,
            "ahead": part.span.start >= now,
        }
        for part in _split(reason.parts, now)
    ]  # fmt: skip
    return {**shapes.timer(session.words, view, now), "parts": parts}


def _split(parts: Iterable[Piece], now: Instant) -> Iterator[Piece]:
    """The same pieces, none of them across ``now``: what was is told apart from what will be."""
    for part in parts:
        if part.span.start < now < part.span.end:
            yield replace(part, span=Span(part.span.start, now))
            yield replace(part, span=Span(now, part.span.end))
        else:
            yield part


def _reason(session: Session, reason: TimerReason, why: Why) -> Iterator[str]:
    words, timer = session.words, reason.timer
    shown = sign_of(timer, reason.segment, why.now)
    parts = tuple(_split(reason.parts, why.now))
    left = shapes.countdown_of(words, reason.segment, why.now)
    told = {"metric": labels.metric(words, timer.metric), "target": countdown(words, timer.seconds), "left": left}
    if timer.unmet and shown is not Sign.breached:
        yield words.t("{metric}: {left} left of {target}", **told)
    elif timer.unmet:
        yield words.t("{metric}: {target} promised, {left} over", **{**told, "left": left.lstrip("-")})
    else:
        yield words.t("{metric}: {target} promised, {sign}", **told, sign=labels.sign(words, shown))
    if timer.due is not None:
        yield "  " + words.t("due {time}", time=_stamp(words, timer.due))
    yield from (_part(words, part, why.now) for part in parts)
    used = sum(part.span.seconds for part in parts if part.open and part.span.end <= why.now)
    yield "  " + words.t("counted so far: {used}", used=countdown(words, used))


def _part(words: Words, part: Piece, now: Instant) -> str:
    """``+`` counts, ``>`` will count; nothing in front of what does not."""
    mark = " " if not part.open else ">" if part.span.start >= now else "+"
    start, end = times.stamp(part.span.start, words.zone), times.near(part.span.end, part.span.start, words.zone)
    cause = labels.reason(words, str(part.reason)) + (f" ({part.name})" if part.name else "")
    return f"  {mark} {start} – {end}  {countdown(words, part.span.seconds)}  {cause}"


# --- history ------------------------------------------------------------------------------------------


def _history(session: Session, *, ticket: str) -> None:
    detail = _detail(session, ticket)
    facts = tuple(reversed(detail.facts))
    if session.json:
        output.show_json(
            as_of=shapes.iso(detail.now), ticket=detail.ticket.id, history=[_fact_json(fact) for fact in facts]
        )
        return
    head = (session.words.t("When"), session.words.t("Who"), session.words.t("What"))
    output.show(output.table(head, [_fact(session, fact, detail.names) for fact in facts]))


def _fact(session: Session, fact: Fact, names: Mapping[str, str]) -> tuple[str, ...]:
    told = event(session.words, fact.event, names, prefix=session.prefix)
    return (_stamp(session.words, fact.at), names.get(fact.actor, fact.actor), told)


def _fact_json(fact: Fact) -> dict[str, object]:
    return {
        "seq": fact.seq, "at": shapes.iso(fact.at), "recorded_at": shapes.iso(fact.recorded_at),
        "actor": fact.actor, "kind": kind_of(fact.event), "data": to_plain(fact.event),
        "operation": fact.operation, "origin": fact.origin.value,
    }  # fmt: skip
