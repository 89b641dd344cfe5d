"""The queue in cells: which columns fit, and each ticket as a finished row. No Textual, no clock of its own."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from supporttui import early
from supporttui.domain.ids import PersonId
from supporttui.domain.marking import mark_in
from supporttui.domain.queue import QueueRow, SortBy
from supporttui.domain.sla.order import SortBucket
from supporttui.domain.sla.segment import Sign, sign
from supporttui.domain.spans import Instant
from supporttui.domain.states import State
from supporttui.domain.text import safe_text
from supporttui.i18n import countdown
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.terms import glyph, state_short
from supporttui.snapshot import Row
from supporttui.tui.styles import Run

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import QueueItem

LEFT = 3
"""Cells for cursor, sign and mark."""
GAP = 1
AGE_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """A column that gives way when space is short; the subject, which never does, takes the rest."""

    id: str
    heading: tuple[str, str]
    width: int
    subject_keeps: int
    """The column is shown only where so many cells are left for the subject."""


# Translators: headings of the queue's columns; as short as the English ones.
_PRIORITY = Column("priority", mark_in("column", "P"), 1, 16)
_STATE = Column("state", mark_in("column", "State"), 6, 20)
_WHO = Column("who", mark_in("column", "Who"), 9, 22)
_SERVICE = Column("service", mark_in("column", "Service"), 12, 36)
_REQUESTER = Column("requester", mark_in("column", "Requester"), 14, 36)
_AGE = Column("age", mark_in("column", "Age"), 5, 36)
_SUBJECT = mark_in("column", "Subject")
BEFORE_SUBJECT = (_PRIORITY, _STATE)
AFTER_SUBJECT = (_WHO, _SERVICE, _REQUESTER, _AGE)
_DROPPED_FIRST = (_AGE, _REQUESTER, _SERVICE, _WHO, _STATE, _PRIORITY)


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one width; ``head`` is the id with its gap, ``sla`` the countdown alone."""

    width: int
    head: int
    sla: int
    columns: tuple[Column, ...]
    subject: int

    @property
    def has_age(self) -> bool:
        """A column that passes with the minutes."""
        return any(column.id == _AGE.id for column in self.columns)


def layout(width: int, *, ids: int, units: countdown.Units) -> Layout:
    """The columns that fit into ``width`` cells; ``ids`` is the width of the widest number."""
    head, sla = ids + GAP, countdown.width(units)
    age = replace(_AGE, width=AGE_DIGITS + max(cell_width(unit) for unit in units[:3]))
    columns = [*BEFORE_SUBJECT, *AFTER_SUBJECT[:-1], age]
    rest = width - LEFT - head - sla - GAP
    for column in (age, *_DROPPED_FIRST[1:]):
        if _subject(rest, columns) >= max(kept.subject_keeps for kept in columns):
            break
        columns.remove(column)
    return Layout(width, head, sla, tuple(columns), max(1, _subject(rest, columns)))


def _subject(rest: int, columns: Sequence[Column]) -> int:
    return rest - sum(column.width + GAP for column in columns)


@dataclass(frozen=True, slots=True)
class Look:
    """How the queue looks to one reader at one width; makes rows from items and cells from rows."""

    words: Words
    layout: Layout
    units: countdown.Units
    glyphs: Mapping[str, str]
    me: PersonId
    prefix: str

    def key(self, row: Row) -> Hashable:
        """The cursor and the marks follow the ticket's number."""
        return row.id

    def runs(self, row: Row, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """The row at an instant, by the formatter that the first frame uses too."""
        return early.row_runs(
            row, units=self.units, glyphs=self.glyphs, sla_width=self.layout.sla, now=now, cursor=cursor, marked=marked
        )

    def heading(self) -> Sequence[Run]:
        """The line above the rows."""
        texts = {column.id: self.words.p(*column.heading) for column in self.layout.columns}
        subject = self.words.p(*_SUBJECT)
        left = " " * LEFT + fit(self.words.p("column", "ID"), self.layout.head)
        left += fit(self.words.p("column", "SLA"), self.layout.sla, right=True)
        return (("dim", left + self._tail(texts, subject)),)

    def row(self, item: QueueItem, names: Mapping[str, str], now: Instant) -> Row:
        """A ticket as a finished row; what passes stays a segment."""
        ticket = item.row
        title = f"{self.words.t('DRILL')} {ticket.title}" if ticket.drill else ticket.title
        tail = self._tail(self._cells(ticket, names, now), safe_text(title, one_line=True, limit=200))
        head = fit(f"{self.prefix}{ticket.id}", self.layout.head)
        segment = item.segment
        fixed = _fixed(ticket)
        if segment is None or fixed:
            return Row(ticket.id, ticket.version, head=head, tail=tail, fixed=fixed or Sign.none.value)
        if segment.paused:  # planned: it stands until its date, then it is asked for again
            held = Sign.paused.value
            return Row(ticket.id, ticket.version, head=head, tail=tail, fixed=held, until=segment.until)
        critical, at_risk = limits(ticket.seconds)
        return Row(
            ticket.id, ticket.version, head=head, tail=tail, remaining=segment.remaining, anchor=segment.anchor,
            until=segment.until, running=segment.running, critical=critical, at_risk=at_risk,
        )  # fmt: skip

    def _cells(self, ticket: QueueRow, names: Mapping[str, str], now: Instant) -> Mapping[str, str]:
        return {
            "priority": str(ticket.priority),
            "state": state_text(self.words, ticket),
            "who": self._who(ticket, names),
            "service": safe_text(names.get(ticket.service, ticket.service), one_line=True, limit=40),
            "requester": safe_text(ticket.requester, one_line=True, limit=40),
            "age": age_text(self.units, max(0, now - ticket.created_at)),
        }

    def _who(self, ticket: QueueRow, names: Mapping[str, str]) -> str:
        if ticket.owner is None:
            return "-"
        if ticket.owner == self.me:
            return self.words.t("you")
        return safe_text(names.get(ticket.owner, ticket.owner), one_line=True, limit=40)

    def _tail(self, cells: Mapping[str, str], subject: str) -> str:
        shown = [fit(cells[c.id], c.width) for c in self.layout.columns if c in BEFORE_SUBJECT]
        shown.append(fit(subject, self.layout.subject))
        shown += [
            fit(cells[c.id], c.width, right=c.id == _AGE.id) for c in self.layout.columns if c not in BEFORE_SUBJECT
        ]
        return "".join(f" {text}" for text in shown)


def look(words: Words, width: int, *, me: PersonId, prefix: str, widest: int, unicode: bool) -> Look:
    """How the queue looks at this width; ``widest`` is the highest number that is shown."""
    units = countdown.units(words)
    ids = max(4, cell_width(prefix) + len(str(widest)))
    glyphs = {sign.value: glyph(sign, unicode=unicode) for sign in Sign}
    return Look(words, layout(width, ids=ids, units=units), units, glyphs, me, prefix)


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
    return state_short(words, ticket.state)


def _fixed(ticket: QueueRow) -> str:
    if ticket.state in (State.resolved, State.closed):
        return Sign.met.value
    if ticket.sort.bucket is SortBucket.paused:
        return Sign.paused.value
    return Sign.none.value if ticket.sort.bucket in (SortBucket.none, SortBucket.never) else ""


@lru_cache(maxsize=256)
def limits(seconds: int) -> tuple[int, int]:
    """The most that is left while a promise of so many seconds is critical, and while it is at risk.

    Found by asking the domain's own rule, so that there is one rule.
    """
    return _last(seconds, (Sign.critical,)), _last(seconds, (Sign.critical, Sign.at_risk))


def _last(seconds: int, signs: Sequence[Sign]) -> int:
    low, high = -1, max(seconds, 86_400) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if sign(remaining=middle, seconds=seconds, running=True) in signs:
            low = middle
        else:
            high = middle
    return low


SORTS: Mapping[SortBy, tuple[str, str]] = {
    SortBy.sla: mark_in("order", "by SLA"),
    SortBy.priority: mark_in("order", "by priority"),
    SortBy.created: mark_in("order", "by creation"),
    SortBy.updated: mark_in("order", "by change"),
    SortBy.number: mark_in("order", "by number"),
}


@dataclass(frozen=True, slots=True)
class ViewsBar:
    """What the row of views says."""

    labels: Sequence[tuple[str, str]]
    """Label and badge of each view."""
    current: int
    sort: SortBy
    place: int | None
    """Of the cursor in the whole list; ``None`` in the middle of a list too long to count."""
    total: int
    waiting: int = 0
    """New rows that are not shown yet."""
    filter: str = ""


def views_runs(words: Words, bar: ViewsBar, width: int) -> Sequence[Run]:
    """``Mine 4 | [Team 14] | …`` and at the right the order and the place in the list."""
    place_shown = "-" if bar.place is None else str(bar.place)
    right = f"{words.p(*SORTS[bar.sort])}  {words.t('{place} of {total}', place=place_shown, total=most(bar.total))} "
    if bar.waiting:
        right = f"{words.n('{n} new, ^r shows', '{n} new, ^r shows', bar.waiting)}  {right}"
    space = width - cell_width(right)
    views = [_view_run(label, badge, current=place == bar.current) for place, (label, badge) in enumerate(bar.labels)]
    while len(views) > 1 and _ends_behind(views, space - 1):
        del views[0]  # what is shown always has its name on screen
    runs: list[Run] = [("", " "), *views]
    if bar.filter:
        runs += [("", " "), ("bold", f"/{safe_text(bar.filter, one_line=True, limit=60)}")]
    return (*_cut(runs, space), ("", right))


def _view_run(label: str, badge: str, *, current: bool) -> Run:
    text = f"{label} {badge}".rstrip()
    return ("reverse", f"[{text}]") if current else ("", f" {text} ")


def _ends_behind(views: Sequence[Run], space: int) -> bool:
    """Whether the current view is not whole within the first cells; behind it the others may be cut."""
    shown = next((place for place, (style, _) in enumerate(views) if style), 0)
    return shown > 0 and sum(cell_width(text) for _, text in views[: shown + 1]) > space


def most(total: int) -> str:
    """A number of tickets that is counted so far and no further."""
    return f"{total}+" if total >= 1000 else str(total)


def _cut(runs: Sequence[Run], space: int) -> Sequence[Run]:
    kept: list[Run] = []
    left = space
    for style, text in runs:
        shown = text if cell_width(text) <= left else fit(text, max(0, left))
        kept.append((style, shown))
        left -= cell_width(shown)
        if left <= 0:
            break
    return (*kept, ("", " " * max(0, left)))


def empty_text(words: Words, filter_text: str) -> str:
    """Why the list is empty, and the next key."""
    if filter_text:
        return words.t(
            'No ticket matches "{filter}". Esc clears the filter.',
            filter=safe_text(filter_text, one_line=True, limit=60),
        )
    return words.t("Queue is empty. Nobody waits.")
