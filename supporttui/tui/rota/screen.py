"""The rota screen: a week or month of one rota, in the zone one chooses, with a cursor on one day of one row."""

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.faults import SupportError
from supporttui.domain.spans import Instant
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.moving import TextMoves
from supporttui.tui.rota import board as boards
from supporttui.tui.rota import cell as cells
from supporttui.tui.rota import view
from supporttui.tui.rota.board import Board
from supporttui.tui.rota.moves import RotaMoves
from supporttui.tui.rota.rota_actions import RotaActions
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases.ports import Changed

SECONDS_BETWEEN_READINGS = 60
"""Who is on now is asked again so often, as hands change without a fact."""


class RotaScreen(RotaMoves, RotaActions, TextMoves):
    """Who is on duty, this week or month or another, and the keys that change it."""

    NAME = "rota"
    DEFAULT_CSS = "RotaScreen #cell { height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._read_at = Instant(0)

    def body(self) -> ComposeResult:
        """The days, and below them the answer of the chosen one."""
        yield Lines(id="week", pages=True)
        told = Lines(id="cell")
        told.can_focus = False
        yield told

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the plan."""
        super().on_mount()
        self.reload()

    def on_screen_resume(self) -> None:
        """Shown again: hands may have changed meanwhile."""
        super().on_screen_resume()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Columns follow the width."""
        super().on_resize(event)
        self._paint(reveal=True)

    def ticked(self, now: Instant) -> None:
        """Ask again each minute."""
        if now - self._read_at >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def changed(self, changed: Changed) -> None:
        """Definitions, overrides, swaps and absences move a rota; no ticket does."""
        if changed.definitions:
            self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is LinkState.live and not self.plans:
            self.reload()

    def reload(self) -> None:
        """Ask for the days that are shown."""
        self._read_at = self.now
        span = self._span
        self.desk.ask(
            boards.read, span.start, span.end, now=self.now, then=self._show, refused=self._not_read, group="rota"
        )

    def relabelled(self) -> None:
        """Another language."""
        self._paint()

    def _show(self, found: Board) -> None:
        self._board = found
        self._place = min(self._place, max(0, len(found.plans) - 1))
        if found.plans and found.span != self._span:
            self.reload()  # the rota's zone is known only now, and its days begin elsewhere
            return
        self.settle_day()
        self._paint(reveal=True)
        wishes, self._wishes = self._wishes, []
        for wish in wishes:
            wish()

    def _not_read(self, fault: SupportError) -> None:
        self._wishes.clear()
        self.frame.refuse(fault)

    def _paint(self, *, reveal: bool = False) -> None:
        if not self.is_mounted:
            return
        block, told = self.query_one("#week", Lines), self.query_one("#cell", Lines)
        if self._board is None or not self.plans:
            told.display = False
            block.show(((), (("dim", f" {self.words.t('No rota yet. The command init makes a first one.')}"),)))
            return
        grid = view.screen(
            self.look, self.plan, self.place, place=self._place + 1, count=len(self.plans), board=self._board
        )
        block.show(grid.lines)
        cell = self.cell
        most = cells.MOST if self.size.height < _HIGH else 2 * cells.MOST
        lines = cells.lines(self.look, self._board, cell, self.names, most=most) if cell is not None else ()
        told.display = bool(lines) and self.size.height >= _TALL
        if told.styles.height is None or told.styles.height.value != len(lines):
            told.styles.height = max(1, len(lines))
        told.show(lines, from_top=True)
        if reveal:
            self.call_after_refresh(block.reveal, grid.first, grid.last)

    def targets(self) -> tuple[Target, ...]:
        """None: on this screen a command names its tickets."""
        return ()

    @property
    def text_block(self) -> Lines:
        """The days, which scroll where the window is short."""
        return self.query_one("#week", Lines)


_HIGH = 32
"""From so many lines on it may be long."""
_TALL = 14
"""From so many lines on there is room for the answer of the cell."""
