"""``=``: why this due. All timers of a ticket, and of the chosen one each span that counted and each that did not."""

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.reasons import Grain
from supporttui.i18n import times, why_labels
from supporttui.tui.panes import why as lines
from supporttui.tui.panes.head import Look
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.titled import TitledWindow, WindowText
from supporttui.usecases import why
from supporttui.usecases.why import Why

_GRAINS = tuple(Grain)


class WhyWindow(TitledWindow, WindowText):
    """One line a timer; Tab chooses, ``+`` and ``-`` tell more finely and less."""

    NAME = "why"
    DEFAULT_CSS = "WhyWindow #telling, WhyWindow #timers { height: 1; }"
    AUTO_FOCUS = "#story"

    def __init__(self, ticket: TicketId) -> None:
        super().__init__()
        self._ticket = ticket
        self._why: Why | None = None
        self._chosen = 0
        self._grain: Grain | None = None
        self._shown = Grain.piece

    def heading(self) -> str:
        """Of which ticket."""
        return self.words.t("{ticket}: why this due?", ticket=self.code(self._ticket))

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 35 cells, the keys as short as "Tab".
        chosen = self.words.t(
            "{next} timer   {finer} {coarser} finer or coarser",
            next=key("window.next"), finer=key("why.finer"), coarser=key("why.coarser"),
        )  # fmt: skip
        return f"{chosen}   {self.scrolling()}"

    def body(self) -> ComposeResult:
        """Timers; how finely the story is told; the story."""
        yield Lines(id="timers")
        yield Line(id="telling")
        yield Lines(id="story", pages=True)

    @property
    def text_block(self) -> Lines:
        """The story."""
        return self.query_one("#story", Lines)

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
        timers = self.query_one("#timers", Lines)
        timers.styles.height = len(listed)
        timers.show(listed)
        if not found.reasons:
            return
        room = self.size.height - len(listed) - 3
        reason = found.reasons[self._chosen]
        self._shown, shown = lines.story(look, reason, most=room, grain=self._grain)
        zone = self.words.zone
        telling = self.words.t(
            "as of {time}, {grain}",
            time=f"{times.clock(found.now, zone)} {times.zone_label(found.now, zone)}",
            grain=why_labels.grain(self.words, self._shown),
        )  # fmt: skip
        self.query_one("#telling", Line).show((("dim", f" {telling}"),))
        self.text_block.show(shown, from_top=True)

    def _look(self, found: Why) -> Look:
        status, parts = self.frame.status, self.frame.parts
        return Look(
            self.words, self.size.width, found.now, self.frame.prefix, status.zone if status else "UTC",
            me=parts.me, unicode=parts.options.symbols == "unicode",
        )  # fmt: skip

    # --- keys -----------------------------------------------------------------------------------------

    def action_ticket_why(self) -> None:
        """The key that opened it closes it."""
        self.action_window_close()

    def action_window_next(self) -> None:
        """The next timer; after the last comes the first."""
        self._choose(1)

    def action_window_previous(self) -> None:
        """The timer before."""
        self._choose(-1)

    def action_why_finer(self) -> None:
        """Every span for itself."""
        self._tell(-1)

    def action_why_coarser(self) -> None:
        """Gathered by days or weeks."""
        self._tell(1)

    def _choose(self, step: int) -> None:
        if self._why is not None and self._why.reasons:
            self._chosen = (self._chosen + step) % len(self._why.reasons)
            self._grain = None
            self._paint()

    def _tell(self, step: int) -> None:
        place = _GRAINS.index(self._shown) + step
        self._grain = _GRAINS[max(0, min(place, len(_GRAINS) - 1))]
        self._paint()
