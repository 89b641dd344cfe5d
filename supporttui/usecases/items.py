"""Rows of the queue with their countdowns."""

from collections.abc import Iterable

from supporttui.domain.queue import QueueRow
from supporttui.domain.sla.segment import Segment, segment
from supporttui.domain.sla.timer import SortBucket
from supporttui.domain.spans import Instant
from supporttui.usecases.rules import Rules
from supporttui.usecases.views import QueueItem


def item(rules: Rules, row: QueueRow, now: Instant) -> QueueItem:
    """A row and the countdown of its deciding timer from ``now`` on."""
    return QueueItem(row, countdown(rules, row, now))


def countdown(rules: Rules, row: QueueRow, now: Instant) -> Segment | None:
    """The segment of the row's deciding timer; ``None`` when nothing counts."""
    if row.metric is None:
        return None
    running = row.sort.bucket is not SortBucket.paused
    return segment(row.due, row.remaining, row.anchor, running, rules.hours(row.calendar), now)


def names_in(rules: Rules, rows: Iterable[QueueRow]) -> dict[str, str]:
    """Names of everybody and everything that the rows mention."""
    everything = rules.names()
    ids = {
        mentioned
        for row in rows
        for mentioned in (row.service, row.team, row.resolver, row.owner, row.acknowledged_by)
        if mentioned
    }
    return {one: everything[one] for one in ids if one in everything}
