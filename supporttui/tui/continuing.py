"""What the desk still shows while the database is away: rota, contacts and plan, kept each quarter of an hour."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.app import App

from supporttui import usecases
from supporttui.domain.faults import StoreUnavailable, SupportError
from supporttui.domain.spans import Instant
from supporttui.tui import windows
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.desk import Desk
from supporttui.tui.link import LinkState
from supporttui.tui.parts import AppParts
from supporttui.tui.widgets.message_line import Severity

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.i18n.catalogue import Words
    from supporttui.tui.rota.screen import RotaScreen
    from supporttui.usecases.continuity import Sheet

SECONDS_BETWEEN = 900
SECONDS_BEFORE_FIRST = 10
"""The start has other things to read."""


class Continuing(App[int]):
    """Mixed into the app."""

    parts: AppParts
    desk: Desk
    words: Words
    _kept_at: Instant | None = None

    @property
    def is_away(self) -> bool:
        """Whether the database does not answer."""
        return self.desk.link.state is LinkState.away

    def show_continuity(self) -> None:
        """As it is now, or as it was last."""
        if self.is_away:
            self._show_kept()
            return
        self.desk.ask(
            usecases.continuity.sheet, self.parts.clock(), then=partial(self._show, stale=False), refused=self._not_read
        )

    def show_rota(self) -> None:
        """The rota; where it was never read and cannot be now, what was kept of it."""
        if self.is_away and not self._has_plans():
            self._show_kept()
        else:
            self.show_screen("rota")

    def _has_plans(self) -> bool:
        return self.is_screen_installed("rota") and bool(cast("RotaScreen", self.get_screen("rota")).plans)

    def keep_continuity(self, now: Instant) -> None:
        """Read it once in a while, for when it cannot be read."""
        if not self.parts.options.kept or self.desk.link.state is not LinkState.live:
            return
        if self._kept_at is None:
            self._kept_at = Instant(now - SECONDS_BETWEEN + SECONDS_BEFORE_FIRST)
        if now - self._kept_at >= SECONDS_BETWEEN:
            self._kept_at = now
            self.desk.ask(usecases.continuity.sheet, now, then=self._keep, group="continuity")

    def _keep(self, found: Sheet) -> None:
        if self.parts.options.kept:
            windows.continuity.keep(self.parts.options.kept, found)

    def _show(self, found: Sheet, *, stale: bool) -> None:
        if not stale:
            self._keep(found)
        screen = next((one for one in reversed(self.screen_stack) if isinstance(one, BaseScreen)), None)
        if screen is not None:
            windows.continuity.show(screen, found, stale=stale)

    def _show_kept(self) -> None:
        found = windows.continuity.read(self.parts.options.kept)
        if found is not None:
            self._show(found, stale=True)
            return
        text = self.words.t("Nothing was kept of rota and contacts on this machine.")
        self.say(text, Severity.warning)

    def _not_read(self, fault: SupportError) -> None:
        if isinstance(fault, StoreUnavailable):
            self._show_kept()
        else:
            self.refuse(fault)

    def show_screen(self, name: str) -> None:
        """Go to one of the digit screens."""
        raise NotImplementedError

    def say(self, text: str, severity: Severity = Severity.info) -> None:
        """Put a text on the message line."""
        raise NotImplementedError

    def refuse(self, fault: SupportError) -> None:
        """Word a fault on the message line."""
        raise NotImplementedError
