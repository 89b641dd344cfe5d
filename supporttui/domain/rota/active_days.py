"""Counting the dates on which a layer is active, for rotations that advance only on those."""

from bisect import bisect_left
from collections.abc import Collection
from datetime import date, datetime, time
from itertools import accumulate

from supporttui.domain.rota.clocks import day_number
from supporttui.domain.rota.schedule import Layer
from supporttui.domain.rota.windows import applies


class ActiveDays:
    """How many slots of one day, beginning at one time of day, hold the start of a window.

    A slot counts when a window begins in it, so a handoff at noon gives the window of the next morning to
    the slot of the day before. Closed form: whole weeks × count + rest, then the holidays before.
    """

    def __init__(self, layer: Layer, handoff: time, holidays: Collection[date]) -> None:
        self._layer, self._handoff = layer, handoff
        by_weekday = [self._counts(day, frozenset()) for day in range(7)]
        self._prefix = [0, *accumulate(by_weekday)]
        days = frozenset(map(day_number, holidays))
        # With a handoff at noon the morning's window is the day before's, so a holiday may change that one's count.
        touched = sorted({day - shift for day in days for shift in (0, 1)})
        changes = [(day, self._counts(day, days) - by_weekday[day % 7]) for day in touched]
        self._changed = [day for day, change in changes if change]
        self._moved = [0, *accumulate(change for _, change in changes if change)]

    def between(self, anchor: datetime, days: int) -> int:
        """Counting slots in so many days from the anchor's date on; negative before it.

        From Monday to Friday the seven days from a Thursday hold five that count, the two before it two.

        >>> from supporttui.domain.rota.schedule import Restriction
        >>> count = ActiveDays(Layer("day", (), restrictions=(Restriction(days=(1, 2, 3, 4, 5)),)), time(9), ())
        >>> count.between(datetime(2026, 1, 1, 9), 7), count.between(datetime(2026, 1, 1, 9), -2)
        (5, -2)
        """
        first = day_number(anchor.date())
        return self._before(first + days) - self._before(first)

    @property
    def any(self) -> bool:
        """Whether the rotation ever moves on of itself."""
        return bool(self._prefix[7])

    def _before(self, day: int) -> int:
        weeks, rest = divmod(day, 7)
        return weeks * self._prefix[7] + self._prefix[rest] + self._moved[bisect_left(self._changed, day)]

    def _counts(self, day: int, holidays: Collection[int]) -> bool:
        """Whether a window begins in the slot of a date."""
        return not self._layer.restrictions or any(
            applies(window, day if window.start >= self._handoff else day + 1, self._layer, holidays)
            for window in self._layer.restrictions
        )
