"""``supporttui oncall``: who is on call, until when, how to reach them, and who is next."""

from typing import Any

import click

from supporttui.cli import output, shapes
from supporttui.cli.known import moment_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import ServiceId
from supporttui.domain.spans import Instant
from supporttui.i18n import labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import OnCall


def command(words: Words, name: str) -> click.Command:
    """The command ``oncall [SERVICE] [--at MOMENT]``."""
    return verb(
        words, name, _run,
        help=words.t("Who is on call now, until when, and who is next."),
        params=[
            argument("service", required=False, metavar=words.t("[SERVICE]")),
            option("--at", help=words.t("At another moment, such as: sun 03:00")),
        ],
    )  # fmt: skip


def _run(session: Session, *, service: str | None, at: str | None) -> None:
    moment = moment_of(session, at) if at else session.now()
    lines = session.ask(lambda tx: rota.who(tx, moment, _service(tx, service)))
    if session.json:
        output.show_json(as_of=shapes.iso(moment), on_call=[_json(line) for line in lines])
    else:
        output.show(_text(session, lines, moment))


def _service(tx: Transaction, text: str | None) -> ServiceId | None:
    if text is None:
        return None
    for service in tx.definitions.services():
        if text.casefold() in (service.id.casefold(), service.name.casefold()):
            return service.id
    raise NotFound("service.unknown", service=text[:60])


def _json(line: OnCall) -> dict[str, Any]:
    return {
        "rota": line.rota,
        "rota_name": line.rota_name,
        "level": line.level,
        "people": [_person(line, person) for person in line.people],
        "until": shapes.iso(line.until),
        "cause": line.cause,
        "next": [_person(line, person) for person in line.next],
        "next_at": shapes.iso(line.next_at),
    }


def _person(line: OnCall, person: str) -> dict[str, str | None]:
    return {"id": person, "name": line.names.get(person, person), "phone": line.phones.get(person)}


def _text(session: Session, lines: tuple[OnCall, ...], at: Instant) -> str:
    words = session.words
    if not lines:
        return words.t("There is no rota yet. supporttui init makes one to start from.")
    head = (words.t("Rota"), words.t("Line"), words.t("On call"), words.t("Reach"), words.t("Until"), words.t("Next"))
    rows = [
        (
            line.rota_name,
            str(line.level),
            ", ".join(line.names.get(person, person) for person in line.people)
            or words.t("nobody: {cause}", cause=labels.cause(words, line.cause)),
            ", ".join(filter(None, (line.phones.get(person) for person in line.people))),
            _near(words, line.until, at),
            ", ".join(line.names.get(person, person) for person in line.next)
            + (f" {_near(words, line.next_at, at)}" if line.next and line.next_at != line.until else ""),
        )
        for line in lines
    ]
    moment = f"{times.stamp(at, words.zone)} {times.zone_label(at, words.zone)}"
    return output.table(head, rows) + "\n\n" + words.t("At {moment}.", moment=moment)


def _near(words: Words, when: Instant | None, at: Instant) -> str:
    return "-" if when is None else times.near(when, at, words.zone)
