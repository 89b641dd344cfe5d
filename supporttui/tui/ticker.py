"""The one timer: it fires at the full second and gives ``now`` to the app; late ticks are dropped, not queued."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.app import App
from textual.timer import Timer

from supporttui.domain.spans import Instant

if TYPE_CHECKING:  # ports and the types in them are for the type checker alone
    from supporttui.usecases.ports import Clock


class Ticker:
    """Arms itself anew at each tick, so that it neither drifts nor catches up after a suspend."""

    def __init__(
        self,
        app: App[int],
        *,
        clock: Clock,
        to_next_second: Callable[[], float],
        every: int,
        tick: Callable[[Instant], None],
    ) -> None:
        self._app = app
        self._clock = clock
        self._to_next_second = to_next_second
        self._every = every
        self._tick = tick
        self._timer: Timer | None = None

    def start(self) -> None:
        """Begin; with ``every`` 0 nothing ever ticks by itself."""
        if self._every > 0:
            self._arm()

    def stop(self) -> None:
        """No further tick."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _arm(self) -> None:
        self._timer = self._app.set_timer(self._to_next_second() + self._every - 1, self._fire, name="tick")

    def _fire(self) -> None:
        self._arm()
        self._tick(self._clock())
