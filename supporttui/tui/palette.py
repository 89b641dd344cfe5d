"""What the palette offers, and in which order: everything whose name, in either language, has the words typed in it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from supporttui.domain.text import fold
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.memory import Memory
from supporttui.tui.styles import Run

NAME = "palette"
REMEMBERED = 20
KEY_CELLS = 12
_WORSE = 1000
"""A match in a further name of an entry comes behind every match in its first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be chosen."""

    id: str
    label: str
    """In the reader's language, cleaned."""
    run: Callable[[], object]
    group: str = ""
    """What kind of thing it is, in the reader's language."""
    names: tuple[str, ...] = ()
    """What else it is found by: its English name, its word after ``:``, what it does."""
    meaning: str = ""
    """What it does, in the reader's language."""
    key: str = ""
    """As people write it."""
    why_not: str = ""
    """Why it cannot be done now; empty: it can."""


def ranked(entries: Iterable[Entry], wanted: str, recent: Sequence[str] = ()) -> tuple[Entry, ...]:
    """The entries that fit, the best first; among equals those chosen before, the last one first."""
    words = fold(wanted).split()
    places = {name: place for place, name in enumerate(recent)}
    found: list[tuple[int, int, int, Entry]] = []
    for order, entry in enumerate(entries):
        score = _score(entry, words)
        if score is not None:
            found.append((score, places.get(entry.id, len(places)), order, entry))
    return tuple(entry for *_, entry in sorted(found, key=lambda one: one[:3]))


def _score(entry: Entry, words: Sequence[str]) -> int | None:
    """The sum over the words, each by its best name; ``None`` if one of them is in no name."""
    total = 0
    for word in words:
        scores = list(_scores(entry, word))
        if not scores:
            return None
        total += min(scores)
    return total


def _scores(entry: Entry, word: str) -> Iterator[int]:
    for place, name in enumerate((entry.label, *entry.names)):
        distance = nearness(_folded(name), word)
        if distance is not None:
            yield distance + (_WORSE if place > 1 else 0)


_folded = lru_cache(maxsize=2048)(fold)


def nearness(name: str, word: str) -> int | None:
    """How well a word fits a name, both folded; ``None`` if not at all.

    Best its beginning, then the beginning of a word in it, a part of it, its letters in order with little between.

    >>> [nearness("take over", word) for word in ("take", "over", "ke", "tov", "x")]
    [0, 1, 2, 9, None]
    """
    at = name.find(word)
    if at == 0:
        return 0
    if at > 0:
        return 1 if f" {word}" in name else 2
    return _scattered(name, word)


def _scattered(name: str, word: str) -> int | None:
    at, first = -1, -1
    for letter in word:
        at = name.find(letter, at + 1)
        if at < 0:
            return None
        first = at if first < 0 else first
    return 5 + (at - first + 1 - len(word))


# --- how it looks -------------------------------------------------------------------------------------


def line(entry: Entry, width: int, *, current: bool) -> tuple[Run, ...]:
    """``> Take  Make it yours …   Action  t``: what can be chosen, what it does or why not, of which kind, its key."""
    right = f"  {entry.group}  {fit(entry.key, max(KEY_CELLS, cell_width(entry.key)))} "
    space = max(1, width - cell_width(right))
    told = f"({entry.why_not})" if entry.why_not else entry.meaning
    label = fit(f"{'>' if current else ' '} {entry.label}", min(space, cell_width(entry.label) + 4))
    style, beside = ("cursor", "cursor") if current else ("dim" if entry.why_not else "", "dim")
    return ((style, label), (beside, fit(told, space - cell_width(label))), (beside, right))


# --- what was chosen before ---------------------------------------------------------------------------


def recent(memory: Memory) -> tuple[str, ...]:
    """The ids of what was chosen, the last one first."""
    return memory.lines(NAME)


def choose(memory: Memory, entry: Entry) -> None:
    """Remember the choice."""
    memory.keep(NAME, (entry.id, *(known for known in memory.lines(NAME) if known != entry.id))[:REMEMBERED])
