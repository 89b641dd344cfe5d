"""``supporttui task list|show``: what is done by which role, to what standard, and who holds the role at a moment."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.known import moment_or
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, option, verb
from supporttui.i18n import task_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import tasks
from supporttui.usecases.tasks import Assigned


def command(words: Words, name: str) -> click.Command:
    """The group ``task``."""
    known = actions.by_verb()
    at = option("--at", metavar=words.t("MOMENT"), help=words.t("At another moment, such as: sun 03:00"))
    which = argument("task", metavar=words.t("TASK"))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t(known["task list"].help), params=[at]),
            verb(words, "show", _show, help=words.t(known["task show"].help), params=[which, at]),
        ],
        help=words.t("Read the task catalogue."),
    )  # fmt: skip


def _list(session: Session, *, at: str | None) -> None:
    moment, words = moment_or(session, at, session.now()), session.words
    found = session.ask(tasks.every, moment)
    if session.json:
        output.show_json(as_of=shapes.iso(moment), tasks=[_shape(one) for one in found])
    elif found:
        output.show(output.table(task_labels.heads(words), [task_labels.row(words, one, moment) for one in found]))
    else:
        output.show(words.t("No task is defined yet."))


def _show(session: Session, *, task: str, at: str | None) -> None:
    moment = moment_or(session, at, session.now())
    found = session.ask(tasks.one, task, moment)
    if session.json:
        output.show_json(as_of=shapes.iso(moment), **_shape(found))
    else:
        output.show(output.table((found.task.name, ""), tuple(task_labels.whole(session.words, found, moment))))


def _shape(found: Assigned) -> dict[str, Any]:
    """``cause`` says why nobody holds the role; where somebody does there is none."""
    task = found.task
    return {
        "id": task.id, "name": task.name, "role": task.role, "rota": task.rota,
        "standard": {"time": task.time or None, "quality": task.quality or None}, "evidence": task.evidence or None,
        "held_by": [
            {
                "person": one.person, "name": one.name, "phone": one.phone or None, "rota": one.rota,
                "until": shapes.iso(one.until),
            }
            for one in found.holders
        ],
        "cause": found.cause or None,
    }  # fmt: skip
