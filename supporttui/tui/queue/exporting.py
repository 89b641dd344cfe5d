"""What the queue shows into a file: a table for people, or JSON by the file's name."""

from __future__ import annotations

from functools import partial

from supporttui.i18n import times
from supporttui.tui.parts import Exported
from supporttui.tui.queue.viewing import Viewing
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.prompt import LinePrompt

FORMS = ("csv", "json", "jsonl")
"""Words that stand for a file of the usual name."""


def ask_for_file(screen: Viewing) -> None:
    """Which file, the usual one being proposed; Esc writes none."""
    words = screen.words

    def answered(text: str | None) -> None:
        if text is not None and text.strip():
            write(screen, text.strip())

    # Translators: at most 78 cells
    hint = words.t("Enter writes all that is listed; .json is for machines. Esc writes nothing.")
    screen.app.push_screen(LinePrompt(words.t("Export to"), value=usual(screen, "csv"), hint=hint), answered)


def usual(screen: Viewing, form: str) -> str:
    """``tickets-2026-03-02T0320.csv``, by the viewer's clock."""
    moment = times.iso(screen.now, screen.words.zone)[:16].replace(":", "")
    return f"tickets-{moment}.{form}"


def write(screen: Viewing, file: str) -> None:
    """Every ticket of the view and filter, in its order, into a file that is not there yet."""
    name = usual(screen, file) if file in FORMS else file
    parts = screen.frame.parts
    screen.frame.say(screen.words.t("Writing {file} ...", file=name))
    screen.desk.ask(
        parts.export, screen.wanted(), name, screen.words, then=partial(_written, screen), refused=screen.frame.refuse
    )


def _written(screen: Viewing, done: Exported) -> None:
    words = screen.words
    told = words.n("Written to {file}: {n} ticket.", "Written to {file}: {n} tickets.", done.tickets, file=done.file)
    if done.defused:
        told += " " + words.n(
            "An apostrophe stands before {n} cell that a spreadsheet would run.",
            "An apostrophe stands before {n} cells that a spreadsheet would run.",
            done.defused,
        )
    screen.frame.say(told, Severity.info)
