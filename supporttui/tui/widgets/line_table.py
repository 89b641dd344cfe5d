"""A list that exists only where it is seen: the line API, a window of rows, and a cursor that follows an id.

It knows no offsets into the whole: its owner gives it a window of rows, says whether more lie before and
after, and is asked for them when the cursor comes near an edge. Not a ``ScrollView``, because keyset windows
have no absolute place that a scroll bar could show; there is no smooth scrolling and nothing is laid out.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from supporttui.domain.spans import Instant
from supporttui.tui.styles import Run, changed_cells, strip_of

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)


class RowLook(Protocol[R_contra]):
    """How rows of one kind look; plain functions without Textual."""

    def key(self, row: R_contra) -> Hashable:
        """What the cursor and the marks follow."""

    def runs(self, row: R_contra, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """The row as it is at an instant."""


@dataclass(frozen=True, slots=True)
class Window(Generic[R]):
    """Part of a list: its rows, and whether more lie before and after."""

    rows: tuple[R, ...] = ()
    more_before: bool = False
    more_after: bool = False


def placed(old: Sequence[Hashable], new: Sequence[Hashable], *, cursor: int, top: int) -> tuple[int, int]:
    """Cursor and top after the rows changed: the cursor keeps its id and its line on the screen.

    Whose id is gone keeps the place: the row that moved up to it.
    """
    line = cursor - top
    if not new:
        return 0, 0
    kept = new.index(old[cursor]) if cursor < len(old) and old[cursor] in new else min(cursor, len(new) - 1)
    return kept, max(0, kept - line)


class LineTable(Widget, Generic[R], can_focus=True):
    """The list itself."""

    DEFAULT_CSS = "LineTable { height: 1fr; width: 1fr; }"
    EDGE = 1
    """So many screens before an edge of the window more rows are asked for."""

    class Moved(Message):
        """The cursor stands on another row."""

    class Edge(Message):
        """The cursor comes near an edge of the window behind which there is more."""

        def __init__(self, *, forward: bool) -> None:
            super().__init__()
            self.forward = forward

    class MarksChanged(Message):
        """Other rows are marked, or none."""

    class Opened(Message):
        """A row was clicked twice."""

    def __init__(self, look: RowLook[R], clock: Callable[[], Instant], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.look = look
        self._clock = clock
        self._window: Window[R] = Window()
        self._keys: list[Hashable] = []
        self._cursor = 0
        self._top = 0
        self._wish = 0
        self._marks: dict[Hashable, R] = {}
        self._shown: dict[int, tuple[Run, ...]] = {}
        self._strips: dict[tuple[Run, ...], Strip] = {}
        self.note: Sequence[Run] = ()
        """What stands in an empty list: why it is empty, and the next key."""

    # --- reading --------------------------------------------------------------------------------------

    @property
    def window(self) -> Window[R]:
        """The rows at hand."""
        return self._window

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self._window.rows[self._cursor] if self._cursor < len(self._window.rows) else None

    @property
    def cursor(self) -> int:
        """Place of the cursor in the window."""
        return self._cursor

    @property
    def top(self) -> int:
        """Place in the window of the first row on screen."""
        return self._top

    @property
    def marked(self) -> tuple[R, ...]:
        """Marked rows, in the order they were marked; also those that left the window since."""
        return tuple(self._marks.values())

    @property
    def marks(self) -> dict[Hashable, R]:
        """Key → row of what is marked, in the order it was marked."""
        return dict(self._marks)

    @property
    def rows_in_view(self) -> tuple[R, ...]:
        """The rows on screen."""
        return self._window.rows[self._top : self._top + self.size.height]

    # --- changing -------------------------------------------------------------------------------------

    def fill(self, window: Window[R], *, from_top: bool = False) -> None:
        """Show other rows; the cursor stays with its id and on its line, or goes to the first row."""
        keys = [self.look.key(row) for row in window.rows]
        if from_top:
            self._cursor = self._top = 0
        else:
            self._cursor, self._top = placed(self._keys, keys, cursor=self._cursor, top=self._top)
        self._window, self._keys = window, keys
        fresh = dict(zip(keys, window.rows, strict=True))
        self._marks = {key: fresh.get(key, row) for key, row in self._marks.items()}
        self._keep_in_view()
        self.repaint()
        self._ask_for_more()
        if self._wish and window.rows:
            self.call_after_refresh(self.move, self._wish)
            self._wish = 0

    def relook(self) -> None:
        """The look itself changed (width, language): paint every row anew."""
        self._strips.clear()
        self._shown.clear()
        self.refresh()

    def repaint(self, *, only: Iterable[int] | None = None) -> None:
        """Compare what rows look like now with what is on screen; only changed cells are sent."""
        height = self.size.height
        for y in range(height) if only is None else only:
            if not 0 <= y < height:
                continue
            runs = self._runs_at(y)
            before = self._shown.get(y)
            span = (0, self.size.width) if before is None else changed_cells(before, runs)
            if span is not None:
                self._shown[y] = runs
                start, length = span
                if start < self.size.width:
                    self.refresh(Region(start, y, min(length, self.size.width - start), 1))

    def move_to(self, place: int) -> None:
        """Put the cursor on a row of the window; only the two rows it leaves and enters are repainted."""
        place = max(0, min(place, len(self._window.rows) - 1))
        if not self._window.rows:
            return
        before, top = self._cursor, self._top
        self._cursor = place
        self._keep_in_view()
        if top == self._top:
            self.repaint(only={before - top, place - top})
        else:
            self.repaint()
        if before != place:
            self.post_message(self.Moved())
        self._ask_for_more()

    def move(self, rows: int) -> None:
        """Move the cursor by rows; before the first rows are there, as soon as they are."""
        if self._window.rows:
            self.move_to(self._cursor + rows)
        else:
            self._wish += rows

    def page(self, screens: float) -> None:
        """Move cursor and view by screens, leaving one line of overlap."""
        step = int(screens * max(1, self.size.height - 1))
        self._top = max(0, min(self._top + step, max(0, len(self._window.rows) - self.size.height)))
        self.move_to(self._cursor + step)

    def mark(self, rows: Iterable[R], *, on: bool | None = None) -> None:
        """Mark rows (``on`` None: the other way round)."""
        for row in rows:
            key = self.look.key(row)
            if on is False or (on is None and key in self._marks):
                self._marks.pop(key, None)
            else:
                self._marks[key] = row
        self._marked_anew()

    def unmark_all(self) -> None:
        """No marks."""
        self.put_marks({})

    def put_marks(self, marks: Mapping[Hashable, R]) -> None:
        """These rows are marked, at hand or not, and no others."""
        if marks or self._marks:
            fresh = dict(zip(self._keys, self._window.rows, strict=True))
            self._marks = {key: fresh.get(key, row) for key, row in marks.items()}
            self._marked_anew()

    def _marked_anew(self) -> None:
        self.repaint()
        self.post_message(self.MarksChanged())

    # --- painting -------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One row, from the cache if it looks as before."""
        runs = self._shown.get(y)
        if runs is None:
            runs = self._shown[y] = self._runs_at(y)
        strip = self._strips.get(runs)
        if strip is None:
            if len(self._strips) > 256:
                self._strips.clear()
            strip = self._strips[runs] = strip_of(runs)
        return strip.adjust_cell_length(self.size.width)

    def on_resize(self, event: Resize) -> None:
        """Everything is painted anew; the cursor stays in view."""
        self._shown.clear()
        self._keep_in_view()
        self._ask_for_more()

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """The wheel moves the cursor: what is acted on is always in view."""
        event.stop()
        self.move(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """The wheel moves the cursor."""
        event.stop()
        self.move(-3)

    def _runs_at(self, y: int) -> tuple[Run, ...]:
        place = self._top + y
        if place >= len(self._window.rows):
            return tuple(self.note) if not self._window.rows and y == 1 else ()
        row = self._window.rows[place]
        cursor = place == self._cursor
        return tuple(self.look.runs(row, now=self._clock(), cursor=cursor, marked=self._keys[place] in self._marks))

    def _keep_in_view(self) -> None:
        if not self.size.height:
            return  # not laid out yet: the first resize comes here again
        height = self.size.height
        if self._cursor < self._top:
            self._top = self._cursor
        elif self._cursor >= self._top + height:
            self._top = self._cursor - height + 1
        # No row hides above the first line while lines stay empty below the last one.
        last = len(self._window.rows) - (1 if self._window.more_after else height)
        self._top = max(0, min(self._top, last))

    def _ask_for_more(self) -> None:
        height = max(1, self.size.height) * self.EDGE
        if self._window.more_after and self._cursor + height >= len(self._window.rows) - 1:
            self.post_message(self.Edge(forward=True))
        elif self._window.more_before and self._cursor < height:
            self.post_message(self.Edge(forward=False))
