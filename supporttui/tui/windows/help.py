"""``?``: every key of the screen it was pressed on, made from the key map and the registry."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from supporttui.domain.marking import mark
from supporttui.i18n import times
from supporttui.tui import help as keys
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.tui.widgets.message_line import Message, Severity
from supporttui.tui.windows.reader import Reader


class HelpScreen(Reader):
    """The keys of a screen."""

    def __init__(self, screen: BaseScreen) -> None:
        """The keys of ``screen``, with the person's own ones."""
        words, options = screen.words, screen.frame.parts.options

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return keys.lines(
                words, screen.NAME, changed=options.keys, width=width, wanted=wanted, own=options.commands
            )

        super().__init__(words.t("Keys of this screen"), read)


class KeysScreen(Reader):
    """The whole map, ready to be copied into the settings."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("y", "copy_map", mark("Copy"))]

    def __init__(self, screen: BaseScreen) -> None:
        """The keys of every screen, as they are in force."""
        words, options = screen.words, screen.frame.parts.options

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return keys.whole_map(words, changed=options.keys, width=width, wanted=wanted, own=options.commands)

        super().__init__(words.t("Every key (y copies them for the settings)"), read)

    def action_copy_map(self) -> None:
        """The table ``[keys]`` with all of them."""
        self.frame.copy(keys.as_toml(self.frame.parts.options.keys), self.words.t("the key map"))


class MessagesScreen(Reader):
    """What the message line said, newest first."""

    def __init__(self, screen: BaseScreen) -> None:
        """The history that the app keeps."""
        words, frame = screen.words, screen.frame

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            said = frame.messages.history
            if not said:
                return [(("dim", f" {words.t('Nothing was said yet.')}"),)]
            fitting = (message for message in reversed(said) if wanted.casefold() in message.text.casefold())
            return [line for message in fitting for line in _told(message, words.zone, width)]

        super().__init__(words.t("Messages"), read)


def _told(message: Message, zone: str, width: int) -> Iterator[tuple[Run, ...]]:
    """When and what, in as many lines as it takes: here the message line can be read to its end."""
    head = f" {times.clock(message.at, zone)}  "
    style = "warning" if message.severity is not Severity.info else ""
    for number, text in enumerate(wrap(message.text, max(10, width - len(head)))):
        yield ("dim", head if number == 0 else " " * len(head)), (style, text)
