"""What a change of the rota would do, in a window before it is made: Enter does it, Escape does not."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual.events import Resize

from supporttui.domain.faults import SupportError
from supporttui.tui.asking.asker import Asker
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.windows.titled import TextWindow
from supporttui.usecases.ports import Transaction

T = TypeVar("T")
GROUP = "rota preview"


class Foreseen(TextWindow):
    """Lines under a title, to agree to."""

    NAME = "preview"

    def __init__(self, title: str, told: Sequence[str]) -> None:
        super().__init__(title)
        self._told = tuple(told)

    def hint(self) -> str:
        """How to agree, scroll and leave."""
        key = self.shown_key
        # Translators: the keys under a window; at most 78 cells, the keys as short as "Enter".
        return self.words.t(
            "{take} does it   {down} {up} scroll   {leave} changes nothing",
            take=key("window.take"), down=key("text.down"), up=key("text.up"), leave=key("window.leave"),
        )  # fmt: skip

    def on_resize(self, event: Resize) -> None:
        """Sentences break by the width, later lines indented."""
        width = max(10, event.size.width - 5)
        lines = [
            (("", f"{'   ' if number else ' '}{part}"),)
            for text in self._told
            for number, part in enumerate(wrap(text, width))
        ]
        self.text_block.show(lines, from_top=True)

    def action_window_take(self) -> None:
        """It is meant."""
        self.answer("yes")


def preview(
    screen: Asker,
    title: str,
    foresee: Callable[[Transaction], T],
    tell: Callable[[T], Sequence[str]],
    go: Callable[[], None],
    *,
    refused: Callable[[SupportError], None] | None = None,
) -> None:
    """Show what would come of something, and do it only then; ``refused`` hears what stands against it."""

    def known(found: T) -> None:
        screen.app.push_screen(Foreseen(title, tell(found)), lambda answer: go() if answer is not None else None)

    def faulty(fault: SupportError) -> None:
        screen.frame.forget_keys()
        (refused or screen.frame.refuse)(fault)

    screen.frame.hold_keys()
    screen.desk.ask(foresee, then=known, refused=faulty, group=GROUP)
