"""Our own crash path: a short sentence and a log file, never a traceback and never a local variable on the screen."""

import os
import traceback

from rich.console import RenderableType
from textual.app import App

from supporttui.domain.faults import SupportError
from supporttui.i18n.catalogue import Words
from supporttui.tui.parts import AppParts

CRASH_CODE = 70


class CrashPath(App[int]):
    """Mixed into the app; overrides Textual's three ways to print what went wrong."""

    parts: AppParts
    words: Words
    fault: SupportError | None = None
    """Why the desk could not go on, when that has a sentence."""
    crash: BaseException | None = None
    """A defect of ours."""

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = CRASH_CODE
        if self.crash is None:
            self.crash = self._exception = error
            log_crash(self.parts.options.log, error)
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Textual's threads come here with a traceback; what it holds is not printed."""
        del renderables
        self._handle_exception(RuntimeError("panic"))

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()


def log_crash(path: str, error: BaseException) -> None:
    """Append the traceback, without locals and without the message of the error, which may hold data."""
    if not path:
        return
    lines = traceback.format_tb(error.__traceback__)
    text = f"{type(error).__module__}.{type(error).__name__}\n{''.join(lines)}\n"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
            log.write(text)
    except OSError:
        return


def crash_text(words: Words, log: str) -> str:
    """What is printed once the terminal is restored."""
    lines = [words.t("supporttui: a fault of ours; what you did last may not be saved.")]
    if log:
        lines.append(words.t("The log says where: {path}", path=log))
    lines.append(words.t("supporttui doctor tells about this machine."))
    return "\n".join(lines)
