"""The app's colours: the theme it begins in, another one while it runs, and the net under foreign text."""

import os
from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter

from supporttui.domain.faults import BadInput
from supporttui.i18n.catalogue import Words
from supporttui.tui import terminal, themes


class Themed(App[int]):
    """Mixed into the app."""

    words: Words

    def begin_theme(self, wished: str) -> None:
        """Before Textual's own constructor: only an ANSI theme that is there by then leaves NO_COLOR without colour."""
        terminal.forget_empty_no_color(os.environ)
        self.set_reactive(App.ansi_theme_dark, themes.DARK)
        self.set_reactive(App.ansi_theme_light, themes.LIGHT)
        theme = _fitting(wished)
        self.set_reactive(App.theme, theme if theme not in OWN else themes.ANSI_DARK)

    def put_on(self, wished: str) -> str:
        """Wear a theme, or what fits this terminal in its place; gives the name of what is worn.

        Raises:
            BadInput: ``theme.unknown``.
        """
        if wished not in themes.names():
            raise BadInput("theme.unknown", theme=wished[:40], allowed=", ".join(themes.names()))
        self.end_theme(wished)
        return self.theme

    def end_theme(self, wished: str) -> None:
        """After the constructor, which knows no themes but Textual's own."""
        for theme in themes.OWN:
            self.register_theme(theme)
        self.theme = _fitting(wished)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, what the theme needs, and below them the net against control characters."""
        return [*super().get_line_filters(), *themes.filter_of(self.theme), _NET]


def _fitting(wished: str) -> str:
    return themes.fitting(wished, os.environ, few=terminal.few_colours(os.environ))


_NET = terminal.NoControls()
OWN = frozenset(theme.name for theme in themes.OWN)
