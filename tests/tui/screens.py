"""What stories ask of a screen above the queue: its lines by their id, and commands typed after ``:``."""

from collections.abc import Iterator

from supporttui.tui import key_names, keymap
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.lines import Lines
from tests.tui.driver import Driven


def line(desk: Driven, name: str) -> str:
    """One line of the screen on top."""
    found = desk.app.screen.query_one(f"#{name}")
    assert isinstance(found, (Line, Lines))
    return found.text


def block(desk: Driven, name: str) -> str:
    """A block of the screen on top, with what is scrolled out of view."""
    return desk.app.screen.query_one(f"#{name}", Lines).text


def message(desk: Driven) -> str:
    """The message line, on whatever screen."""
    shown = desk.app.message
    return shown.text if shown is not None else ""


async def command(desk: Driven, text: str) -> Driven:
    """Type a command and run it."""
    await desk.press("colon")
    await desk.type(text)
    return await desk.press("enter")


LEAVING = frozenset({"ctrl+z", "ctrl+q"})
"""One suspends the process, the other ends it: pressed in tests of the terminal and of the app."""


def every_key(screen: str) -> Iterator[str]:
    """Each key of a screen but those that leave the program from wherever they are pressed."""
    for key in keymap.keys_of(screen):
        yield from (name for name in key_names.split(key.keys) if name not in LEAVING)
