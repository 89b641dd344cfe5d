"""Marks: which tickets the next action is for. They stay while the list is scrolled, sorted and filtered."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.domain.states import WAITING_STATES
from supporttui.snapshot import Row
from supporttui.tui.batch import Target
from supporttui.tui.queue.viewing import Viewing
from supporttui.tui.undo import Here, Step
from supporttui.tui.widgets.line_table import LineTable
from supporttui.tui.widgets.message_line import Severity

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Transaction
    from supporttui.usecases.views import Ask

MOST_MARKED = 1000
"""Tickets that are marked at once."""
Marks = Mapping[Hashable, Row]


def matching(tx: Transaction, ask: Ask, now: Instant) -> tuple[Target, ...]:
    """Every ticket of a view and its filter, in its order; one more than can be marked tells that there are more."""
    rows = tx.tickets.page(ask.query, now=now, me=ask.me, sort=ask.sort, limit=MOST_MARKED + 1, reverse=ask.reverse)
    return tuple(Target(row.id, row.version, row.state in WAITING_STATES) for row in rows)


class Marking(Viewing):
    """The marks' part of the queue's screen."""

    _waiting_marked: frozenset[TicketId] = frozenset()
    """Marked tickets that wait for somebody, of those that were never shown."""
    _stroke: Marks | None = None
    """The marks before the first of several keys that each mark a row: one step for ``u``."""

    # --- what is meant --------------------------------------------------------------------------------

    def targets(self) -> tuple[Target, ...]:
        """The marked rows, or the one under the cursor, as shown now."""
        current = self.table.current
        rows = self.table.marked or ((current,) if current is not None else ())
        waiting = {item.row.id for item in self._part.items if item.row.state in WAITING_STATES}
        waiting |= self._waiting_marked
        return tuple(Target(TicketId(row.id), row.version, row.id in waiting) for row in rows)

    def acted(self) -> None:
        """Marks are used up by an action, and so are the steps that made them."""
        self._stroke = None
        self.frame.undo.forget_marks()
        self.table.unmark_all()

    def not_acted(self, targets: Sequence[Target]) -> None:
        """The marks come back."""
        if len(targets) > 1:
            self.table.put_marks({target.id: self._row_of(target) for target in targets})

    def on_line_table_marks_changed(self, event: LineTable.MarksChanged) -> None:
        """Their number stands in the row of views."""
        event.stop()
        self._repaint_views()

    # --- keys -----------------------------------------------------------------------------------------

    def action_list_mark(self) -> None:
        """Mark the row and go on to the next; one after the other they are one step."""
        current = self.table.current
        if current is None:
            return
        before, newest = self.table.marks, self.frame.undo.newest
        going_on = self._stroke is not None and newest is not None and newest.here is not None and newest.here.marks
        if going_on:
            self.frame.undo.pop()
        stroke = self._stroke if going_on and self._stroke is not None else before
        self.table.mark([current])
        self.table.move(1)
        self._step(stroke)
        self._stroke = stroke

    def action_list_range(self) -> None:
        """Mark from the last marked row to here."""
        marked, keys = self.table.marked, [row.id for row in self.table.window.rows]
        start = self.table.cursor
        if marked and marked[-1].id not in keys:
            code = self.code(marked[-1].id)
            self.frame.say(self.words.t("{ticket} is too far away; V marks all.", ticket=code), Severity.warning)
            return
        if marked:
            start = keys.index(marked[-1].id)
        low, high = sorted((start, self.table.cursor))
        self._mark(self.table.window.rows[low : high + 1])

    def action_list_mark_all(self) -> None:
        """Mark every ticket of the view and the filter, or none if some are marked."""
        if self.table.marked:
            self.unmark()
        else:
            self.desk.ask(
                matching, self._ask(), self.now, then=self._mark_found, refused=self.frame.refuse, group="marks"
            )

    def unmark(self) -> None:
        """No marks; ``u`` brings them back."""
        before = self.table.marks
        self.table.unmark_all()
        self._step(before)

    def _mark_found(self, found: Sequence[Target]) -> None:
        if self.table.marked:
            return  # something was marked while the database was asked
        kept = found[:MOST_MARKED]
        self._waiting_marked = frozenset(target.id for target in kept if target.waiting)
        here = {row.id: row for row in self.table.window.rows}
        self._mark([here.get(target.id, self._row_of(target)) for target in kept])
        if len(found) > MOST_MARKED:
            text = self.words.t("The first {n} are marked; there are more. A filter narrows them down.", n=MOST_MARKED)
            self.frame.say(text, Severity.warning)

    def _row_of(self, target: Target) -> Row:
        """A ticket that is not at hand: its number and version are all that a mark needs."""
        return Row(target.id, target.version, head="", tail="")

    def _mark(self, rows: Sequence[Row]) -> None:
        before = self.table.marks
        self.table.mark(rows, on=True)
        self._step(before)

    def _step(self, before: Marks) -> None:
        """One step for ``u``, whatever it changed."""
        self._stroke = None
        after = self.table.marks
        if before.keys() == after.keys():
            return
        n = len(after)
        text = self.words.n("{n} marked", "{n} marked", n) if n else self.words.t("Marks cleared")
        here = Here(partial(self._put, before), partial(self._put, after), marks=True)
        self.frame.undo.push(Step(text, here=here))

    def _put(self, marks: Marks) -> None:
        self._stroke = None
        self.table.put_marks(marks)
