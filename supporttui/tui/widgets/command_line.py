"""The ``:`` line: type a verb, Tab completes, Enter runs it on the screen below."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from supporttui import arguments
from supporttui.actions import Action, Scope
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.marking import mark
from supporttui.domain.queue import SortBy
from supporttui.i18n import labels
from supporttui.tui import commands
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.batch import Target
from supporttui.tui.commands import Command
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.widgets.help import MessagesScreen
from supporttui.tui.widgets.prompt import LinePrompt
from supporttui.usecases import escalation, queue
from supporttui.usecases.views import Choice, QueueItem

SHOWN = 12
"""Candidates named at once."""


class CommandLine(LinePrompt):
    """The line itself; knows the screen it was opened on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", mark("Complete"), priority=True)]

    def __init__(self, below: BaseScreen) -> None:
        super().__init__(":", typed=self._hint_at)
        self._below = below

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
            self.complain(labels.fault(self.words, fault, prefix=self._prefix))
            return
        self.answer(None)
        self.app.call_later(run, self._below, command)

    @property
    def _prefix(self) -> str:
        status = self.frame.status
        return status.prefix if status else "T-"

    def _hint_at(self, line: str) -> None:
        found = commands.candidates(line)
        self.complain("  ".join(found[:SHOWN]) if line and len(found) > 0 else "")


def run(screen: BaseScreen, command: Command) -> None:
    """Run a command on the screen that it was typed on."""
    try:
        if command.action.scope is Scope.ticket and command.action.run is not None:
            _on_tickets(screen, command)
        else:
            _HERE[command.action.id](screen, command.texts)
    except SupportError as fault:
        screen.frame.refuse(fault)


# --- verbs that look or move ------------------------------------------------------------------------


def _queue(screen: BaseScreen, texts: Mapping[str, str]) -> None:
    screen.frame.show_queue(filter=texts.get("filter", ""))


def _sort(screen: BaseScreen, texts: Mapping[str, str]) -> None:
    screen.frame.show_queue(sort=SortBy(texts.get("sort", SortBy.sla.value)))


def _open(screen: BaseScreen, texts: Mapping[str, str]) -> None:
    """A number of ours, or one under which another system knows the ticket."""
    status = screen.frame.status
    text = texts["ticket"].casefold().removeprefix(status.prefix.casefold() if status else "t-")
    if text.isascii() and text.isdigit():
        screen.frame.open_ticket(TicketId(int(text)), ())
    else:
        screen.frame.show_queue(filter=f"ref:{texts['ticket']}")


_HERE: Mapping[str, Callable[[BaseScreen, Mapping[str, str]], object]] = {
    "screen.queue": _queue,
    "list.filter": _queue,
    "list.sort": _sort,
    "list.open": _open,
    "screen.rota": lambda screen, _: screen.frame.show_screen("rota"),
    "app.on_call": lambda screen, _: screen.frame.show_screen("rota"),
    "screen.escalations": lambda screen, _: screen.frame.show_screen("escalations"),
    "app.help": lambda screen, _: screen.frame.show_help(),
    "app.messages": lambda screen, _: screen.app.push_screen(MessagesScreen(screen)),
    "app.refresh": lambda screen, _: screen.frame.reload(),
    "app.language": lambda screen, texts: screen.frame.speak(texts["language"]),
    "app.undo": lambda screen, _: screen.frame.take_back(),
    "ticket.withdraw": lambda screen, _: screen.frame.take_back(),
    "app.quit": lambda screen, _: screen.frame.ask_to_leave(),
}


# --- verbs that change tickets ----------------------------------------------------------------------


def _on_tickets(screen: BaseScreen, command: Command) -> None:
    if not isinstance(screen, TicketActions):
        return
    if not command.tickets:
        _with_steps(screen, command, screen.targets())
        return

    def found(items: tuple[QueueItem, ...]) -> None:
        _with_steps(screen, command, tuple(Target(item.row.id, item.row.version) for item in items))

    ids = [TicketId(number) for number in command.tickets]
    screen.desk.ask(queue.items, ids, screen.now, then=found, refused=screen.frame.refuse)


def _with_steps(screen: TicketActions, command: Command, targets: tuple[Target, ...]) -> None:
    """An escalation's step is read against the policy of the first ticket."""
    if not targets:
        return
    if command.action.id == "ticket.escalate":
        ask = partial(_escalate, screen, command, targets)
        screen.desk.ask(escalation.choices, targets[0].id, screen.now, then=ask, refused=screen.frame.refuse)
        return
    try:
        values = _values(screen, command.action, command.texts, ())
    except SupportError as fault:
        screen.frame.refuse(fault)
    else:
        screen.perform(command.action.id, targets, **values)


def _escalate(
    screen: TicketActions, command: Command, targets: tuple[Target, ...], choices: tuple[Choice, ...]
) -> None:
    try:
        values = _values(screen, command.action, command.texts, choices)
    except SupportError as fault:
        screen.frame.refuse(fault)
    else:
        screen.escalate(targets, **values)


def _values(screen: BaseScreen, action: Action, texts: Mapping[str, str], steps: tuple[Choice, ...]) -> dict[str, Any]:
    reading = arguments.Reading(screen.words, screen.now, steps=steps)
    return {arg.name: arguments.value(arg, texts[arg.name], reading) for arg in action.args if texts.get(arg.name)}
