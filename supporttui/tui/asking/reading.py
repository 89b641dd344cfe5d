"""What is on screen, in the person's own pager."""

from supporttui.domain.faults import SupportError
from supporttui.tui import editing
from supporttui.tui.asking.asker import Asker


def in_pager(screen: Asker, text: str) -> None:
    """Give the terminal to the pager until it ends."""
    try:
        editing.read(screen.app, screen.frame.parts.programs, text)
    except SupportError as fault:
        screen.frame.refuse(fault)
