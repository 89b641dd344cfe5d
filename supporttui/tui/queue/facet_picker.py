"""``f``: the values that fields have among the tickets shown, with their counts; picked ones go into the filter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.events import Resize

from supporttui.domain.faults import SupportError
from supporttui.domain.filter import Names
from supporttui.domain.queue import Facet, Node
from supporttui.tui.moving import ListMoves
from supporttui.tui.queue.facets import FacetLook, Pick, filter_of, fitting, picks
from supporttui.tui.widgets.line_table import LineTable, Window
from supporttui.tui.windows.titled import SearchWindow

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


class FacetPicker(SearchWindow, ListMoves):
    """A list of values: Space picks, Enter adds what is picked, ``/`` searches."""

    NAME = "facets"
    AUTO_FOCUS = "#values"

    def __init__(self, query: Node, names: Names, add: Callable[[str], None]) -> None:
        """``query`` is what is shown; ``add`` takes the filter that picked values become."""
        super().__init__()
        self._query = query
        self._names = names
        self._add = add
        self._all: tuple[Pick, ...] = ()
        self._total: int | None = None

    def heading(self) -> str:
        """Among how many tickets."""
        if self._total is None:
            return self.words.t("Filter by value")
        if self._total >= MOST:
            return self.words.t("Values within the first {n} tickets", n=self._total)
        return self.words.n("Values within {n} ticket", "Values within {n} tickets", self._total)

    def hint(self) -> str:
        """The keys."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Space".
        return self.words.t(
            "{pick} picks  {take} adds to the filter  {next} next field  {search} searches  {leave} closes",
            pick=key("window.pick"),
            take=key("window.take"),
            next=key("window.next"),
            search=key("window.search"),
            leave=key("window.leave"),
        )

    def body(self) -> ComposeResult:
        """The values."""
        yield LineTable[Pick](FacetLook(80), self.frame.parts.clock, id="values")

    def on_mount(self) -> None:
        """Ask for the values within the filter that is shown."""
        self.desk.ask(
            facets, self._query, self.now, self.frame.parts.me, then=self._know, refused=self._refused, group="facets"
        )

    def on_resize(self, event: Resize) -> None:
        """Other widths."""
        self.table.look = FacetLook(event.size.width)
        self.table.relook()

    @property
    def table(self) -> LineTable[Pick]:
        """The values."""
        return self.query_one("#values", LineTable)

    def _know(self, found: tuple[tuple[Facet, ...], int]) -> None:
        if not self.is_attached:
            return
        values, self._total = found
        self._all = picks(self.words, self._names, values)
        self.head()
        self.search(self.wanted)

    def _refused(self, fault: SupportError) -> None:
        self.answer(None)
        self.frame.refuse(fault)

    def search(self, text: str) -> None:
        """Only values that fit."""
        self.table.note = (("", f" {self.words.t('No value fits.')}"),)
        self.table.fill(Window(fitting(self.words, self._all, text)), from_top=bool(text))

    def action_window_take(self) -> None:
        """Add what is picked, or what stands under the cursor."""
        current = self.table.current
        chosen = self.table.marked or ((current,) if current is not None else ())
        self.answer(None)
        if chosen:
            self.app.call_later(self._add, filter_of(chosen))

    def action_window_pick(self) -> None:
        """Pick the value, or not any more, and go on."""
        if self.table.current is not None:
            self.table.mark([self.table.current])
            self.table.move(1)

    def action_window_next(self) -> None:
        """The first value of the next field."""
        self.table.move_to(next((place for place in self._firsts if place > self.table.cursor), self.table.cursor))

    def action_window_previous(self) -> None:
        """The first value of this field, or of the one before."""
        before = [place for place in self._firsts if place < self.table.cursor]
        self.table.move_to(before[-1] if before else self.table.cursor)

    @property
    def _firsts(self) -> tuple[int, ...]:
        return tuple(place for place, pick in enumerate(self.table.window.rows) if pick.title)

    def action_list_facets(self) -> None:
        """The key that opened it closes it."""
        self.action_window_close()
