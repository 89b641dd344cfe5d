"""The columns of the queue: what each shows, how wide it is, and which ones fit. No Textual, no clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supporttui.domain.marking import mark_in
from supporttui.domain.queue import QueueRow
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.text import safe_text
from supporttui.domain.views import DEFAULT_COLUMNS, SUBJECT
from supporttui.i18n import countdown, terms, times, titles
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width

if TYPE_CHECKING:
    from supporttui.domain.ids import PersonId

ATTENTION = "^"
"""Before the subject of a ticket with raised attention; of high attention twice."""
LEFT = 3
"""Cells for cursor, sign and mark."""
GAP = 1
AGE_DIGITS = 4
SMALLEST_SUBJECT = 16
MISSED = "!"
"""Before the subject of a ticket whose requester should have heard by now, and before that time."""
PASSING = frozenset({"age", "updated", "due", "worked", "attention", "promised"})
"""Columns whose text passes with the minutes."""
AGES = frozenset({"age", "updated", "worked"})
FROM_RIGHT = frozenset({*AGES, "followers", "chases", "hops"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column that gives way when space is short; the subject, which never does, takes the rest."""

    id: str
    heading: tuple[str, str]
    name: tuple[str, str]
    """The heading in full, where there is room for it."""
    width: int
    subject_keeps: int = 0
    """The column is shown only where so many cells are left for the subject."""


# Translators: headings of the queue's columns; as short as the English ones: P 1 cell, Fol 3, Hops 4, Age, Lang, Upd,
# Work and Again 5, State 6, Kind 8, Who 9, Team, Resolver, Ref and Attn 10, Due 11, Service and Category 12,
# Promised 13, Requester 14.
COLUMNS: Mapping[str, Column] = {
    column.id: column
    for column in (
        Column("priority", mark_in("column", "P"), mark_in("name of a column", "Priority"), 1, 16),
        Column("state", mark_in("column", "State"), mark_in("name of a column", "State"), 6, 20),
        Column(SUBJECT, mark_in("column", "Subject"), mark_in("name of a column", "Subject"), 0),
        Column("who", mark_in("column", "Who"), mark_in("name of a column", "Owner"), 9, 22),
        Column("service", mark_in("column", "Service"), mark_in("name of a column", "Service"), 12, 36),
        Column("requester", mark_in("column", "Requester"), mark_in("name of a column", "Requester"), 14, 36),
        Column("age", mark_in("column", "Age"), mark_in("name of a column", "Age"), 5, 36),
        Column("team", mark_in("column", "Team"), mark_in("name of a column", "Team"), 10, 24),
        Column("resolver", mark_in("column", "Resolver"), mark_in("name of a column", "Resolver"), 10, 24),
        Column("category", mark_in("column", "Category"), mark_in("name of a column", "Category"), 12, 24),
        Column("kind", mark_in("column", "Kind"), mark_in("name of a column", "Kind"), 8, 24),
        Column("reference", mark_in("column", "Ref"), mark_in("name of a column", "Reference"), 10, 24),
        Column("language", mark_in("column", "Lang"), mark_in("name of a column", "Language"), 5, 24),
        Column("followers", mark_in("column", "Fol"), mark_in("name of a column", "Followers"), 3, 24),
        Column("attention", mark_in("column", "Attn"), mark_in("name of a column", "Attention"), 10, 24),
        Column("chases", mark_in("column", "Again"), mark_in("name of a column", "Asked again"), 5, 24),
        Column("hops", mark_in("column", "Hops"), mark_in("name of a column", "Handed on"), 4, 24),
        Column("worked", mark_in("column", "Work"), mark_in("name of a column", "Last work"), 5, 24),
        Column("due", mark_in("column", "Due"), mark_in("name of a column", "Due"), 11, 24),
        Column("updated", mark_in("column", "Upd"), mark_in("name of a column", "Last change"), 5, 24),
        Column("promised", mark_in("column", "Promised"), mark_in("name of a column", "Promised update"), 13, 24),
    )
}
DROPPED_FIRST = (
    "age", "updated", "requester", "promised", "followers", "language", "kind", "category", "reference", "due", "hops",
    "chases", "worked", "team", "resolver", "service", "attention", "who", "state", "priority",
)  # fmt: skip
"""The order in which they give way; id, countdown and subject never do."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one width; ``head`` is the id with its gap, ``sla`` the countdown alone."""

    width: int
    head: int
    sla: int
    columns: tuple[Column, ...]
    """In their order, without the subject."""
    subject: int
    """Its cells; 0 where it was scrolled out."""
    before: int = 2
    """So many columns stand before the subject."""
    hidden: bool = False
    """Not everything that was chosen fits."""
    skipped: int = 0
    """How far it is scrolled; 0 is not at all."""

    @property
    def passes(self) -> bool:
        """A column passes with the minutes."""
        return any(column.id in PASSING for column in self.columns)

    @property
    def tail(self) -> int:
        """Cells behind the countdown."""
        return self.width - LEFT - self.head - self.sla


def layout(
    width: int, *, ids: int, units: countdown.Units, chosen: Sequence[str] = DEFAULT_COLUMNS, skip: int = 0
) -> Layout:
    """The chosen columns that fit into ``width`` cells; ``ids`` is the width of the widest number.

    Without ``skip`` those give way that matter least. Scrolled, as many as fit stand in their order, beginning with
    the first for 1, with the second for 2, and so on.
    """
    head, sla = ids + GAP, countdown.width(units)
    rest = width - LEFT - head - sla - GAP
    columns = [_sized(COLUMNS[name], units) for name in chosen if name in COLUMNS]
    skip = min(skip, _most_skipped(rest, columns))
    kept = _from(rest, columns[skip - 1 :]) if skip else _dropped(rest, columns)
    before = next((place for place, column in enumerate(kept) if column.id == SUBJECT), len(kept))
    shown = tuple(column for column in kept if column.id != SUBJECT)
    subject = max(1, _left(rest, kept)) if len(shown) < len(kept) else 0
    return Layout(width, head, sla, shown, subject, before, len(kept) < len(columns), skip)


def _sized(column: Column, units: countdown.Units) -> Column:
    """An age is as wide as the letters of the language make it."""
    if column.id not in AGES:
        return column
    return replace(column, width=AGE_DIGITS + max(cell_width(unit) for unit in units[:3]))


def _left(rest: int, columns: Sequence[Column]) -> int:
    """Cells for the subject beside these columns."""
    return rest - sum(column.width + GAP for column in columns if column.id != SUBJECT)


def _dropped(rest: int, columns: Sequence[Column]) -> list[Column]:
    kept = list(columns)
    for name in DROPPED_FIRST:
        if _left(rest, kept) >= max((column.subject_keeps for column in kept), default=0):
            break
        kept = [column for column in kept if column.id != name]
    return kept


def _from(rest: int, columns: Sequence[Column]) -> list[Column]:
    """As many as fit, in their order; the subject is content with little."""
    kept: list[Column] = []
    for column in columns:
        needed = SMALLEST_SUBJECT if column.id == SUBJECT else column.width
        taken = sum(SMALLEST_SUBJECT if one.id == SUBJECT else one.width for one in kept) + GAP * len(kept)
        if kept and taken + needed > rest:
            break
        kept.append(column)
    return kept


def _most_skipped(rest: int, columns: Sequence[Column]) -> int:
    """Scrolling ends where the last column is seen."""
    if len(_dropped(rest, columns)) == len(columns):
        return 0
    starts = range(len(columns))
    return next((start + 1 for start in starts if len(_from(rest, columns[start:])) == len(columns) - start), 0)


# --- cells --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose words and names the cells are in, and when."""

    words: Words
    units: countdown.Units
    me: PersonId
    names: Mapping[str, str]
    now: Instant


def cell(reader: Reader, column: str, ticket: QueueRow) -> str:
    """What a column shows of a ticket; not cut."""
    return CELLS[column](reader, ticket)


def age_text(units: countdown.Units, seconds: int) -> str:
    """How long ago, in the largest unit alone: ``24m``, ``3h``, ``12d``."""
    day, hour, minute = units[:3]
    if seconds >= 86_400:
        return f"{seconds // 86_400}{day}"
    return f"{seconds // 3600}{hour}" if seconds >= 3600 else f"{seconds // 60}{minute}"


def state_text(words: Words, ticket: QueueRow) -> str:
    """The state in a narrow column; a new or active ticket that somebody has seen says so."""
    if ticket.acknowledged_by is not None and ticket.state in (State.new, State.active):
        return words.p("state, 6 cells", "ack")
    return terms.state_short(words, ticket.state)


def _subject(reader: Reader, ticket: QueueRow) -> str:
    title = titles.title(reader.words, ticket)
    raised = ticket.attention_at(reader.now)
    signs = ATTENTION * raised + (MISSED if ticket.missed_at(reader.now) else "")
    return safe_text(f"{signs} {title}" if signs else title, one_line=True, limit=200)


def _promised(reader: Reader, ticket: QueueRow) -> str:
    """By when the requester was told to hear next; of a missed one, how long ago that was."""
    if ticket.promised is None:
        return ""
    if ticket.missed_at(reader.now):
        return f"{MISSED} {age_text(reader.units, reader.now - ticket.promised)}"
    return times.soon(ticket.promised, reader.now, reader.words.zone)


def _attention(reader: Reader, ticket: QueueRow) -> str:
    raised = ticket.attention_at(reader.now)
    return f"{ATTENTION * raised} {terms.attention(reader.words, raised)}" if raised else ""


def _who(reader: Reader, ticket: QueueRow) -> str:
    return reader.words.t("you") if ticket.owner == reader.me else _name(reader, ticket.owner or "")


def _name(reader: Reader, key: str) -> str:
    return _short(reader.names.get(key, key)) if key else "-"


def _short(text: str) -> str:
    return safe_text(text, one_line=True, limit=40)


def _references(_: Reader, ticket: QueueRow) -> str:
    """The first key, and how many more there are."""
    more = f" +{len(ticket.references) - 1}" if len(ticket.references) > 1 else ""
    return f"{_short(ticket.references[0])}{more}" if ticket.references else ""


CELLS: Mapping[str, Callable[[Reader, QueueRow], str]] = {
    "priority": lambda _, ticket: str(ticket.priority),
    "state": lambda reader, ticket: state_text(reader.words, ticket),
    SUBJECT: _subject,
    "who": _who,
    "service": lambda reader, ticket: _short(reader.names.get(ticket.service, ticket.service)),
    "requester": lambda _, ticket: _short(ticket.requester),
    "age": lambda reader, ticket: age_text(reader.units, max(0, reader.now - ticket.created_at)),
    "team": lambda reader, ticket: _name(reader, ticket.team),
    "resolver": lambda reader, ticket: _name(reader, ticket.resolver or ticket.team),
    "category": lambda _, ticket: _short(ticket.category),
    "kind": lambda reader, ticket: terms.kind(reader.words, ticket.kind),
    "reference": _references,
    "language": lambda _, ticket: _short(ticket.language),
    "followers": lambda _, ticket: str(ticket.follower_count or ""),
    "attention": _attention,
    "chases": lambda _, ticket: str(ticket.chases or ""),
    "hops": lambda _, ticket: str(ticket.hops or ""),
    "worked": lambda reader, ticket: age_text(reader.units, max(0, reader.now - ticket.worked_at)),
    "promised": _promised,
    "due": lambda reader, ticket: "" if ticket.due is None else times.soon(ticket.due, reader.now, reader.words.zone),
    "updated": lambda reader, ticket: age_text(reader.units, max(0, reader.now - ticket.updated_at)),
}
"""Column → its text."""
