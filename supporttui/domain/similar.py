"""Tickets like another one, by service, category and the words that they share; and who solved those."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from supporttui.domain.filter.search import words_of
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import QueueRow
from supporttui.domain.text import fold
from supporttui.domain.tickets import Ticket

MOST = 5
"""Tickets of which is said who solved them: those most alike."""
LEAST = 2
"""Fewer say nothing."""
READ = 500
"""Characters of a description whose words count."""
_CATEGORY = 1.0
"""As much as a word that one ticket in three has."""


@dataclass(frozen=True, slots=True)
class Like:
    """A ticket that is like another one."""

    row: QueueRow
    shared: tuple[str, ...]
    """Words of both, the rarest first."""
    score: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An authority, and how many of the tickets most alike it solved."""

    authority: str
    solved: int
    of: int
    shared: tuple[str, ...]
    """Words that those tickets share with this one, those that most of them have first."""
    tickets: tuple[TicketId, ...]


def alike(ticket: Ticket, rows: Sequence[QueueRow]) -> tuple[Like, ...]:
    """Those of some rows that are most like a ticket, the most alike and then the newest first; at most ``MOST``.

    Of the same service and category it is without any word; else of one of both, and with words that are shared.
    """
    said = {row.id: words_of(row.title) for row in rows}
    counts = Counter(word for words in said.values() for word in words)
    own = words_of(f"{ticket.title} {ticket.text[:READ]}")
    found = (_like(ticket, row, own & said[row.id], counts, len(rows)) for row in rows if row.id != ticket.id)
    ranked = sorted(filter(None, found), key=lambda one: (-one.score, -one.row.updated_at, one.row.id))
    return tuple(ranked[:MOST])


def _like(ticket: Ticket, row: QueueRow, shared: Iterable[str], counts: Mapping[str, int], many: int) -> Like | None:
    category = bool(ticket.category) and fold(row.category) == fold(ticket.category)
    service = row.service == ticket.service
    words = sorted(shared, key=lambda word: (counts[word], word))
    if not (service and category) and not (words and (service or category)):
        return None
    rarity = sum(log((many + 1) / counts[word]) for word in words)
    return Like(row, tuple(words), rarity + _CATEGORY * category)


def suggestions(likes: Sequence[Like]) -> tuple[Suggestion, ...]:
    """Who solved them, the most often first; nothing is said of fewer than ``LEAST``."""
    if len(likes) < LEAST:
        return ()
    solvers = Counter(solver(like.row) for like in likes)
    return tuple(_suggestion(authority, likes) for authority, _ in solvers.most_common())


def _suggestion(authority: str, likes: Sequence[Like]) -> Suggestion:
    own = [like for like in likes if solver(like.row) == authority]
    shared = Counter(word for like in own for word in like.shared)
    words = tuple(word for word, _ in shared.most_common(3))
    return Suggestion(authority, len(own), len(likes), words, tuple(like.row.id for like in own))


def solver(row: QueueRow) -> str:
    """The authority that worked on a ticket at its end."""
    return row.resolver or row.team
