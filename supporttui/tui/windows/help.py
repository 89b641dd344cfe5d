"""``?``: every key of the screen it was pressed on, made from the key map and the registry."""

from collections.abc import Sequence

from supporttui.tui import help as keys
from supporttui.tui import key_names, keymap
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.styles import Run
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

    NAME = "copying reader"

    def __init__(self, screen: BaseScreen) -> None:
        """The keys of every screen, as they are in force."""
        words, options = screen.words, screen.frame.parts.options

        def read(width: int, wanted: str) -> Sequence[Sequence[Run]]:
            return keys.whole_map(words, changed=options.keys, width=width, wanted=wanted, own=options.commands)

        copy = key_names.first_shown(keymap.keys_for("window.copy", options.keys))
        super().__init__(words.t("Every key ({copy} copies them for the settings)", copy=copy), read)

    def action_window_copy(self) -> None:
        """The table ``[keys]`` with all of them."""
        self.dismiss(None)  # what is said of it stands in the message line below
        self.frame.copy(keys.as_toml(self.frame.parts.options.keys), self.words.t("the key map"))
