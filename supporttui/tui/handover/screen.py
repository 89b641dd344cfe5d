"""The screen of handovers: what a shift gives to the next, item by item."""

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.faults import NotFound, SupportError
from supporttui.domain.handover.handover import Item, ReasonKind
from supporttui.domain.spans import Instant
from supporttui.i18n.cells import fit
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.handover.keys import HandoverKeys
from supporttui.tui.handover.view import Look, detail
from supporttui.tui.moving import ListMoves
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases.handover import reading
from supporttui.usecases.handover.reading import HandoverView
from supporttui.usecases.ports import Changed

SECONDS_BETWEEN_READINGS = 60
"""What a draft lists follows from timers too, which pass without a fact."""


class HandoverScreen(HandoverKeys, ListMoves):
    """One handover; at first the one that concerns the reader most."""

    NAME = "handover"
    DEFAULT_CSS = """
    HandoverScreen #heading, HandoverScreen #standing { height: 1; }
    HandoverScreen #detail { height: 30%; min-height: 4; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view: HandoverView | None = None
        self._wanted: str | None = None
        """The one that was chosen; ``None``: whichever concerns the reader most."""
        self._none = False
        """The database says that there is nothing for the reader."""
        self._read_at = Instant(0)
        self._wishes: list[str] = []
        """Actions that wait for the first answer."""

    def body(self) -> ComposeResult:
        """Whose it is, its items, and what is known of the one under the cursor."""
        yield Line(id="heading")
        yield Line(id="standing")
        yield LineTable[Item](self._look(), self.frame.parts.clock, id="list")
        told = Lines(id="detail")
        told.can_focus = False
        yield told

    @property
    def view(self) -> HandoverView | None:
        """What is shown."""
        return self._view

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.table.current

    @property
    def table(self) -> LineTable[Item]:
        """The items."""
        return self.query_one("#list", LineTable)

    def _look(self) -> Look:
        return Look(self.words, self.size.width, self._view)

    # --- what it is told ------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        """Shown, for the first time or again."""
        super().on_screen_resume()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Columns follow the width."""
        super().on_resize(event)
        self.relabelled()

    def ticked(self, now: Instant) -> None:
        """Ask again each minute."""
        if now - self._read_at >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def changed(self, changed: Changed) -> None:
        """Any ticket may be listed, and handovers themselves are told like definitions."""
        if self.is_current:  # else when it is shown again
            self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is LinkState.live and self._view is None:
            self.reload()

    def reload(self) -> None:
        """Ask for the one that is shown."""
        self._read_at = self.now
        self.desk.ask(
            reading.show, self.now, self.frame.parts.me, self._wanted, self.drafts_here(),
            then=self._show, refused=self._not_read, group="handover",
        )  # fmt: skip

    def show_one(self, handover: str | None) -> None:
        """Show this one, and stay with it."""
        self._wanted = handover
        self.reload()

    def when_known(self, action: str, text: str) -> None:
        """What the key of an action does, as soon as it is known to what; a search for words at once."""
        if action == "handover.list" and text:
            self.search(text)
        elif self._view is not None:
            getattr(self, f"action_{action.replace('.', '_')}")()
        else:
            self._wishes.append(action)

    def relabelled(self) -> None:
        """Another language or width."""
        if not self.is_mounted:
            return
        look = self._look()
        self.table.look = look
        nothing = self.words.t("Nothing is to be handed over.")
        if self._none:
            nothing = self.words.t("You have nothing to hand over or to take over.")
        self.table.note = (("dim", f" {fit(nothing, max(1, self.size.width - 1))}"),)
        self.table.relook()
        self.query_one("#heading", Line).show(look.heading())
        self.query_one("#standing", Line).show(look.standing())
        self._paint_detail()

    def on_line_table_moved(self) -> None:
        """Another item: what is known of it."""
        self._paint_detail()

    def _show(self, view: HandoverView) -> None:
        self._view, self._none = view, False
        self.table.look = self._look()
        self.table.fill(Window(view.handover.items))
        self.relabelled()
        wishes, self._wishes = self._wishes, []
        for action in wishes:
            self.when_known(action, "")

    def _not_read(self, fault: SupportError) -> None:
        self._wishes.clear()
        if isinstance(fault, NotFound):
            self._view, self._wanted, self._none = None, None, True
            self.table.fill(Window(()))
            self.relabelled()
        else:
            self.frame.refuse(fault)

    def _paint_detail(self) -> None:
        self.query_one("#detail", Lines).show(detail(self._look(), self.table.current), from_top=True)

    # --- keys -----------------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """None: on this screen a command names its tickets."""
        return ()

    def read_on(self) -> None:
        """To the next item."""
        self.table.move(1)

    def action_list_open(self) -> None:
        """The ticket itself; of several their list."""
        item = self.table.current
        if item is None:
            return
        if item.ticket is not None:
            self.frame.open_ticket(item.ticket)
        elif item.kind is ReasonKind.more:
            self.frame.show_queue(filter=item.reasons[0].detail)
        elif item.also:
            self.frame.show_queue(filter=f"id:{','.join(map(str, item.also))}")
