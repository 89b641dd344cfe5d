"""The message line: what happened last, never over the list; and its history.

It is one line. Only a refusal that does not fit takes more: whoever is refused something has to read why.
"""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from textual.strip import Strip

from supporttui.domain.spans import Instant
from supporttui.i18n.cells import cell_width
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run, cut_to, strip_of
from supporttui.tui.widgets.line import Line

KEPT = 200


class Severity(StrEnum):
    """How loud a message is."""

    info = "info"
    warning = "warning"
    error = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """Something that was said to the person, already in words and safe to show."""

    at: Instant
    text: str
    severity: Severity = Severity.info
    times: int = 1
    """So often in a row; ``at`` is the last time."""
    first: Instant | None = None
    """When it was said before all repeats; ``None``: there are none."""
    standing: str = ""
    """What holds until it is over, whatever key is pressed; told again, it may say another number."""

    def repeats(self, other: "Message") -> bool:
        """Whether it says nothing else than the other one."""
        if self.standing or other.standing:
            return self.standing == other.standing
        return (self.text, self.severity) == (other.text, other.severity)


class Messages:
    """The last messages, newest last; the first of them is what the line shows until it is answered."""

    def __init__(self) -> None:
        self._kept: deque[Message] = deque(maxlen=KEPT)
        self._shown = False
        self._held: Message | None = None
        self._asked: Message | None = None
        self._answers: Mapping[str, Callable[[], None]] = {}

    def ask(self, message: Message, answers: Mapping[str, Callable[[], None]]) -> None:
        """Say something that a key may answer while the line shows it."""
        self._asked, self._answers = self.add(message), answers

    def answer(self, key: str, *, shown: Message | None) -> Callable[[], None] | None:
        """What a key does that answers what the line shows; asked once."""
        asked, self._asked = self._asked, None
        return self._answers.get(key) if asked is not None and shown is asked else None

    def add(self, message: Message) -> Message:
        """Say something; what was said last, said again, is kept once. Gives what is kept."""
        if self._kept and message.repeats(self._kept[-1]):
            before = self._kept.pop()
            first = before.at if before.first is None else before.first
            message = replace(message, times=before.times + 1, first=first)
        self._kept.append(message)
        self._shown = True
        return message

    def clear(self) -> None:
        """The line is empty again; the history stays, and what holds on comes back."""
        self._shown = False

    def hold(self, message: Message) -> None:
        """Say what holds until ``let_go``, and comes back whenever nothing else is said."""
        self._held = self.add(message)

    def let_go(self) -> bool:
        """It is over. Gives whether the line shows something else now."""
        if self._held is None:
            return False
        was_seen = self.current is self._held
        self._held, self._shown = None, self._shown and not was_seen
        return was_seen

    @property
    def current(self) -> Message | None:
        """What the line shows."""
        return self._kept[-1] if self._shown else self._held

    @property
    def history(self) -> Sequence[Message]:
        """Oldest first, at most ``KEPT`` that differ from their neighbours."""
        return tuple(self._kept)


GLYPHS = {Severity.info: " ", Severity.warning: "!", Severity.error: "X"}
_STYLES = {Severity.info: "", Severity.warning: "warning", Severity.error: "bold"}


def message_lines(message: Message | None, width: int, most: int = 1) -> tuple[tuple[Run, ...], ...]:
    """A glyph for how loud, then the text; what is loud may take several lines."""
    if message is None:
        return ((),)
    style, text = _STYLES[message.severity], message.text
    pieces = (text,) if message.severity is Severity.info else _wrapped(text, width)
    if len(pieces) > most:  # the last line has the rest, and a mark where it is cut
        pieces = (*pieces[: most - 1], " ".join(pieces[most - 1 :]))
    glyphs = (GLYPHS[message.severity], *" " * len(pieces))
    return tuple(((style, f"{glyph}{piece}"),) for glyph, piece in zip(glyphs, pieces, strict=False))


def _wrapped(text: str, width: int) -> tuple[str, ...]:
    """Broken only where it does not fit; a line that is broken ends before the edge, where it would look cut."""
    return (text,) if cell_width(text) < width else wrap(text, max(1, width - 2))


class MessageLine(Line):
    """Docked above the footer."""

    DEFAULT_CSS = "MessageLine { dock: bottom; height: 1; margin-bottom: 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._below: tuple[tuple[Run, ...], ...] = ()
        """The second line and those after it."""

    def say(self, message: Message | None) -> None:
        """Show a message, or nothing."""
        size = self.app.size
        first, *below = message_lines(message, size.width, max(1, size.height // _PART))
        self.show(first)
        if self._below != tuple(below):
            self._below = tuple(below)
            self.styles.height = 1 + len(below)
            self.refresh()

    @property
    def text(self) -> str:
        """All of it, without its styles."""
        below = ("".join(text for _, text in line).strip() for line in self._below)
        return " ".join((super().text, *below))

    def render_line(self, y: int) -> Strip:
        """The first line, or one of those below it."""
        if 0 < y <= len(self._below):
            return strip_of(cut_to(self._below[y - 1], self.size.width)).adjust_cell_length(self.size.width)
        return super().render_line(y)


_PART = 3
"""A refusal takes at most a third of the screen."""
