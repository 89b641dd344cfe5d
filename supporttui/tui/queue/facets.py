"""Values of fields with their counts: which there are, how they look, and the filter that picked ones become. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from supporttui.domain import filter as filters
from supporttui.domain.filter import Names
from supporttui.domain.priorities import Priority
from supporttui.domain.queue import Facet
from supporttui.domain.spans import Instant
from supporttui.domain.states import Kind, State
from supporttui.domain.text import fold, safe_text
from supporttui.i18n import filter_words, terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.tui.styles import Run

FIELDS = ("is", "state", "priority", "team", "owner", "service", "kind", "category", "lang")
"""In their order on screen."""
_FIELD, _COUNT, _LEFT = 14, 7, 3


@dataclass(frozen=True, slots=True)
class Pick:
    """A value that can be picked."""

    field: str
    value: str
    label: str
    count: int
    title: str = ""
    """The field's name where the value is its first."""
    typed: tuple[str, str] = ("", "")
    """Field and value as the reader types them; empty: by their codes."""


def picks(words: Words, names: Names, facets: Sequence[Facet]) -> tuple[Pick, ...]:
    """Every value, field by field, the commonest first; in words that ``names`` lets a filter be typed in."""
    fields = filters.spoken("field", names)
    found = [
        Pick(
            facet.field, facet.value, _label(words, names, facet), facet.count,
            typed=(fields.get(facet.field, ""), _word(names, facet)),
        )
        for field in FIELDS
        for facet in facets
        if facet.field == field and '"' not in facet.value
    ]  # fmt: skip
    return _titled(words, found)


def fitting(words: Words, found: Sequence[Pick], wanted: str) -> tuple[Pick, ...]:
    """Those in whose field, value or label the text occurs."""
    text = fold(wanted.strip())
    here = [
        pick
        for pick in found
        if text in fold(pick.label) or text in fold(pick.value) or text in fold(filter_words.field(words, pick.field))
    ]
    return _titled(words, here)


def _word(names: Names, facet: Facet) -> str:
    """A value as the reader types it; a priority is its number in every language."""
    return "" if facet.field == "priority" else filters.spoken(facet.field, names).get(facet.value, "")


def filter_of(chosen: Iterable[Pick]) -> str:
    """The filter that these values become: one of each field's values, all of the fields; in the reader's words.

    >>> filter_of([Pick("team", "desk", "", 3), Pick("lang", "", "", 1), Pick("team", "net", "", 2)])
    'team:desk,net lang:@none'
    >>> filter_of([Pick("state", "new", "neu", 3, typed=("Status", "neu"))])
    'Status:neu'
    """
    by_field: dict[str, list[Pick]] = {}
    for pick in chosen:
        by_field.setdefault(pick.field, []).append(pick)
    return " ".join(_term(by_field[field]) for field in FIELDS if field in by_field)


def _term(picks: Sequence[Pick]) -> str:
    """Values of one field."""
    values = [pick.typed[1] or pick.value or "@none" for pick in picks]
    return filters.term_text(picks[0].typed[0] or picks[0].field, values)


def _titled(words: Words, found: Sequence[Pick]) -> tuple[Pick, ...]:
    firsts = {pick.field: place for place, pick in reversed(list(enumerate(found)))}
    return tuple(
        replace(pick, title=filter_words.field(words, pick.field) if firsts[pick.field] == place else "")
        for place, pick in enumerate(found)
    )


def _label(words: Words, names: Names, facet: Facet) -> str:
    if not facet.value:
        return words.t("nobody") if facet.field == "owner" else words.t("none")
    known: Mapping[str, str] = {
        "is": filter_words.flag(words, facet.value),
        "state": terms.state(words, State(facet.value)) if facet.value in State.__members__ else facet.value,
        "kind": terms.kind(words, Kind(facet.value)) if facet.value in Kind.__members__ else facet.value,
        "team": names.teams.get(facet.value, facet.value),
        "owner": names.people.get(facet.value, facet.value),
        "service": names.services.get(facet.value, facet.value),
        "priority": terms.priority(words, Priority(int(facet.value))) if facet.value.isdigit() else facet.value,
    }
    return safe_text(known.get(facet.field, facet.value), one_line=True, limit=60)


@dataclass(frozen=True, slots=True)
class FacetLook:
    """How values look in a list of a width."""

    width: int

    def key(self, row: Pick) -> Hashable:
        """Cursor and marks follow field and value."""
        return row.field, row.value

    def runs(self, row: Pick, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """Field, value, count."""
        del now
        style = "cursor" if cursor else "bold" if marked else ""
        left = f"{'>' if cursor else ' '}{'*' if marked else ' '} {fit(row.title, _FIELD)} "
        room = min(40, max(1, self.width - _LEFT - _FIELD - 1 - _COUNT))
        return ((style, left), (style, fit(row.label, room)), (style, fit(str(row.count), _COUNT, right=True)))
