"""``s``: the orders and the columns of the list in one window."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize

from supporttui.domain.marking import mark
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.queue.arranging import ORDERS, Choosing, lines
from supporttui.tui.queue.reads import Arrangement
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines

_FRAME = 3
"""Lines around the two sides: title, headings, hint."""


class Arranger(BaseModal):
    """Enter takes what is chosen, Esc leaves all as it was; a digit takes its order at once."""

    DEFAULT_CSS = """
    Arranger { background: $background; layout: vertical; }
    Arranger #title, Arranger #heading, Arranger #hint { height: 1; }
    """
    AUTO_FOCUS = "#lines"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", mark("Cancel")),
        Binding("enter", "take", mark("Take it")),
        Binding("tab,shift+tab,h,l,left,right", "turn", mark("Other side")),
        Binding("j,down", "move(1)", mark("Down")),
        Binding("k,up", "move(-1)", mark("Up")),
        Binding("g,home", "move(-99)", mark("Top")),
        Binding("G,end", "move(99)", mark("Bottom")),
        Binding("space,x", "pick", mark("Choose")),
        Binding("J,plus", "shift(1)", mark("Later")),
        Binding("K,minus", "shift(-1)", mark("Earlier")),
        Binding("r", "reverse", mark("Reverse")),
        Binding("d", "reset", mark("Default")),
        *(Binding(str(number), f"order({number})", show=False) for number in range(1, len(ORDERS) + 1)),
    ]

    def __init__(self, arrangement: Arrangement, take: Callable[[Arrangement], None], *, columns: bool = False) -> None:
        """``take`` is given what was chosen; ``columns``: the cursor begins among them."""
        super().__init__()
        self._choosing = Choosing.of(arrangement, among_columns=columns)
        self._take = take

    def compose(self) -> ComposeResult:
        """Title, both sides, and the keys."""
        words = self.words
        yield Line((("reverse", f" {words.t('Order and columns')} "),), id="title")
        fixed = words.t("ID and SLA always stand first; the subject is always there.")
        yield Line((("dim", f" {fixed}"),), id="heading")
        yield Lines(id="lines")
        keys = words.t("Space chooses  J K move  r reverse  d default  Tab side  Enter takes  Esc")
        yield Line((("dim", f" {keys}"),), id="hint")

    def on_resize(self, event: Resize) -> None:
        """As many lines as there are."""
        self._paint(event.size.width, event.size.height)

    def _change(self, choosing: Choosing) -> None:
        self._choosing = choosing
        self._paint(self.size.width, self.size.height)

    def _paint(self, width: int, height: int) -> None:
        shown = lines(self.words, self._choosing, width, max(1, height - _FRAME))
        self.query_one("#lines", Lines).show(shown, from_top=True)

    def action_leave(self) -> None:
        """Nothing was chosen."""
        self.answer(None)

    def action_take(self) -> None:
        """The order under the cursor, or what was chosen of columns."""
        choosing = self._choosing if self._choosing.among_columns else self._choosing.picked()
        self.answer(None)
        self.app.call_later(self._take, choosing.arrangement)

    def action_order(self, number: int) -> None:
        """An order by its digit; the one that is in force the other way round."""
        order = ORDERS[number - 1]
        before = self._choosing.arrangement
        reverse = not before.reverse if order is before.sort else False
        self.answer(None)
        self.app.call_later(self._take, Arrangement(order, reverse, before.columns))

    def action_turn(self) -> None:
        """To the other side."""
        self._change(self._choosing.turned())

    def action_move(self, step: int) -> None:
        """Another line."""
        self._change(self._choosing.moved(step))

    def action_pick(self) -> None:
        """Take the order, or the column in or out."""
        self._change(self._choosing.picked())

    def action_shift(self, step: int) -> None:
        """The column earlier or later."""
        self._change(self._choosing.shifted(step))

    def action_reverse(self) -> None:
        """The other way round."""
        self._change(self._choosing.reversed())

    def action_reset(self) -> None:
        """As everybody has it."""
        self._change(self._choosing.reset())
