"""The part of the app that calls the person at the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from supporttui.tui.alerts import Alerts
    from supporttui.tui.counting import Counting
    from supporttui.tui.frame import Frame
    from supporttui.tui.parts import AppParts


class Alerting:
    """Asks what presses with the first line's figures; nothing where nothing is to call."""

    parts: AppParts
    _driver: Any
    _alerts: Alerts | None = None

    def alerting(self) -> Sequence[Counting]:
        """What is read for it beside the first line."""
        options = self.parts.options
        if not options.notify.terminal or options.as_of is not None:
            return ()
        if self._alerts is None:
            from supporttui.tui.alerts import Alerts  # not on the way to the first frame

            self._alerts = Alerts(cast("Frame", self), self._send)
        return (self._alerts.counting,)

    def end_alerting(self) -> None:
        """Give the title back."""
        if self._alerts is not None:
            self._alerts.end()

    def _send(self, text: str) -> None:
        if self._driver is not None:
            self._driver.write(text)
