"""The ``/`` line: the list follows while it is typed, and what is wrong stands under the word that is wrong."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Input

from supporttui.domain import filter as filters
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names
from supporttui.domain.filter.completion import filled
from supporttui.domain.marking import mark
from supporttui.domain.text import safe_text
from supporttui.i18n import fault_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.queue.paging import MOST_COUNTED
from supporttui.tui.windows.prompt import LinePrompt

DEBOUNCE_SECONDS = 0.15
SHOWN = 12
"""Candidates named at once, as far as they fit."""


class FilterPrompt(LinePrompt):
    """A filter, tried when the typing pauses; Tab completes fields and values."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", mark("Complete"), priority=True)]

    def __init__(
        self, words: Words, value: str, *, try_it: Callable[[str], None], names: Callable[[], Names], total: int
    ) -> None:
        """``try_it`` shows what fits, or raises ``BadInput`` with the place of the wrong word."""
        hint = words.t("such as is:breached team:network -state:new word; Tab completes")
        super().__init__("/", value=value, hint=hint, typed=self._typed_later)
        self._try_it = try_it
        self._names = names
        self._timer: Timer | None = None
        self._total = total

    def count(self, total: int) -> None:
        """So many tickets fit now."""
        self._total = total
        if self.is_mounted and not self._wrong:
            self._tell()

    def submitted(self, text: str) -> None:
        """Enter: it must be readable, or the prompt stays and says what is not."""
        if self._timer is not None:
            self._timer.stop()
        if self._tried(text):
            self.answer(text)

    def action_complete(self) -> None:
        """As far as all candidates agree."""
        field = self.query_one(Input)
        found = filters.complete(field.value, field.cursor_position, self._names())
        text = filled(field.value, found)
        if text != field.value:
            behind = len(field.value) - found.end
            field.value = text
            field.cursor_position = len(text) - behind
        self._tell()

    _wrong = False

    def _typed_later(self, text: str) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._tell()
        self._timer = self.set_timer(DEBOUNCE_SECONDS, lambda: self._tried(text, typing=True))

    def _tried(self, text: str, *, typing: bool = False) -> bool:
        """Whether it can be read; what is wrong is told under its word, unless the word is only begun."""
        try:
            self._try_it(text)
        except BadInput as fault:
            self._wrong = True
            at, length = int(fault.params.get("at", 0)), int(fault.params.get("length", 1))
            if not (typing and at + length >= self.query_one(Input).cursor_position and self._found):
                self.complain(fault_labels.fault(self.words, fault), at=at, length=length)
        else:
            self._wrong = False
            self._tell()
        return not self._wrong

    @property
    def _found(self) -> tuple[str, ...]:
        """What may stand at the cursor, once something is typed there."""
        field = self.query_one(Input)
        if not field.value[: field.cursor_position].strip():
            return ()
        return filters.complete(field.value, field.cursor_position, self._names()).candidates

    def _tell(self) -> None:
        """How many fit; what may stand at the cursor, or else an example."""
        more = "  ".join(safe_text(one, one_line=True, limit=40) for one in self._found[:SHOWN]) or self._hint
        fits = self.words.n("{n} ticket fits", "{n} tickets fit", self._total)
        if self._total >= MOST_COUNTED:
            fits = self.words.t("at least {n} tickets fit", n=MOST_COUNTED)
        self.tell((("", f" {fits}  "), ("dim", more)))
