"""The queue in cells: which columns fit, and each ticket as a finished row. No Textual, no clock of its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
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
from supporttui.domain.views import DEFAULT_COLUMNS, SUBJECT, View
from supporttui.i18n import countdown, terms
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.snapshot import Row
from supporttui.tui.queue.columns import COLUMNS, FROM_RIGHT, LEFT, Layout, Reader, cell, layout
from supporttui.tui.styles import Run

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import QueueItem


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
        left = " " * LEFT + fit(self.words.p("column", "ID"), self.layout.head)
        left += fit(self.words.p("column", "SLA"), self.layout.sla, right=True)
        return (("dim", left + self._tail(lambda column: self.words.p(*COLUMNS[column].heading))),)

    def row(self, item: QueueItem, names: Mapping[str, str], now: Instant) -> Row:
        """A ticket as a finished row; what passes stays a segment."""
        ticket = item.row
        reader = Reader(self.words, self.units, self.me, names, now)
        tail = self._tail(lambda column: cell(reader, column, ticket))
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

    def _tail(self, text: Callable[[str], str]) -> str:
        """Everything behind the countdown, each column in its cells."""
        shape = self.layout
        shown = [fit(text(one.id), one.width, right=one.id in FROM_RIGHT) for one in shape.columns]
        if shape.subject:
            shown.insert(shape.before, fit(text(SUBJECT), shape.subject))
        return fit("".join(f" {one}" for one in shown), shape.tail)


def look(
    words: Words, width: int, *, me: PersonId, prefix: str, widest: int, unicode: bool,
    columns: Sequence[str] = DEFAULT_COLUMNS, skip: int = 0,
) -> Look:  # fmt: skip
    """How the queue looks at this width; ``widest`` is the highest number that is shown."""
    units = countdown.units(words)
    ids = max(4, cell_width(prefix) + len(str(widest)))
    glyphs = {sign.value: terms.glyph(sign, unicode=unicode) for sign in Sign}
    shape = layout(width, ids=ids, units=units, chosen=columns, skip=skip)
    return Look(words, shape, units, glyphs, me, prefix)


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
    SortBy.worked: mark_in("order", "by last work"),
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
    reverse: bool = False
    marked: int = 0
    hidden: int = 0
    """Of the marked ones, those that are not listed: no action takes them."""


def order_text(words: Words, sort: SortBy, *, reverse: bool) -> str:
    """``by SLA``, or the other way round."""
    order = words.p(*SORTS[sort])
    return words.p("order", "{order}, reversed", order=order) if reverse else order


def views_runs(words: Words, bar: ViewsBar, width: int) -> Sequence[Run]:
    """``Mine 4 | [Team 14] | …`` and at the right the order and the place in the list."""
    place_shown = "-" if bar.place is None else str(bar.place)
    order = order_text(words, bar.sort, reverse=bar.reverse)
    right = f"{order}  {words.t('{place} of {total}', place=place_shown, total=most(bar.total))} "
    if bar.marked:
        right = f"{marked_text(words, bar.marked, hidden=bar.hidden)}  {right}"
    if bar.waiting:
        right = f"{words.n('{n} new, ^r shows', '{n} new, ^r shows', bar.waiting)}  {right}"
    right = f" {right}"
    space = width - cell_width(right)
    views = [_view_run(label, badge, current=place == bar.current) for place, (label, badge) in enumerate(bar.labels)]
    typed = f" /{safe_text(bar.filter, one_line=True, limit=60)}" if bar.filter else ""
    beside = max(0, min(cell_width(typed), space // 2))  # of what narrows the list, enough is seen to know it
    while len(views) > 1 and _ends_behind(views, space - beside - 1):
        del views[0]  # what is shown always has its name on screen
    runs: list[Run] = [("", " "), *views]
    runs = [*_cut(runs, min(space - beside, sum(cell_width(text) for _, text in runs))), ("bold", typed)]
    return (*_cut(runs, space), ("", right))


def marked_text(words: Words, marked: int, *, hidden: int) -> str:
    """How many tickets are marked, and how many of them the list does not have."""
    if not hidden:
        return words.n("{n} marked", "{n} marked", marked)
    # Translators: at most 26 cells; marked tickets that view and filter do not show, which no action takes.
    return words.n("{n} marked, {hidden} not listed", "{n} marked, {hidden} not listed", marked, hidden=hidden)


def view_name(words: Words, view: View) -> str:
    """Of a view in the row of views."""
    return terms.view(words, view.id) if view.is_built_in else safe_text(view.name, one_line=True, limit=24)


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


def empty_text(words: Words, filter_text: str, *, view: View) -> str:
    """Why the list is empty, and the next key."""
    if filter_text:
        return words.t(
            'No ticket matches "{filter}". Esc clears the filter.',
            filter=safe_text(filter_text, one_line=True, limit=60),
        )
    if view.id != "all":
        return words.t("No ticket is in this view now.")
    return words.t("Queue is empty. Nobody waits.")
