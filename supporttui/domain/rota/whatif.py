"""What an edit or an override would change in the plan, shown before it is made."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supporttui.domain.rota.oncall import Duty, level_duty, levels
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.spans import Instant, Span


@dataclass(frozen=True, slots=True)
class Change:
    """One span, with who would be on duty before and after; people differ, the span is the same."""

    before: Duty
    after: Duty


def changes(old: Plan, new: Plan, start: Instant, end: Instant) -> tuple[Change, ...]:
    """Where two plans have different people between two instants; empty means "no effect"."""
    if start >= end:
        return ()
    return tuple(
        change
        for level in sorted({*levels(old), *levels(new)})
        for change in _compared(level_duty(old, start, end, level=level), level_duty(new, start, end, level=level))
        if change.before.people != change.after.people
    )


def _compared(left: Sequence[Duty], right: Sequence[Duty]) -> Iterator[Change]:
    """Two plans of the same window, cut at the boundaries of both."""
    i = j = 0
    while i < len(left) and j < len(right):
        before, after = left[i].span, right[j].span
        common = Span(max(before.start, after.start), min(before.end, after.end))
        yield Change(left[i]._replace(span=common), right[j]._replace(span=common))
        i += before.end == common.end
        j += after.end == common.end
