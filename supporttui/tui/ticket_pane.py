"""One ticket: title, timers and people, and one of its sections; on a screen of its own and in the preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual.app import ComposeResult
from textual.events import Resize
from textual.widget import Widget

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.marking import mark_in
from supporttui.domain.spans import Instant
from supporttui.i18n import beside_labels
from supporttui.i18n.cells import cell_width
from supporttui.tui.frame import Framed
from supporttui.tui.panes import head, sections
from supporttui.tui.panes import why as reasons
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases import queue, why
from supporttui.usecases.ports import Changed
from supporttui.usecases.views import TicketDetail
from supporttui.usecases.why import Why

# Translators: sections of the ticket screen; short.
SECTIONS: Mapping[str, tuple[str, str]] = {
    "timeline": mark_in("section", "Timeline"),
    "details": mark_in("section", "Details"),
    "references": mark_in("section", "References"),
    "why": mark_in("section", "SLA"),
}
_READ: Mapping[str, Callable[[head.Look, TicketDetail], tuple[head.Line, ...]]] = {
    "timeline": sections.timeline,
    "details": sections.details,
    "references": sections.references,
}
SECONDS_BETWEEN_AGES = 10
SECONDS_BETWEEN_READINGS = 60
PATIENCE_SECONDS = 0.25
"""So long the ticket before may stand below the number of the one that was asked for."""
LOW = 14
"""Under so many lines only the timer that decides is shown; the section of timers has all."""


class TicketPane(Framed, Widget):
    """Asks for its ticket by itself, and again when it hears that the ticket changed."""

    DEFAULT_CSS = """
    TicketPane { width: 1fr; height: 1fr; layout: vertical; }
    TicketPane #title, TicketPane #sections { height: 1; }
    TicketPane #head { height: 1; }
    """

    def __init__(
        self,
        ticket: TicketId | None = None,
        *,
        group: str,
        place: Callable[[], str],
        refused: Callable[[SupportError], None],
        known: Callable[[], None] = lambda: None,
        section: str = "timeline",
    ) -> None:
        """``group`` keeps the questions of two panes apart; ``place`` is of the ticket in its list.

        ``known`` is called with each answer, ``refused`` where there is none.
        """
        super().__init__(id="pane")
        self._ticket = ticket
        self._group = group
        self._place = place
        self._refused = refused
        self._known = known
        self._section = section if section in SECTIONS else "timeline"
        self._detail: TicketDetail | None = None
        self._why: Why | None = None
        self._painted_at = Instant(0)

    def compose(self) -> ComposeResult:
        """Title, timers and people; the sections' names; the section that is shown."""
        yield Line(id="title")
        yield Lines(id="head")
        yield Line(id="sections")
        yield Lines(id="section", pages=True)

    # --- reading --------------------------------------------------------------------------------------

    @property
    def ticket(self) -> TicketId | None:
        """The ticket that is shown, or that was asked for."""
        return self._ticket

    @property
    def detail(self) -> TicketDetail | None:
        """What is known of it; ``None`` until the answer is there."""
        return self._detail

    @property
    def section(self) -> str:
        """The name of the section that is shown."""
        return self._section

    # --- what it is told ------------------------------------------------------------------------------

    def look_at(self, ticket: TicketId | None) -> None:
        """Show another ticket, or none; its number at once, and soon nothing of the one before."""
        if ticket == self._ticket:
            return
        self._ticket, self._detail, self._why = ticket, None, None
        self.reload()
        if not self.size.width:
            return
        self.query_one("#title", Line).show((("title", f" {self.code(ticket)}"),) if ticket else ())
        if ticket is None:
            self._clear_if_unanswered()
        else:
            self.set_timer(PATIENCE_SECONDS, self._clear_if_unanswered)

    def reload(self) -> None:
        """Ask for the ticket, and for its reasons where they are shown."""
        if self._ticket is None:
            self.desk.forget(self._group)
            return
        ask, group = self.desk.ask, self._group
        ask(queue.detail, self._ticket, self.now, then=self._show, refused=self._refused, group=group)
        if self._section == "why":
            ask(why.of, self._ticket, self.now, then=self._show_why, refused=self._refused, group=f"{group} why")

    def ticked(self, now: Instant) -> None:
        """The countdowns; now and then the ages of the story, and the reasons anew.

        A countdown at the end of what is known of its service hours is asked for again.
        """
        self._paint_head()
        if self._detail is not None and self._is_past(self._detail, now):
            self.reload()
        if now - self._painted_at >= SECONDS_BETWEEN_AGES:
            self._paint_section()
        if self._section == "why" and self._why is not None and now - self._why.now >= SECONDS_BETWEEN_READINGS:
            self.reload()

    def _is_past(self, detail: TicketDetail, now: Instant) -> bool:
        ends = (view.segment.until for view in detail.timers if view.segment is not None)
        return now - detail.now >= SECONDS_BETWEEN_AGES and any(detail.now < end <= now for end in ends)

    def changed(self, changed: Changed) -> None:
        """This ticket, or the rules by which it is judged."""
        if self._ticket in changed.tickets or changed.definitions:
            self.reload()

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width."""
        del event
        self.paint()

    def turn(self, step: int) -> None:
        """The section so many further on; after the last comes the first."""
        names = list(SECTIONS)
        self._section = names[(names.index(self._section) + step) % len(names)]
        if self._section == "why" and self._why is None:
            self.reload()
        self._paint_section(from_top=True)

    @property
    def text(self) -> str:
        """Title, timers and people, and the whole section, also what is scrolled out of view."""
        blocks = (self.query_one("#title", Line), self.query_one("#head", Lines), self.text_block)
        return "\n\n".join("\n".join(line.rstrip() for line in block.text.split("\n")) for block in blocks)

    @property
    def text_block(self) -> Lines:
        """The lines of the section."""
        return self.query_one("#section", Lines)

    # --- painting -------------------------------------------------------------------------------------

    def paint(self) -> None:
        """All of it, in the words of now."""
        self._paint_head()
        self._paint_section()

    def _show(self, detail: TicketDetail) -> None:
        another = self._detail is None
        self._detail = detail
        self._paint_head()
        self._paint_section(from_top=another)
        self._known()

    def _show_why(self, found: Why) -> None:
        self._why = found
        self._paint_section()

    def _clear_if_unanswered(self) -> None:
        """A quick answer is painted over what was there; a slow one must not leave it under a wrong number."""
        if self._detail is None:
            self.query_one("#sections", Line).show(())
            for block in self.query(Lines):
                block.show((), from_top=True)

    def _look(self) -> head.Look:
        status, parts = self.frame.status, self.frame.parts
        return head.Look(
            self.words, self.size.width, self.now, self.frame.prefix,
            status.zone if status else "UTC", me=parts.me, unicode=parts.options.symbols == "unicode",
        )  # fmt: skip

    def _paint_head(self) -> None:
        if self._detail is None or not self.size.width:
            return
        look, height = self._look(), self.size.height
        self.query_one("#title", Line).show(head.title(look, self._detail, place=self._place()))
        lines = head.block(look, self._detail, most=(height - 3) // 2, only_first=height < LOW)
        block = self.query_one("#head", Lines)
        if block.styles.height is None or block.styles.height.value != len(lines):
            block.styles.height = len(lines)
        block.show(lines)

    def _paint_section(self, *, from_top: bool = False) -> None:
        if self._detail is None or not self.size.width:
            return
        self.query_one("#sections", Line).show(self._tabs(self._detail))
        look = self._look()
        self._painted_at = look.now
        if self._section == "why":
            shown = reasons.section(look, self._why) if self._why is not None else ()
        else:
            shown = _READ[self._section](look, self._detail)
        self.text_block.show(shown, from_top=from_top)

    def _tabs(self, detail: TicketDetail) -> tuple[Run, ...]:
        """The names of the sections; those before the one that is shown give way where they do not fit."""
        counts = {"references": len(detail.ticket.references)}
        tabs: list[Run] = []
        for name, label in SECTIONS.items():
            text = f"{self.words.p(*label)} {counts.get(name) or ''}".rstrip()
            tabs.append(("reverse", f"[{text}]") if name == self._section else ("", f" {text} "))
        corner = beside_labels.corner(self.words, detail.beside)
        room = self.size.width - 1 - sum(cell_width(text) for _, text in tabs) - cell_width(corner) - 1
        if corner and room > 0:
            tabs.append(("dim", f"{' ' * room}{corner}"))
        return (("", " "), *beginning_near(tabs, self.size.width - 1))


def beginning_near(tabs: list[Run], width: int) -> list[Run]:
    """Tabs without as many of the first as hide the one that stands out."""
    while tabs and not tabs[0][0] and _ends_behind(tabs, width):
        tabs = tabs[1:]
    return tabs


def _ends_behind(tabs: list[Run], width: int) -> bool:
    shown = next(place for place, (style, _) in enumerate(tabs) if style)
    return sum(cell_width(text) for _, text in tabs[: shown + 1]) > width
