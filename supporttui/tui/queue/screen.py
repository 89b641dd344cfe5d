"""The queue: what burns, the most pressing first."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer

from supporttui.domain import filter as filters
from supporttui.domain.faults import BadInput, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import And, Node, SortBy
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import WAITING_STATES
from supporttui.i18n import labels
from supporttui.snapshot import Frame, Row
from supporttui.tui.batch import Target
from supporttui.tui.queue import paging, reads
from supporttui.tui.queue.view import Look, ViewsBar, empty_text, look, views_runs
from supporttui.tui.styles import Run
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.widgets.footer import Footer
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.widgets.prompt import LinePrompt
from supporttui.tui.widgets.status_line import StatusLine
from supporttui.usecases import queue
from supporttui.usecases.ports import Changed
from supporttui.usecases.views import Ask, QueueItem, QueuePage

FROZEN_SECONDS = 2
"""The order of the rows stands still for so long after a key."""
DEBOUNCE = 0.15
MOST_TOGETHER = 200
"""Changed rows read one by one; more, and the window is read again."""


class QueueScreen(TicketActions):
    """The list of tickets with its views, filter and order."""

    NAME = "queue"
    DEFAULT_CSS = """
    QueueScreen #views, QueueScreen #heading { height: 1; }
    QueueScreen.-short #views { display: none; }
    """

    def __init__(self, saved: Sequence[Row] = ()) -> None:
        """``saved`` are the rows of the snapshot, shown until the database answers."""
        super().__init__()
        self._saved = tuple(saved)
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
        self._asking_edge = False
        self._waiting = 0
        self._look: Look | None = None

    # --- frame ----------------------------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """Views, heading, list."""
        yield Line(id="views")
        yield Line(id="heading")
        yield LineTable[Row](self._new_look(80), self.frame.parts.clock, id="list")

    @property
    def table(self) -> LineTable[Row]:
        """The list."""
        return self.query_one("#list", LineTable)

    def on_mount(self) -> None:
        """Show what is at hand, ask for the rest."""
        super().on_mount()
        self.table.focus()
        self.relabelled()
        if self._saved:
            self.table.fill(Window(self._saved))
        self.desk.ask(reads.known, self.frame.parts.me, then=self._know)

    def on_resize(self, event: Resize) -> None:
        """Other columns fit."""
        super().on_resize(event)
        self.relabelled()

    def relabelled(self) -> None:
        """Another width or language: the same rows, made anew."""
        super().relabelled()
        self._look = self._new_look(self.size.width)
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
        if self._look is not None and self._look.layout.has_age and now % 60 == 0:
            self._fill()
        self.table.repaint()
        ended = [row.id for row in self.table.rows_in_view if row.until and row.until <= now and not row.fixed]
        if ended and self._answered:
            self._refresh_rows(ended)
        if self._pending and not self._frozen():
            self._reread()

    def changed(self, changed: Changed) -> None:
        """Contents at once, order when no key was pressed for a moment."""
        if changed.definitions:
            self.desk.ask(reads.known, self.frame.parts.me, then=self._know_again)
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
        self._reread()

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

    def _ask(self, **place: object) -> Ask:
        return replace(
            Ask(self._query, self._sort, paging.page_size(self.size.height), me=self.frame.parts.me),
            **place,  # type: ignore[arg-type]
        )

    def _from_the_top(self, *, keep_cursor: bool = False) -> None:
        ask = self._ask()
        self.desk.ask(
            queue.page, ask, self.now, group="queue", refused=self.frame.refuse,
            then=lambda page: self._show(paging.first(page, ask.limit), page, from_top=not keep_cursor),
        )  # fmt: skip
        self._ask_badges()

    def _reread(self) -> None:
        """The same part again."""
        self._pending = False
        limit = max(paging.page_size(self.size.height), len(self._part.items))
        ask = self._ask(after=self._part.before, limit=limit)
        self.desk.ask(
            queue.page,
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

    def _count(self, badges: dict[str, str]) -> None:
        self._badges = dict(badges)
        self._repaint_views()

    def _count_new(self) -> None:
        """Say how many rows wait to be shown, without showing them."""

        def counted(page: QueuePage) -> None:
            self._waiting = paging.unknown(self._part, page)
            self._repaint_views()

        self.desk.ask(queue.page, self._ask(after=self._part.before), self.now, group="new", then=counted)

    def _refresh_rows(self, tickets: Sequence[int]) -> None:
        def arrived(items: tuple[QueueItem, ...]) -> None:
            self._part = paging.updated(self._part, items)
            self._fill()

        self.desk.ask(queue.items, [TicketId(t) for t in tickets], self.now, group="rows", then=arrived)

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

        self.desk.ask(queue.page, ask, self.now, then=arrived, refused=refused)

    # --- showing --------------------------------------------------------------------------------------

    def _show(self, part: paging.Part, page: QueuePage, *, from_top: bool = False) -> None:
        self._part = part
        self._answered = True
        if (
            part.items
            and self._look is not None
            and len(str(max(i.row.id for i in part.items))) > len(str(self._widest))
        ):
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

    # --- what is meant --------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The marked rows, or the one under the cursor, as shown now."""
        current = self.table.current
        rows = self.table.marked or ((current,) if current is not None else ())
        waiting = {item.row.id for item in self._part.items if item.row.state in WAITING_STATES}
        return tuple(Target(TicketId(row.id), row.version, row.id in waiting) for row in rows)

    def acted(self) -> None:
        """Marks are used up by an action."""
        self.table.unmark_all()

    # --- keys -----------------------------------------------------------------------------------------

    def on_line_table_moved(self) -> None:
        """Place in the list; a ghost goes when the cursor leaves it."""
        self._repaint_views()
        current = self.table.current
        if self._part.ghost is not None and (current is None or current.id != self._part.ghost):
            self._pending = True

    def action_list_down(self) -> None:
        """One row down."""
        self.table.move(1)

    def action_list_up(self) -> None:
        """One row up."""
        self.table.move(-1)

    def action_list_page_down(self) -> None:
        """One screen down."""
        self.table.page(1)

    def action_list_page_up(self) -> None:
        """One screen up."""
        self.table.page(-1)

    def action_list_half_down(self) -> None:
        """Half a screen down."""
        self.table.page(0.5)

    def action_list_half_up(self) -> None:
        """Half a screen up."""
        self.table.page(-0.5)

    def action_list_top(self) -> None:
        """The first row of all."""
        if self._part.before is None:
            self.table.move_to(0)
        else:
            self._from_the_top()

    def action_list_bottom(self) -> None:
        """The last row of all."""
        if not self._part.more_after:
            self.table.move_to(len(self.table.window.rows) - 1)
            return
        ask = self._ask(backwards=True)
        self.desk.ask(
            queue.page,
            ask,
            self.now,
            group="queue",
            refused=self.frame.refuse,
            then=partial(self._at_the_end, ask.limit),
        )

    def _at_the_end(self, limit: int, page: QueuePage) -> None:
        self._show(paging.end(page, limit), page)
        self.table.move_to(len(self._part.items) - 1)

    def action_list_open(self) -> None:
        """Show the ticket."""
        current = self.table.current
        if current is not None:
            self.frame.open_ticket(TicketId(current.id), [TicketId(row.id) for row in self.table.window.rows])

    def action_list_next_view(self) -> None:
        """The view to the right."""
        self._go_to_view(self._view + 1)

    def action_list_previous_view(self) -> None:
        """The view to the left."""
        self._go_to_view(self._view - 1)

    def _go_to_view(self, index: int) -> None:
        self._view = index % len(self._views)
        self._repaint_views()
        self._from_the_top()

    def action_list_mark(self) -> None:
        """Mark the row and go on to the next."""
        if self.table.current is not None:
            self.table.mark([self.table.current])
            self.table.move(1)

    def action_list_range(self) -> None:
        """Mark from the last marked row to here."""
        rows, marked = self.table.window.rows, self.table.marked
        start = rows.index(marked[-1]) if marked and marked[-1] in rows else self.table.cursor
        low, high = sorted((start, self.table.cursor))
        self.table.mark(rows[low : high + 1], on=True)

    def action_list_mark_all(self) -> None:
        """Mark every row at hand, or none if some are."""
        if self.table.marked:
            self.table.unmark_all()
        else:
            self.table.mark(self.table.window.rows, on=True)

    def action_list_sort(self) -> None:
        """The next order."""
        orders = list(SortBy)
        self.sort_by(orders[(orders.index(self._sort) + 1) % len(orders)])

    def sort_by(self, sort: SortBy) -> None:
        """Another order, from its first row."""
        self._sort = sort
        self._repaint_views()
        self._from_the_top()

    def action_list_copy(self) -> None:
        """The number, to the clipboard of the terminal."""
        current = self.table.current
        if current is not None:
            self.frame.copy(self.code(current.id))

    def action_app_escape(self) -> None:
        """Marks go first, then the filter, then what was said."""
        if self.table.marked:
            self.table.unmark_all()
        elif self._filter:
            self.filter_by("")
        else:
            super().action_app_escape()

    # --- filter ---------------------------------------------------------------------------------------

    def action_list_filter(self) -> None:
        """Type a filter; the list follows while it is typed, Esc puts back what was."""
        before = self._filter
        timer: Timer | None = None

        def typed(text: str) -> None:
            nonlocal timer
            if timer is not None:
                timer.stop()
            timer = self.set_timer(DEBOUNCE, lambda: try_it(text))

        def try_it(text: str) -> None:
            try:
                self.filter_by(text)
            except BadInput as fault:
                sentence = labels.fault(self.words, fault)
                prompt.complain(sentence, at=int(fault.params.get("at", 0)), length=int(fault.params.get("length", 1)))
            else:
                prompt.complain("")

        def answered(text: str | None) -> None:
            if timer is not None:
                timer.stop()
            try:
                self.filter_by(before if text is None else text)
            except BadInput as fault:
                self.frame.say(labels.fault(self.words, fault), Severity.warning)

        hint = self.words.t("such as is:breached team:network -state:new word")
        prompt = LinePrompt("/", value=before, hint=hint, typed=typed)
        self.app.push_screen(prompt, answered)

    def filter_by(self, text: str) -> None:
        """Show only what fits. Raises ``BadInput`` (``filter.…``) and changes nothing."""
        text = text.strip()
        if text == self._filter:
            return
        self._filter_node = filters.parse(text, self._known.names, self.now, self.words.zone)
        self._filter = text
        self._from_the_top()

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
        )  # fmt: skip
