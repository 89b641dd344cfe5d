"""``supporttui rota absence``: when people are away; duty never moves by itself for it."""

import click

from supporttui.cli import output
from supporttui.cli.known import moment_or
from supporttui.cli.rota import shapes
from supporttui.cli.rota.effects import dry_run
from supporttui.cli.rota.known import id_of, person_of, span_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain.rota.absences import Absence, AbsenceKind
from supporttui.domain.spans import BEGINNING, FOREVER
from supporttui.i18n import formats, rota_costs, rota_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases


def command(words: Words) -> click.Command:
    """The group ``absence``."""
    person = option("--person", metavar=words.t("PERSON"), help=words.t("Who; without it you."))
    kind = option("--kind", type=click.Choice([kind.value for kind in AbsenceKind]), default=AbsenceKind.leave.value,
                  show_default=True, help=words.t("Why."))  # fmt: skip
    add = verb(
        words, "add", _add, help=words.t("Say that somebody is away; where they are on duty then is told."),
        params=[argument("start", metavar=words.t("START")), argument("end", metavar=words.t("END")), person, kind,
                option("--note", default="", metavar=words.t("TEXT"), help=words.t("What others should know.")),
                dry_run(words)],
    )  # fmt: skip
    remove = verb(words, "remove", _remove, params=[argument("absence", metavar=words.t("ABSENCE"))],
                  help=words.t("Take an absence back."))  # fmt: skip
    listed = verb(
        words, "list", _list, help=words.t("Who is away, and when."),
        params=[option("--person", metavar=words.t("PERSON"), help=words.t("Only of this person.")),
                option("--until", metavar=words.t("MOMENT"), help=words.t("Up to this moment."))],
    )  # fmt: skip
    return group(words, "absence", [listed, add, remove], help=words.t("When people are away."))


def _add(session: Session, *, start: str, end: str, person: str | None, kind: str, note: str, dry_run: bool) -> None:
    span = span_of(session, start, end)
    who = session.ask(lambda tx: person_of(tx, person)) or session.me
    wanted = Absence("", who, span.start, span.end, AbsenceKind(kind), note=note)
    clashes = session.ask(usecases.whatif_away, wanted, session.now())
    if clashes and not session.json:
        output.show("\n".join(line for one in clashes for line in rota_costs.clash(session.words, one)))
    told = {"conflicts": [shapes.clash(one) for one in clashes]}
    if dry_run:
        output.show_json(dry_run=True, **told) if session.json else output.say(session.words.t("Nothing was changed."))
        return
    session.require_writing()
    found: Absence = session.do(
        usecases.add_absence, start=span.start, end=span.end, kind=AbsenceKind(kind), person=who, note=note
    )
    if session.json:
        output.show_json(absence=shapes.absence(found), **told)
        return
    output.show(
        session.words.t(
            "{person} is {absence}: {span}. Take it back: supporttui rota absence remove {key}",
            person=session.name_of(who), absence=rota_labels.absence(session.words, found.kind),
            span=formats.span(session.words, found.start, found.end), key=rota_labels.short(found.id),
        )
    )  # fmt: skip


def _remove(session: Session, *, absence: str) -> None:
    session.require_writing()
    key = session.ask(lambda tx: id_of(absence, (one.id for one in tx.rotas.absences(BEGINNING, FOREVER))))
    found = session.do(usecases.remove_absence, key)
    if session.json:
        output.show_json(absence=shapes.absence(found))
    else:
        output.show(session.words.t("{person} is not away then any more.", person=session.name_of(found.person)))


def _list(session: Session, *, person: str | None, until: str | None) -> None:
    end = moment_or(session, until, FOREVER)
    found = session.ask(lambda tx: usecases.absences(tx, session.now(), end, person_of(tx, person)))
    if session.json:
        output.show_json(absences=[shapes.absence(one) for one in found])
        return
    words = session.words
    names = session.ask(lambda tx: {one.id: one.name for one in tx.definitions.people()})
    head = (words.t("Absence"), words.t("Person"), words.t("From"), words.t("Until"), words.t("Why"), words.t("Note"))
    rows = [
        (
            rota_labels.short(one.id), names.get(one.person, one.person),
            *rota_labels.bounds(words, one.start, one.end), rota_labels.absence(words, one.kind), one.note,
        )
        for one in found
    ]  # fmt: skip
    output.show(output.table(head, rows) if rows else words.t("Nobody is away."))
