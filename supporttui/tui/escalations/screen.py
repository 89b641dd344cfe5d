"""The screen of running escalations: where each stands, who is next, and when."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.doing import Doing
from supporttui.tui.escalations.view import Look, detail
from supporttui.tui.moving import ListMoves
from supporttui.tui.walk import TableWalk
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases import escalation
from supporttui.usecases.ports import Changed, EscalationState
from supporttui.usecases.views import Running

SECONDS_BETWEEN_READINGS = 60


class EscalationsScreen(Doing, ListMoves):
    """Everything that waits for somebody's answer."""

    NAME = "escalations"
    DEFAULT_CSS = """
    EscalationsScreen #heading { height: 1; }
    EscalationsScreen #detail { height: 9; }
    EscalationsScreen.-short #detail { height: 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._read_at = Instant(0)

    def body(self) -> ComposeResult:
        """The list, and below it what happens if nobody answers."""
        yield Line(id="heading")
        yield LineTable[Running](self._look(), self.frame.parts.clock, id="list")
        yield Lines(id="detail")

    @property
    def table(self) -> LineTable[Running]:
        """The list."""
        return self.query_one("#list", LineTable)

    def _look(self) -> Look:
        return Look(self.words, self.size.width, self.frame.prefix, self.frame.parts.me)

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the list."""
        super().on_mount()
        self.reload()

    def on_screen_resume(self) -> None:
        """Shown again."""
        super().on_screen_resume()
        self.relabelled()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Columns follow the width."""
        super().on_resize(event)
        self.relabelled()

    def ticked(self, now: Instant) -> None:
        """Countdowns; each minute the forecast anew, as duty may have changed hands."""
        self.table.repaint()
        self._paint_detail()
        if now - self._read_at >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def changed(self, changed: Changed) -> None:
        """Any ticket may have started, answered or ended one."""
        self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is LinkState.live and not self._read_at:
            self.reload()

    def reload(self) -> None:
        """Ask for all of them."""
        self._read_at = self.now
        self.desk.ask(escalation.running, self.now, then=self._show, refused=self.frame.refuse, group="escalations")

    def relabelled(self) -> None:
        """Another language or width."""
        if not self.is_mounted:
            return
        self.table.look = self._look()
        self.table.note = (("dim", f" {self.words.t('No escalation is running.')}"),)
        self.table.relook()
        self.query_one("#heading", Line).show(self._look().heading())
        self._paint_detail()

    def on_line_table_moved(self) -> None:
        """Another row: its detail."""
        self._paint_detail()

    def _show(self, running: Sequence[Running]) -> None:
        waiting = [row for row in running if row.escalation.state is not EscalationState.done]
        self.table.fill(Window(tuple(waiting)))
        self.relabelled()

    def _paint_detail(self) -> None:
        row = self.table.current
        self.query_one("#detail", Lines).show(detail(self._look(), row, self.now) if row is not None else ())

    # --- keys -----------------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The row under the cursor."""
        row = self.table.current
        return () if row is None else (Target.of(row.item.row),)

    def kind_meant(self) -> EscalationKind | None:
        """Of the row under the cursor: a ticket may have two."""
        row = self.table.current
        return None if row is None else row.escalation.kind

    def action_list_open(self) -> None:
        """The ticket itself."""
        if (row := self.table.current) is not None:
            self.frame.open_ticket(row.item.row.id, TableWalk(self.table, lambda other: other.item.row.id, self._place))

    def _place(self) -> str:
        return f"{self.table.cursor + 1}/{len(self.table.window.rows)}"
