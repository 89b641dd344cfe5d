"""The keys of the rota screen that ask, explain and change; each is about the cell under the cursor."""

from collections.abc import Callable

from supporttui.domain.access import Permission
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.tui.rota import absent, leaver, overriding, pinning, showing, swapping, turns
from supporttui.tui.rota.cell import Cell
from supporttui.tui.rota.chosen import Chosen
from supporttui.tui.rota.periods import Period, period_of
from supporttui.tui.widgets.message_line import Severity


class RotaActions(Chosen):
    """Mixed into the rota screen, which says what is chosen."""

    # --- what answers ---------------------------------------------------------------------------------

    def action_rota_why(self) -> None:
        """Every reason for the cell."""
        self._on_cell(lambda cell: showing.why(self, cell))

    def why_at(self, at: Instant) -> None:
        """Every reason at an instant, in the row of the cursor."""
        self._on_cell(lambda cell: showing.why_at(self, cell, at))

    def action_rota_gaps(self) -> None:
        """What is missing within a year."""
        self._on_cell(lambda cell: showing.gaps(self, cell.rota.id))

    def action_rota_ledger(self) -> None:
        """The month of the cell, over every rota."""
        self._on_cell(lambda cell: showing.ledger(self, period_of(cell.day.start, self.zone_name, Period.month), None))

    def action_rota_languages(self) -> None:
        """The days that are shown."""
        self._on_cell(lambda _: showing.languages(self, self.board.span) if self.board is not None else None)

    def action_rota_conflicts(self) -> None:
        """Who is on duty while away."""
        self._on_cell(lambda _: absent.conflicts(self))

    def action_rota_requests(self) -> None:
        """Who asks to be covered."""
        self._on_cell(lambda _: swapping.listed(self))

    def action_rota_absences(self) -> None:
        """Who is away."""
        self._on_cell(lambda _: absent.listed(self))

    # --- what changes ---------------------------------------------------------------------------------

    def action_rota_take(self) -> None:
        """Cover somebody who asks for it."""
        self._change(lambda cell: swapping.take(self, cell))

    def action_rota_ask(self) -> None:
        """Ask to be covered, or to swap."""

        def go(cell: Cell) -> None:
            piece = self.piece
            if piece is None or not piece.people:
                self.frame.say(self.words.t("Nobody is on duty there, or it is past."), Severity.warning)
            else:
                swapping.ask(self, cell, piece)

        self._change(go)

    def action_rota_withdraw(self) -> None:
        """Take a request back."""
        self._change(lambda cell: swapping.withdraw(self, cell))

    def action_rota_override(self) -> None:
        """Put somebody on duty for a while, or take somebody off."""
        self._change(lambda cell: overriding.ask(self, cell))

    def action_rota_restore(self) -> None:
        """Take an override back."""
        self._change(lambda cell: overriding.end(self, cell))

    def action_rota_pin(self) -> None:
        """Set the shifts of a while by hand."""
        self._plan(lambda cell: pinning.ask(self, cell))

    def action_rota_unpin(self) -> None:
        """Let a plan set by hand end."""
        self._plan(lambda cell: pinning.end(self, cell))

    def action_rota_absence(self) -> None:
        """Say that somebody is away."""
        self._change(lambda cell: absent.ask(self, cell))

    def action_rota_turns(self) -> None:
        """Edit a layer."""
        self._change(lambda cell: turns.ask(self, cell))

    def leave(self, person: PersonId, at: Instant | None) -> None:
        """Let somebody leave; without an instant as their turn under way ends."""
        if self.may_work():
            self.when_known(lambda: leaver.ask(self, person, at))

    def stay(self, person: PersonId) -> None:
        """Let somebody stay who was to leave."""
        if self.may_work():
            self.when_known(lambda: leaver.ask_stay(self, person))

    # --- guards ---------------------------------------------------------------------------------------

    def _change(self, go: Callable[[Cell], None]) -> None:
        """Only where this desk can change anything; else it says why not."""
        if self.may_work():
            self._on_cell(go)

    def _plan(self, go: Callable[[Cell], None]) -> None:
        """Only where this person may change everybody's duty; else it says so before anything is typed."""
        if self.may_work(Permission.configure):
            self._on_cell(go)

    def _on_cell(self, go: Callable[[Cell], None]) -> None:
        def known() -> None:
            cell = self.cell
            if cell is None:
                self.frame.say(self.words.t("There is no rota yet."), Severity.warning)
            else:
                go(cell)

        self.when_known(known)
