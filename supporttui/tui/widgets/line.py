"""One line of the screen that repaints only the cells that changed."""

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from supporttui.tui.styles import Run, Runs, changed_spans, cut_to, strip_of


class Line(Widget, can_focus=False):
    """A line made of runs; no markup, no wrapping, no layout of its own."""

    DEFAULT_CSS = "Line { height: 1; width: 100%; }"

    def __init__(self, runs: Runs = (), *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._runs: tuple[Run, ...] = tuple(runs)

    @property
    def runs(self) -> tuple[Run, ...]:
        """What the line shows."""
        return self._runs

    @property
    def text(self) -> str:
        """What the line shows, without its styles."""
        return "".join(text for _, text in self._runs)

    def show(self, runs: Runs) -> None:
        """Show something else; alike costs nothing, a changed digit costs its cells."""
        spans = changed_spans(self._runs, runs)
        if spans:
            self._runs = tuple(runs)
            self.refresh(*(Region(start, 0, max(1, length), 1) for start, length in spans))

    def render_line(self, y: int) -> Strip:
        """The runs, cut or filled to the width of the line."""
        if y:
            return Strip.blank(self.size.width)
        return strip_of(cut_to(self._runs, self.size.width)).adjust_cell_length(self.size.width)
