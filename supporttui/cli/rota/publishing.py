"""What ``supporttui rota ics`` does: loaded only when it is asked for, with the libraries that it needs."""

from pathlib import Path
from typing import Any

import click

from supporttui import shapes
from supporttui.bootstrap.exports import STANDARD_OUTPUT
from supporttui.bootstrap.files import refuse_taken, whole
from supporttui.cli import output
from supporttui.cli.known import moment_of, moment_or
from supporttui.cli.rota.known import person_of, rota_of
from supporttui.cli.session import Session
from supporttui.domain.exchange.published import Published
from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant, Span
from supporttui.i18n.catalogue import Words
from supporttui.intake.calendars import caldav
from supporttui.intake.calendars.writing import Entry, calendar_text, event_text
from supporttui.usecases.exchange.publishing import Edition, publish

_DAY = 86_400
BEFORE, AHEAD = 7 * _DAY, 92 * _DAY
"""What is given away where nothing else is asked for: a week back, a quarter ahead."""
PASSWORD = "SUPPORTTUI_CALDAV_PASSWORD"  # noqa: S105  the name of a variable
_OURS = b"BEGIN:VCALENDAR"


def run(
    session: Session, *, rota: str | None, person: str | None, start: str | None, until: str | None,
    output_file: str | None, force: bool, put: str | None, user: str | None, password_file: Path | None,
) -> None:  # fmt: skip
    """Publish, then give it away: what others hear was kept before."""
    file = None if output_file in (None, STANDARD_OUTPUT) else Path(str(output_file))
    address = None if put is None else caldav.address_of(put, login=user is not None)
    login = None if address is None or user is None else caldav.Login(user, _password(session, password_file))
    replace = force or (file is not None and _is_calendar(file))
    if file is not None:
        refuse_taken(file, force=replace)
    window = _window(session, start, until)
    key = session.ask(lambda tx: rota_of(session, tx, rota))
    who = session.ask(lambda tx: person_of(tx, person))
    edition: Edition = session.do(publish, key, window, person=who)
    text = calendar_text(_title(edition), _entries(session.words, edition))
    if file is not None:
        _write(file, text, replace=replace)
    sent = None if address is None else _put(session.words, edition, address, login)
    if session.json:
        output.show_json(file=None if file is None else str(file), sent=sent, **_json(edition))
    elif file is None and address is None:
        click.echo(text, nl=False)
    else:
        _say(session.words, edition, file, None if address is None else address.shown)


def _window(session: Session, start: str | None, until: str | None) -> Span:
    now = session.now()
    begin = moment_of(session, start, past=True) if start else Instant(now - BEFORE)
    return Span(begin, moment_or(session, until, Instant(max(begin, now) + AHEAD)))


# --- into a file --------------------------------------------------------------------------------------


def _write(file: Path, text: bytes, *, replace: bool) -> None:
    """A file that stands there keeps its rights, so that a web server that may read it still may."""
    mode = file.stat().st_mode & 0o777 if file.is_file() else None
    with whole(file, force=replace) as beside:
        beside.write_bytes(text)
        if mode is not None:
            beside.chmod(mode)


def _is_calendar(file: Path) -> bool:
    """Whether a file that stands there is one that may be replaced without asking."""
    if not file.is_file():
        return False
    try:
        with file.open("rb") as stream:
            return stream.read(len(_OURS)) == _OURS
    except OSError:
        return False


def _say(words: Words, edition: Edition, file: Path | None, url: str | None) -> None:
    told = _told(words, edition)
    if file is not None:
        output.say(words.t("Written: {file}. {told}", file=file, told=told))
    if url is not None:
        output.say(words.t("Sent to {url}. {told}", url=url, told=told))


def _told(words: Words, edition: Edition) -> str:
    live = sum(not one.cancelled for one in edition.events)
    parts = (
        words.n("{n} duty", "{n} duties", live),
        words.n("{n} cancelled", "{n} cancelled", len(edition.events) - live),
        words.n(
            "{n} new or changed since the last time", "{n} new or changed since the last time", len(edition.changed)
        ),
    )
    return ", ".join(parts) + "."


def _title(edition: Edition) -> str:
    person = edition.calendar.person
    return f"{edition.name} - {edition.names.get(person, person)}" if person else edition.name


def _entries(words: Words, edition: Edition) -> list[Entry]:
    def entry(one: Published) -> Entry:
        people = ", ".join(edition.names.get(person, person) for person in one.people)
        summary = words.t("{rota}, line {level}: {people}", rota=edition.name, level=one.level, people=people)
        return Entry(one.uid, one.sequence, one.start, one.end, one.changed_at, one.cancelled, summary)

    return [entry(one) for one in edition.events]


def _json(edition: Edition) -> dict[str, Any]:
    calendar = edition.calendar
    return {
        "rota": calendar.rota, "rota_name": edition.name, "person": calendar.person or None,
        "start": shapes.iso(calendar.window.start), "end": shapes.iso(calendar.window.end),
        "changed": len(edition.changed),
        "events": [
            {
                "uid": one.uid, "sequence": one.sequence, "cancelled": one.cancelled, "start": shapes.iso(one.start),
                "end": shapes.iso(one.end), "level": one.level, "people": list(one.people),
                "changed_at": shapes.iso(one.changed_at), "changed": one.uid in edition.changed,
            }
            for one in edition.events
        ],
    }  # fmt: skip


# --- to a server --------------------------------------------------------------------------------------


def _put(words: Words, edition: Edition, address: caldav.Address, login: caldav.Login | None) -> int:
    return caldav.put(address, ((one.uid, event_text(one)) for one in _entries(words, edition)), login=login)


def _password(session: Session, file: Path | None) -> str:
    """Never on the command line, which others on the machine can read."""
    if file is None:
        found = session.env.get(PASSWORD, "")
    else:
        try:
            found = file.read_text("utf-8").partition("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise BadInput("caldav.password_file", file=str(file), reason=reason) from None
    if not found:
        raise BadInput("caldav.password_missing", variable=PASSWORD)
    return found
