"""``supporttui rota show``: the plan of a week, level by level, and where nobody is on duty."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import moment_of
from supporttui.cli.session import Session
from supporttui.cli.verb import group, option, verb
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall
from supporttui.i18n import formats, labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota
from supporttui.usecases.views import RotaPlan


def command(words: Words, name: str) -> click.Command:
    """The group ``rota``."""
    week = option("--week", metavar=words.t("MOMENT|NUMBER"),
                  help=words.t("The week of this moment, or the ISO week of this number."))  # fmt: skip
    show = verb(words, "show", _show, params=[week], help=words.t("Who is on duty this week, and where nobody is."))
    return group(words, name, [show], help=words.t("Read the rota."))


def _show(session: Session, *, week: str | None) -> None:
    start, end = _week(session, week)
    plans = session.ask(rota.plan, start, end, now=session.now())
    if session.json:
        output.show_json(start=shapes.iso(start), end=shapes.iso(end), rotas=[_json(plan) for plan in plans])
        return
    if not plans:
        output.show(session.words.t("There is no rota yet. supporttui init makes one to start from."))
        return
    output.show("\n\n".join("\n".join(_text(session.words, plan)) for plan in plans))


def _week(session: Session, text: str | None) -> tuple[Instant, Instant]:
    """From Monday to Monday on the viewer's clocks."""
    zone = session.words.zone
    if text and text.isdigit() and 1 <= int(text) <= 53:
        year = to_wall(session.now(), zone).isocalendar().year
        monday = datetime.fromisocalendar(year, min(int(text), _weeks(year)), 1).date()
    else:
        day = to_wall(moment_of(session, text) if text else session.now(), zone).date()
        monday = day - timedelta(days=day.weekday())
    first, last = (datetime.combine(monday + timedelta(days=days), time()) for days in (0, 7))
    return resolve(first, zone), resolve(last, zone)


def _weeks(year: int) -> int:
    return datetime(year, 12, 28).isocalendar().week  # noqa: DTZ001  a date of the calendar, nowhere in particular


def _json(plan: RotaPlan) -> dict[str, Any]:
    return {
        "rota": plan.rota.id,
        "name": plan.rota.name,
        "levels": {str(level): [_duty_json(plan, duty) for duty in duties] for level, duties in plan.levels.items()},
        "layers": {name: [_duty_json(plan, duty) for duty in duties] for name, duties in plan.layers.items()},
        "gaps": [_duty_json(plan, duty) for duty in plan.gaps],
    }


def _duty_json(plan: RotaPlan, duty: Duty) -> dict[str, Any]:
    return {
        "start": shapes.iso(duty.span.start),
        "end": shapes.iso(duty.span.end),
        "people": list(duty.people),
        "names": [plan.names.get(person, person) for person in duty.people],
        "layer": duty.layer,
        "level": duty.level,
        "cause": str(duty.cause),
    }


def _text(words: Words, plan: RotaPlan) -> Iterator[str]:
    yield f"{plan.rota.name}  {formats.span(words, plan.span.start, plan.span.end)}"
    for level, duties in plan.levels.items():
        yield ""
        head = (words.t("Line {level}", level=level), words.t("Until"), words.t("On duty"), words.t("Because"))
        yield output.table(head, [_duty(words, plan, duty) for duty in duties])
    yield ""
    if plan.gaps:
        yield words.n("{n} gap that nobody meant.", "{n} gaps that nobody meant.", len(plan.gaps))
    else:
        yield words.t("No gaps.")


def _duty(words: Words, plan: RotaPlan, duty: Duty) -> tuple[str, ...]:
    people = ", ".join(plan.names.get(person, person) for person in duty.people)
    return (
        f"{formats.day_short(words, duty.span.start)} {times.clock(duty.span.start, words.zone)}",
        f"{formats.day_short(words, duty.span.end)} {times.clock(duty.span.end, words.zone)}",
        people or words.t("NOBODY"),
        labels.cause(words, str(duty.cause)) + (f" ({duty.layer})" if duty.layer else ""),
    )
