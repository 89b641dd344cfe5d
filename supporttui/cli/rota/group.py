"""``supporttui rota``: the plan of a week, where it lacks something, why somebody is on duty, and who changes it."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from supporttui import shapes
from supporttui.cli import output
from supporttui.cli.known import week_of
from supporttui.cli.rota import absence, change, ics, languages, pin, reading, swap, turns
from supporttui.cli.rota import shapes as rota_shapes
from supporttui.cli.rota.known import rota_of
from supporttui.cli.session import Session
from supporttui.cli.verb import group, option, verb
from supporttui.domain.rota.oncall import Duty
from supporttui.i18n import formats, labels, times
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.views import RotaPlan


def command(words: Words, name: str) -> click.Command:
    """The group ``rota``."""
    which = option("--rota", metavar=words.t("ROTA"), help=words.t("Of this rota."))
    week = option("--week", metavar=words.t("MOMENT|NUMBER"),
                  help=words.t("The week of this moment, or the ISO week of this number."))  # fmt: skip
    show = verb(words, "show", _show, params=[week, which],
                help=words.t("Who is on duty this week, and where nobody is."))  # fmt: skip
    changing = [part.command(words) for part in (swap, change, turns, absence, ics)]
    commands = [
        show,
        *reading.commands(words, which),
        languages.command(words),
        *pin.commands(words),
        *changing,
    ]
    return group(words, name, commands, help=words.t("Read the rota, and change who is on duty."))


def _show(session: Session, *, week: str | None, rota: str | None) -> None:
    start, end = week_of(session, week)
    plans = session.ask(usecases.plan, start, end, now=session.now())
    if rota is not None:
        wanted = session.ask(lambda tx: rota_of(session, tx, rota))
        plans = tuple(plan for plan in plans if plan.rota.id == wanted)
    if session.json:
        output.show_json(start=shapes.iso(start), end=shapes.iso(end), rotas=[_json(plan) for plan in plans])
        return
    if not plans:
        output.show(reading.no_rota(session.words))
        return
    output.show("\n\n".join("\n".join(_text(session.words, plan)) for plan in plans))


def _json(plan: RotaPlan) -> dict[str, Any]:
    return {
        "rota": plan.rota.id,
        "name": plan.rota.name,
        "levels": {str(level): _duties(plan, duties) for level, duties in plan.levels.items()},
        "layers": {name: _duties(plan, duties) for name, duties in plan.layers.items()},
        "gaps": _duties(plan, plan.gaps),
    }


def _duties(plan: RotaPlan, duties: Sequence[Duty]) -> list[dict[str, Any]]:
    return [rota_shapes.duty(duty, plan.names) for duty in duties]


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
