"""``supporttui oncall``: who is on call, until when, how to reach them, who is next, and who speaks what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import continuity, kept, output
from supporttui.cli.exits import Exit
from supporttui.cli.kept import Kept
from supporttui.cli.known import moment_or, service_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.spans import Instant
from supporttui.i18n import continuity_labels, labels, service_labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import languages, queue, rota
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import OnCall, Opening, Speakers


def command(words: Words, name: str) -> click.Command:
    """The command ``oncall [SERVICE] [--at MOMENT] [--role ROLE] [--speaks LANGUAGE]``."""
    return verb(
        words, name, _run,
        help=words.t("Who is on call now, until when, and who is next."),
        params=[
            argument("service", required=False, metavar=words.t("[SERVICE]")),
            option("--at", metavar=words.t("MOMENT"), help=words.t("At another moment, such as: sun 03:00")),
            option("--role", default="", metavar=words.t("ROLE"),
                   help=words.t("Only who is called so: the name of a rota or of a layer, such as: manager")),
            option("--speaks", metavar=words.t("LANGUAGE"),
                   help=words.t("Who speaks this language, such as pt, and what is spoken if nobody does.")),
        ],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    """Who is on call, and what was asked beside that."""

    at: Instant
    lines: tuple[OnCall, ...]
    opening: Opening | None = None
    """Of the service that was named."""
    speakers: Speakers | None = None
    """Of the language that was named."""


def _run(session: Session, *, service: str | None, at: str | None, role: str, speaks: str | None) -> None:
    usual = not any((service, at, role, speaks, session.given.get("as_of")))
    try:
        moment = moment_or(session, at, session.now())
        language = None if speaks is None else _language(speaks)
        answer = session.ask(_read, moment, service, role=role, language=language)
    except SupportError as fault:
        if not (usual and _shown_instead(session, fault)):
            raise
        return
    shape, text = _as_json(answer), "\n\n".join(_blocks(session, answer))
    if usual:
        kept.keep(session, Kept(answer.at, text, shape))
    if session.json:
        output.show_json(**shape)
    else:
        output.show(text)


def _shown_instead(session: Session, fault: SupportError) -> bool:
    """Whether something was kept of a database that is away: its last answer, or else its rota and contacts."""
    if kept.is_away(fault) and (known := kept.read(session)) is not None:
        _show_kept(session, known)
        return True
    return continuity.shown_instead(session, fault)


def _show_kept(session: Session, known: Kept) -> None:
    """What was known last, with its age: a phone number that may be old is better than none."""
    session.exit_code = Exit.unreachable
    if session.json:
        output.show_json(**{**known.shape, "stale": True})
        return
    output.say(continuity_labels.age(session.words, known.at, session.clock()))
    output.say(session.words.t("supporttui continuity shows the rota of the next days, contacts and the plan."))
    output.show(known.text)


def _read(tx: Transaction, at: Instant, service: str | None, *, role: str, language: str | None) -> _Answer:
    found = service_of(tx, service)
    return _Answer(
        at,
        rota.who(tx, at, found, role=role),
        opening=None if found is None else queue.opening(tx, found, at),
        speakers=None if language is None else languages.speakers(tx, language, at, found),
    )


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*", text):
        raise BadInput("language.unreadable", language=text[:60])
    return text


def _as_json(answer: _Answer) -> dict[str, Any]:
    told: dict[str, Any] = {"as_of": shapes.iso(answer.at), "on_call": [_json(line) for line in answer.lines]}
    if answer.opening is not None:
        told["opening"] = shapes.opening(answer.opening)
    if answer.speakers is not None:
        told["speakers"] = shapes.speakers(answer.speakers)
    return told


def _json(line: OnCall) -> dict[str, Any]:
    return {
        "rota": line.rota,
        "rota_name": line.rota_name,
        "level": line.level,
        "layers": list(line.layers),
        "people": [_person(line, person) for person in line.people],
        "learning": list(line.learning),
        "until": shapes.iso(line.until),
        "cause": line.cause,
        "next": [_person(line, person) for person in line.next],
        "next_at": shapes.iso(line.next_at),
    }


def _person(line: OnCall, person: str) -> dict[str, str | None]:
    return {"id": person, "name": line.names.get(person, person), "phone": line.phones.get(person)}


def _blocks(session: Session, answer: _Answer) -> Iterator[str]:
    """What was asked first, then everybody who is on call."""
    words, at = session.words, answer.at
    if answer.speakers is not None:
        yield service_labels.spoken(words, answer.speakers, at)
    yield (
        _table(words, answer.lines, at)
        if answer.lines
        else words.t("There is no rota yet. supporttui init makes one to start from.")
    )
    moment = f"{times.stamp(at, words.zone)} {times.zone_label(at, words.zone)}"
    told = words.t("At {moment}.", moment=moment)
    if answer.opening is not None:
        hours = service_labels.opening(words, answer.opening, at)
        told = words.t("At {moment}; the service is {hours}.", moment=moment, hours=hours)
    yield told


def _table(words: Words, lines: tuple[OnCall, ...], at: Instant) -> str:
    head = (words.t("Rota"), words.t("Line"), words.t("On call"), words.t("Reach"), words.t("Until"), words.t("Next"))
    rows = [
        (
            line.rota_name,
            str(line.level),
            ", ".join(_named(words, line, person) for person in line.people)
            or words.t("nobody: {cause}", cause=labels.cause(words, line.cause)),
            ", ".join(filter(None, (line.phones.get(person) for person in line.people if person not in line.learning))),
            _near(words, line.until, at),
            ", ".join(line.names.get(person, person) for person in line.next)
            + (f" {_near(words, line.next_at, at)}" if line.next and line.next_at != line.until else ""),
        )
        for line in lines
    ]
    return output.table(head, rows)


def _named(words: Words, line: OnCall, person: str) -> str:
    name = line.names.get(person, person)
    return words.t("{person} (learns)", person=name) if person in line.learning else name


def _near(words: Words, when: Instant | None, at: Instant) -> str:
    return "-" if when is None else times.near(when, at, words.zone)
