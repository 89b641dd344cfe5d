"""Marks: which tickets the next action is for. They stay while the list is scrolled, sorted and filtered.

An action takes only those that the list has now: nobody acts on what they do not see. The others stay marked.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.snapshot import Row
from supporttui.tui.batch import Meant, Target
from supporttui.tui.queue import listed
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
    return tuple(Target.of(row) for row in rows)


class Marking(Viewing):
    """The marks' part of the queue's screen."""

    _stroke: Marks | None = None
    """The marks before the first of several keys that each mark a row: one step for ``u``."""

    # --- what is meant --------------------------------------------------------------------------------

    def targets(self) -> Meant:
        """The marked tickets that are listed, or the one under the cursor, as shown now.

        Nothing while it is not known yet which are listed.
        """
        if not self.table.marks:
            return Meant(self._at_hand(row) for row in (self.table.current,) if row is not None)
        rows = self._listed
        return Meant((self._at_hand(row) for row in rows), len(self.table.marks) - len(rows))

    @property
    def _listed(self) -> tuple[Row, ...]:
        """The marked rows that the list has."""
        if not self._listing.knows(self._shown, self._marked):
            return ()
        numbers = {target.id for target in self._listing.listed(self._marked)}
        return tuple(row for row in self.table.marked if row.id in numbers)

    @property
    def hidden(self) -> int:
        """Marked tickets of which it is known that the list does not have them."""
        known = self._listing.knows(self._shown, self._marked)
        return len(self.table.marks) - len(self._listed) if known else 0

    def _at_hand(self, row: Row) -> Target:
        """With the version that was shown, and as much as is known of the ticket."""
        number = TicketId(row.id)
        shown = next((Target.of(item.row) for item in self._part.items if item.row.id == number), None)
        known = shown or self._listing.found.get(number) or Target(number, row.version)
        return replace(known, version=row.version)

    def none_meant(self) -> None:
        """Why nothing was done although tickets are marked."""
        if not self.table.marks:
            return
        if self._listing.knows(self._shown, self._marked):
            text = self.words.t("Nothing was done: no marked ticket is listed. Esc clears the marks.")
        else:
            text = self.words.t("Nothing was done: which marked tickets are listed is still being read.")
        self.frame.say(text, Severity.warning)

    def acted(self, targets: Sequence[Target]) -> None:
        """Marks are used up by an action, and so are the steps that made them."""
        self._stroke = None
        used = {target.id for target in targets}.intersection(self._marked)
        if used:
            self.frame.undo.forget_marks()
            self.table.put_marks({key: row for key, row in self.table.marks.items() if row.id not in used})

    def not_acted(self, targets: Sequence[Target]) -> None:
        """The marks come back."""
        if len(targets) > 1:
            self._learn_of(targets)
            self.table.put_marks({**self.table.marks, **{target.id: self._row_of(target) for target in targets}})

    def on_line_table_marks_changed(self, event: LineTable.MarksChanged) -> None:
        """Their number stands in the row of views."""
        event.stop()
        self._ask_listed()
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
        self._learn_of([self._at_hand(current)])
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
        rows = self.table.window.rows[low : high + 1]
        self._learn_of([self._at_hand(row) for row in rows])
        self._mark(rows)

    def action_list_mark_all(self) -> None:
        """Mark every ticket of the view and the filter, or none if some are marked."""
        if self.table.marked:
            self.unmark()
        else:
            found = partial(self._mark_found, self._shown)
            self.desk.ask(matching, self._ask(), self.now, then=found, refused=self.frame.refuse, group="marks")

    def unmark(self) -> None:
        """No marks; ``u`` brings them back."""
        before = self.table.marks
        self.table.unmark_all()
        self._step(before)

    def _mark_found(self, shown: Hashable, found: Sequence[Target]) -> None:
        if self.table.marked:
            return  # something was marked while the database was asked
        kept = found[:MOST_MARKED]
        if shown == self._shown:
            self._learn_of(kept)
        here = {row.id: row for row in self.table.window.rows}
        self._mark([here.get(target.id, self._row_of(target)) for target in kept])
        if len(found) > MOST_MARKED:
            text = self.words.t("The first {n} are marked; there are more. A filter narrows them down.", n=MOST_MARKED)
            self.frame.say(text, Severity.warning)

    # --- which are listed -----------------------------------------------------------------------------

    @property
    def _marked(self) -> tuple[TicketId, ...]:
        return tuple(TicketId(row.id) for row in self.table.marked)

    def _learn_of(self, targets: Sequence[Target]) -> None:
        """These are listed: they were found or seen there."""
        if self._listing.of == self._shown:
            self._listing = self._listing.read(self._shown, {target.id: target for target in targets})

    def _ask_listed(self) -> None:
        """Of marks that came back from elsewhere it is asked."""
        shown, marked = self._shown, self._marked
        if self._listing.knows(shown, marked) or self._listing.of != shown:
            return  # the list itself is on its way, and tells it too

        def arrived(found: listed.Found) -> None:
            self._listing = self._listing.read(shown, found)
            self._repaint_views()

        self.desk.ask(
            listed.among, self._ask(), marked, self.now, then=arrived, refused=self.frame.refuse, group="listed"
        )

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
