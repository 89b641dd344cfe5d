"""The database as plain rows, as use cases need it: a port like those of ``ports.py``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias

from supporttui.domain.ids import TicketId


class Carried(StrEnum):
    """What a snapshot carries; everything else in a database is made from it."""

    site = "site"
    definition = "definition"
    override = "override"
    swap = "swap"
    absence = "absence"
    pinned = "pinned"
    duty = "duty"
    published = "published"
    entry = "entry"
    view = "view"
    fact = "fact"
    notice = "notice"
    code = "code"
    alert = "alert"
    beat = "beat"
    received = "received"
    handover = "handover"
    turn = "turn"
    """Whose turn it is in a round robin."""


PlainRow: TypeAlias = Mapping[str, Any]
"""A row by its columns, as JSON can hold it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the journal: its newest number, and the hash of everything up to it."""

    seq: int
    hash: str


class Archive(Protocol):
    """The database as plain rows: for a snapshot, and for an empty database that is filled from one."""

    def head(self) -> Head:
        """The end of the journal."""

    def count(self, kind: Carried) -> int:
        """How many rows there are."""

    def rows(self, kind: Carried, *, after: PlainRow | None = None, most: int) -> tuple[PlainRow, ...]:
        """Rows behind another one, by their key; at most so many."""

    def put(self, kind: Carried, rows: Sequence[PlainRow]) -> None:
        """Write rows as they are. Raises BadInput (``snapshot.value``, ``snapshot.chain``)."""

    def finish(self) -> None:
        """The last step behind the rows; tickets are made from the facts after it."""

    def join_people(self) -> None:
        """Teams and logins of everybody, after people were written as rows."""

    def reserve(self, number: TicketId) -> None:
        """Let no new ticket have this number or a lower one."""

    def tickets(self, *, after: TicketId, most: int) -> tuple[TicketId, ...]:
        """Numbers of tickets that have facts, from the one behind ``after`` on."""

    def settle(self) -> None:
        """Write what waits for the end of the transaction, so that it need not be held."""
