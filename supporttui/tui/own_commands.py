"""The person's own commands at the desk: by their key, or by their word after ``:``."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import App

from supporttui.domain.faults import BadInput, Refused, SupportError
from supporttui.domain.ids import TicketId
from supporttui.i18n.catalogue import Words
from supporttui.tui.desk import Desk
from supporttui.tui.keymap import OwnKey
from supporttui.tui.parts import AppParts

if TYPE_CHECKING:  # nobody who has no command of their own waits for it
    from supporttui.tui.batch import Target
    from supporttui.tui.custom import CustomCommand

Values = Sequence[Mapping[str, str]]


class OwnCommands(App[int]):
    """Mixed into the app."""

    parts: AppParts
    words: Words
    desk: Desk

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        raise NotImplementedError

    @property
    def own_keys(self) -> tuple[OwnKey, ...]:
        """Their places in the key map."""
        return tuple(OwnKey(one.id, one.key, one.scope.value) for one in self.parts.options.commands)

    def begin_own(self) -> None:
        """Bind their keys, below those of every screen."""
        for command in self.parts.options.commands:
            if command.key:
                self.bind(command.key, f"own({command.word!r})", description=command.name, show=False)

    def action_own(self, word: str) -> None:
        """By its key, on the tickets that the screen means."""
        self.run_own(word)

    def run_own(self, line: str) -> bool:
        """What was typed after ``:``, if its first word is one of theirs; numbers behind it are tickets."""
        word, *rest = line.split() or [""]
        command = next((one for one in self.parts.options.commands if one.word == word.casefold()), None)
        if command is None:
            return False
        try:
            tickets = _numbers(rest) or self._meant(command)
            self._refuse_where_nothing_may_change()
        except SupportError as fault:
            self.refuse(fault)
            return True
        # The rest is loaded when the first of them runs.
        at_work = importlib.import_module("supporttui.tui.own_at_work")
        begin: Callable[..., Any] = at_work.begin
        self.call_later(partial(begin, self, command, tickets))
        return True

    def _meant(self, command: CustomCommand) -> tuple[TicketId, ...]:
        """The tickets of the screen. Raises BadInput (``cli.no_ticket``) where there are none."""
        if command.scope.value != "ticket":
            return ()
        targets: Sequence[Target] = getattr(self.screen, "targets", tuple)()
        if not targets:
            raise BadInput("cli.no_ticket")
        return tuple(target.id for target in targets)

    def _refuse_where_nothing_may_change(self) -> None:
        if self.parts.options.read_only:
            raise Refused("custom.read_only")


def _numbers(words: Sequence[str]) -> tuple[TicketId, ...]:
    """``1042 T-1044``. Raises BadInput (``command.too_much``) for anything else."""
    bare = [word.rstrip(",").rpartition("-")[2] for word in words]
    for word, digits in zip(words, bare, strict=True):
        if not (digits.isascii() and digits.isdigit()):
            raise BadInput("command.too_much", verb="…", word=word[:40])
    return tuple(TicketId(int(digits)) for digits in bare)
