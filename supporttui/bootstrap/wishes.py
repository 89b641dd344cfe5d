"""What a person wishes of the desk's keys, colours and own commands, held against what there is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from supporttui import actions
from supporttui.domain.faults import BadInput
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded, checking, fill
from supporttui.tui import custom, key_choices, key_names, keymap, themes
from supporttui.tui.calling import NotifyOptions
from supporttui.tui.custom import CustomCommand

_NAMED = 4
"""Actions that are named where one is not known."""


def check_wishes(loaded: Loaded) -> None:
    """Raises BadInput (``settings.…``) for the first wish that cannot be met."""
    for fault in wish_faults(loaded):
        raise fault


def wish_faults(loaded: Loaded) -> Iterator[BadInput]:
    """Every wish that cannot be met."""
    theme = loaded.settings.theme
    if theme and theme not in themes.names():
        yield _not_allowed(loaded, "theme", theme, themes.names())
    yield from _key_faults(loaded)
    yield from _command_faults(loaded)


def _key_faults(loaded: Loaded) -> Iterator[BadInput]:
    wished = loaded.settings.keys
    for name, known in ((key_choices.PRESET, key_choices.PRESETS), (key_choices.LAYOUT, key_choices.LAYOUTS)):
        if (found := wished.get(name, "")) and found not in known:
            yield _not_allowed(loaded, f"keys.{name}", found, tuple(known))
    own = {action: keys for action, keys in wished.items() if action not in key_choices.RESERVED}
    for action in keymap.unknown(own):
        near = get_close_matches(action, keymap.ids(), _NAMED, 0)
        yield loaded.fault(f"keys.{action}", "settings.unknown_key", allowed=", ".join((*near, "…")))
    for action, name in key_names.misspelt(own):
        yield loaded.not_allowed(f"keys.{action}", found=name, allowed="a, A, f5, ctrl+x, slash, space, …")


def _not_allowed(loaded: Loaded, key: str, found: str, allowed: Sequence[str]) -> BadInput:
    near = get_close_matches(found, allowed, 1)
    guess = {"suggestion": near[0]} if near else {}
    return loaded.fault(key, "settings.not_allowed", found=found[:40], allowed=", ".join(allowed), **guess)


def notify_of(loaded: Loaded) -> NotifyOptions:
    """How the desk calls; no program where the site forbids those of its people. Raises as ``settings.fill`` does."""
    found = loaded.part(NotifyOptions, "notify")
    return found if loaded.settings.allow_commands else replace(found, hook=())


# --- keys ------------------------------------------------------------------------------------------------


def keys_of(loaded: Loaded) -> Mapping[str, str]:
    """Action id → keys, wherever a preset, a layout or the person's own keys differ from the default map."""
    wished = loaded.settings.keys
    return key_choices.effective(wished) if wished else {}


def clashes(words: Words, loaded: Loaded) -> tuple[str, ...]:
    """What is wrong with the chosen keys, in words; the desk begins all the same and says so."""
    found = keymap.clashes(keys_of(loaded), own=tuple(map(key_of, commands_of(loaded))))
    return tuple(dict.fromkeys(keymap.clash_text(words, clash) for clash in found))


# --- own commands ----------------------------------------------------------------------------------------


def commands_of(loaded: Loaded) -> tuple[CustomCommand, ...]:
    """The person's own commands, none where the site forbids them. Raises as ``check_wishes`` does."""
    settings = loaded.settings
    if not (settings.allow_commands and settings.commands):
        return ()
    layout = settings.keys.get(key_choices.LAYOUT, "")
    made = (_command(loaded, place) for place in range(len(settings.commands)))
    return tuple(custom.with_keys(one, key_choices.with_letters(one.key, layout)) for one in made)


def key_of(command: CustomCommand) -> keymap.OwnKey:
    """Its place in the key map."""
    return keymap.OwnKey(command.id, command.key, command.scope.value)


def _command(loaded: Loaded, place: int) -> CustomCommand:
    table = loaded.settings.commands[place]
    return fill(CustomCommand, table, at=f"commands[{place}]", origins=loaded.origins)


def _command_faults(loaded: Loaded) -> Iterator[BadInput]:
    """What ``fill`` says of each table, and what the program cannot make of its values."""
    taken = [verb for action in actions.ACTIONS if (verb := action.verb)]
    for place, table in enumerate(loaded.settings.commands):
        at = f"commands[{place}]"
        faults = tuple(checking.faults_in(CustomCommand, table, at=at, origins=loaded.origins))
        yield from faults
        wrong = {str(fault.params["key"]).removeprefix(f"{at}.").split("[", 1)[0] for fault in faults}
        if wrong & {"name", "argv"}:
            continue
        command = fill(CustomCommand, {key: value for key, value in table.items() if key not in wrong})
        for flaw in custom.flaws(command, taken=taken):
            yield loaded.fault(f"{at}.{flaw.field}", flaw.code, **flaw.params)
        for _, name in key_names.misspelt({command.id: command.key} if command.key else {}):
            yield loaded.fault(f"{at}.key", "settings.not_allowed", found=name, allowed="ctrl+g, f6, B, …")
        taken.append(command.word)
