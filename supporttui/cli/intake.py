"""``supporttui intake``: take in what other systems report, by a server or by hand, and see what came in."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from supporttui import shapes
from supporttui.bootstrap import receiving
from supporttui.cli import intake_calendar, output, systemd_unit
from supporttui.cli.known import ticket_of
from supporttui.cli.lasting import ended_by_signals, log_to_stderr
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.faults import BadInput, Refused
from supporttui.domain.ids import TicketId
from supporttui.domain.incoming.source import SourceKind
from supporttui.domain.plain import to_plain
from supporttui.i18n import incoming_texts
from supporttui.i18n.catalogue import Words
from supporttui.intake.serve.routes import shape
from supporttui.usecases.incoming import messages, reading
from supporttui.usecases.incoming.reading import Entry, Waited
from supporttui.usecases.incoming.taking import Taken

MOST_BYTES = 1 << 26
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def command(words: Words, name: str) -> click.Command:
    """The group ``intake``."""
    return group(
        words, name,
        [
            of(words)
            for of in (
                _serving, _taking, _beating, _listing, _showing, _acking, intake_calendar.command, _unit, _granting,
            )
        ],
        help=words.t("Take in what other systems report: alerts, mail, signs of life, messages."),
    )  # fmt: skip


def _serving(words: Words) -> click.Command:
    return verb(
        words, "serve", _serve,
        help=words.t("Listen for reports and read mailboxes until stopped. A token is required."),
        params=[
            option("--host", metavar=words.t("HOST"), help=words.t("Where to listen; else as set.")),
            option("--port", type=click.IntRange(0, 65_535), help=words.t("The port; 0 takes a free one.")),
            option("--token-file", metavar=words.t("FILE"), help=words.t("A file of mode 600 with a token.")),
        ],
    )  # fmt: skip


def _unit(words: Words) -> click.Command:
    def show(session: Session, *, user: bool) -> None:
        systemd_unit.show(session, "intake", ("intake", "serve"), user=user)

    return verb(
        words, "unit", show,
        help=words.t("Print a systemd unit that keeps the intake running, with no more rights than it needs."),
        params=[option("--user", is_flag=True, help=words.t("For a service of your own login."))],
    )  # fmt: skip


def _granting(words: Words) -> click.Command:
    def show(session: Session, *, role: str) -> None:
        statements = receiving.for_intake(session.url, role)
        if session.json:
            output.show_json(statements=list(statements))
            return
        output.show("\n".join(statements))
        output.say(session.words.t("Run these as the owner of the database, then serve the intake with this login."))

    return verb(
        words, "grants", show,
        help=words.t("Print the SQL for a PostgreSQL login of the intake's own that may do no more than it must."),
        params=[option("--role", default="supporttui_intake", show_default=True, metavar=words.t("NAME"),
                       help=words.t("What the login is called."))],
    )  # fmt: skip


def _taking(words: Words) -> click.Command:
    return verb(
        words, "take", _take,
        help=words.t("Take in one message from a file, or from standard input with -."),
        params=[
            argument("file", metavar=words.t("FILE|-")),
            option("--source", metavar=words.t("SOURCE"), help=words.t("Which source it comes from.")),
            option("--check", is_flag=True, help=words.t("Only say what it would be read as; change nothing.")),
            option("--about", multiple=True, metavar=words.t("TICKET"), help=words.t("A ticket that it is about.")),
        ],
    )  # fmt: skip


def _beating(words: Words) -> click.Command:
    return verb(
        words, "beat", _beat, help=words.t("Give a sign of life of another system."),
        params=[argument("beat", metavar=words.t("ID"))],
    )  # fmt: skip


def _listing(words: Words) -> click.Command:
    return verb(
        words, "list", _list, help=words.t("Show what came in, the newest first, and which systems are silent."),
        params=[
            option("--source", metavar=words.t("SOURCE"), help=words.t("Only what this source reports.")),
            option("--limit", type=click.IntRange(1, 1_000), default=50, show_default=True, metavar="N",
                   help=words.t("At most so many.")),
        ],
    )  # fmt: skip


def _showing(words: Words) -> click.Command:
    return verb(
        words, "show", _show, help=words.t("Show every report that a ticket stands for."),
        params=[argument("ticket", metavar=words.t("TICKET"))],
    )  # fmt: skip


def _acking(words: Words) -> click.Command:
    return verb(
        words, "ack", _ack, help=words.t("Acknowledge a message once for the team; others see by whom."),
        params=[argument("ticket", metavar=words.t("TICKET"))],
    )  # fmt: skip


# --- serving ------------------------------------------------------------------------------------------


def _serve(session: Session, *, host: str | None, port: int | None, token_file: str | None) -> None:
    session.require_writing()
    given: dict[str, Any] = {"host": host, "port": port, "token_file": token_file}
    options = replace(
        receiving.options_of(session.loaded), **{name: value for name, value in given.items() if value is not None}
    )
    intake, server = receiving.build_intake(session.place, options, session.words)
    log_to_stderr()
    words = session.words
    with ended_by_signals(intake.stop, session):
        where = f"http://{f'[{options.host}]' if ':' in options.host else options.host}:{server.port}"
        output.say(words.t("Taking in reports at {url} for {database}.", url=where, database=session.place.store.url))
        if options.host not in LOOPBACK:
            output.say(words.t("Others can reach it and nothing is encrypted: put it behind something that encrypts."))
        intake.run()


# --- one message --------------------------------------------------------------------------------------


def _take(session: Session, *, file: str, source: str | None, check: bool, about: Sequence[str]) -> None:
    if check:
        _check(session, file, source)
        return
    session.require_writing()
    body, chosen = _body(file), source or _only_source(session)
    tickets = [_ticket(session, one) for one in about]
    desk = receiving.reception(session.place, session.words)
    _told(session, desk.take(chosen, body, kinds=tuple(SourceKind), about=tickets))


def _check(session: Session, file: str, source: str | None) -> None:
    body, chosen = _body(file), source or _only_source(session)
    found, words = receiving.reception(session.place, session.words).read(chosen, body), session.words
    if session.json:
        output.show_json(reports=[to_plain(one) for one in found])
    for one in () if session.json else found:
        output.show(output.table((one.title, ""), tuple(incoming_texts.report(words, one))))


def _beat(session: Session, *, beat: str) -> None:
    session.require_writing()
    _told(session, (receiving.reception(session.place, session.words).beat(beat),))


def _told(session: Session, taken: Sequence[Taken]) -> None:
    if session.json:
        output.show_json(taken=[shape(one, session.prefix) for one in taken])
        return
    for one in taken:
        output.show(incoming_texts.taken(session.words, one, session.prefix))


def _ticket(session: Session, text: str) -> TicketId:
    return session.ask(lambda tx: ticket_of(session, tx, text))


def _body(file: str) -> bytes:
    try:
        if file == "-":
            body = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                body = stream.read(MOST_BYTES + 1)
    except OSError as fault:
        raise BadInput("import.file_unreadable", file=file, problem=fault.strerror or "") from None
    if len(body) > MOST_BYTES:
        raise BadInput("intake.too_large", most=MOST_BYTES)
    return body


def _only_source(session: Session) -> str:
    """The one that takes messages from programs and people, where there is but one."""
    every = session.ask(reading.sources)
    found = [one.id for one in every if one.active and one.kind is SourceKind.command]
    if len(found) != 1:
        raise Refused("source.which", allowed=", ".join(one.id for one in every if one.active)[:300])
    return found[0]


# --- what came in -------------------------------------------------------------------------------------


def _list(session: Session, *, source: str | None, limit: int) -> None:
    words, entries = session.words, session.ask(reading.listed, source=source, limit=limit)
    beats = session.ask(reading.waited) if source is None else ()
    if session.json:
        output.show_json(reports=[_entry(session, one) for one in entries], beats=[_waited(one) for one in beats])
        return
    if entries:
        _table(session, entries)
    if beats:
        output.show(output.table(incoming_texts.beat_heads(words), [incoming_texts.beat(words, one) for one in beats]))
    if not (entries or beats):
        output.show(words.t("Nothing came in yet."))


def _show(session: Session, *, ticket: str) -> None:
    entries = session.ask(reading.of_ticket, _ticket(session, ticket))
    if session.json:
        output.show_json(reports=[_entry(session, one) for one in entries])
    elif entries:
        _table(session, entries)
    else:
        output.show(session.words.t("No other system reported this ticket."))


def _table(session: Session, entries: Sequence[Entry]) -> None:
    words, names = session.words, session.ask(reading.names)
    rows = [incoming_texts.entry(words, one, names, prefix=session.prefix) for one in entries]
    output.show(output.table(incoming_texts.heads(words), rows))


def _ack(session: Session, *, ticket: str) -> None:
    found = session.do(messages.acknowledge_once, _ticket(session, ticket))
    if session.json:
        output.show_json(ticket=found.id, acknowledged_by=found.acknowledged_by)
    else:
        output.show(session.words.t("Acknowledged for the team: {ticket}.", ticket=f"{session.prefix}{found.id}"))


def _entry(session: Session, one: Entry) -> dict[str, Any]:
    alert = one.alert
    return {
        "source": alert.source, "key": alert.key or None, "ticket": alert.ticket,
        "reference": f"{session.prefix}{alert.ticket}", "title": one.title, "ticket_state": one.state.value,
        "state": alert.state, "count": alert.count, "first_at": shapes.iso(alert.first_at),
        "last_at": shapes.iso(alert.last_at), "acknowledged_by": one.acknowledged_by,
        "acknowledged_at": shapes.iso(one.acknowledged_at),
    }  # fmt: skip


def _waited(one: Waited) -> dict[str, Any]:
    sign = one.sign
    return {
        "id": one.beat.id, "name": one.beat.name, "service": one.beat.service, "interval": one.beat.interval,
        "silent": one.silent, "last_at": None if sign is None else shapes.iso(sign.last_at),
        "due": None if sign is None else shapes.iso(sign.due), "ticket": None if sign is None else sign.ticket,
    }  # fmt: skip
