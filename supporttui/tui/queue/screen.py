"""The queue: what burns, the most pressing first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.snapshot import Frame, Row
from supporttui.tui.moving import ListMoves
from supporttui.tui.queue import reads
from supporttui.tui.queue.marking import Marking
from supporttui.tui.styles import Run
from supporttui.tui.walk import TableWalk
from supporttui.tui.widgets.footer import Footer
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Changed

MOVING = frozenset({"list.down", "list.up"})
"""Keys that the first frame knows too, as long as nobody moved them."""
MOST_TOGETHER = 200
"""Changed rows read one by one; more, and the window is read again."""


class QueueScreen(Marking, ListMoves):
    """The list of tickets with its views, filter and order."""

    NAME = "queue"
    DEFAULT_CSS = """
    QueueScreen #views, QueueScreen #heading { height: 1; }
    QueueScreen.-short #views { display: none; }
    """

    # --- frame ----------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Views; below them the list and the preview."""
        yield Line(id="views")
        yield from self.panes()

    def listing(self) -> ComposeResult:
        """Heading and list."""
        yield Line(id="heading")
        yield LineTable[Row](self._new_look(80), self.frame.parts.clock, id="list")

    def on_mount(self) -> None:
        """Show what is at hand, ask for the rest."""
        super().on_mount()
        self.table.focus()
        self.relabelled()
        if self._saved:
            self.table.fill(Window(self._saved))
            self.table.move_to(self._saved_cursor)
        self._ask_known(self._know)

    def on_resize(self, event: Resize) -> None:
        """Other columns fit."""
        super().on_resize(event)
        self.make_room()

    def relabelled(self) -> None:
        """Another width or language: the same rows, made anew."""
        super().relabelled()
        self._look = self._new_look(self.list_width)
        self.table.look = self._look
        self.query_one("#heading", Line).show(self._look.heading())
        self._fill()
        self.table.relook()

    def screens_bar(self) -> Sequence[Run]:
        """As it was, until the database answers."""
        saved = self.frame.saved
        return saved.top[1] if saved is not None and self.frame.status is None else super().screens_bar()

    def repaint_frame(self) -> None:
        """The views row belongs to the frame."""
        super().repaint_frame()
        self._repaint_views()

    def ticked(self, now: Instant) -> None:
        """Countdowns; a row at the end of its segment is asked for again."""
        super().ticked(now)
        turned = self._turns_at is not None and self._turns_at <= now
        if turned:
            self._pending = True  # the view of what has attention, or a filter by it, has one row less
        if turned or (self._look is not None and self._look.layout.passes and now % 60 == 0):
            self._fill()
        self.table.repaint()
        ended = [row.id for row in self.table.rows_in_view if row.until and row.until <= now]
        if ended and self._answered:
            self._refresh_rows(ended)
        if self._pending and not self._frozen():
            self._reread()
        until = self._known.names.until
        if until is not None and until <= now and now % 60 == 0:  # somebody else is on call
            self._ask_known(self._know_again)

    def changed(self, changed: Changed) -> None:
        """Contents at once, order when no key was pressed for a moment."""
        super().changed(changed)
        if changed.definitions:
            self._ask_known(self._know_again)
        if not self._frozen():
            self._reread()
            return
        self._pending = True
        here = {item.row.id for item in self._part.items}
        touched = [ticket for ticket in changed.tickets if ticket in here][:MOST_TOGETHER]
        if touched:
            self._refresh_rows(touched)
        elif self.is_current:
            self._count_new()

    def reload(self) -> None:
        """``^r``: in order, now, with everything that waited."""
        super().reload()
        self._reread()

    # --- keys -----------------------------------------------------------------------------------------

    def on_line_table_moved(self) -> None:
        """Place in the list; a ghost goes when the cursor leaves it."""
        self._repaint_views()
        self._follow()
        current = self.table.current
        if self._part.ghost is not None and (current is None or current.id != self._part.ghost):
            self._pending = True

    def action_list_top(self) -> None:
        """The first row of all."""
        if self._part.before is None:
            super().action_list_top()
        else:
            self._from_the_top()

    def action_list_bottom(self) -> None:
        """The last row of all."""
        if self._part.more_after:
            self._from_the_end()
        else:
            super().action_list_bottom()

    def action_list_open(self) -> None:
        """Show the ticket."""
        current = self.table.current
        if current is not None:
            walk = TableWalk(self.table, lambda row: TicketId(row.id), self.place)
            self.frame.open_ticket(TicketId(current.id), walk)

    def action_app_escape(self) -> None:
        """Marks go first, then the filter, then what was said."""
        if self.table.marked:
            self.unmark()
        elif self._filter:
            self.filter_by("")
        else:
            super().action_app_escape()

    # --- snapshot -------------------------------------------------------------------------------------

    def snapshot(self, good: Instant) -> Frame | None:
        """The view as a start would show it, or ``None`` while it shows something else."""
        table, status = self.table, self.frame.status
        if (
            self._look is None
            or not self._answered
            or self._filter
            or table.top
            or status is None
            or self._skip
            or self._arrangement != reads.Arrangement.of(self.tab.view)
            or not self.size.height
        ):
            return None
        top = [
            self.query_one(StatusLine).runs[:-1],
            *(self.query_one(f"#{name}", Line).runs for name in ("screens", "views", "heading")),
        ]
        return Frame(
            saved=good, size=(self.size.width, self.size.height), top=top, rows=table.rows_in_view,
            below=[(), self.query_one(Footer).runs], units=self._look.units, glyphs=self._look.glyphs,
            sla_width=self._look.layout.sla, age=self.words.p("freshness", "OLD"),
            usual_keys=not MOVING.intersection(self.frame.parts.options.keys), view=self.tab.view.id,
            prefix=self.frame.prefix,
        )  # fmt: skip
