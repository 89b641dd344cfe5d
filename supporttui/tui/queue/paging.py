"""The window onto the queue: which part is at hand, how it grows at its edges, how it is read again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from supporttui.domain.ids import TicketId
from supporttui.domain.queue import QueueRow

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import QueueItem, QueuePage

SCREENS_KEPT = 4
SMALLEST_PAGE = 40
MOST_COUNTED = 1000
"""``QueuePage.total`` goes so far and no further."""


@dataclass(frozen=True, slots=True)
class Part:
    """Part of the queue in its order."""

    items: tuple[QueueItem, ...] = ()
    before: QueueRow | None = None
    """The row just before the first; ``None`` at the very start."""
    more_after: bool = False
    total: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    offset: int | None = 0
    """How many rows lie before the first; ``None`` where that is not known."""
    ghost: TicketId | None = None
    """A ticket that no longer matches but is kept where it was, because the cursor stands on it."""


def page_size(height: int) -> int:
    """Rows asked for at a time: two screens."""
    return max(SMALLEST_PAGE, 2 * height)


def first(page: QueuePage, limit: int) -> Part:
    """The start of the queue."""
    return Part(page.items, None, len(page.items) >= limit, page.total, page.names)


def end(page: QueuePage, limit: int) -> Part:
    """The end of the queue."""
    whole = len(page.items) >= limit
    items = page.items[1:] if whole else page.items
    known = page.total - len(items) if page.total < MOST_COUNTED else None
    return Part(
        items, page.items[0].row if whole else None, total=page.total, names=page.names, offset=known if whole else 0
    )


def after(part: Part, page: QueuePage, limit: int, *, most: int) -> Part:
    """The part with one more page behind it; what is too far before is let go."""
    items = _without_repeats((*part.items, *page.items))
    dropped = max(0, len(items) - most)
    before = items[dropped - 1].row if dropped else part.before
    return replace(
        part, items=items[dropped:], before=before, more_after=len(page.items) >= limit, total=page.total,
        names={**part.names, **page.names}, offset=None if part.offset is None else part.offset + dropped,
    )  # fmt: skip


def ahead(part: Part, page: QueuePage, limit: int, *, most: int) -> Part:
    """The part with one more page before it; what is too far behind is let go.

    The page's first row becomes the known row before the part, unless the page reached the start.
    """
    whole = len(page.items) >= limit
    rows = page.items[1:] if whole else page.items
    items = _without_repeats((*rows, *part.items))
    return replace(
        part, items=items[:most], before=page.items[0].row if whole else None,
        more_after=part.more_after or len(items) > most, total=page.total, names={**part.names, **page.names},
        offset=(None if part.offset is None else max(1, part.offset - len(rows))) if whole else 0,
    )  # fmt: skip


def again(part: Part, page: QueuePage, limit: int, *, cursor: int) -> Part:
    """The same part read again: everything new, but the ticket under the cursor stays where it was.

    If it no longer matches, it is kept as a ghost until the cursor leaves it: no key may hit another
    ticket because somebody else changed something.
    """
    items, names, ghost = page.items, page.names, None
    if 0 <= cursor < len(part.items):
        stood = part.items[cursor]
        if all(item.row.id != stood.row.id for item in items):
            place = min(cursor, len(items))
            items, ghost = (*items[:place], stood, *items[place:]), stood.row.id
            names = {**part.names, **names}  # the page need not know those of the ghost
    return Part(items, part.before, len(page.items) >= limit, page.total, names, part.offset, ghost)


def updated(part: Part, items: Sequence[QueueItem], names: Mapping[str, str] | None = None) -> Part:
    """Other contents of some rows, in their old places."""
    fresh = {item.row.id: item for item in items}
    return replace(
        part, items=tuple(fresh.get(item.row.id, item) for item in part.items), names={**part.names, **(names or {})}
    )


def unknown(part: Part, page: QueuePage) -> int:
    """How many rows of a page are not in the part yet."""
    known = {item.row.id for item in part.items}
    return sum(item.row.id not in known for item in page.items)


def _without_repeats(items: Sequence[QueueItem]) -> tuple[QueueItem, ...]:
    """A ticket that moved between two reads may be on both pages; the later reading wins its place."""
    seen: dict[TicketId, QueueItem] = {}
    for item in items:
        seen.pop(item.row.id, None)
        seen[item.row.id] = item
    return tuple(seen.values())
