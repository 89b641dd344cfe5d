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
    """The text of a file; a mark of its byte order at the start is no part of it.

    Raises:
        BadInput: ``import.file_unreadable``, ``import.not_text``.
    """
    try:
        return Path(file).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise BadInput("import.file_unreadable", file=file, problem=error.strerror or type(error).__name__) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInput("import.not_text", file=file, line=line, encoding="UTF-8") from None
