"""One ticket: its promises, its people, its story, and the same keys as in the queue."""

from textual.app import ComposeResult

from supporttui.domain.faults import Forbidden, NotFound, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.tui import asking
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.doing import Doing
from supporttui.tui.moving import TextMoves
from supporttui.tui.ticket_pane import TicketPane
from supporttui.tui.walk import Alone, Walk
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases.ports import Changed


class TicketScreen(Doing, TextMoves):
    """A ticket of the list it was opened from; ``h`` and ``l`` go to its neighbours there."""

    NAME = "ticket"
    DEFAULT_CSS = """
    TicketScreen #drafts { display: none; }
    TicketScreen.-drafts #drafts { display: block; }
    """

    def __init__(self, ticket: TicketId, walk: Walk | None = None) -> None:
        super().__init__()
        self._walk = walk or Alone()
        place, known = self._walk.place, self._let_keys_go
        self._pane = TicketPane(ticket, group="ticket", place=place, refused=self._refused, known=known)
        self._holding = False
        """Keys wait for the ticket that they are meant for."""

    def body(self) -> ComposeResult:
        """The ticket, and below it what was written for it and not sent."""
        yield self._pane
        yield Line(id="drafts")

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the ticket."""
        super().on_mount()
        self._hold_keys()
        self.reload()

    def on_screen_resume(self) -> None:
        """Something may have been typed in a window above."""
        super().on_screen_resume()
        self._paint_drafts()

    def ticked(self, now: Instant) -> None:
        """What passes."""
        self._pane.ticked(now)

    def changed(self, changed: Changed) -> None:
        """Somebody committed something."""
        self._pane.changed(changed)
        self._paint_drafts()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is not LinkState.live:
            self._let_keys_go()
        elif self._pane.detail is None:
            self.reload()

    def reload(self) -> None:
        """Ask again."""
        self._pane.reload()

    def relabelled(self) -> None:
        """Another language."""
        self._pane.paint()
        self._paint_drafts()

    def _refused(self, fault: SupportError) -> None:
        """Nothing is left on screen of a ticket that is not there."""
        self.frame.refuse(fault)
        self._let_keys_go()
        if self._pane.detail is None and self.is_current and isinstance(fault, NotFound | Forbidden):
            self.dismiss(None)

    def _paint_drafts(self) -> None:
        if not self.is_mounted or self._pane.ticket is None:
            return
        text = self.draft_line(self._pane.ticket)
        self.set_class(bool(text), "-drafts")
        self.query_one("#drafts", Line).show((("warning", f" {text}"),))

    # --- keys -----------------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """This ticket, as shown."""
        if self._pane.detail is None:
            return ()
        ticket = self._pane.detail.ticket
        return (Target(ticket.id, ticket.version, ticket.state, ticket.merged_into is not None, ticket.void),)

    def action_ticket_next(self) -> None:
        """The next one of the list."""
        self._go(1)

    def action_ticket_previous(self) -> None:
        """The one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        if self._pane.ticket is not None:
            self._pane.look_at(self._walk.step(self._pane.ticket, step))
            self._hold_keys()
            self._paint_drafts()

    def _hold_keys(self) -> None:
        """What is typed before the ticket is known is meant for it; while the database is away nothing waits."""
        if self._pane.detail is None and self.desk.link.state is LinkState.live:
            self._holding = True
            self.frame.hold_keys()

    def _let_keys_go(self) -> None:
        if self._holding:
            self._holding = False
            self.frame.release_keys()

    def action_ticket_next_section(self) -> None:
        """The next section."""
        self._pane.turn(1)

    def action_ticket_previous_section(self) -> None:
        """The section before."""
        self._pane.turn(-1)

    def action_text_pager(self) -> None:
        """The section in the person's own pager."""
        if self._pane.detail is not None:
            asking.reading.in_pager(self, self._pane.text)

    @property
    def text_block(self) -> Lines:
        """The section that is shown."""
        return self._pane.text_block
