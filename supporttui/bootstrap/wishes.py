"""What a person wishes of the desk's keys and colours, held against what there is."""

from difflib import get_close_matches

from textual.theme import BUILTIN_THEMES

from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded
from supporttui.tui import keymap

AUTO = "auto"
_NAMED = 4
"""Actions that are named where one is not known."""


def check_wishes(loaded: Loaded) -> None:
    """Raises BadInput (``settings.not_allowed``) for the first wish that cannot be met."""
    settings = loaded.settings
    if settings.theme not in ("", AUTO, *BUILTIN_THEMES):
        raise loaded.not_allowed("theme", found=settings.theme, allowed=", ".join((AUTO, *sorted(BUILTIN_THEMES))))
    for action in keymap.unknown(settings.keys):
        near = get_close_matches(action, keymap.ids(), _NAMED, 0)
        raise loaded.not_allowed("keys", found=action, allowed=", ".join((*near, "…")))
    for action, name in keymap.misspelt(settings.keys):
        raise loaded.not_allowed(f"keys.{action}", found=name, allowed="a, A, f5, ctrl+x, slash, space, …")


def clashes(words: Words, loaded: Loaded) -> tuple[str, ...]:
    """What is wrong with the chosen keys, in words; the desk begins all the same and says so."""
    return tuple(dict.fromkeys(keymap.clash_text(words, clash) for clash in keymap.clashes(loaded.settings.keys)))
