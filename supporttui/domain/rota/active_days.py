"""Counting the dates on which a layer is active, for rotations that advance only on those."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from supporttui.domain.rota.schedule import Layer
from supporttui.domain.rota.windows import applies

_DAY = timedelta(days=1)
_WEEK = tuple(date(2024, 1, day) for day in range(1, 8))
"""Some Monday to Sunday."""


class ActiveDays:
    """How many slots of one day, beginning at one time of day, hold the start of a window.

    A slot counts when a window begins in it, so a handoff at noon gives the window of the next morning to
    the slot of the day before. Closed form: whole weeks × count + rest, then holidays one by one.
    """

    def __init__(self, layer: Layer, handoff: time, holidays: Sequence[date]) -> None:
        self._layer, self._handoff = layer, handoff
        counts = [self._counts(day, ()) for day in _WEEK]
        by_ordinal = [counts[(ordinal - 1) % 7] for ordinal in range(7)]
        self._prefix = [sum(by_ordinal[:days]) for days in range(8)]
        # With a handoff at noon the morning's window is the day before's, so a holiday may change that one's count.
        touched = {day - shift for day in holidays for shift in (timedelta(), _DAY)}
        self._exceptions = [
            (day.toordinal(), self._counts(day, holidays) - self._counts(day, ())) for day in sorted(touched)
        ]

    def between(self, anchor: datetime, day: date) -> int:
        """Counting slots from the anchor's date up to, not including, a date; negative before the anchor."""
        return self._before(day.toordinal()) - self._before(anchor.date().toordinal())

    def _before(self, ordinal: int) -> int:
        weeks, rest = divmod(ordinal, 7)
        moved = sum(change for at, change in self._exceptions if at < ordinal)
        return weeks * self._prefix[7] + self._prefix[rest] + moved

    def _counts(self, day: date, holidays: Sequence[date]) -> bool:
        if not self._layer.restrictions:
            return True
        following = day + _DAY
        return any(
            applies(window, day if window.start >= self._handoff else following, self._layer, holidays)
            for window in self._layer.restrictions
        )
