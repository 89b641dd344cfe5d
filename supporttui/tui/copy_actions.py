"""What keys take out of the desk: numbers, lines, links of tickets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from supporttui.tui import windows
from supporttui.tui.base_screen import BaseScreen

if TYPE_CHECKING:
    from supporttui.tui.batch import Target


class CopyActions(BaseScreen):
    """Mixed into a screen that can say which tickets are meant."""

    def targets(self) -> tuple[Target, ...]:
        """The marked tickets, or the current one."""
        raise NotImplementedError

    def codes(self, targets: Sequence[Target]) -> str:
        """``T-1042, T-1044``, few of many."""
        raise NotImplementedError

    def none_meant(self) -> None:
        """No ticket is meant; says why, where that cannot be seen."""

    def meant(self) -> tuple[Target, ...]:
        """The targets of a key; where there are none it may be said why."""
        targets = self.targets()
        if not targets:
            self.none_meant()
        return targets

    def action_ticket_copy(self) -> None:
        """The numbers, at once."""
        if targets := self.meant():
            self.frame.copy(", ".join(self.code(target.id) for target in targets), self.codes(targets))

    def action_ticket_copy_as(self) -> None:
        """Ask in which form."""
        if targets := self.meant():
            windows.copying.choose(self, targets, self.codes(targets))

    def action_ticket_links(self) -> None:
        """Their pages in other systems."""
        self.show_links(self.meant())

    def action_ticket_why(self) -> None:
        """Its timers, span by span."""
        self.show_why(self.meant())

    def show_why(self, targets: Sequence[Target]) -> None:
        """Why the first of these tickets is due when it is."""
        if targets:
            self.app.push_screen(windows.why.WhyWindow(targets[0].id))

    def action_ticket_procedure(self) -> None:
        """What to do about it, step by step."""
        self.show_procedure(self.meant())

    def show_procedure(self, targets: Sequence[Target]) -> None:
        """The procedures for the first of these tickets."""
        if targets:
            self.frame.open_procedure(targets[0].id)

    def copy_as(self, targets: Sequence[Target], form: str) -> None:
        """In a form of ``copied.FORMS``."""
        windows.copying.copy_tickets(self, targets, form, self.codes(targets))

    def show_links(self, targets: Sequence[Target]) -> None:
        """Of these tickets."""
        if targets:
            windows.copying.show_links(self, targets, self.codes(targets))
