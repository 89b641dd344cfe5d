"""Packs that come along, and those in files."""

from collections.abc import Sequence
from pathlib import Path

from supporttui import packs
from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.domain.faults import BadInput
from supporttui.usecases.definitions import defining


def tell_shipped(session: Session) -> None:
    """Which packs come along, and what is in them."""
    found = [(name, packs.starter(name, zone=session.words.zone)) for name in packs.starters()]
    counted = [(name, pack.about, len(defining.keyed(pack))) for name, pack in found]
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


def read(session: Session, file: str, text: str) -> defining.Pack | None:
    """The pack in a text; of one with faults each is told, and the exit code is that of a refusal.

    What it names is looked for in it and in the session's database.
    """
    zone = session.place.site.get("zone") or session.words.zone
    faults: Sequence[BadInput] = tuple(packs.faults(text, zone=zone))
    pack = None if faults else packs.parse(text, zone=zone)
    if pack is not None:
        faults = session.ask(lambda tx: tuple(defining.faults(tx, pack)))
    if not faults:
        return pack
    _tell(session, file, [(packs.line(text, fault), fault) for fault in faults])
    session.exit_code = Exit.refused
    return None


def _tell(session: Session, file: str, faults: Sequence[tuple[int | None, BadInput]]) -> None:
    if session.json:
        output.say_json(
            faults=[{"file": file, "line": line, **session.fault_json(fault)} for line, fault in faults],
            exit=int(Exit.refused),
        )
        return
    for line, fault in faults:
        output.say(f"{file}:{line or 1}: {_sentence(session, fault)}")


def _sentence(session: Session, fault: BadInput) -> str:
    """With the place in the pack, which a value that refuses itself does not know."""
    path = str(fault.params.get("path") or fault.params.get("where") or "")
    said = session.fault_text(BadInput(fault.code, **{**fault.params, "where": path}))
    return said if path in said else f"{path}: {said}"
