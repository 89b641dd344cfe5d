"""The names of keys: how they are spelt, how people read them, and which do not reach every desk."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from textual.keys import Keys

REJECTED = frozenset(
    {
        "ctrl+a", "ctrl+b", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+space", "ctrl+@", "ctrl+enter",
        "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+backslash", "f10", "f11", "tilde",
        "left_square_bracket", "right_square_bracket", "left_curly_bracket", "right_curly_bracket", "at",
        "backslash", "vertical_line", "number_sign",
    }
)  # fmt: skip
"""Taken by screen, tmux, telnet, mosh, ssh, input methods or terminal menus, the same byte as another key, or
behind AltGr on many keyboards."""


def misspelt(changed: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Ids with names among their new keys that no key has; nothing stands for an id without any key."""
    return tuple(
        (action, name or keys) for action, keys in changed.items() for name in split(keys) or [""] if not _is_key(name)
    )


def _is_key(name: str) -> bool:
    """Whether Textual ever reports a key under this name: letters and digits as they are, signs spelt out."""
    plain = name.removeprefix("ctrl+").removeprefix("shift+").removeprefix("alt+")
    if len(plain) == 1:
        return plain.isalnum()
    if name in _NAMES or plain in _NAMES:
        return True
    return any(_is_sign(spelt) for spelt in _spellings(plain))


def _spellings(name: str) -> Iterator[str]:
    """How Unicode may write a name: ``less_than_sign`` is LESS-THAN SIGN."""
    words = name.split("_")
    yield " ".join(words)
    for place in range(1, len(words)):
        yield " ".join((*words[: place - 1], f"{words[place - 1]}-{words[place]}", *words[place + 1 :]))


def _is_sign(name: str) -> bool:
    try:
        return not unicodedata.lookup(name).isalnum()
    except KeyError:
        return False


def split(keys: str) -> Sequence[str]:
    """The single key names of a comma-separated list."""
    return [name.strip() for name in keys.split(",") if name.strip()]


def shown(key: str) -> str:
    """A key as people write it: ``question_mark`` is ``?``, ``ctrl+r`` is ``^r``."""
    if key.startswith("ctrl+"):
        return f"^{shown(key.removeprefix('ctrl+'))}"
    return _SHOWN.get(key, key)


def first_shown(keys: Iterable[str]) -> str:
    """The key that stands in the footer for several."""
    return shown(next(iter(keys), ""))


def is_rejected(name: str) -> bool:
    """Whether a key must not be used, because it does not reach every desk."""
    return name in REJECTED or name.startswith(("alt+", "ctrl+shift+"))


_NAMES = frozenset({*(key.value for key in Keys), "slash", "backslash", "at", "minus", "plus", "underscore"})
_SHOWN: Mapping[str, str] = {
    "question_mark": "?", "colon": ":", "minus": "-", "slash": "/", "full_stop": ".", "plus": "+", "underscore": "_",
    "less_than_sign": "<", "greater_than_sign": ">", "comma": ",", "equals_sign": "=", "ampersand": "&",
    "semicolon": ";", "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab",
    "asterisk": "*", "exclamation_mark": "!", "dollar_sign": "$", "percent_sign": "%",
    "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "f1": "F1", "f3": "F3", "f4": "F4", "f5": "F5",
    "up": "Up", "down": "Down", "left": "Left", "right": "Right",
}  # fmt: skip
