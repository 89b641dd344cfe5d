"""What the queue's screen has at hand of the list, and how it asks for the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from supporttui import usecases
from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Node, SortBy
from supporttui.snapshot import Row
from supporttui.tui.queue import paging, reads
from supporttui.tui.queue.view import Look, ViewsBar, empty_text, look, most, views_runs
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import Ask, QueueItem, QueuePage

FROZEN_SECONDS = 2
"""The order of the rows stands still for so long after a key."""


class QueueLoading(TicketActions):
    """The part of the list that is at hand, in one view, one filter and one order."""

    def __init__(self, saved: Sequence[Row] = (), *, cursor: int = 0) -> None:
        """``saved`` are the rows of the snapshot, shown until the database answers; ``cursor`` is a ticket of them."""
        super().__init__()
        self._saved = tuple(saved)
        self._saved_cursor = next((place for place, row in enumerate(self._saved) if row.id == cursor), 0)
        self._part = paging.Part()
        self._answered = False
        self._sort = SortBy.sla
        self._known = reads.Known()
        self._views = reads.views(())
        self._view = len(self._views) - 1
        self._badges: dict[str, str] = {}
        self._filter = ""
        self._filter_node: Node = And()
        self._pending = False
        """The order changed while it stood still."""
        self._asking_edge = False
        self._waiting = 0
        self._look: Look | None = None
        self._digits = 0

    @property
    def table(self) -> LineTable[Row]:
        """The list."""
        return self.query_one("#list", LineTable)

    # --- asking ---------------------------------------------------------------------------------------

    def _know(self, known: reads.Known) -> None:
        self._know_again(known)
        if known.teams:
            self._view = next(i for i, view in enumerate(self._views) if view.id == "team")
        self._from_the_top(keep_cursor=True)

    def _know_again(self, known: reads.Known) -> None:
        self._known = known
        self._views = reads.views(known.teams)

    @property
    def _query(self) -> Node:
        view = self._views[self._view].query
        return And((view, self._filter_node)) if self._filter else view

    def _ask(self, **place: Any) -> Ask:
        return replace(
            usecases.views.Ask(self._query, self._sort, paging.page_size(self.size.height), me=self.frame.parts.me),
            **place,
        )

    def _from_the_top(self, *, keep_cursor: bool = False) -> None:
        ask = self._ask()
        self.desk.ask(
            usecases.queue.page, ask, self.now, group="queue", refused=self.frame.refuse,
            then=lambda page: self._show(paging.first(page, ask.limit), page, from_top=not keep_cursor),
        )  # fmt: skip
        self._ask_badges()

    def _from_the_end(self) -> None:
        ask = self._ask(backwards=True)
        self.desk.ask(
            usecases.queue.page,
            ask,
            self.now,
            group="queue",
            refused=self.frame.refuse,
            then=partial(self._at_the_end, ask.limit),
        )

    def _at_the_end(self, limit: int, page: QueuePage) -> None:
        self._show(paging.end(page, limit), page)
        self.table.move_to(len(self._part.items) - 1)

    def _reread(self) -> None:
        """The same part again."""
        self._pending = False
        limit = max(paging.page_size(self.size.height), len(self._part.items))
        ask = self._ask(after=self._part.before, limit=limit)
        self.desk.ask(
            usecases.queue.page,
            ask,
            self.now,
            group="queue",
            refused=self.frame.refuse,
            then=lambda page: self._reread_done(page, limit),
        )
        self._ask_badges()

    def _reread_done(self, page: QueuePage, limit: int) -> None:
        cursor = self.table.cursor if self._answered else -1
        self._waiting = 0
        self._show(paging.again(self._part, page, limit, cursor=cursor), page)
        if self._part.ghost is not None:
            self._refresh_rows([self._part.ghost])

    def _ask_badges(self) -> None:
        self.desk.ask(reads.badges, self._views, now=self.now, me=self.frame.parts.me, then=self._count, group="badges")

    def _count(self, badges: Mapping[str, str]) -> None:
        self._badges = dict(badges)
        self._repaint_views()

    def _count_new(self) -> None:
        """Say how many rows wait to be shown, without showing them."""

        def counted(page: QueuePage) -> None:
            self._waiting = paging.unknown(self._part, page)
            self._repaint_views()

        self.desk.ask(usecases.queue.page, self._ask(after=self._part.before), self.now, group="new", then=counted)

    def _refresh_rows(self, tickets: Sequence[int]) -> None:
        def arrived(items: tuple[QueueItem, ...]) -> None:
            self._part = paging.updated(self._part, items)
            self._fill()

        self.desk.ask(usecases.queue.items, [TicketId(t) for t in tickets], self.now, group="rows", then=arrived)

    def on_line_table_edge(self, event: LineTable.Edge) -> None:
        """The cursor comes near an edge of what is at hand."""
        event.stop()
        items = self._part.items
        if self._asking_edge or not items:
            return
        self._asking_edge = True
        place = {"after": items[-1].row} if event.forward else {"after": items[0].row, "backwards": True}
        ask = self._ask(**place)
        grow = paging.after if event.forward else paging.ahead
        most = paging.SCREENS_KEPT * paging.page_size(self.size.height)

        def arrived(page: QueuePage) -> None:
            self._asking_edge = False
            if self._part.items[:1] == items[:1] and self._part.items[-1:] == items[-1:]:
                self._show(grow(self._part, page, ask.limit, most=most), page)

        def refused(fault: SupportError) -> None:
            self._asking_edge = False
            self.frame.refuse(fault)

        self.desk.ask(usecases.queue.page, ask, self.now, then=arrived, refused=refused)

    # --- showing --------------------------------------------------------------------------------------

    def _show(self, part: paging.Part, page: QueuePage, *, from_top: bool = False) -> None:
        self._part = part
        first, self._answered = not self._answered, True
        digits = len(str(self._widest))
        # The column grows with the numbers, and shrinks only once: a list that is being read must not jump.
        if digits > self._digits or (first and digits != self._digits):
            self.relabelled()
        self._fill(from_top=from_top)
        self._repaint_views()
        self.frame.showed(page.now)

    def _fill(self, *, from_top: bool = False) -> None:
        if self._look is None or not self._answered:
            return
        rows = tuple(self._look.row(item, self._part.names, self.now) for item in self._part.items)
        self.table.note = (("", f" {empty_text(self.words, self._filter)}"),)
        self.table.fill(Window(rows, self._part.before is not None, self._part.more_after), from_top=from_top)

    @property
    def _widest(self) -> int:
        return max(
            (item.row.id for item in self._part.items), default=max((row.id for row in self._saved), default=1000)
        )

    def _new_look(self, width: int) -> Look:
        parts, status = self.frame.parts, self.frame.status
        self._digits = len(str(self._widest))
        return look(
            self.words, width, me=parts.me, prefix=status.prefix if status else self._known.names.prefix,
            widest=self._widest, unicode=parts.options.symbols == "unicode",
        )  # fmt: skip

    @property
    def _place(self) -> int | None:
        """Of the cursor in the whole list, where that is known."""
        if not self._part.items:
            return 0
        return None if self._part.offset is None else self._part.offset + self.table.cursor + 1

    def place(self) -> str:
        """Of the cursor in the whole list: ``12/422``."""
        return f"{'-' if self._place is None else self._place}/{most(self._part.total)}"

    def _repaint_views(self) -> None:
        if not self.is_mounted:
            return
        saved = self.frame.saved
        if saved is not None and not self._answered:
            self.query_one("#views", Line).show(saved.top[2])
            self.query_one("#heading", Line).show(saved.top[3])
            return
        names = [(self.words.p(*view.label), self._badges.get(view.id, "")) for view in self._views]
        bar = ViewsBar(
            names, self._view, self._sort, place=self._place,
            total=self._part.total, waiting=self._waiting, filter=self._filter,
        )  # fmt: skip
        self.query_one("#views", Line).show(views_runs(self.words, bar, self.size.width))

    def _frozen(self) -> bool:
        return self.now - self.frame.last_key < FROZEN_SECONDS or not self.is_current
