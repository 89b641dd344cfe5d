"""The person's own editor and pager, as their environment names them; never through a shell.

While one runs the desk stands still: its screen is put away, and its keys are the program's.
"""

import os
import shlex
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from textual.app import App, SuspendNotSupported

from supporttui.domain.faults import BadInput, Unavailable
from supporttui.tui.parts import Programs


def edit(app: App[int], programs: Programs, text: str, *, lent: Callable[[Path | None], None] = lambda _: None) -> str:
    """The text as the person's editor gives it back.

    ``lent`` is told the file while the editor has it, then ``None``.

    Raises:
        BadInput: ``editor.none`` or ``editor.unreadable``.
        Unavailable: ``program.missing``, ``program.failed``, ``editor.failed`` (what it wrote is kept, and where),
            ``editor.file`` or ``terminal.taken``; the text is as it was.
    """
    if not programs.editor.strip():
        raise BadInput("editor.none")
    argv = _argv(programs.editor)
    path = _written(programs.folder, text)
    lent(path)
    keep = False
    try:
        code = _run(app, [*argv, str(path)], env=programs.env)
        found = _read_back(path)
        if code == 0:
            return found
        keep = found != text.rstrip("\n")
        if keep:
            raise Unavailable("editor.failed", program=Path(argv[0]).name, status=code, path=str(path))
        raise Unavailable("program.failed", program=Path(argv[0]).name, status=code)
    finally:
        lent(None)
        if not keep:
            path.unlink(missing_ok=True)


def read(app: App[int], programs: Programs, text: str) -> None:
    """Show a text in the person's pager.

    Raises:
        BadInput: ``editor.unreadable``.
        Unavailable: ``program.missing``, ``program.failed`` or ``terminal.taken``.
    """
    argv = _argv(programs.pager or "less")
    # A pager that leaves by itself at the end of a short text would leave before it is read.
    env = {**programs.env, "LESS": f"{programs.env.get('LESS', '')} -+F"}
    code = _run(app, argv, env=env, text=text)
    if code != 0:
        raise Unavailable("program.failed", program=Path(argv[0]).name, status=code)


def lend(app: App[int], argv: Sequence[str], env: Mapping[str, str]) -> int:
    """Give the terminal to a program of the person's own; its exit code.

    Raises:
        Unavailable: ``custom.not_started`` or ``terminal.taken``.
    """
    try:
        return _run(app, argv, env=env)
    except Unavailable as fault:
        if fault.code != "program.missing":
            raise
        raise Unavailable("custom.not_started", command=argv[0], **fault.params) from None


def _argv(line: str) -> Sequence[str]:
    try:
        argv = shlex.split(line)
    except ValueError:
        argv = []
    if not argv:
        raise BadInput("editor.unreadable", line=line[:80])
    return argv


def _run(app: App[int], argv: Sequence[str], *, env: Mapping[str, str], text: str | None = None) -> int:
    """Give the terminal to a program until it ends; its exit code, 128 + n after a signal."""
    data = None if text is None else text.encode("utf-8", "replace") + b"\n"
    try:
        with app.suspend(), _interrupts_are_its_own():
            found = _ended(argv, data, env)
    except SuspendNotSupported:
        raise Unavailable("terminal.taken") from None
    if isinstance(found, OSError):
        raise Unavailable("program.missing", program=Path(argv[0]).name, reason=found.strerror or "")
    return found if found >= 0 else 128 - found


def _ended(argv: Sequence[str], data: bytes | None, env: Mapping[str, str]) -> int | OSError:
    """Gives what went wrong, and raises nothing: Textual takes the terminal back only from who leaves quietly."""
    try:
        # No shell: the command line is the person's, the file's name is ours.
        return subprocess.run(argv, input=data, env=dict(env), check=False).returncode  # noqa: S603
    except OSError as error:
        return error


@contextmanager
def _interrupts_are_its_own() -> Iterator[None]:
    """``^c`` in the program reaches us as well, and is not meant for us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)  # a function, so that the program does not inherit it
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _written(folder: str, text: str) -> Path:
    try:
        if folder:
            Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="text-", suffix=".txt", dir=folder or None)  # 0600
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace", newline="") as file:
            file.write(text if not text or text.endswith("\n") else f"{text}\n")
    except OSError as error:
        raise Unavailable("editor.file", reason=error.strerror or "") from None
    return Path(name)


def _read_back(path: Path) -> str:
    """What the file holds now, without the line ends behind its last line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unavailable("editor.file", reason=error.strerror or "") from None
    return data.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
