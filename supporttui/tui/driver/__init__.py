"""What rests on Textual's private names, in one room; where a name is missing the plain driver is used.

Can be switched off: ``DeskOptions.plain_driver``.
"""

import sys
from typing import Any

from textual.driver import Driver
from textual.screen import Screen


def begin_frames(screen: Screen[Any]) -> None:
    """Start the clock of a screen's frames before there is anything to paint.

    Textual starts it with the first change, which then waits for a whole frame; here that is the first key's effect.
    """
    timer = getattr(screen, "_update_timer", None)
    if timer is not None:
        timer.resume()  # it pauses itself after one frame


def quiet_driver() -> type[Driver] | None:
    """The quiet driver if this system and this Textual have what it needs, else ``None``."""
    if sys.platform == "win32" or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return None
    from supporttui.tui.driver import quiet  # needs termios

    return quiet.QuietDriver if quiet.fits() else None
