"""Choosing an order and columns: what is chosen so far, what a key makes of it, and how it looks. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from supporttui.domain.queue import SortBy
from supporttui.domain.views import COLUMNS, DEFAULT_COLUMNS, SUBJECT
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.tui.queue.columns import COLUMNS as SHOWN
from supporttui.tui.queue.reads import Arrangement
from supporttui.tui.queue.view import SORTS
from supporttui.tui.styles import Run

ORDERS = tuple(SortBy)
CURSOR = ">"


@dataclass(frozen=True, slots=True)
class Choosing:
    """An arrangement while it is changed; the cursor stands among the orders or among the columns."""

    sort: SortBy
    reverse: bool
    columns: tuple[str, ...]
    """All there are: first the chosen ones in their order."""
    chosen: frozenset[str]
    among_columns: bool = False
    cursor: int = 0

    @classmethod
    def of(cls, arrangement: Arrangement, *, among_columns: bool = False) -> Choosing:
        """As it is now; the cursor stands on the order that is in force, or on the first column."""
        columns = tuple(dict.fromkeys((*arrangement.columns, *COLUMNS)))
        cursor = 0 if among_columns else ORDERS.index(arrangement.sort)
        return cls(
            arrangement.sort, arrangement.reverse, columns, frozenset(arrangement.columns), among_columns, cursor
        )

    @property
    def arrangement(self) -> Arrangement:
        """What is chosen."""
        return Arrangement(self.sort, self.reverse, tuple(name for name in self.columns if name in self.chosen))

    def moved(self, step: int) -> Choosing:
        """The cursor on another line, as far as there is one."""
        last = len(self.columns if self.among_columns else ORDERS) - 1
        return replace(self, cursor=max(0, min(self.cursor + step, last)))

    def turned(self) -> Choosing:
        """The cursor on the other side."""
        cursor = ORDERS.index(self.sort) if self.among_columns else 0
        return replace(self, among_columns=not self.among_columns, cursor=cursor)

    def picked(self) -> Choosing:
        """The order under the cursor, or its column in or out; the subject stays in."""
        if not self.among_columns:
            return replace(self, sort=ORDERS[self.cursor])
        name = self.columns[self.cursor]
        return self if name == SUBJECT else replace(self, chosen=self.chosen ^ {name})

    def shifted(self, step: int) -> Choosing:
        """The column under the cursor one place on, the cursor with it."""
        to = self.cursor + step
        if not self.among_columns or not 0 <= to < len(self.columns):
            return self
        columns = list(self.columns)
        columns[self.cursor], columns[to] = columns[to], columns[self.cursor]
        return replace(self, columns=tuple(columns), cursor=to)

    def reversed(self) -> Choosing:
        """The other way round."""
        return replace(self, reverse=not self.reverse)

    def reset(self) -> Choosing:
        """The columns that everybody has, in the order that everybody has."""
        return replace(
            Choosing.of(Arrangement(columns=DEFAULT_COLUMNS), among_columns=self.among_columns), cursor=self.cursor
        )


def lines(words: Words, choosing: Choosing, width: int, height: int) -> Sequence[Sequence[Run]]:
    """The two sides in ``height`` lines: orders at the left, columns at the right, the cursor in view."""
    left = min(34, width // 2)
    orders, columns = _orders(words, choosing), _columns(words, choosing)
    start = max(0, min(choosing.cursor - height // 2, len(columns) - height)) if choosing.among_columns else 0
    rows = max(len(orders), min(height, len(columns)))
    found: list[Sequence[Run]] = []
    for place in range(rows):
        first = orders[place] if place < len(orders) else ("", "")
        second = columns[start + place] if start + place < len(columns) else ("", "")
        found.append(((first[0], fit(first[1], left)), (second[0], fit(second[1], max(0, width - left)))))
    return found


def _orders(words: Words, choosing: Choosing) -> list[Run]:
    shown = [
        _line(f"{number} {words.p(*SORTS[order])}", on=order is choosing.sort,
              cursor=not choosing.among_columns and choosing.cursor == number - 1)
        for number, order in enumerate(ORDERS, 1)
    ]  # fmt: skip
    return [*shown, ("", ""), _line(f"r {words.t('the other way round')}", on=choosing.reverse, cursor=False)]


def _columns(words: Words, choosing: Choosing) -> list[Run]:
    return [
        _line(
            words.p(*SHOWN[name].name), on=name in choosing.chosen,
            cursor=choosing.among_columns and choosing.cursor == place,
        )
        for place, name in enumerate(choosing.columns)
    ]  # fmt: skip


def _line(text: str, *, on: bool, cursor: bool) -> Run:
    return ("cursor" if cursor else "bold" if on else ""), f"{CURSOR if cursor else ' '}[{'x' if on else ' '}] {text}"
