"""``supporttui procedure``: the procedures, one as a page, those of a ticket, and lessons that become steps."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.known import ticket_of
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.domain import procedures as rules
from supporttui.domain.plain import to_plain
from supporttui.domain.procedures import Procedure, Run
from supporttui.domain.text import safe_text
from supporttui.i18n import procedure_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import procedures
from supporttui.usecases.ports import Transaction
from supporttui.usecases.procedures import Listed, Offered, OnTicket


def command(words: Words, name: str) -> click.Command:
    """The group ``procedure``."""
    known = actions.by_verb()
    which = argument("procedure", metavar=words.t("PROCEDURE"))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t(known["procedure list"].help)),
            verb(words, "show", _show, help=words.t(known["procedure show"].help), params=[which]),
            verb(
                words, "of", _of, help=words.t("Show the procedures for a ticket, and what became of their steps."),
                params=[argument("ticket", metavar=words.t("TICKET"))],
            ),
            verb(
                words, "extend", _extend, help=words.t("Make a lesson a step of a procedure, as a new version of it."),
                params=[
                    which,
                    argument("lesson", metavar=words.t("LESSON")),
                    option("--after", type=click.IntRange(0), help=words.t("Behind which step; else at the end.")),
                ],
            ),
        ],
        help=words.t("Read the procedures, and what became of them on tickets."),
    )  # fmt: skip


def _list(session: Session) -> None:
    found, words = session.ask(procedures.every, session.now()), session.words
    if session.json:
        output.show_json(procedures=[_listed(one) for one in found])
    elif found:
        output.show(output.table(procedure_labels.heads(words), [procedure_labels.row(words, one) for one in found]))
    else:
        output.show(words.t("No procedure is defined yet."))


def _show(session: Session, *, procedure: str) -> None:
    found, words = session.ask(procedures.named, procedure), session.words
    if session.json:
        output.show_json(**_shape(found))
        return
    told = rules.told(found, words.language)
    lines = [told.name, *procedure_labels.notes(words, told, words.language, review_due=False)]
    for number, one in enumerate(told.steps, 1):
        for label, text in procedure_labels.step(words, one, told, words.language):
            lines.append(f"    {label}: {text}" if label else f"{number:3}. {text}")
    output.show("\n".join(safe_text(line, one_line=True) for line in lines))


def _of(session: Session, *, ticket: str) -> None:
    words = session.words

    def read(tx: Transaction) -> OnTicket:
        return procedures.on_ticket(tx, ticket_of(session, tx, ticket), session.now(), language=words.language)

    found = session.ask(read)
    if session.json:
        output.show_json(
            ticket=found.ticket.id, procedures=[_offered(one) for one in found.offered],
            runs=[_run(one) for one in found.runs],
            lessons=[
                {"lesson": one.id, "text": one.text, "ticket": one.ticket, "by": one.author} for one in found.lessons
            ],
        )  # fmt: skip
        return
    blocks = ["\n".join(procedure_labels.page(words, one, found.names, words.language)) for one in found.offered]
    blocks += [words.t("Lesson {id}: {text}", id=one.id[:8], text=one.text) for one in found.lessons]
    nothing = words.t("No procedure is for this ticket.")
    output.show("\n\n".join(safe_text(block, one_line=False) for block in blocks) or nothing)


def _extend(session: Session, *, procedure: str, lesson: str, after: int | None) -> None:
    made = session.do(procedures.as_step, lesson, procedure=procedure, after=after)
    if session.json:
        output.show_json(procedure=procedure, version=made)
    else:
        output.show(session.words.t("{procedure} has a version {version} now.", procedure=procedure, version=made))


def _shape(found: Procedure) -> dict[str, Any]:
    return {
        "id": found.id, "name": found.name, "language": found.language, "services": list(found.services),
        "categories": list(found.categories), "priorities": list(found.priorities),
        "environments": list(found.environments), "reviewed": to_plain(found.reviewed),
        "languages": sorted({found.language, *found.translations}),
        "steps": [to_plain(step) for step in found.steps],
    }  # fmt: skip


def _listed(found: Listed) -> dict[str, Any]:
    return {
        **_shape(found.procedure), "version": found.version, "review_due": found.review_due, "runs": found.runs,
        "finished": found.finished,
    }  # fmt: skip


def _offered(found: Offered) -> dict[str, Any]:
    return {
        "procedure": found.told.procedure.id, "name": found.told.name, "version": found.version,
        "language": found.told.language, "review_due": found.review_due, "next": found.following,
        "run": None if found.run is None else _run(found.run),
        "steps": [{"text": one.step.text, "language": one.language} for one in found.told.steps],
    }  # fmt: skip


def _run(found: Run) -> dict[str, Any]:
    return {
        "run": found.id,
        "procedure": found.procedure,
        "version": found.version,
        "steps": [
            {"step": one.step, "result": one.result.value, "by": one.by, "at": shapes.iso(one.at), "text": one.text}
            for one in found.steps
        ],
    }
