"""The program from its arguments to its exit code; every fault leaves as one clear sentence."""

from __future__ import annotations

import errno
import logging
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from supporttui.cli import opening, output
from supporttui.cli.exits import Exit, exit_of
from supporttui.cli.session import Session
from supporttui.domain.faults import SupportError
from supporttui.i18n.catalogue import Words
from supporttui.settings import state_folder

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Clock


def main(args: Sequence[str], env: Mapping[str, str], *, clock: Clock | None = None) -> int:
    """Run the program; ``clock`` stands in for the machine's. Gives the exit code."""
    _prepare_streams()
    session = Session(args, env, clock=clock)
    session.given.update(_peeked(args))
    words = session.words_or_plain()
    try:
        return _told(session, words, lambda: _run(session, words))
    finally:
        session.close()


def _run(session: Session, words: Words) -> int:
    if opening.opens_desk(session):
        opening.run_desk(session)
        return session.exit_code
    from supporttui.cli import commands  # click and the table of verbs: whoever opens the desk waits for neither

    return commands.run(session, words)


def _told(session: Session, words: Words, run: Callable[[], int]) -> int:
    """The exit code of a run; whatever stopped it is told in a sentence."""
    try:
        return run()
    except SupportError as fault:
        session.tell_fault(fault)
        code: int = exit_of(fault)
    except KeyboardInterrupt:
        output.say("")
        code = Exit.interrupted
    except BrokenPipeError:
        output.point_nowhere(sys.stdout)
        code = Exit.broken_pipe
    except OSError as fault:
        code = _unshown(words, fault) if _is_of_output(fault) else _crashed(session, words)
    except Exception:  # noqa: BLE001  the crash path: three clean lines, not a traceback on a shared screen
        code = _crashed(session, words)
    return code


def _is_of_output(fault: OSError) -> bool:
    """Whether it is the answer that could not be written: files of ours bear a name."""
    return fault.filename is None and fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def _unshown(words: Words, fault: OSError) -> int:
    output.point_nowhere(sys.stdout)
    told = words.t(
        "The answer could not be written ({reason}). What you asked for may be done; look before you repeat it.",
        reason=fault.strerror or "",
    )
    output.say(f"supporttui: {told}")
    return Exit.refused


def _crashed(session: Session, words: Words) -> int:
    """Nothing of the data is shown: the log has the traceback, without locals."""
    path = _log(state_folder(session.env), traceback.format_exc())
    output.say(words.t("supporttui: a fault of ours; what you did last may not be saved."))
    if path:
        output.say(words.t("The log says where: {path}", path=path))
    output.say(words.t("supporttui doctor tells about this machine."))
    return Exit.defect


def _log(folder: Path, text: str) -> str:
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "supporttui.log"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(text + "\n")
        return str(path)
    return ""


def _peeked(args: Sequence[str]) -> dict[str, str]:
    """Options that decide how a fault in the others is worded, read before the rest."""
    found: dict[str, str] = {}
    for place, arg in enumerate(args):
        name, given, value = arg.partition("=")
        if name in ("--lang", "--config", "--zone"):
            found[name[2:]] = value if given else (list(args[place + 1 : place + 2]) or [""])[0]
    return found


def _prepare_streams() -> None:
    """What a terminal cannot show is replaced, not refused; logging never reaches it."""
    output.open_missing()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    logging.getLogger("supporttui").addHandler(logging.NullHandler())
