"""``supporttui hours show|why``: when services are open, what is not as usual, and which rule decides."""

from collections.abc import Iterator
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import moment_or, week_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.sla.calendars import Piece
from supporttui.domain.spans import Instant
from supporttui.i18n import formats, hours_labels, service_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import service_hours
from supporttui.usecases.service_hours import Day, Open, Ruling, ServiceHours, Subject

MOST = 12
"""Dates and changes that people are shown; scripts get all of them."""


def command(words: Words, name: str) -> click.Command:
    """The group ``hours``."""
    week = option("--week", metavar=words.t("MOMENT|NUMBER"),
                  help=words.t("The week of this moment, or the ISO week of this number."))  # fmt: skip
    at = option("--at", metavar=words.t("MOMENT"), help=words.t("At another moment, such as: sun 03:00"))
    subject = words.t("SERVICE|CALENDAR")
    return group(
        words, name,
        [
            verb(words, "show", _show, params=[argument("subject", required=False, metavar=f"[{subject}]"), week],
                 help=words.t("When a service is open: this week, holidays, what changes next. Without one: all.")),
            verb(words, "why", _why, params=[argument("subject", metavar=subject), at],
                 help=words.t("Say by which rule it is open or closed.")),
        ],
        help=words.t("Read service hours."),
    )  # fmt: skip


# --- show ---------------------------------------------------------------------------------------------


def _show(session: Session, *, subject: str | None, week: str | None) -> None:
    if subject is None:
        _all(session)
        return
    found = session.ask(service_hours.of, subject, session.now(), week=_within(session, week) if week else None)
    if session.json:
        output.show_json(**_as_json(found))
    else:
        output.show("\n".join(_as_text(session.words, found)))


def _within(session: Session, week: str) -> Instant:
    """The middle of the week on the reader's clocks, which lies in the same week on everybody's."""
    start, end = week_of(session, week)
    return Instant((start + end) // 2)


def _all(session: Session) -> None:
    now, words = session.now(), session.words
    found = session.ask(service_hours.every, now)
    if session.json:
        output.show_json(as_of=shapes.iso(now), services=[_open_json(one) for one in found])
        return
    if not found:
        output.show(words.t("No service is defined yet."))
        return
    head = (words.t("Service"), words.t("Calendar"), words.t("Zone"), words.t("Now"))
    rows = [
        (one.subject.name, one.subject.calendar, one.zone, service_labels.opening(words, one.opening, now))
        for one in found
    ]
    output.show(output.table(head, rows))


def _as_text(words: Words, found: ServiceHours) -> Iterator[str]:
    now = service_labels.opening(words, found.opening, found.now)
    yield words.t("{service}: {hours}", service=found.subject.name, hours=now)
    version = hours_labels.version(words, found.ruling)
    yield words.t("hours {name}, {version} ({zone})", name=found.calendar_name, version=version, zone=found.zone)
    yield ""
    yield _week(words, found)
    dates = [(formats.days(words, one.first, one.last), hours_labels.named(words, one)) for one in found.named[:MOST]]
    if dates:
        yield ""
        yield output.table((words.t("Not as usual"), ""), dates)
    changes = [(formats.moment(words, one.at), hours_labels.change(words, one)) for one in found.changes[:MOST]]
    if changes:
        yield ""
        yield output.table((words.t("Changes"), ""), changes)


def _week(words: Words, found: ServiceHours) -> str:
    """By the calendar's clocks, and by the reader's where they show another time."""
    zones = tuple(dict.fromkeys((found.zone, words.zone)))
    same = len(set(hours_labels.zones(found.days[0], zones))) == 1
    shown = zones[:1] if same else zones
    head = (words.t("Day"), *hours_labels.zones(found.days[0], shown), words.t("Why"))
    return output.table(head, [_day(words, day, shown) for day in found.days])


def _day(words: Words, day: Day, zones: tuple[str, ...]) -> tuple[str, ...]:
    name = formats.day_short(words, day.span.start, zone=zones[0])
    return (name, *(hours_labels.windows(words, day, zone) for zone in zones), hours_labels.notes(words, day))


# --- why ----------------------------------------------------------------------------------------------


def _why(session: Session, *, subject: str, at: str | None) -> None:
    moment = moment_or(session, at, session.now())
    whose, zone, ruling = session.ask(service_hours.why, subject, moment)
    if session.json:
        output.show_json(**_subject(whose), zone=zone, **_ruling(ruling))
    else:
        output.show("\n".join(_told(session.words, whose, zone, ruling)))


def _told(words: Words, whose: Subject, zone: str, ruling: Ruling) -> Iterator[str]:
    """The ladder of rules, the one that decides last; in the zone of the calendar and the reader's."""
    when = formats.both(words, ruling.at, zone)
    day = formats.day(words, ruling.at)
    yield words.t("{service} at {time}, {day}", service=whose.name, time=when, day=day)
    yield f"  {hours_labels.ruling(words, ruling, zone)}"
    if words.zone != zone:
        yield f"  {hours_labels.ruling(words, ruling, words.zone)}"
    yield f"  {whose.calendar}, {hours_labels.version(words, ruling)}"
    *weaker, decides = ruling.steps
    for one in weaker:
        yield f"    {hours_labels.step(words, one)}"
    yield f"  > {hours_labels.step(words, decides)}"


# --- for scripts --------------------------------------------------------------------------------------


def _subject(found: Subject) -> dict[str, Any]:
    return {"id": found.id, "name": found.name, "service": found.service, "calendar": found.calendar}


def _open_json(found: Open) -> dict[str, Any]:
    return {**_subject(found.subject), "zone": found.zone, **shapes.opening(found.opening)}


def _as_json(found: ServiceHours) -> dict[str, Any]:
    return {
        "as_of": shapes.iso(found.now),
        **_subject(found.subject),
        "zone": found.zone,
        **shapes.opening(found.opening),
        "why": _ruling(found.ruling),
        "days": [
            {
                "date": day.day.isoformat(), "start": shapes.iso(day.span.start), "end": shapes.iso(day.span.end),
                "hours": day.span.seconds / 3600, "pieces": [_piece(piece) for piece in day.pieces],
            }
            for day in found.days
        ],
        "not_as_usual": [
            {"reason": str(one.reason), "name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat()}
            for one in found.named
        ],
        "changes": [
            {"at": shapes.iso(one.at), "kind": one.kind.value, "name": one.name or None, "number": one.number}
            for one in found.changes
        ],
    }  # fmt: skip


def _ruling(found: Ruling) -> dict[str, Any]:
    version = found.version
    return {
        "at": shapes.iso(found.at),
        "open": found.piece.open,
        "piece": _piece(found.piece),
        "decides": found.steps[-1].rule.value,
        "rules": [{"rule": one.rule.value, "open": one.is_open, "name": one.name or None} for one in found.steps],
        "version": None if version is None else version.version,
        "version_from": None if version is None else shapes.iso(version.valid_from),
    }


def _piece(found: Piece) -> dict[str, Any]:
    return {
        "start": shapes.iso(found.span.start), "end": shapes.iso(found.span.end), "open": found.open,
        "reason": str(found.reason), "name": found.name or None,
    }  # fmt: skip
