"""What rests on Textual's private names, in one room; where a name is missing the plain driver is used.

Can be switched off: ``DeskOptions.plain_driver``.
"""

import sys

from textual.driver import Driver


def quiet_driver() -> type[Driver] | None:
    """The quiet driver if this system and this Textual have what it needs, else ``None``."""
    if sys.platform == "win32" or sys.__stdin__ is None or not sys.__stdin__.isatty():
        return None
    from supporttui.tui.driver import quiet  # needs termios

    return quiet.QuietDriver if quiet.fits() else None
