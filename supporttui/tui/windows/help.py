"""``?``: every key of the screen it was pressed on, made from the key map and the registry."""

from collections.abc import Sequence

from supporttui.i18n import times
from supporttui.tui import help as keys
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.styles import Run
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.reader import Reader


class HelpScreen(Reader):
    """The keys of a screen."""

    def __init__(self, screen: BaseScreen) -> None:
        """The keys of ``screen``, with the person's own ones."""
        words, changed = screen.words, screen.frame.parts.options.keys

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return keys.lines(words, screen.NAME, changed=changed, width=width, wanted=wanted)

        super().__init__(words.t("Keys of this screen"), read)


class MessagesScreen(Reader):
    """What the message line said, newest first."""

    def __init__(self, screen: BaseScreen) -> None:
        """The history that the app keeps."""
        words, frame = screen.words, screen.frame

        def read(_width: int, wanted: str) -> Sequence[Sequence[Run]]:
            shown = [
                message for message in reversed(frame.messages.history) if wanted.casefold() in message.text.casefold()
            ]
            return [
                (
                    ("dim", f" {times.clock(message.at, words.zone)}  "),
                    ("warning" if message.severity is not Severity.info else "", message.text),
                )
                for message in shown
            ] or [(("dim", f" {words.t('Nothing was said yet.')}"),)]

        super().__init__(words.t("Messages"), read)
