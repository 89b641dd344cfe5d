"""The ``:`` line: type a verb, Tab completes, Enter runs it; up and down bring back what was typed."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from supporttui.actions import ArgKind
from supporttui.domain import filter as filters
from supporttui.domain.faults import SupportError
from supporttui.domain.filter import Names
from supporttui.domain.ids import PersonId
from supporttui.domain.marking import mark
from supporttui.domain.queue import QueueRow
from supporttui.domain.spans import Instant
from supporttui.domain.views import BUILT_IN
from supporttui.i18n.catalogue import Words
from supporttui.i18n.filter_words import aliases
from supporttui.tui import commands, completing
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.commands import Command
from supporttui.tui.completing import Completion, Found, Known
from supporttui.tui.history import History
from supporttui.tui.windows.prompt import LinePrompt
from supporttui.usecases import finding, naming, saved_views
from supporttui.usecases.ports import Transaction

SHOWN = 20
"""Candidates named at once, as far as they fit."""
REST_SECONDS = 0.15
"""Tickets are looked for when the typing rests for so long."""

Run = Callable[[BaseScreen, Command], None]
"""Runs a command on a screen, or checks it and raises ``BadInput``."""


class CommandLine(LinePrompt):
    """The line itself; knows the screen it was opened on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", mark("Complete"), priority=True),
        Binding("up", "recall(-1)", mark("Older"), priority=True),
        Binding("down", "recall(1)", mark("Newer"), priority=True),
    ]

    def __init__(self, below: BaseScreen, run: Run, check: Run, *, value: str = "") -> None:
        """``value`` is what already stands there."""
        super().__init__(
            ":", value=value, hint=below.words.t("such as note 1042 text, queue is:breached; Tab completes"),
            typed=self._follow,
        )  # fmt: skip
        self._below = below
        self._run = run
        self._check = check
        self._known = Known(own=tuple(command.word for command in below.frame.parts.options.commands))
        self._timer: Timer | None = None
        self._is_refused = False
        """What is wrong stands under the line, until it is changed."""
        self._history = History(below.frame.parts.memory)

    def on_mount(self) -> None:
        """Ask what can be named: people, teams, services, views."""
        self.desk.ask(nameable, self.frame.parts.me, self.now, self.words, then=self._know, group="nameable")

    def _know(self, known: Known) -> None:
        self._known = replace(known, own=self._known.own, sought=self._known.sought, found=self._known.found)

    def _complete(self, line: str) -> Completion:
        return completing.complete(line, self._known, prefix=self.frame.prefix)

    def action_complete(self) -> None:
        """As far as all candidates agree."""
        line = self.query_one(Input).value
        self._put(self._complete(line).completed(line))

    def action_recall(self, step: int) -> None:
        """What was typed before, or after that."""
        line = self.query_one(Input).value
        self._put(self._history.older(line) if step < 0 else self._history.newer(line))

    def _put(self, line: str) -> None:
        field = self.query_one(Input)
        field.value = line
        field.cursor_position = len(line)

    def submitted(self, text: str) -> None:
        """Run it, or say under the word what is wrong with it."""
        if not text.strip():
            self.answer(None)
            return
        if self.frame.run_own(text):
            self._history.add(text.strip())
            self.answer(None)
            return
        try:
            command = self._read(text)
        except SupportError as fault:
            self._is_refused = True
            at, length = _place(text, fault)
            self.complain(self.frame.fault_text(fault), at=at, length=length)
            return
        self._history.add(text.strip())
        self.answer(None)
        self.app.call_later(self._run, self._below, command)

    def _read(self, text: str) -> Command:
        """The command, if all of it can be read. Raises BadInput."""
        command = commands.parse(text, prefix=self.frame.prefix)
        for arg in command.action.args:
            if arg.kind is ArgKind.filter and (written := command.texts.get(arg.name)):
                filters.parse(written, self._known.names, self.now, self.words.zone)
        self._check(self._below, command)
        return command

    def _follow(self, line: str) -> None:
        """How the line may go on; tickets come when the typing rests."""
        self._is_refused = False
        self._hint_at(line)
        if self._timer is not None:
            self._timer.stop()
        sought = completing.sought_in(line, self.frame.prefix)
        if sought is not None and sought.text != self._known.sought:
            self._timer = self.set_timer(REST_SECONDS, partial(self._seek, sought.text))

    def _seek(self, text: str) -> None:
        def found(rows: tuple[QueueRow, ...]) -> None:
            tickets = tuple(Found(self.code(row.id), row.title) for row in rows)
            self._known = replace(self._known, sought=text, found=tickets)
            if self.is_attached and not self._is_refused:
                self._hint_at(self.query_one(Input).value)

        self.desk.ask(
            finding.tickets,
            text,
            self.now,
            me=self.frame.parts.me,
            prefix=self.frame.prefix,
            then=found,
            group="finding",
        )

    def _hint_at(self, line: str) -> None:
        shown = self._complete(line).shown if line else ()
        if shown:
            self.tell((("dim", f"  {'  '.join(shown[:SHOWN])}"),))
        else:
            self.complain("")


def _place(text: str, fault: SupportError) -> tuple[int, int]:
    """Where in the line the word is that a fault is about; its end where something is missing."""
    params = fault.params
    if "at" in params and "length" in params:
        verb, _, rest = text.partition(" ")
        behind = len(verb) + 1 + len(rest) - len(rest.lstrip())
        return behind + int(params["at"]), int(params["length"])
    word = str(params.get("word") or params.get("found") or "")
    at = text.find(word) if word else -1
    return (at, len(word)) if at >= 0 else (len(text.rstrip()), 1)


def nameable(tx: Transaction, me: PersonId, now: Instant, words: Words) -> Known:
    """What a line may name, in the reader's words too."""
    views = (*BUILT_IN, *(view.name for view in saved_views.seen(tx, me)))
    names: Names = naming.names(tx, now, me=me, aliases=aliases(words))
    return Known(names, views)
