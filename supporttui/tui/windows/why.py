"""``=``: why this due. All timers of a ticket, and of the chosen one each span that counted and each that did not."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.marking import mark
from supporttui.domain.reasons import Grain
from supporttui.i18n import times, why_labels
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.panes import why as lines
from supporttui.tui.panes.head import Look
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.usecases import why
from supporttui.usecases.why import Why

_GRAINS = tuple(Grain)


class WhyWindow(BaseModal):
    """One line a timer; Tab chooses, ``+`` and ``-`` tell more finely and less."""

    DEFAULT_CSS = """
    WhyWindow { background: $background; layout: vertical; }
    WhyWindow #title, WhyWindow #hint, WhyWindow #telling { height: 1; }
    WhyWindow #timers { height: 1; }
    """
    AUTO_FOCUS = "#story"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,equals_sign", "close", mark("Close")),
        Binding("tab,l,right", "choose(1)", mark("Next timer"), priority=True),
        Binding("shift+tab,h,left", "choose(-1)", mark("Previous timer"), priority=True),
        Binding("plus", "tell(-1)", mark("Finer")),
        Binding("minus,underscore", "tell(1)", mark("Coarser")),
        Binding("j,down", "scroll_by(1)", mark("Down")),
        Binding("k,up", "scroll_by(-1)", mark("Up")),
        Binding("space,pagedown,ctrl+d", "page(1)", mark("Page down")),
        Binding("b,pageup,ctrl+u", "page(-1)", mark("Page up")),
        Binding("g,home", "scroll_by(-1000000)", mark("Top")),
        Binding("G,end", "scroll_by(1000000)", mark("Bottom")),
    ]

    def __init__(self, ticket: TicketId) -> None:
        super().__init__()
        self._ticket = ticket
        self._why: Why | None = None
        self._chosen = 0
        self._grain: Grain | None = None
        self._shown = Grain.piece

    def compose(self) -> ComposeResult:
        """Title; timers; how finely the story is told; the story; how to go on."""
        yield Line((("reverse", f" {self._title} "),), id="title")
        yield Lines(id="timers")
        yield Line(id="telling")
        yield Lines(id="story", pages=True)
        hint = self.words.t("Tab timer   + - finer or coarser   j k PgDn PgUp scroll   Esc closes")
        yield Line((("dim", f" {hint}"),), id="hint")

    @property
    def _title(self) -> str:
        return self.words.t("{ticket}: why this due?", ticket=self.code(self._ticket))

    def on_mount(self) -> None:
        """Ask; the reasons are as of then."""
        self.desk.ask(why.of, self._ticket, self.now, then=self._know, refused=self._refused, group="why")

    def on_resize(self, event: Resize) -> None:
        """Lines break by the width, and spans are gathered by the height."""
        del event
        self._paint()

    def _know(self, found: Why) -> None:
        self._why = found
        if self.is_attached:
            self._paint()

    def _refused(self, fault: SupportError) -> None:
        self.dismiss(None)
        self.frame.refuse(fault)

    def _paint(self) -> None:
        found = self._why
        if found is None or not self.size.width:
            return
        look = self._look(found)
        listed = lines.timers(look, found, chosen=self._chosen)
        timers, block = self.query_one("#timers", Lines), self.query_one("#story", Lines)
        timers.styles.height = len(listed)
        timers.show(listed)
        if not found.reasons:
            return
        room = self.size.height - len(listed) - 3
        reason = found.reasons[self._chosen]
        self._shown, shown = lines.story(look, reason, most=room, grain=self._grain)
        telling = self.words.t(
            "as of {time}, {grain}", time=times.clock(found.now, self.words.zone),
            grain=why_labels.grain(self.words, self._shown),
        )  # fmt: skip
        self.query_one("#telling", Line).show((("dim", f" {telling}"),))
        block.show(shown, from_top=True)

    def _look(self, found: Why) -> Look:
        status, parts = self.frame.status, self.frame.parts
        return Look(
            self.words, self.size.width, found.now, self.frame.prefix, status.zone if status else "UTC",
            me=parts.me, unicode=parts.options.symbols == "unicode",
        )  # fmt: skip

    # --- keys -----------------------------------------------------------------------------------------

    def action_close(self) -> None:
        """Back to the ticket or the list."""
        self.answer(None)

    def action_choose(self, step: int) -> None:
        """Another timer; after the last comes the first."""
        if self._why is not None and self._why.reasons:
            self._chosen = (self._chosen + step) % len(self._why.reasons)
            self._grain = None
            self._paint()

    def action_tell(self, step: int) -> None:
        """Every span, or gathered by days or weeks."""
        place = _GRAINS.index(self._shown) + step
        self._grain = _GRAINS[max(0, min(place, len(_GRAINS) - 1))]
        self._paint()

    def action_scroll_by(self, count: int) -> None:
        """Scroll."""
        self.query_one("#story", Lines).scroll_lines(count)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.query_one("#story", Lines).scroll_pages(pages)
