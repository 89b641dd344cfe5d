"""How the rota looks to one reader: words, zone, width, and what people are called in few cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words
from supporttui.tui.styles import Run

Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """How the rota looks to one reader."""

    words: Words
    zone: str
    """The zone whose days are shown."""
    width: int
    now: Instant
    me: str = ""

    def level(self, level: int) -> str:
        """``L1``."""
        # Translators: a line of support, such as L1; at most 4 cells.
        return self.words.t("L{level}", level=level)

    def short_name(self, person: str, names: Mapping[str, str]) -> str:
        """What of a name fits into a cell of a week; the reader is "you".

        The first word; where two people share it, with the first letter of the last one.
        """
        if person == self.me:
            return self.words.t("you")
        first, *others = names.get(person, person).split(" ")
        shared = sum(name.split(" ")[0] == first for name in names.values()) > 1
        return safe_text(f"{first} {others[-1][:1]}" if shared and others else first, one_line=True, limit=20)

    def name(self, person: str | None, names: Mapping[str, str]) -> str:
        """The whole name; the reader is "you"."""
        if not person:
            return self.words.t("nobody")
        if person == self.me:
            return self.words.t("you")
        return self.called(person, names)

    def called(self, person: str, names: Mapping[str, str]) -> str:
        """The whole name, the reader's own too: for sentences about a third person."""
        return safe_text(names.get(person, person), one_line=True, limit=40)


@dataclass(frozen=True, slots=True)
class Grid:
    """The days in cells, and which lines of it the chosen row takes."""

    lines: tuple[Line, ...]
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor stands: a row and a day, counted from 0."""

    row: int
    day: int


NOWHERE = Place(-1, -1)
