"""Incidents that repeat: enough alike within some days may have one cause."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.events import Opened, RepeatsSeen
from supporttui.domain.filter.search import words_of
from supporttui.domain.queue import QueueRow
from supporttui.domain.text import fold

ENOUGH = 5
"""So many alike, the new one among them."""
DAYS = 7
SILENT_DAYS = 30
"""For so long a group that was told is not told again."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tickets of one service that are alike, and the words by which."""

    words: frozenset[str]
    rows: tuple[QueueRow, ...]


def group(opened: Opened, rows: Iterable[QueueRow]) -> Group | None:
    """The tickets that a new one is like; ``None`` while they are not enough.

    They are of its service, of the same category as far as both have one, and share half of their words.
    """
    own = telling(opened.title)
    found = tuple(row for row in rows if _alike(opened, own, row))
    if len(found) + 1 < ENOUGH:
        return None
    counts = Counter(word for row in found for word in telling(row.title) & own)
    return Group(frozenset(word for word, count in counts.items() if 2 * count >= len(found)), found)


def _alike(opened: Opened, own: frozenset[str], row: QueueRow) -> bool:
    if row.service != opened.service:
        return False
    if row.category and opened.category and fold(row.category) != fold(opened.category):
        return False
    return same(own, telling(row.title))


def same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether half of the words of the longer one, and at least one, are words of both."""
    return bool(one & other) and 2 * len(one & other) >= max(len(one), len(other))


def was_told(found: Group, service: str, told: Iterable[tuple[str, RepeatsSeen]]) -> bool:
    """Whether the group was told already: of the same service, with a ticket or the words in common.

    ``told`` is what was told lately, each with the service of its ticket.
    """
    numbers = {row.id for row in found.rows}
    return any(
        where == service and (numbers.intersection(event.tickets) or same(found.words, frozenset(event.words)))
        for where, event in told
    )


def telling(title: str) -> frozenset[str]:
    """Those that say something: a number tells tickets apart."""
    return frozenset(word for word in words_of(title) if not word.isdigit())


def seen(found: Group) -> RepeatsSeen:
    """What is told of a group on its newest ticket."""
    return RepeatsSeen(tuple(row.id for row in found.rows), tuple(sorted(found.words)), DAYS)
