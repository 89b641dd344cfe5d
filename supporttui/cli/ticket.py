"""``supporttui ticket show|why|history``: one ticket as it stands, why its timers stand so, what happened."""

from collections.abc import Iterator, Mapping

import click

from supporttui import shapes
from supporttui.bootstrap.outside import links_of
from supporttui.cli import output, ticket_suggest, ticket_why
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.events import Fact, Origin, kind_of
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import to_plain
from supporttui.domain.reasons import Grain
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Timer, sign_of
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.domain.undoing import done_again
from supporttui.i18n import (
    announcement_labels,
    beside_labels,
    bond_labels,
    formats,
    labels,
    overflow_labels,
    promise_labels,
    service_labels,
    times,
    titles,
    warned_labels,
)
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown
from supporttui.i18n.event_labels import event
from supporttui.usecases import queue
from supporttui.usecases.ports import EscalationState, Transaction
from supporttui.usecases.views import Running, TicketDetail
from supporttui.usecases.warned import Warned


def command(words: Words, name: str) -> click.Command:
    """The group ``ticket``."""
    number = argument("ticket", metavar=words.t("TICKET"))
    return group(
        words, name,
        [
            verb(words, "show", _show, params=[number], help=words.t("Show a ticket as it stands.")),
            verb(words, "why", ticket_why.run, params=[number, *_why_options(words)],
                 help=words.t("Say why its timers stand where they stand.")),
            verb(words, "suggest", ticket_suggest.run, params=[number],
                 help=words.t("Say who solved the closed tickets most like it, and by which words they are alike.")),
            verb(words, "history", _history, params=[number], help=words.t("Show what happened to it.")),
        ],
        help=words.t("Read one ticket."),
    )  # fmt: skip


def _why_options(words: Words) -> list[click.Parameter]:
    return [
        option("--metric", type=click.Choice([metric.value for metric in Metric]),
               help=words.t("Only the timers of this promise.")),
        option("--by", type=click.Choice([grain.value for grain in Grain]), default=Grain.piece.value,
               show_default=True, help=words.t("Every span on its line, or gathered by days or weeks.")),
    ]  # fmt: skip


# --- show ---------------------------------------------------------------------------------------------


def _show(session: Session, *, ticket: str) -> None:
    detail = _detail(session, ticket)
    if session.json:
        output.show_json(**shapes.whole(session.words, detail, prefix=session.prefix))
        return
    lines = [*_head(session, detail), "", *_fields(session, detail)]
    if detail.timers:
        lines += ["", _timers(session, detail)]
    if detail.ticket.text:
        lines += ["", detail.ticket.text]
    output.show("\n".join(lines))


def _detail(session: Session, text: str) -> TicketDetail:
    def read(tx: Transaction) -> TicketDetail:
        return queue.detail(tx, ticket_of(session, tx, text), session.now())

    return session.ask(read)


def _head(session: Session, detail: TicketDetail) -> Iterator[str]:
    ticket = detail.ticket
    yield f"{session.prefix}{ticket.id}  {titles.title(session.words, ticket)}"
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
        words.t("Escalation"): _escalation(words, detail, detail.escalation),
        words.t("Management"): _escalation(words, detail, detail.management),
        words.t("Requester"): ticket.requester,
        words.t("Language"): _speaks(words, detail),
        words.t("Their clock"): _their_clock(ticket, detail.now),
        words.t("Waits because"): labels.hold_reason(words, ticket.hold_reason) if ticket.hold_reason else "",
        words.t("Waits until"): _stamp(words, ticket.hold_until),
        words.t("Opened"): _stamp(words, ticket.created_at),
        words.t("Resolved"): _stamp(words, ticket.resolved_at),
        words.t("References"): ", ".join(_references(session, ticket)),
        words.t("Was with"): _hops(words, detail),
        words.t("Overflow"): _overflow(words, detail),
    }
    bonds = bond_labels.bonds(words, ticket, detail.names, prefix=session.prefix)
    for label, value in (*pairs.items(), *bonds):
        if value:
            yield words.t("{field}: {value}", field=label, value=value)
    yield from filter(None, _sentences(session, detail))


def _sentences(session: Session, detail: TicketDetail) -> Iterator[str]:
    """That it is a major incident, that a promise is missed, what is announced for its service, its attention."""
    words, ticket, now = session.words, detail.ticket, detail.now
    yield promise_labels.major(words, ticket, detail.names, now)
    if ticket.missed_at(now):
        yield promise_labels.promise(words, ticket, detail.names, now)
    yield announcement_labels.beside(words, detail.beside.announced, now, session.prefix)
    yield beside_labels.attention(words, ticket, names=detail.names, now=now)


def _overflow(words: Words, detail: TicketDetail) -> str:
    return "" if detail.overflow is None else overflow_labels.proposal(words, detail.overflow, detail.names)


def _escalation(words: Words, detail: TicketDetail, running: Running | None) -> str:
    """By which policy, and what comes next on which condition."""
    if running is None or running.escalation.state is EscalationState.done:
        return ""
    policy = running.policy_name
    if running.quiet_until is not None:
        time = times.near(running.quiet_until, detail.now, words.zone)
        return words.t("{policy}; quiet until {time}", policy=policy, time=time)
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


def _authority(timer: Timer, detail: TicketDetail) -> str:
    return safe_text(detail.names.get(timer.authority, timer.authority), one_line=True, limit=40)


def _timers(session: Session, detail: TicketDetail) -> str:
    words, now = session.words, detail.now
    head = ("", words.t("Promise"), words.t("Left"), words.t("Due"), words.t("State"))
    rows = []
    for view in detail.timers:
        sign = sign_of(view.timer, view.segment, now)
        rows.append(
            (
                labels.glyph(sign, unicode=session.unicode),
                labels.promise(words, view.timer.metric, _authority(view.timer, detail)),
                shapes.countdown_of(words, view.segment, now) if view.timer.unmet else "",
                _stamp(words, view.timer.due),
                labels.sign(words, sign),
            )
        )
    return output.table(head, rows, right=(2,))


# --- history ------------------------------------------------------------------------------------------


def _history(session: Session, *, ticket: str) -> None:
    detail = _detail(session, ticket)
    facts = tuple(reversed(detail.facts))
    if session.json:
        output.show_json(
            as_of=shapes.iso(detail.now), ticket=detail.ticket.id, history=[_fact_json(fact) for fact in facts],
            warnings=[_warned_json(told) for told in reversed(detail.warned)],
        )  # fmt: skip
        return
    redone = done_again(facts)
    head = (session.words.t("When"), session.words.t("Who"), session.words.t("What"))
    told = [(fact.at, _fact(session, fact, detail.names, again=fact.operation in redone)) for fact in facts]
    told += [(one.at, _warned(session, one, detail.names)) for one in reversed(detail.warned)]
    output.show(output.table(head, [row for _, row in sorted(told, key=lambda line: line[0])]))


def _fact(session: Session, fact: Fact, names: Mapping[str, str], *, again: bool) -> tuple[str, ...]:
    told = event(session.words, fact.event, names, prefix=session.prefix, again=again)
    return (_stamp(session.words, fact.at), names.get(fact.actor, fact.actor), told)


def _warned(session: Session, told: Warned, names: Mapping[str, str]) -> tuple[str, ...]:
    line = warned_labels.warned(session.words, told, names)
    return (_stamp(session.words, told.at), Origin.watch.value, line)


def _warned_json(told: Warned) -> dict[str, object]:
    return {
        "at": shapes.iso(told.at), "metric": told.metric.value, "cycle": told.cycle, "due": shapes.iso(told.due),
        "late": told.late, "people": list(told.people),
    }  # fmt: skip


def _fact_json(fact: Fact) -> dict[str, object]:
    return {
        "seq": fact.seq, "at": shapes.iso(fact.at), "recorded_at": shapes.iso(fact.recorded_at),
        "actor": fact.actor, "kind": kind_of(fact.event), "data": to_plain(fact.event),
        "operation": fact.operation, "origin": fact.origin.value,
    }  # fmt: skip
