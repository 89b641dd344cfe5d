"""The ``/`` line: the list follows while it is typed, and what is wrong stands under the word that is wrong."""

from collections.abc import Callable

from textual.timer import Timer

from supporttui.domain.faults import BadInput
from supporttui.i18n import fault_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.windows.prompt import LinePrompt

DEBOUNCE_SECONDS = 0.15


class FilterPrompt(LinePrompt):
    """A filter, tried when the typing pauses."""

    def __init__(self, words: Words, value: str, try_it: Callable[[str], None]) -> None:
        """``try_it`` shows what fits, or raises ``BadInput`` with the place of the wrong word."""
        hint = words.t("such as is:breached team:network -state:new word")
        super().__init__("/", value=value, hint=hint, typed=self._typed_later)
        self._try_it = try_it
        self._timer: Timer | None = None

    def _typed_later(self, text: str) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(DEBOUNCE_SECONDS, lambda: self._typed_now(text))

    def _typed_now(self, text: str) -> None:
        try:
            self._try_it(text)
        except BadInput as fault:
            at, length = int(fault.params.get("at", 0)), int(fault.params.get("length", 1))
            self.complain(fault_labels.fault(self.words, fault), at=at, length=length)
        else:
            self.complain("")
