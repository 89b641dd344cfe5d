"""The keys of a screen in lines, made from the key map and the registry of actions. No Textual."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from supporttui import actions
from supporttui.actions import Scope
from supporttui.actions.backing import way_back
from supporttui.domain.marking import mark_in
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui import commands, key_names, keymap
from supporttui.tui.custom import CustomCommand, quoted
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run

Line = tuple[Run, ...]

_SCOPES: Mapping[str, tuple[str, str]] = {
    "everywhere": mark_in("help", "Everywhere"),
    "moves": mark_in("help", "Moving"),
    "list": mark_in("help", "Lists"),
    "new": mark_in("help", "New tickets"),
    "queue": mark_in("help", "Queue"),
    "preview": mark_in("help", "Preview"),
    "copy": mark_in("help", "Copying"),
    "ticket": mark_in("help", "Tickets"),
    "text": mark_in("help", "Texts"),
    "one_ticket": mark_in("help", "One ticket"),
    "calendar": mark_in("help", "Calendar"),
    "rota": mark_in("help", "Rota"),
    "handover": mark_in("help", "Handover"),
    "procedure": mark_in("help", "Procedure"),
    "pages": mark_in("help", "Scrolling"),
    "window": mark_in("help", "Windows"),
}
_ORDER = (
    "ticket",
    "queue",
    "copy",
    "preview",
    "one_ticket",
    "rota",
    "handover",
    "procedure",
    "calendar",
    "moves",
    "list",
    "new",
    "text",
    "pages",
    "window",
    "everywhere",
)


def lines(
    words: Words,
    screen: str,
    *,
    changed: Mapping[str, str],
    width: int,
    wanted: str = "",
    own: Sequence[CustomCommand] = (),
) -> tuple[Line, ...]:
    """Every key of a screen with what it does, and below them what is only typed.

    ``wanted`` keeps the entries in which it occurs; ``changed`` are the person's own keys, by id; ``own`` their
    commands.
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
    return (*_own(words, screen, own, keys_width, width, wanted), *shown, *_typed(words, screen, width, wanted))


def whole_map(
    words: Words, *, changed: Mapping[str, str], width: int, wanted: str = "", own: Sequence[CustomCommand] = ()
) -> tuple[Line, ...]:
    """Every key of every screen with the id by which it can be changed, and below it what it does."""
    shown: list[Line] = []
    entries = [(scope, key) for scope in _ORDER for key in keymap.SCOPES[scope]]
    keys_width = max(cell_width(_keys(key, changed)) for _, key in entries) + 2
    for scope, group in groupby(entries, key=lambda entry: entry[0]):
        fitting = [line for _, key in group for line in _with_id(words, key, changed, keys_width, width, wanted)]
        shown += [(("title", f" {words.p(*_SCOPES[scope])}"),), *fitting, ()] if fitting else []
    mine = [line for command in own for line in _of_own(command, keys_width, width, wanted)]
    return (*((("title", f" {words.p('help', 'Your commands')}"),), *mine, ()), *shown) if mine else tuple(shown)


def _with_id(
    words: Words, key: keymap.Key, changed: Mapping[str, str], keys_width: int, width: int, wanted: str
) -> Iterator[Line]:
    keys, label, meaning = _keys(key, changed), words.t(keymap.label(key)), words.t(keymap.meaning(key))
    if wanted.casefold() not in f"{keys} {label} {key.id} {meaning}".casefold():
        return
    name = fit(label, max(10, min(_NAME_CELLS, width - keys_width - _ID_CELLS)))
    yield ("key", f"  {fit(keys, keys_width)}"), ("", name), ("dim", key.id)
    for line in wrap(meaning, max(20, width - keys_width - 3)) if meaning else ():
        yield (("dim", f"{' ' * (keys_width + 2)}{line}"),)


_ID_CELLS = 30
"""Room for the ids, and a space before them."""
_NAME_CELLS = 48
"""In a wide window the ids still stand near the names."""


def as_toml(changed: Mapping[str, str]) -> str:
    """The map as the table ``[keys]`` of the settings."""
    keys = {key.id: changed.get(key.id, key.keys) for scope in _ORDER for key in keymap.SCOPES[scope]}
    return "\n".join(("[keys]", *(f'"{action}" = "{names}"' for action, names in keys.items()), ""))


def _own(
    words: Words, screen: str, own: Sequence[CustomCommand], keys_width: int, width: int, wanted: str
) -> Iterator[Line]:
    """The person's own commands that work on this screen."""
    here = [command for command in own if command.scope in keymap.SCREENS[screen]]
    entries = [line for command in here for line in _of_own(command, keys_width, width, wanted)]
    if entries:
        yield (("title", f" {words.p('help', 'Your commands')}"),)
        yield from entries
        yield ()


def _of_own(command: CustomCommand, keys_width: int, width: int, wanted: str) -> list[Line]:
    keys = " ".join(key_names.shown(name) for name in key_names.split(command.key))
    text = safe_text(f"{command.name}  :{command.word}  ({quoted(command.argv)})", one_line=True)
    if wanted.casefold() not in f"{keys} {text}".casefold():
        return []
    return _lines_of(keys, text, keys_width, width)


def _entry(
    words: Words, key: keymap.Key, changed: Mapping[str, str], keys_width: int, width: int, wanted: str
) -> list[Line]:
    keys = _keys(key, changed)
    action = actions.by_id().get(key.id)
    label = words.t(keymap.label(key))
    text = " ".join(filter(None, (words.t(keymap.meaning(key)) or label, _back(words, action))))
    verb = f" {_WHOLE}:{action.verb.replace(' ', _WHOLE)}" if action is not None and action.verb else ""
    if wanted.casefold() not in f"{keys} {label} {text} {verb.replace(_WHOLE, ' ')}".casefold():
        return []
    return _lines_of(keys, f"{text}{verb}", keys_width, width)


def _typed(words: Words, screen: str, width: int, wanted: str) -> Iterator[Line]:
    """The commands that no key runs, where tickets are meant only on a screen that has some."""
    keyed = {key.id for scope in keymap.SCOPES.values() for key in scope}
    here = [
        action for action in commands.verbs().values()
        if action.id not in keyed and (action.scope is not Scope.ticket or "ticket" in keymap.SCREENS[screen])
    ]  # fmt: skip
    column = max(cell_width(f":{action.verb}") for action in here) + 2
    entries: list[Line] = []
    for action in here:
        text = " ".join(filter(None, (words.t(action.help), way_back(words, action, told_once=True))))
        if wanted.casefold() in f":{action.verb} {words.t(action.label)} {text}".casefold():
            entries += _lines_of(f":{action.verb}", text, column, width)
    if entries:
        yield (("title", f" {words.p('help', 'Only as commands')}"),)
        yield from entries


def _back(words: Words, action: actions.Action | None) -> str:
    return way_back(words, action, told_once=True) if action is not None else ""


_WHOLE = "\N{NO-BREAK SPACE}"
"""Between the words of a command, which no line breaks."""


def _lines_of(keys: str, text: str, keys_width: int, width: int) -> list[Line]:
    """The keys, and beside them what they do, in as many lines as it takes."""
    first, *more = (line.replace(_WHOLE, " ").strip() for line in wrap(text, max(20, width - keys_width - 3)))
    indent = " " * (keys_width + 2)
    return [(("key", f"  {fit(keys, keys_width)}"), ("", first)), *((("", indent + line),) for line in more)]


def _keys(key: keymap.Key, changed: Mapping[str, str]) -> str:
    return " ".join(key_names.shown(name) for name in key_names.split(changed.get(key.id, key.keys)))
