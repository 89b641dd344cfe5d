"""The list under a ticket's screen, as the ticket's screen sees it: previous, next, and the place in the whole."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from supporttui.domain.ids import TicketId
from supporttui.tui.widgets.line_table import LineTable

R = TypeVar("R")


class Walk(Protocol):
    """Neighbours of a ticket."""

    def step(self, ticket: TicketId, rows: int) -> TicketId:
        """Go so many rows on from a ticket and say where that leads; at an end of the list it stays."""

    def place(self) -> str:
        """Of the cursor in the whole list: ``12/422``; empty where there is no list."""


class Alone:
    """A ticket that was opened by its number."""

    def step(self, ticket: TicketId, rows: int) -> TicketId:
        """Nowhere."""
        return ticket

    def place(self) -> str:
        """Nothing to say."""
        return ""


class TableWalk(Generic[R]):
    """Moves the cursor of a list, which asks for more rows on the way: going back shows the ticket read last."""

    def __init__(self, table: LineTable[R], ticket_of: Callable[[R], TicketId], place: Callable[[], str]) -> None:
        self._table = table
        self._ticket_of = ticket_of
        self.place = place

    def step(self, ticket: TicketId, rows: int) -> TicketId:
        """Go so many rows on; a ticket that left the list meanwhile has given its row to the next one."""
        current = self._table.current
        if current is not None and self._ticket_of(current) != ticket and rows > 0:
            rows -= 1
        self._table.move(rows)
        current = self._table.current
        return ticket if current is None else self._ticket_of(current)
