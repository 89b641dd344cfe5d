"""Packs that come along, and those in files."""

from pathlib import Path

from supporttui import packs
from supporttui.cli import output
from supporttui.cli.session import Session
from supporttui.domain.faults import BadInput
from supporttui.usecases import definitions


def tell_shipped(session: Session) -> None:
    """Which packs come along, and what is in them."""
    found = [(name, packs.starter(name, zone=session.words.zone)) for name in packs.starters()]
    counted = [(name, pack.about, len(definitions.keyed(pack))) for name, pack in found]
    if session.json:
        output.show_json(packs=[{"name": name, "about": about, "definitions": n} for name, about, n in counted])
        return
    words = session.words
    head = (words.t("Pack"), words.t("Definitions"), words.t("What is in it"))
    output.show(output.table(head, [(name, str(n), about) for name, about, n in counted], right=(1,)))


def text_of(file: str) -> str:
    """The text of a file.

    Raises:
        BadInput: ``settings.unreadable``.
    """
    try:
        return Path(file).read_text("utf-8")
    except OSError as error:
        raise BadInput("settings.unreadable", file=file, reason=error.strerror or "") from None
    except UnicodeDecodeError:
        raise BadInput("settings.unreadable", file=file, reason="UTF-8") from None
