"""``s``: the orders and the columns of the list in one window."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.events import Key, Resize

from supporttui.tui.queue.arranging import ORDERS, Choosing, lines
from supporttui.tui.queue.reads import Arrangement
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.windows.titled import TitledWindow

_FRAME = 3
"""Lines around the two sides: title, headings, hint."""
_ALL = 99
"""Lines, more than either side has."""


class Arranger(TitledWindow):
    """Enter takes what is chosen, Esc leaves all as it was; a digit takes its order at once."""

    NAME = "arranger"
    DEFAULT_CSS = "Arranger #heading { height: 1; }"
    AUTO_FOCUS = "#lines"

    def __init__(self, arrangement: Arrangement, take: Callable[[Arrangement], None], *, columns: bool = False) -> None:
        """``take`` is given what was chosen; ``columns``: the cursor begins among them."""
        super().__init__()
        self._choosing = Choosing.of(arrangement, among_columns=columns)
        self._take = take

    def heading(self) -> str:
        """What is chosen."""
        return self.words.t("Order and columns")

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Enter".
        return self.words.t(
            "{pick} chooses  {later} {earlier} move  {reverse} reverse  {reset} default  {next} side  "
            "{take} takes  {leave}",
            pick=key("window.pick"),
            later=key("columns.later"),
            earlier=key("columns.earlier"),
            reverse=key("columns.reverse"),
            reset=key("columns.reset"),
            next=key("window.next"),
            take=key("window.take"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """What is fixed; both sides."""
        fixed = self.words.t("ID and SLA always stand first; the subject is always there.")
        yield Line((("dim", f" {fixed}"),), id="heading")
        yield Lines(id="lines")

    def on_resize(self, event: Resize) -> None:
        """As many lines as there are."""
        self._paint(event.size.width, event.size.height)

    def _change(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._paint(self.size.width, self.size.height)

    def _paint(self, width: int, height: int) -> None:
        shown = lines(self.words, self._choosing, width, max(1, height - _FRAME))
        self.query_one("#lines", Lines).show(shown, from_top=True)

    def action_window_take(self) -> None:
        """The order under the cursor, or what was chosen of columns."""
        choosing = self._choosing if self._choosing.among_columns else self._choosing.picked()
        self.answer(None)
        self.app.call_later(self._take, choosing.arrangement)

    def on_key(self, event: Key) -> None:
        """An order by its digit; the one that is in force the other way round."""
        if not (event.key.isdecimal() and 1 <= int(event.key) <= len(ORDERS)):
            return
        event.stop()
        order = ORDERS[int(event.key) - 1]
        before = self._choosing.arrangement
        reverse = not before.reverse if order is before.sort else False
        self.answer(None)
        self.app.call_later(self._take, Arrangement(order, reverse, before.columns))

    def action_window_next(self) -> None:
        """To the other side."""
        self._change(self._choosing.turned())

    def action_window_previous(self) -> None:
        """To the other side."""
        self._change(self._choosing.turned())

    def action_list_down(self) -> None:
        """One line down."""
        self._change(self._choosing.moved(1))

    def action_list_up(self) -> None:
        """One line up."""
        self._change(self._choosing.moved(-1))

    def action_list_top(self) -> None:
        """To the first line."""
        self._change(self._choosing.moved(-_ALL))

    def action_list_bottom(self) -> None:
        """To the last line."""
        self._change(self._choosing.moved(_ALL))

    def action_window_pick(self) -> None:
        """Take the order, or the column in or out."""
        self._change(self._choosing.picked())

    def action_columns_later(self) -> None:
        """The column one place on."""
        self._change(self._choosing.shifted(1))

    def action_columns_earlier(self) -> None:
        """The column one place back."""
        self._change(self._choosing.shifted(-1))

    def action_columns_reverse(self) -> None:
        """The other way round."""
        self._change(self._choosing.reversed())

    def action_columns_reset(self) -> None:
        """As everybody has it."""
        self._change(self._choosing.reset())
