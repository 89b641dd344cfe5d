"""``supporttui rota ics``: a rota, or one person's part of it, as a calendar that others follow."""

import importlib
from pathlib import Path
from typing import Any

import click

from supporttui.cli.session import Session
from supporttui.cli.verb import argument, option, verb
from supporttui.i18n.catalogue import Words


def command(words: Words) -> click.Command:
    """The command ``ics``."""
    secret = words.t(
        "A file whose first line is the password; without it the variable {name}.", name="SUPPORTTUI_CALDAV_PASSWORD"
    )
    return verb(
        words, "ics", _run,
        help=words.t("Give a rota away as iCalendar: to the screen, a file, or a CalDAV server."),
        params=[
            argument("rota", required=False, metavar=words.t("[ROTA]")),
            option("--person", metavar=words.t("PERSON"), help=words.t("Only the duty of this person.")),
            option("--from", "start", metavar=words.t("MOMENT"), help=words.t("From this moment; else a week back.")),
            option("--to", "until", metavar=words.t("MOMENT"), help=words.t("Up to this moment; else three months.")),
            option("--output", "output_file", metavar=words.t("FILE"),
                   help=words.t("Into this file, whole or not at all; an older calendar is replaced.")),
            option("--force", is_flag=True, help=words.t("Replace the file also if it is no calendar.")),
            option("--put", metavar=words.t("URL"), help=words.t("Into this calendar of a CalDAV server.")),
            option("--user", metavar=words.t("NAME"), help=words.t("Who you are at the CalDAV server.")),
            option("--password-file", type=click.Path(path_type=Path), metavar=words.t("FILE"), help=secret),
        ],
    )  # fmt: skip


def _run(session: Session, **given: Any) -> None:
    """With the libraries for calendars and for the network, which no other verb of a rota needs."""
    importlib.import_module("supporttui.cli.rota.publishing").run(session, **given)
