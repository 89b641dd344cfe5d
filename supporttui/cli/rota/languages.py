"""``supporttui rota languages``: in which language somebody can be reached at which hour, by priority."""

from collections.abc import Iterator
from itertools import groupby

import click

from supporttui.cli import output
from supporttui.cli.known import moment_or, service_of
from supporttui.cli.rota import shapes
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.domain.rota.matrix import Cell
from supporttui.domain.spans import Instant
from supporttui.i18n import formats, terms
from supporttui.i18n.catalogue import Words
from supporttui.usecases import rota as usecases
from supporttui.usecases.rota.speaking import Speaking

AHEAD = 28 * 86_400
ALWAYS, SOMETIMES, NEVER = "#", "+", "."


def command(words: Words) -> click.Command:
    """The command ``languages [SERVICE] [--language TAG]…``."""
    return verb(
        words, "languages", _languages,
        help=words.t("In which language somebody can be reached at which hour, by priority, authorities outside too."),
        params=[
            argument("service", required=False, metavar=words.t("[SERVICE]")),
            option("--language", "languages", multiple=True, metavar=words.t("TAG"),
                   help=words.t("This language, such as pt; may be given again.")),
            option("--until", metavar=words.t("MOMENT"), help=words.t("Up to this moment; four weeks without it.")),
        ],
    )  # fmt: skip


def _languages(session: Session, *, service: str | None, languages: tuple[str, ...], until: str | None) -> None:
    now = session.now()
    end = moment_or(session, until, Instant(now + AHEAD))
    found = session.ask(
        lambda tx: usecases.spoken(
            tx, now, end, zone=session.words.zone, service=service_of(tx, service), languages=languages
        )
    )
    if session.json:
        output.show_json(**shapes.speaking(found))
    else:
        output.show("\n".join(_text(session.words, found)))


def _text(words: Words, found: Speaking) -> Iterator[str]:
    yield formats.span(words, found.span.start, found.span.end)
    if not found.cells:
        yield words.t("No service has anybody to call.")
        return
    hours = "".join(f"{hour:02d}".ljust(6) for hour in range(0, 24, 3)).rstrip()
    rows = [
        (formats.language(words, language), terms.priority_short(priority), "".join(_sign(cell) for cell in row))
        for (language, priority), row in groupby(found.cells, key=lambda cell: (cell.language, cell.priority))
    ]
    yield output.table((words.t("Language"), "", hours), rows)
    yield words.t(
        "{always} somebody always does, {sometimes} sometimes, {never} never. Hours of {zone}.",
        always=ALWAYS * 2, sometimes=SOMETIMES * 2, never=NEVER * 2, zone=found.zone,
    )  # fmt: skip


def _sign(cell: Cell) -> str:
    """Two cells wide: three hours under each third one."""
    return (ALWAYS if cell.percent == 100 else SOMETIMES if cell.covered else NEVER) * 2
