"""The ticket under the cursor beside the list, or below it: where there is room for both.

The list is laid out for it from the first frame on; the pane itself is loaded when the first page is there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.tui.frame import Framed
from supporttui.tui.memory import Memory
from supporttui.tui.queue.loading import QueueLoading
from supporttui.tui.queue.paging import Part
from supporttui.tui.styles import width_of
from supporttui.tui.widgets.message_line import Severity

if TYPE_CHECKING:  # the pane and the rules behind it are not loaded before the first frame
    from supporttui.tui.ticket_pane import TicketPane
    from supporttui.usecases.ports import Changed
    from supporttui.usecases.views import QueuePage

RIGHT_FROM = 120
"""Columns."""
BELOW_FROM = 30
"""Lines."""
SHARES = (20, 30, 40, 50, 60, 70)
"""Hundredths of the room that the preview takes."""
REST_SECONDS = 0.15
"""The ticket is read when the cursor has rested for so long: holding a key down reads nothing."""
LINES_AT_ONCE = 3
NAME = "preview"


class Side(Enum):
    """Where the preview stands."""

    right = "right"
    below = "below"
    nowhere = "nowhere"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants the preview; kept from one start to the next."""

    on: bool = False
    share: int = 40
    section: str = "timeline"

    def larger(self, steps: int) -> Wish:
        """Another size, as far as there is one."""
        place = SHARES.index(self.share) + steps
        return replace(self, share=SHARES[max(0, min(place, len(SHARES) - 1))])


@dataclass(frozen=True, slots=True)
class Room:
    """Where the preview stands in a window, and how many columns or lines it takes with its border."""

    side: Side
    taken: int = 0

    @classmethod
    def within(cls, size: Size, wish: Wish) -> Room:
        """Right of the list in a wide window, below it in a high one, else nowhere."""
        if size.width >= RIGHT_FROM:
            return cls(Side.right, size.width * wish.share // 100)
        if size.height >= BELOW_FROM:
            return cls(Side.below, size.height * wish.share // 100)
        return cls(Side.nowhere)


def remembered(memory: Memory) -> Wish:
    """The wish of the last time; what cannot be understood is left at its default."""
    kept = dict(line.partition(" ")[::2] for line in memory.lines(NAME))
    share = kept.get("share", "")
    return Wish(
        on=kept.get("on") == "yes",
        share=int(share) if share.isascii() and share.isdigit() and int(share) in SHARES else Wish().share,
        section=kept.get("section", Wish().section),
    )


def remember(memory: Memory, wish: Wish) -> None:
    """Keep it for the next time."""
    memory.keep(NAME, (f"on {'yes' if wish.on else 'no'}", f"share {wish.share}", f"section {wish.section}"))


class Preview(Framed, Widget):
    """The place of the pane; empty until there is a first ticket to show."""

    DEFAULT_CSS = """
    Preview { display: none; border-left: ascii $foreground; }
    Preview.-below { border-left: none; border-top: ascii $foreground; }
    """

    def __init__(self, place: Callable[[], str]) -> None:
        """``place`` is of the ticket in the list."""
        super().__init__(id="preview")
        self._place = place
        self._pane: TicketPane | None = None
        self._ticket: TicketId | None = None
        self._timer: Timer | None = None

    @property
    def pane(self) -> TicketPane | None:
        """The ticket; ``None`` before the first, and while the preview is off."""
        return self._pane if self.display else None

    def take(self, room: Room) -> None:
        """Stand there and be so large."""
        below = room.side is Side.below
        self.display = room.side is not Side.nowhere
        for one in (self, self.screen.query_one("#panes")):
            one.set_class(below, "-below")
        self.styles.width = "1fr" if below else room.taken
        self.styles.height = room.taken if below else "1fr"

    def rest_on(self, ticket: TicketId | None, section: str) -> None:
        """The cursor stands on another ticket, which is read once it stays there; the first one at once."""
        if not self.display or (ticket == self._ticket and self._pane is not None):
            return
        self._ticket = ticket
        if self._timer is not None:
            self._timer.stop()
        if self._pane is None:
            self._begin(section)
        else:
            self._timer = self.set_timer(REST_SECONDS, partial(self._pane.look_at, ticket))

    def _begin(self, section: str) -> None:
        from supporttui.tui.ticket_pane import TicketPane  # not before somebody wants a preview

        self._pane = TicketPane(self._ticket, group=NAME, place=self._place, refused=self._refused, section=section)
        self.mount(self._pane)
        self._pane.reload()

    def _refused(self, fault: SupportError) -> None:
        """A ticket that is gone leaves the pane empty; the list and the connection tell the rest."""
        self.log(fault.code)


class Previewing(QueueLoading):
    """The preview's part of the queue's screen."""

    DEFAULT_CSS = """
    Previewing #panes { height: 1fr; layout: horizontal; }
    Previewing #panes.-below { layout: vertical; }
    Previewing #listing { width: 1fr; height: 1fr; layout: vertical; }
    """
    _wish = Wish()

    def panes(self) -> ComposeResult:
        """The list with its heading, and the place of the preview."""
        self._wish = remembered(self.frame.parts.memory)
        with Widget(id="panes"):
            with Widget(id="listing"):
                yield from self.listing()
            yield Preview(self.place)

    def listing(self) -> ComposeResult:
        """Heading and list."""
        yield from ()

    @property
    def preview(self) -> Preview:
        """The preview, shown or not."""
        return self.query_one("#preview", Preview)

    @property
    def list_width(self) -> int:
        """Columns that the list has beside the preview."""
        room = self._room
        return self.size.width - (room.taken if room.side is Side.right else 0)

    @property
    def _room(self) -> Room:
        """Over an early frame whose list was wider, the preview comes with the first page: nothing may jump."""
        room = Room.within(self.size, self._wish) if self._wish.on else Room(Side.nowhere)
        saved = self.frame.saved
        if room.side is Side.right and not self._answered and saved is not None:
            return room if width_of(saved.top[3]) <= self.size.width - room.taken else Room(Side.nowhere)
        return room

    def make_room(self) -> None:
        """Give the preview its room, and the list what is left."""
        self.preview.take(self._room)
        self._follow()
        if self._look is None or self._look.layout.width != self.list_width:
            self.relabelled()

    def relabelled(self) -> None:
        """Another width or language."""
        super().relabelled()
        if (pane := self.preview.pane) is not None:
            pane.paint()

    def ticked(self, now: Instant) -> None:
        """What passes in the preview."""
        if (pane := self.preview.pane) is not None:
            pane.ticked(now)

    def changed(self, changed: Changed) -> None:
        """Somebody committed something."""
        if (pane := self.preview.pane) is not None:
            pane.changed(changed)

    def reload(self) -> None:
        """Ask again for what the preview shows."""
        if (pane := self.preview.pane) is not None:
            pane.reload()

    def _show(self, part: Part, page: QueuePage, *, from_top: bool = False) -> None:
        first = not self._answered
        super()._show(part, page, from_top=from_top)
        if first:
            self.make_room()

    def _fill(self, *, from_top: bool = False) -> None:
        super()._fill(from_top=from_top)
        self._follow()

    def _follow(self) -> None:
        """Show the ticket under the cursor."""
        if self._answered:
            current = self.table.current
            self.preview.rest_on(None if current is None else TicketId(current.id), self._wish.section)

    # --- keys -----------------------------------------------------------------------------------------

    def action_list_preview(self) -> None:
        """On or off."""
        if Room.within(self.size, self._wish).side is Side.nowhere:
            self.frame.say(
                self.words.t(
                    "No room for a preview: it needs {columns} columns or {lines} lines. Enter opens.",
                    columns=RIGHT_FROM, lines=BELOW_FROM,
                ),
                Severity.warning,
            )  # fmt: skip
            return
        self._wants(replace(self._wish, on=not self._wish.on))

    def action_list_larger(self) -> None:
        """A larger preview."""
        if self._has_preview():
            self._wants(self._wish.larger(1))

    def action_list_smaller(self) -> None:
        """A smaller preview."""
        if self._has_preview():
            self._wants(self._wish.larger(-1))

    def action_preview_next_section(self) -> None:
        """The next section."""
        self._turn(1)

    def action_preview_previous_section(self) -> None:
        """The section before."""
        self._turn(-1)

    def action_preview_down(self) -> None:
        """Scroll the text of the preview; the cursor of the list stays."""
        if self._has_preview() and (pane := self.preview.pane) is not None:
            pane.text_block.scroll_lines(LINES_AT_ONCE)

    def action_preview_up(self) -> None:
        """Scroll back."""
        if self._has_preview() and (pane := self.preview.pane) is not None:
            pane.text_block.scroll_lines(-LINES_AT_ONCE)

    def _turn(self, step: int) -> None:
        if self._has_preview() and (pane := self.preview.pane) is not None:
            pane.turn(step)
            self._wants(replace(self._wish, section=pane.section))

    def _wants(self, wish: Wish) -> None:
        self._wish = wish
        remember(self.frame.parts.memory, wish)
        self.make_room()

    def _has_preview(self) -> bool:
        """Whether there is one; says how to get it where not."""
        shown = bool(self.preview.display)
        if not shown:
            self.frame.say(self.words.t("There is no preview; i shows it."))
        return shown
