"""The app's colours: the theme it begins in, another one while it runs, and the net under foreign text."""

import os
from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter

from supporttui.domain.faults import BadInput, SupportError
from supporttui.i18n.catalogue import Words
from supporttui.tui import terminal, themes


class Themed(App[int]):
    """Mixed into the app."""

    words: Words

    def say(self, text: str) -> None:
        """Put a text on the message line."""
        raise NotImplementedError

    def refuse(self, fault: SupportError) -> None:
        """Word a fault."""
        raise NotImplementedError

    def begin_theme(self, wished: str) -> None:
        """Before Textual's own constructor: only an ANSI theme that is there by then leaves NO_COLOR without colour."""
        terminal.forget_empty_no_color(os.environ)
        self.set_reactive(App.ansi_theme_dark, themes.DARK)
        self.set_reactive(App.ansi_theme_light, themes.LIGHT)
        theme = _fitting(wished)
        self.set_reactive(App.theme, theme if theme not in OWN else themes.ANSI_DARK)

    def wear(self, wished: str) -> None:
        """Change the colours, or refuse; say which they are, and why they are not those that were asked for."""
        if wished not in themes.names():
            allowed = ", ".join(themes.names())
            self.refuse(BadInput("theme.unknown", theme=wished[:40], allowed=allowed))
            return
        self.end_theme(wished)
        if wished in (self.theme, themes.AUTO):
            self.say(self.words.t("Theme {theme}.", theme=self.theme))
        else:
            told = self.words.t("This terminal has few colours; {theme} is as near as it comes.", theme=self.theme)
            self.say(told)

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
