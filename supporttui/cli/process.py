"""``supporttui process list|show``: what helping with a business process takes, and who may."""

from typing import Any

import click

from supporttui import actions, shapes
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, group, verb
from supporttui.domain.plain import to_plain
from supporttui.domain.processes import Process
from supporttui.i18n import process_labels
from supporttui.i18n.catalogue import Words
from supporttui.usecases import processes
from supporttui.usecases.processes import Profile


def command(words: Words, name: str) -> click.Command:
    """The group ``process``."""
    known = actions.by_verb()
    which = argument("process", metavar=words.t("PROCESS"))
    return group(
        words, name,
        [
            verb(words, "list", _list, help=words.t(known["process list"].help)),
            verb(words, "show", _show, help=words.t(known["process show"].help), params=[which]),
        ],
        help=words.t("Read the profiles of business processes."),
    )  # fmt: skip


def _list(session: Session) -> None:
    found, words = session.ask(processes.every), session.words
    if session.json:
        output.show_json(processes=[_shape(one.process) for one in found])
    elif found:
        output.show(output.table(process_labels.heads(words), [process_labels.row(words, one) for one in found]))
    else:
        output.show(words.t("No process is defined yet."))


def _show(session: Session, *, process: str) -> None:
    found = session.ask(processes.profile, process, session.now())
    if session.json:
        output.show_json(**_profile(found))
    else:
        output.show(output.table((found.process.name, ""), tuple(process_labels.profile(session.words, found))))


def _shape(found: Process) -> dict[str, Any]:
    """Every field, also those that are empty."""
    return {
        "id": found.id, "name": found.name, "services": list(found.services), "categories": list(found.categories),
        "expertise": found.expertise, "queries": list(found.queries), "volume": found.volume,
        "criticality": to_plain(found.criticality), "skills": list(found.skills), "aggregation": found.aggregation,
        "interfaces": list(found.interfaces), "certification": found.certification or None,
        "out_of_hours": found.out_of_hours, "line": found.line,
    }  # fmt: skip


def _profile(found: Profile) -> dict[str, Any]:
    return {
        **_shape(found.process),
        "certified": [
            {"person": one.person, "name": one.name, "ends": shapes.iso(one.ends), "expired": one.expired}
            for one in found.holders
        ],
        "nobody_on_duty": [
            {"service": one.service, "start": shapes.iso(span.start), "end": shapes.iso(span.end)}
            for one in found.uncovered
            for span in one.spans
        ],
    }
