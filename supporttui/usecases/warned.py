"""Which marks of a ticket's timers were told, and to whom: what the outbox remembers of warnings that left."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from supporttui.domain.ids import PersonId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.sla.order import Metric
from supporttui.domain.spans import Instant
from supporttui.usecases.joining import is_told
from supporttui.usecases.ports import Notice, Transaction


class Warned(NamedTuple):
    """One mark of one timer, as it was told."""

    at: Instant
    """When the first of them was told."""
    metric: Metric
    cycle: int
    due: Instant
    late: bool
    """The time was over; else it ran out."""
    people: tuple[PersonId, ...]


def warned(tx: Transaction, notices: Sequence[Notice]) -> tuple[Warned, ...]:
    """One for each mark that is told in ``notices`` of a ticket, newest first; who follows hears of the same breach."""
    marks: dict[tuple[Metric, int, int], list[Notice]] = {}
    for notice in notices:
        if (mark := _mark(notice)) and is_told(tx, notice):
            marks.setdefault(mark, []).append(notice)
    return tuple(sorted(_told(marks), reverse=True))


def _told(marks: dict[tuple[Metric, int, int], list[Notice]]) -> Iterator[Warned]:
    for (metric, cycle, _), told in marks.items():
        late = any(one.code == NoticeCode.breached.value or one.params.get("late") == 1 for one in told)
        at, due = min(one.not_before for one in told), Instant(int(told[0].params["due"]))
        yield Warned(at, metric, cycle, due, late, tuple(sorted({one.person for one in told})))


def _mark(notice: Notice) -> tuple[Metric, int, int] | None:
    """Of which timer, and which of its marks; ``None`` for what tells of none."""
    if notice.code not in (NoticeCode.warning.value, NoticeCode.breached.value):
        return None
    params = notice.params
    return Metric(str(params["metric"])), int(params["cycle"]), int(params.get("mark", int(params["due"]) + 1))
