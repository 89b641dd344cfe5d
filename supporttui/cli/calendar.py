"""``supporttui calendar``: holidays and absences from elsewhere, looked through before they count."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import calendar_review, output
from supporttui.cli.calendar_review import entry_json
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.exchange.review import Receiver
from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.rota.absence import AbsenceKind
from supporttui.domain.spans import Instant, Span
from supporttui.domain.wall import resolve, to_wall
from supporttui.i18n import formats, review_labels
from supporttui.i18n.catalogue import Words
from supporttui.intake.calendars.oddities import oddities
from supporttui.usecases.exchange.reviewing import Delivery, Taken, take_in
from supporttui.usecases.ports import Transaction

YEARS_AHEAD = 2
"""How far events that repeat are followed where nothing else is said."""


def command(words: Words, name: str) -> click.Command:
    """The group ``calendar``."""
    receiver = option("--for", "receiver", required=True, metavar=words.t("CALENDAR|PERSON"),
                      help=words.t("The service hours or the person that it is for."))  # fmt: skip
    hours = option("--for", "receiver", required=True, metavar=words.t("CALENDAR"),
                   help=words.t("The service hours that it is for."))  # fmt: skip
    check = option("--check", is_flag=True, help=words.t("Say what would happen; write nothing."))
    until = option("--until", metavar=words.t("DATE"), help=words.t("Up to this date, as 2027-12-31; else two years."))
    kind = option("--kind", type=click.Choice([kind.value for kind in AbsenceKind]), default=AbsenceKind.leave.value,
                  show_default=True, help=words.t("Why the person is away."))  # fmt: skip
    region = option("--region", metavar=words.t("CODE"), help=words.t("A part of the country, such as BY."))
    years = option("--years", metavar=words.t("YEARS"), help=words.t("Such as 2027 or 2026-2028; else this and next."))
    commands = [
        verb(words, "import", _import, params=[argument("file", type=click.Path(path_type=Path),
             metavar=words.t("FILE")), receiver, until, kind, check],
             help=words.t("Put the events of an iCalendar file on the review list.")),
        verb(words, "holidays", _holidays, params=[argument("country", metavar=words.t("COUNTRY")), region, years,
             hours, check],
             help=words.t("Put the public holidays of a country on the review list.")),
        calendar_review.command(words),
    ]  # fmt: skip
    return group(words, name, commands, help=words.t("Holidays and absences from other calendars."))


# --- in -----------------------------------------------------------------------------------------------


def _import(session: Session, *, file: Path, receiver: str, until: str | None, kind: str, check: bool) -> None:
    from supporttui.intake.calendars.reading import read_feed  # the library, only where a file is read

    who, key, zone = session.ask(_receiver_of, receiver)
    window = _window(session, until, zone)
    found = read_feed(file, window, zone=zone)
    delivery = Delivery(who, key, zone, file.name, window, found, AbsenceKind(kind))
    _take(session, delivery, check=check, language="")
    for odd in oddities(file):
        output.say(session.fault_text(odd))


def _holidays(
    session: Session, *, country: str, region: str | None, years: str | None, receiver: str, check: bool
) -> None:
    from supporttui.intake.calendars.public import public_holidays  # the library, only where holidays are asked for

    who, key, zone = session.ask(_receiver_of, receiver)
    if who is not Receiver.calendar:
        raise NotFound("calendar.unknown", calendar=receiver[:60])
    today = to_wall(session.now(), zone).date()
    asked = _years(years, today.year)
    public = public_holidays(country, region, asked, language=session.words.language, zone=zone)
    begin = _midnight(today, zone)
    window = Span(begin, max(begin, _midnight(date(max(asked) + 1, 1, 1), zone)))
    found = tuple(one for one in public.found if one.end > begin)
    delivery = Delivery(who, key, zone, f"holidays {public.place}", window, found)
    _take(session, delivery, check=check, language=public.language)


def _years(text: str | None, this: int) -> Sequence[int]:
    if text is None:
        return range(this, this + YEARS_AHEAD)
    first, dash, last = text.partition("-")
    if not (first.isdigit() and (last.isdigit() or not dash)) or len(text) > 9:
        raise BadInput("holidays.years_text", found=text[:60])
    return range(int(first), int(last or first) + 1)


def _window(session: Session, until: str | None, zone: str) -> Span:
    """From the beginning of today."""
    today = to_wall(session.now(), zone).date()
    try:
        last = today + timedelta(days=366 * YEARS_AHEAD) if until is None else date.fromisoformat(until)
    except ValueError:
        raise BadInput("period.date", found=str(until)[:60]) from None
    if not today <= last <= today.replace(year=today.year + 20, day=1):
        raise BadInput("calendar.until", found=str(last))
    return Span(_midnight(today, zone), _midnight(last + timedelta(days=1), zone))


def _midnight(day: date, zone: str) -> Instant:
    return resolve(datetime.combine(day, time()), zone)


def _receiver_of(tx: Transaction, text: str) -> tuple[Receiver, str, str]:
    """What is meant by an id or a name, and by whose clocks its dates are read.

    Raises:
        NotFound: ``receiver.unknown``.
        BadInput: ``receiver.two`` where a calendar and a person are called so.
    """
    wanted = text.casefold()
    newest = {key: versions[-1].value for key, versions in tx.definitions.calendars().items()}
    found = [(Receiver.calendar, str(one.id), one.zone) for one in newest.values() if wanted in _called(one)]
    found += [(Receiver.person, str(one.id), one.zone) for one in tx.definitions.people() if wanted in _called(one)]
    if len(found) > 1:
        raise BadInput("receiver.two", found=text[:60])
    if not found:
        raise NotFound("receiver.unknown", found=text[:60])
    return found[0]


def _called(one: Any) -> tuple[str, str]:
    return str(one.id).casefold(), str(one.name).casefold()


def _take(session: Session, delivery: Delivery, *, check: bool, language: str) -> None:
    if not check:
        session.require_writing()
    call, place = session.call(), session.place.store
    if check:
        with place.read() as tx:
            taken = take_in(call, tx, delivery, write=False)
    else:
        taken = session.do(take_in, delivery)
    if session.json:
        output.show_json(**_taken_json(delivery, taken, language), checked_only=check)
        return
    output.show("\n".join(_taken(session, delivery, taken, check=check)))


def _taken(session: Session, delivery: Delivery, taken: Taken, *, check: bool) -> list[str]:
    words = session.words
    parts = [
        words.n("{n} new entry", "{n} new entries", len(taken.new)),
        words.n("{n} changed", "{n} changed", len(taken.changed)),
        words.n("{n} known already", "{n} known already", taken.known),
    ]
    until = formats.day(words, Instant(delivery.window.end - 1), zone=delivery.zone)
    lines = [words.t("Nothing was written: this was a check.")] if check else []
    lines.append(words.t("{source}, until {date}: {told}.", source=delivery.source, date=until, told=", ".join(parts)))
    if not delivery.found:
        lines.append(
            words.t("It has no event from today on; those that are over, cancelled or take no time do not count.")
        )
    if taken.withdrawn:
        lines.append(
            words.n(
                "{n} that waited is not there any more: it is off the list.",
                "{n} that waited are not there any more: they are off the list.",
                len(taken.withdrawn),
            )
        )
    if taken.left:
        lines.append(
            words.n(
                "{n} that was accepted is not there any more, and still counts:",
                "{n} that were accepted are not there any more, and still count:",
                len(taken.left),
            )
        )
        lines += [f"    {review_labels.when(session.words, one)}  {one.name}" for one in taken.left]
    if (taken.new or taken.changed) and not check:
        lines.append(words.t("Nothing counts yet. Look through it: supporttui calendar review"))
    return lines  # fmt: skip


def _taken_json(delivery: Delivery, taken: Taken, language: str) -> dict[str, Any]:
    return {
        "source": delivery.source, "for": delivery.receiver.value, "key": delivery.key,
        "start": shapes.iso(delivery.window.start), "end": shapes.iso(delivery.window.end),
        "language": language or None, "known": taken.known,
        "new": [entry_json(one) for one in taken.new], "changed": [entry_json(one) for one in taken.changed],
        "withdrawn": [entry_json(one) for one in taken.withdrawn], "left": [entry_json(one) for one in taken.left],
    }  # fmt: skip
