"""What was typed after a verb → what is run with it, and the screen on which it was typed."""

from collections.abc import Sequence
from typing import Any

from supporttui import arguments
from supporttui.domain.spans import Instant
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.commands import Command
from supporttui.tui.doing import Doing
from supporttui.usecases.views import Choice


def values(screen: BaseScreen, command: Command, steps: Sequence[Choice] = ()) -> dict[str, Any]:
    """What the use case takes; what was not typed is left to its defaults. Raises as ``arguments.value`` does."""
    reading = arguments.Reading(screen.words, screen.now, steps=steps)
    typed = ((arg, command.texts.get(arg.name)) for arg in command.action.args)
    return {arg.name: arguments.value(arg, text, reading) for arg, text in typed if text}


def moment(screen: BaseScreen, command: Command) -> Instant:
    """The one that was typed, else now."""
    at: Instant = values(screen, command).get("at", screen.now)
    return at


def asker(screen: BaseScreen) -> Doing:
    """Every screen that takes commands can ask."""
    assert isinstance(screen, Doing)
    return screen
