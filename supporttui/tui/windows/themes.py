"""``:theme`` without a name: which there are."""

from collections.abc import Sequence

from supporttui.tui import themes
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.styles import Run
from supporttui.tui.windows.reader import Reader


class ThemesScreen(Reader):
    """Their names, the one that is worn with a mark."""

    def __init__(self, screen: BaseScreen) -> None:
        """All of them; ``/`` keeps those in whose name it occurs."""
        words, worn = screen.words, screen.app.theme

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            del width
            return [_line(name, worn=name == worn) for name in themes.names() if wanted.casefold() in name.casefold()]

        super().__init__(words.t("Themes (:theme and a name puts one on)"), read)


def _line(name: str, *, worn: bool) -> Sequence[Run]:
    return (("bold", f" * {name}") if worn else ("", f"   {name}"),)
