"""One ticket: its promises, its people, its story, and the same keys as in the queue."""

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.faults import Forbidden, NotFound, SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.marking import mark_in
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import WAITING_STATES
from supporttui.tui.base_screen import SHORT
from supporttui.tui.batch import Target
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.panes import ticket as panes
from supporttui.tui.styles import Run
from supporttui.tui.ticket_actions import TicketActions
from supporttui.tui.walk import Alone, Walk
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases import queue
from supporttui.usecases.ports import Changed
from supporttui.usecases.views import TicketDetail, Why

# Translators: sections of the ticket screen; short.
SECTIONS: Mapping[str, tuple[str, str]] = {
    "timeline": mark_in("section", "Timeline"),
    "details": mark_in("section", "Details"),
    "references": mark_in("section", "References"),
    "why": mark_in("section", "SLA"),
}
_READ: Mapping[str, Callable[[panes.Look, TicketDetail], tuple[panes.Line, ...]]] = {
    "timeline": panes.timeline,
    "details": panes.details,
    "references": panes.references,
}
SECONDS_BETWEEN_AGES = 10
SECONDS_BETWEEN_READINGS = 60


class TicketScreen(TicketActions):
    """A ticket of the list it was opened from; ``h`` and ``l`` go to its neighbours there."""

    NAME = "ticket"
    DEFAULT_CSS = """
    TicketScreen #title { height: 1; }
    TicketScreen #head { height: auto; max-height: 8; }
    TicketScreen #sections { height: 1; }
    """

    def __init__(self, ticket: TicketId, walk: Walk | None = None) -> None:
        super().__init__()
        self._ticket = ticket
        self._walk = walk or Alone()
        self._section = "timeline"
        self._detail: TicketDetail | None = None
        self._why: Why | None = None
        self._painted_at = Instant(0)

    def body(self) -> ComposeResult:
        """Title, timers and people; the sections' names; the section that is shown."""
        yield Line(id="title")
        yield Lines(id="head")
        yield Line(id="sections")
        yield Lines(id="section", pages=True)

    # --- what it is told ------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """First frame, then the ticket."""
        super().on_mount()
        self.reload()

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        super().on_resize(event)
        self._paint()

    def ticked(self, now: Instant) -> None:
        """The countdowns; now and then the ages of the story, and the reasons anew."""
        self._paint_head()
        if now - self._painted_at >= SECONDS_BETWEEN_AGES:
            self._paint_section()
        if self._section == "why" and self._why is not None and now - self._why.now >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def changed(self, changed: Changed) -> None:
        """This ticket, or the rules by which it is judged."""
        if self._ticket in changed.tickets or changed.definitions:
            self.reload()

    def linked(self, link: Link) -> None:
        """The first answer may come late."""
        if link.state is LinkState.live and self._detail is None:
            self.reload()

    def reload(self) -> None:
        """Ask for the ticket, and for its reasons where they are shown."""
        refused = self._refused
        self.desk.ask(queue.detail, self._ticket, self.now, then=self._show, refused=refused, group="ticket")
        if self._section == "why":
            self.desk.ask(queue.why, self._ticket, self.now, then=self._show_why, refused=refused, group="why")

    def relabelled(self) -> None:
        """Another language."""
        self._paint()

    def _show(self, detail: TicketDetail) -> None:
        another = self._detail is None
        self._detail = detail
        self._paint_head()
        self._paint_section(from_top=another)

    def _refused(self, fault: SupportError) -> None:
        """Nothing is left on screen of a ticket that is not there."""
        self.frame.refuse(fault)
        if self._detail is None and self.is_current and isinstance(fault, NotFound | Forbidden):
            self.dismiss(None)

    def _show_why(self, why: Why) -> None:
        self._why = why
        self._paint_section()

    # --- painting -------------------------------------------------------------------------------------

    def _look(self) -> panes.Look:
        status, parts = self.frame.status, self.frame.parts
        return panes.Look(
            self.words, self.size.width, self.now, status.prefix if status else "T-",
            status.zone if status else "UTC", me=parts.me, unicode=parts.options.symbols == "unicode",
        )  # fmt: skip

    def _paint(self) -> None:
        self._paint_head()
        self._paint_section()

    def _paint_head(self) -> None:
        if self._detail is None or not self.is_mounted:
            return
        look = self._look()
        self.query_one("#title", Line).show(panes.title(look, self._detail, place=self._walk.place()))
        timers = panes.timers(look, self._detail)
        if self.size.height < SHORT:
            timers = timers[:1]  # the one that decides; the section of timers has all
        head = (*timers, *panes.people(look, self._detail))
        block = self.query_one("#head", Lines)
        if block.styles.height is None or block.styles.height.value != len(head):
            block.styles.height = len(head)
        block.show(head)

    def _paint_section(self, *, from_top: bool = False) -> None:
        if self._detail is None or not self.is_mounted:
            return
        self.query_one("#sections", Line).show(self._tabs(self._detail))
        look = self._look()
        self._painted_at = look.now
        if self._section == "why":
            shown = panes.reasons(look, self._why) if self._why is not None else ()
        else:
            shown = _READ[self._section](look, self._detail)
        self.query_one("#section", Lines).show(shown, from_top=from_top)

    def _tabs(self, detail: TicketDetail) -> tuple[Run, ...]:
        counts = {"references": len(detail.ticket.references)}
        runs: list[Run] = [("", " ")]
        for name, label in SECTIONS.items():
            text = f"{self.words.p(*label)} {counts[name] or ''}".rstrip() if name in counts else self.words.p(*label)
            runs += [("reverse", f"[{text}]") if name == self._section else ("", f" {text} ")]
        return tuple(runs)

    # --- keys -----------------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """This ticket, as shown."""
        if self._detail is None:
            return ()
        ticket = self._detail.ticket
        return (Target(ticket.id, ticket.version, waiting=ticket.state in WAITING_STATES),)

    def action_ticket_next(self) -> None:
        """The next one of the list."""
        self._go(1)

    def action_ticket_previous(self) -> None:
        """The one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        ticket = self._walk.step(self._ticket, step)
        if ticket != self._ticket:
            self._ticket, self._detail, self._why = ticket, None, None
            self.reload()

    def action_ticket_next_section(self) -> None:
        """The next section."""
        self._turn(1)

    def action_ticket_previous_section(self) -> None:
        """The section before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        names = list(SECTIONS)
        self._section = names[(names.index(self._section) + step) % len(names)]
        if self._section == "why" and self._why is None:
            self.reload()
        self._paint_section(from_top=True)

    def action_ticket_copy(self) -> None:
        """The number, for another program."""
        self.frame.copy(self.code(self._ticket))

    def action_text_down(self) -> None:
        """Scroll."""
        self._scroll(1)

    def action_text_up(self) -> None:
        """Scroll back."""
        self._scroll(-1)

    def action_text_top(self) -> None:
        """To the newest."""
        self._scroll(-1_000_000)

    def action_text_bottom(self) -> None:
        """To the oldest."""
        self._scroll(1_000_000)

    def action_text_page_down(self) -> None:
        """A page on."""
        self.query_one("#section", Lines).scroll_pages(1)

    def action_text_page_up(self) -> None:
        """A page back."""
        self.query_one("#section", Lines).scroll_pages(-1)

    def action_text_half_down(self) -> None:
        """Half a page on."""
        self.query_one("#section", Lines).scroll_pages(0.5)

    def action_text_half_up(self) -> None:
        """Half a page back."""
        self.query_one("#section", Lines).scroll_pages(-0.5)

    def _scroll(self, lines: int) -> None:
        self.query_one("#section", Lines).scroll_lines(lines)
