"""``f``: the values that fields have among the tickets shown, with their counts; picked ones go into the filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Resize
from textual.widgets import Input

from supporttui.domain.faults import SupportError
from supporttui.domain.filter import Names
from supporttui.domain.marking import mark
from supporttui.domain.queue import Facet, Node
from supporttui.tui.base_screen import BaseModal
from supporttui.tui.queue.facets import FacetLook, Pick, filter_of, fitting, picks
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.line_table import LineTable, Window

if TYPE_CHECKING:  # ports are for the type checker alone
    from supporttui.domain.ids import PersonId
    from supporttui.domain.spans import Instant
    from supporttui.usecases.ports import Transaction

MOST = 10_000
"""Tickets that are counted; more are told as such."""


def facets(tx: Transaction, query: Node, now: Instant, me: PersonId) -> tuple[tuple[Facet, ...], int]:
    """The values, and how many tickets were looked at."""
    found = tx.tickets.facets(query, now=now, me=me, most=MOST)
    return found, sum(facet.count for facet in found if facet.field == "state")


class FacetPicker(BaseModal):
    """A list of values: Space picks, Enter adds what is picked, ``/`` searches."""

    DEFAULT_CSS = """
    FacetPicker { background: $background; layout: vertical; }
    FacetPicker #title, FacetPicker #hint { height: 1; }
    FacetPicker Input { height: 1; border: none; padding: 0 1; display: none; background: $background; }
    FacetPicker Input.-typing { display: block; }
    """
    AUTO_FOCUS = "#values"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", mark("Close")),
        Binding("q,f", "close", mark("Close")),
        Binding("enter", "take", mark("Add to the filter")),
        Binding("slash", "type", mark("Search")),
        Binding("space,x", "pick", mark("Pick")),
        Binding("j,down", "move(1)", mark("Down")),
        Binding("k,up", "move(-1)", mark("Up")),
        Binding("pagedown,ctrl+d", "page(1)", mark("Page down")),
        Binding("pageup,ctrl+u", "page(-1)", mark("Page up")),
        Binding("g,home", "move(-99999)", mark("Top")),
        Binding("G,end", "move(99999)", mark("Bottom")),
        Binding("tab,l,right", "next_field(1)", mark("Next field")),
        Binding("shift+tab,h,left", "next_field(-1)", mark("Previous field")),
    ]

    def __init__(self, query: Node, names: Names, add: Callable[[str], None]) -> None:
        """``query`` is what is shown; ``add`` takes the filter that picked values become."""
        super().__init__()
        self._query = query
        self._names = names
        self._add = add
        self._all: tuple[Pick, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, search, values, keys."""
        yield Line((("reverse", f" {self.words.t('Filter by value')} "),), id="title")
        yield Input(id="search", compact=True)
        yield LineTable[Pick](FacetLook(80), self.frame.parts.clock, id="values")
        keys = self.words.t("Space picks  Enter adds to the filter  Tab next field  / searches  Esc closes")
        yield Line((("dim", f" {keys}"),), id="hint")

    def on_mount(self) -> None:
        """Ask for the values within the filter that is shown."""
        self.desk.ask(
            facets, self._query, self.now, self.frame.parts.me, then=self._know, refused=self._refused, group="facets"
        )

    def on_resize(self, event: Resize) -> None:
        """Other widths."""
        self.values.look = FacetLook(event.size.width)
        self.values.relook()

    @property
    def values(self) -> LineTable[Pick]:
        """The list."""
        return self.query_one("#values", LineTable)

    def _know(self, found: tuple[tuple[Facet, ...], int]) -> None:
        if not self.is_attached:
            return
        values, total = found
        self._all = picks(self.words, self._names, values)
        title = self.words.n("Values within {n} ticket", "Values within {n} tickets", total)
        if total >= MOST:
            title = self.words.t("Values within the first {n} tickets", n=total)
        self.query_one("#title", Line).show((("reverse", f" {title} "),))
        self._fill()

    def _refused(self, fault: SupportError) -> None:
        self.answer(None)
        self.frame.refuse(fault)

    def _fill(self) -> None:
        wanted = self.query_one(Input).value
        self.values.note = (("", f" {self.words.t('No value fits.')}"),)
        self.values.fill(Window(fitting(self.words, self._all, wanted)), from_top=bool(wanted))

    def on_input_changed(self) -> None:
        """Only what fits."""
        self._fill()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to picking among what is left."""
        event.stop()
        self.values.focus()

    def action_type(self) -> None:
        """Search."""
        field = self.query_one(Input)
        field.add_class("-typing")
        field.focus()

    def action_leave(self) -> None:
        """The search first, then the window."""
        field = self.query_one(Input)
        if field.has_class("-typing"):
            field.value = ""
            field.remove_class("-typing")
            self.values.focus()
        else:
            self.answer(None)

    def action_close(self) -> None:
        """Nothing is added."""
        self.answer(None)

    def action_take(self) -> None:
        """Add what is picked, or what stands under the cursor."""
        current = self.values.current
        chosen = self.values.marked or ((current,) if current is not None else ())
        self.answer(None)
        if chosen:
            self.app.call_later(self._add, filter_of(chosen))

    def action_pick(self) -> None:
        """Pick the value, or not any more, and go on."""
        if self.values.current is not None:
            self.values.mark([self.values.current])
            self.values.move(1)

    def action_move(self, rows: int) -> None:
        """Another value."""
        self.values.move(rows)

    def action_page(self, screens: int) -> None:
        """By screens."""
        self.values.page(screens)

    def action_next_field(self, step: int) -> None:
        """The first value of the next field, or of the one before."""
        rows, cursor = self.values.window.rows, self.values.cursor
        firsts = [place for place, pick in enumerate(rows) if pick.title]
        ahead = [place for place in firsts if place > cursor] if step > 0 else [p for p in firsts if p < cursor]
        if ahead:
            self.values.move_to(ahead[0] if step > 0 else ahead[-1])
