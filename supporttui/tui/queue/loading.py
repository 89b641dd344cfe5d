"""What the queue's screen has at hand of the list, and how it asks for the rest."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from supporttui import usecases
from supporttui.domain import filter as filters
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.ids import TicketId, ViewId
from supporttui.domain.queue import Node
from supporttui.domain.spans import Instant
from supporttui.domain.views import View
from supporttui.snapshot import Row
from supporttui.tui.counting import Counting, Shows
from supporttui.tui.doing import Doing
from supporttui.tui.queue import listed, paging, reads
from supporttui.tui.queue.view import Look, ViewsBar, empty_text, look, most, view_name, views_runs
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.ports import Transaction
    from supporttui.usecases.views import Ask, QueueItem, QueuePage

NOTHING_KNOWN = reads.Known()
"""Before the database answers."""
FROZEN_SECONDS = 2
"""The order of the rows stands still for so long after a key."""


class QueueLoading(Doing):
    """The part of the list that is at hand, in one view, one filter and one order."""

    def __init__(self, saved: Sequence[Row] = (), *, cursor: int = 0, view: str = "") -> None:
        """``saved`` are the snapshot's rows of ``view``, shown until the database answers; ``cursor`` is one."""
        super().__init__()
        self._saved = tuple(saved)
        self._saved_cursor = next((place for place, row in enumerate(self._saved) if row.id == cursor), 0)
        self._part = paging.Part()
        self._listing = listed.Listing()
        self._holding = False
        """Keys wait for another list: marks mean other tickets there."""
        self._answered = False
        self._known = NOTHING_KNOWN
        self._view = view
        self._arrangement = reads.Arrangement()
        self._skip = 0
        """How far the columns are scrolled."""
        self._counts: Mapping[ViewId, int | None] = {}
        self._filter = ""
        self._pending = False
        """The order changed while it stood still."""
        self._asking_edge = False
        self._waiting = 0
        self._look: Look | None = None
        self._digits = 0
        self._turns_at: Instant | None = None
        """When a row at hand looks otherwise by itself, beside its countdown."""

    @property
    def table(self) -> LineTable[Row]:
        """The list."""
        return self.query_one("#list", LineTable)

    # --- asking ---------------------------------------------------------------------------------------

    def _ask_known(self, then: Callable[[reads.Known], None]) -> None:
        self.desk.ask(reads.known, self.frame.parts.me, self.now, self.words, then=then, group="known")

    def _know(self, known: reads.Known) -> None:
        """The first time: the view of the last time, if it is still there, else the team's."""
        self._known = known
        if all(tab.view.id != self._view for tab in known.tabs):
            self._view = "team" if known.teams else "all"
        self._show_as(reads.Arrangement.of(self.tab.view))
        self._from_the_top(keep_cursor=True)
        self.frame.ask_figures()

    def _know_again(self, known: reads.Known) -> None:
        """Somebody changed a definition, maybe the view that is shown."""
        if self._filter and known.names.aliases != self._known.names.aliases:  # it was typed in another language
            self._filter = filters.in_codes(self._filter, self._known.names)
        before, self._known = self.tab.view, known
        if all(tab.view.id != before.id for tab in known.tabs):
            self._view = "all"
        if self.tab.view != before:
            self._show_as(reads.Arrangement.of(self.tab.view))
            self._from_the_top(keep_cursor=True)
        self.frame.ask_figures()

    @property
    def tabs(self) -> tuple[reads.Tab, ...]:
        """The views in their order."""
        return self._known.tabs

    @property
    def row_of_views(self) -> tuple[reads.Tab, ...]:
        """Those that stand in the row of views."""
        return reads.in_row(self.tabs, self.tab, self._counts)

    @property
    def tab(self) -> reads.Tab:
        """The view that is shown."""
        return next((tab for tab in self.tabs if tab.view.id == self._view), self.tabs[-1])

    @property
    def _query(self) -> Node:
        """Read anew each time: ``due:<1h`` means an hour from now, not from when it was typed."""
        try:
            return reads.query_of(self.tab, self._filter, self._known.names, now=self.now, zone=self.words.zone)
        except BadInput as fault:
            self.frame.refuse(fault)
            return reads.NOTHING

    def wanted(self) -> Ask:
        """All that the view and the filter show, in its order."""
        return self._ask()

    def _ask(self, **place: Any) -> Ask:
        order = self._arrangement
        ask = usecases.views.Ask(
            self._query, order.sort, paging.page_size(self.size.height), me=self.frame.parts.me, reverse=order.reverse
        )
        return replace(ask, **place)

    def _show_as(self, arrangement: reads.Arrangement) -> None:
        """Another order or other columns; the list itself is asked for by who wants it so."""
        relook = arrangement.columns != self._arrangement.columns or self._skip
        self._arrangement, self._skip = arrangement, 0
        if relook:
            self.relabelled()

    @property
    def _shown(self) -> Hashable:
        """What decides which tickets are listed."""
        return self.tab.view, self._filter

    @property
    def _marked(self) -> tuple[TicketId, ...]:
        """Marked tickets, listed or not."""
        return ()

    @property
    def hidden(self) -> int:
        """Marked tickets that are not listed."""
        return 0

    def _from_the_top(self, *, keep_cursor: bool = False) -> None:
        ask = self._ask()
        if not keep_cursor and self._marked and self._listing.of != self._shown:
            self._holding = True
            self.frame.hold_keys()
        self._ask_page(ask, lambda page: self._show(paging.first(page, ask.limit), page, from_top=not keep_cursor))

    def _from_the_end(self) -> None:
        ask = self._ask(backwards=True)
        self._ask_page(ask, partial(self._at_the_end, ask.limit))

    def _at_the_end(self, limit: int, page: QueuePage) -> None:
        self._show(paging.end(page, limit), page)
        self.table.move_to(len(self._part.items) - 1)

    def _reread(self) -> None:
        """The same part again."""
        self._pending = False
        limit = max(paging.page_size(self.size.height), len(self._part.items))
        ask = self._ask(after=self._part.before, limit=limit)
        self._ask_page(ask, lambda page: self._reread_done(page, limit))

    def _ask_page(self, ask: Ask, then: Callable[[QueuePage], None]) -> None:
        """Of several parts that were asked for, only the last one is shown."""
        shown = self._shown

        def arrived(found: tuple[QueuePage, listed.Found]) -> None:
            page, marks = found
            self._listing = self._listing.read(shown, marks)
            then(page)
            self._let_keys_go()

        def refused(fault: SupportError) -> None:
            self.frame.refuse(fault)
            self._let_keys_go()

        self.desk.ask(listed.page, ask, self.now, self._marked, group="queue", refused=refused, then=arrived)

    def _let_keys_go(self) -> None:
        if self._holding:
            self._holding = False
            self.frame.release_keys()

    def _reread_done(self, page: QueuePage, limit: int) -> None:
        cursor = self.table.cursor if self._answered else -1
        self._waiting = 0
        self._show(paging.again(self._part, page, limit, cursor=cursor), page)
        if self._part.ghost is not None:
            self._refresh_rows([self._part.ghost])

    def counting(self) -> Counting | None:
        """The badges, and how many tickets the list has; nothing before the views are known."""
        if self._known is NOTHING_KNOWN:
            return None
        names, now, me, zone = self._known.names, self.now, self.frame.parts.me, self.words.zone
        tab, tabs, filter_text, shown = self.tab, self.tabs, self._filter, self._shown

        def count(tx: Transaction) -> Shows:
            counts = reads.counts(tx, tabs, tab, names, now=now, me=me, zone=zone)
            total = reads.total(tx, tab, filter_text, names, now=now, me=me, zone=zone)
            return partial(self._count, counts, total, shown)

        return count

    def _count(self, counts: Mapping[ViewId, int | None], total: int, shown: Hashable) -> None:
        self._counts = counts
        if shown == self._shown and self._answered:
            self._part = replace(self._part, total=total)
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
        self.frame.showed(page.now, self._known.names.prefix)

    def _fill(self, *, from_top: bool = False) -> None:
        if self._look is None or not self._answered:
            return
        now = self.now
        rows = tuple(self._look.row(item, self._part.names, now) for item in self._part.items)
        turns = (turn for item in self._part.items if (turn := item.row.turns_at(now)) is not None)
        self._turns_at = min(turns, default=None)
        self.table.note = (("", f" {empty_text(self.words, self._filter, view=self.tab.view)}"),)
        self.table.fill(Window(rows, self._part.before is not None, self._part.more_after), from_top=from_top)

    @property
    def _widest(self) -> int:
        """The highest number in sight; an empty list keeps the room that there was."""
        before = 10 ** (self._digits - 1) if self._digits else max((row.id for row in self._saved), default=1000)
        return max((item.row.id for item in self._part.items), default=before)

    def _new_look(self, width: int) -> Look:
        parts = self.frame.parts
        self._digits = len(str(self._widest))
        return look(
            self.words, width, me=parts.me, prefix=self.frame.prefix,
            widest=self._widest, unicode=parts.options.symbols == "unicode", columns=self._arrangement.columns,
            skip=self._skip,
        )  # fmt: skip

    @property
    def _place(self) -> int | None:
        """Of the cursor in the whole list, where that is known."""
        if not self._part.items:
            return 0
        return None if self._part.offset is None else self._part.offset + self.table.cursor + 1

    @property
    def _total(self) -> int:
        """A ghost under the cursor is seen, so it counts: nobody stands on the fourth of three."""
        return max(self._part.total, self._place or 0)

    def place(self) -> str:
        """Of the cursor in the whole list: ``12/422``."""
        return f"{'-' if self._place is None else self._place}/{most(self._total)}"

    def _repaint_views(self) -> None:
        if not self.is_mounted:
            return
        saved = self.frame.saved
        if saved is not None and not self._answered:
            self.query_one("#views", Line).show(saved.top[2])
            self.query_one("#heading", Line).show(saved.top[3])
            return
        tabs, order = self.row_of_views, self._arrangement
        names = [(view_name(self.words, tab.view), self._badge(tab.view)) for tab in tabs]
        bar = ViewsBar(
            names, tabs.index(self.tab), order.sort, place=self._place, total=self._total,
            waiting=self._waiting, filter=self._filter, reverse=order.reverse,
            marked=len(self.table.marks), hidden=self.hidden,
        )  # fmt: skip
        self.query_one("#views", Line).show(views_runs(self.words, bar, self.size.width))

    def _badge(self, view: View) -> str:
        return reads.badge(view, self._counts[view.id]) if view.id in self._counts else ""

    def _frozen(self) -> bool:
        return self.now - self.frame.last_key < FROZEN_SECONDS or not self.is_current
