"""A block of finished lines that scrolls; only lines that changed are repainted."""

from collections.abc import Sequence

from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from supporttui.tui.styles import Run, changed_cells, cut_to, strip_of, width_of

_MORE = " PgDn"
_SOME = 4
"""Lines in view of which one can be left out."""


class Lines(Widget, can_focus=True):
    """Text to read: no cursor, no markup, no wrapping of its own."""

    DEFAULT_CSS = "Lines { height: 1fr; width: 1fr; }"

    def __init__(self, *, id: str | None = None, pages: bool = False) -> None:
        """``pages`` tells at the end of the last line that there is more and which key shows it."""
        super().__init__(id=id)
        self._pages = pages
        self._lines: tuple[tuple[Run, ...], ...] = ()
        self._top = 0

    @property
    def lines(self) -> tuple[tuple[Run, ...], ...]:
        """All lines, also those out of view."""
        return self._lines

    @property
    def text(self) -> str:
        """All lines without their styles."""
        return "\n".join("".join(text for _, text in line) for line in self._lines)

    def show(self, lines: Sequence[Sequence[Run]], *, from_top: bool = False) -> None:
        """Show other lines; the place in the text stays unless ``from_top``."""
        old, old_top, had_more = self._lines, self._top, self._has_more
        self._lines = tuple(tuple(line) for line in lines)
        self._top = 0 if from_top else min(self._top, self._last_top())
        for y in range(self.size.height):
            before, after = _at(old, old_top + y), _at(self._lines, self._top + y)
            if (span := changed_cells(before, after)) is not None and span[0] < self.size.width:
                self.refresh(Region(span[0], y, min(span[1], self.size.width - span[0]), 1))
        if had_more or self._has_more:
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    def scroll_lines(self, lines: float) -> None:
        """Down by so many lines, up when negative; stops at the ends."""
        top = int(max(0, min(self._top + lines, self._last_top())))
        if top != self._top:
            self._top = top
            self.refresh()

    def scroll_pages(self, pages: float) -> None:
        """By pages, one line of overlap."""
        self.scroll_lines(int(pages * max(1, self.size.height - 1)))

    def reveal(self, first: int, last: int) -> None:
        """Scroll no farther than it takes to have these lines in view; the first of them if not all fit."""
        height = max(1, self.size.height - self._pages)
        if last >= self._top + height:
            self.scroll_lines(last - height + 1 - self._top)
        if first < self._top:
            self.scroll_lines(first - self._top)

    def render_line(self, y: int) -> Strip:
        """One line, cut or filled to the width."""
        width, runs = self.size.width, _at(self._lines, self._top + y)
        if y == self.size.height - 1 and self._has_more:
            room = max(0, width - len(_MORE))
            if width_of(runs) > room and self.size.height >= _SOME:
                runs = ()  # the next page begins with it, whole
            return Strip.join([strip_of(cut_to(runs, room)).adjust_cell_length(room), strip_of((("dim", _MORE),))])
        return strip_of(cut_to(runs, width)).adjust_cell_length(width)

    def on_resize(self, event: Resize) -> None:
        """A taller window shows more of the end."""
        self._top = min(self._top, self._last_top())
        self.refresh()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel scrolls."""
        event.stop()
        self.scroll_lines(-3)

    @property
    def _has_more(self) -> bool:
        return self._pages and self._top < self._last_top()

    def _last_top(self) -> int:
        return max(0, len(self._lines) - max(1, self.size.height))


def _at(lines: Sequence[tuple[Run, ...]], place: int) -> tuple[Run, ...]:
    return lines[place] if place < len(lines) else ()
