"""The keys of a screen in lines, made from the key map and the registry of actions. No Textual."""

from collections.abc import Mapping

from supporttui import actions
from supporttui.domain.marking import mark_in
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui import keymap
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run

Line = tuple[Run, ...]

_SCOPES: Mapping[str, tuple[str, str]] = {
    "everywhere": mark_in("help", "Everywhere"),
    "list": mark_in("help", "Lists"),
    "queue": mark_in("help", "Queue"),
    "preview": mark_in("help", "Preview"),
    "copy": mark_in("help", "Copying"),
    "ticket": mark_in("help", "Tickets"),
    "text": mark_in("help", "Texts"),
    "one_ticket": mark_in("help", "One ticket"),
    "calendar": mark_in("help", "Calendar"),
    "pages": mark_in("help", "Scrolling"),
}
_ORDER = ("ticket", "queue", "copy", "preview", "one_ticket", "calendar", "list", "text", "pages", "everywhere")


def lines(words: Words, screen: str, *, changed: Mapping[str, str], width: int, wanted: str = "") -> tuple[Line, ...]:
    """Every key of a screen with what it does; ``wanted`` keeps the entries in which it occurs.

    ``changed`` are the person's own keys, by id.
    """
    shown: list[Line] = []
    scopes = [scope for scope in _ORDER if scope in keymap.SCREENS[screen]]
    keys_width = max(cell_width(_keys(key, changed)) for scope in scopes for key in keymap.SCOPES[scope]) + 2
    for scope in scopes:
        entries = [
            line for key in keymap.SCOPES[scope] for line in _entry(words, key, changed, keys_width, width, wanted)
        ]
        if entries:
            shown += [(("title", f" {words.p(*_SCOPES[scope])}"),), *entries, ()]
    return tuple(shown)


def _entry(
    words: Words, key: keymap.Key, changed: Mapping[str, str], keys_width: int, width: int, wanted: str
) -> list[Line]:
    keys = _keys(key, changed)
    action = actions.by_id().get(key.id)
    label = words.t(keymap.label(key))
    text = words.t(action.help) if action is not None else label
    verb = f"  :{action.verb}" if action is not None and action.verb else ""
    if wanted.casefold() not in f"{keys} {label} {text} {verb}".casefold():
        return []
    first, *more = wrap(f"{text}{verb}", max(20, width - keys_width - 3))
    indent = " " * (keys_width + 2)
    return [(("key", f"  {fit(keys, keys_width)}"), ("", first)), *((("", indent + line),) for line in more)]


def _keys(key: keymap.Key, changed: Mapping[str, str]) -> str:
    return " ".join(keymap.shown(name) for name in keymap.split(changed.get(key.id, key.keys)))
