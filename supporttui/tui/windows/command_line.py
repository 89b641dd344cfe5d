"""The ``:`` line: type a verb, Tab completes, Enter runs it on the screen below."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from supporttui.domain.faults import SupportError
from supporttui.domain.marking import mark
from supporttui.i18n import labels
from supporttui.tui import commands
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.commands import Command
from supporttui.tui.widgets.line import Line
from supporttui.tui.windows.prompt import LinePrompt

SHOWN = 20
"""Candidates named at once, as far as they fit."""


class CommandLine(LinePrompt):
    """The line itself; knows the screen it was opened on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", mark("Complete"), priority=True)]

    def __init__(self, below: BaseScreen, run: Callable[[BaseScreen, Command], None]) -> None:
        super().__init__(
            ":", hint=below.words.t("such as note 1042 text, queue is:breached; Tab completes"), typed=self._follow
        )
        self._below = below
        self._run = run

    def action_complete(self) -> None:
        """As far as all candidates agree."""
        field = self.query_one(Input)
        field.value = commands.completed(field.value, commands.candidates(field.value))
        field.cursor_position = len(field.value)

    def submitted(self, text: str) -> None:
        """Run it, or say under the line what is wrong with it."""
        if not text.strip():
            self.answer(None)
            return
        try:
            command = commands.parse(text, prefix=self._prefix)
        except SupportError as fault:
            self.complain(labels.fault(self.words, fault, prefix=self._prefix), length=len(text))
            return
        self.answer(None)
        self.app.call_later(self._run, self._below, command)

    @property
    def _prefix(self) -> str:
        status = self.frame.status
        return status.prefix if status else "T-"

    def _follow(self, line: str) -> None:
        """How the last word may go on."""
        found = commands.candidates(line) if line else ()
        if found:
            self.query_one("#hint", Line).show((("dim", f"  {'  '.join(found[:SHOWN])}"),))
        else:
            self.complain("")
