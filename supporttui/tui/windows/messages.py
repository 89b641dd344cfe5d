"""``:messages``: what the message line said, to its end."""

from collections.abc import Iterator, Mapping, Sequence

from supporttui.domain.marking import mark_in
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui import key_names, keymap
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.tui.widgets.message_line import GLYPHS, Message, Severity
from supporttui.tui.windows.reader import Reader

# Translators: how loud a message is; at most 9 cells each.
SEVERITIES: Mapping[Severity, tuple[str, str]] = {
    Severity.info: mark_in("severity", "told"),
    Severity.warning: mark_in("severity", "warning"),
    Severity.error: mark_in("severity", "error"),
}


class MessagesScreen(Reader):
    """Newest first; what is typed after ``/`` keeps those in which it occurs."""

    NAME = "copying reader"

    def __init__(self, screen: BaseScreen) -> None:
        """The history that the app keeps."""
        words, frame = screen.words, screen.frame

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            if not frame.messages.history:
                return [(("dim", f" {words.t('Nothing was said yet.')}"),)]
            return [line for message in self._fitting(wanted) for line in _told(words, message, width)]

        copy = key_names.first_shown(keymap.keys_for("window.copy", frame.parts.options.keys))
        super().__init__(words.t("Messages ({copy} copies them)", copy=copy), read)

    def _fitting(self, wanted: str) -> Iterator[Message]:
        for message in reversed(self.frame.messages.history):
            if wanted.casefold() in f"{word_of(self.words, message.severity)} {message.text}".casefold():
                yield message

    def action_window_copy(self) -> None:
        """What is shown, one message a line."""
        words = self.words
        told = [
            f"{times.stamp(message.at, words.zone)}  {word_of(words, message.severity)}  {text_of(words, message)}"
            for message in self._fitting(self.wanted)
        ]
        self.dismiss(None)  # what is said of it stands in the message line below
        if told:
            self.frame.copy("\n".join(told), words.n("{n} message", "{n} messages", len(told)))


def word_of(words: Words, severity: Severity) -> str:
    """How loud, in a word."""
    return words.p(*SEVERITIES[severity])


def text_of(words: Words, message: Message) -> str:
    """What was said, and how often in a row."""
    if message.first is None:
        return message.text
    since = times.clock(message.first, words.zone)
    told = words.n("({n} time since {time})", "({n} times since {time})", message.times, time=since)
    return f"{message.text}  {told}"


def _told(words: Words, message: Message, width: int) -> Iterator[tuple[Run, ...]]:
    """When, how loud, and what, in as many lines as it takes."""
    column = max(cell_width(word_of(words, one)) for one in Severity)
    loud = f"{GLYPHS[message.severity]} {fit(word_of(words, message.severity), column)}"
    head = f" {times.clock(message.at, words.zone)}  {loud}  "
    style = "warning" if message.severity is not Severity.info else ""
    for number, text in enumerate(wrap(text_of(words, message), max(10, width - cell_width(head) - 1))):
        yield ("dim", head if number == 0 else " " * cell_width(head)), (style, text)
