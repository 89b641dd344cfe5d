"""Ready-made key maps: presets for fingers that learnt another program, and letters of other keyboard layouts.

A preset says only in what it differs from the default map; ``effective`` makes the whole of it, and the tests hold
every one against every screen.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from supporttui.tui import key_names, keymap

PRESET, LAYOUT = "preset", "layout"
RESERVED = frozenset({PRESET, LAYOUT})
"""Keys of the table ``[keys]`` that are no action."""
DEFAULT = "default"

PRESETS: Mapping[str, Mapping[str, str]] = {
    DEFAULT: {},
    # lazygit: z and Z take back and do again, < > , . move, R reads again.
    "lazygit": {
        "app.undo": "z", "app.redo": "Z", "app.refresh": "R,f5", "calendar.zone": "y",
        "calendar.any_zone": "Y",
        "ticket.snooze": "semicolon", "ticket.reopen": "O",
        "list.top": "less_than_sign,g,home", "list.bottom": "greater_than_sign,G,end",
        "list.page_down": "full_stop,pagedown", "list.page_up": "comma,pageup",
        "text.top": "less_than_sign,g,home", "text.bottom": "greater_than_sign,G,end",
    },
    # k9s: d describes, c copies, ^f pages; what stood there moves to n, ^n and ^k.
    "k9s": {
        "list.open": "enter,d", "ticket.copy": "c", "ticket.note": "n", "ticket.new": "ctrl+n",
        "ticket.resolve": "ctrl+k", "list.page_down": "ctrl+f,pagedown", "text.page_down": "ctrl+f,pagedown",
    },
    # mutt: t tags, l limits, o orders, m writes a new one, = and * are the ends; g grabs a ticket.
    "mutt": {
        "list.mark": "t,space", "ticket.take": "g", "ticket.new": "m", "ticket.wait": "n",
        "list.filter": "l,slash", "list.next_view": "right,ctrl+pagedown", "list.sort": "o", "ticket.links": "s",
        "ticket.why": "exclamation_mark",
        "list.top": "equals_sign,home", "list.bottom": "asterisk,end",
        "text.top": "equals_sign,home", "text.bottom": "asterisk,end",
    },
    # No letter moves anything: arrows, Home, End and the page keys alone.
    "arrows": {
        "list.down": "down", "list.up": "up", "list.top": "home", "list.bottom": "end",
        "list.half_down": "ctrl+down", "list.half_up": "ctrl+up",
        "list.next_view": "right,ctrl+pagedown", "list.previous_view": "left,ctrl+pageup",
        "list.scroll_left": "shift+left", "list.scroll_right": "shift+right",
        "preview.down": "shift+down", "preview.up": "shift+up",
        "text.down": "down", "text.up": "up", "text.top": "home", "text.bottom": "end",
        "text.half_down": "ctrl+down", "text.half_up": "ctrl+up",
        "ticket.previous": "left", "ticket.next": "right",
        "window.next": "tab,right", "window.previous": "shift+tab,left", "window.page_up": "backspace",
        "calendar.left": "left", "calendar.right": "right", "calendar.up": "up", "calendar.down": "down",
        "calendar.previous": "ctrl+pageup,less_than_sign", "calendar.next": "ctrl+pagedown,greater_than_sign",
    },
}  # fmt: skip
"""Name → action id → keys."""

LATIN = "abcdefghijklmnopqrstuvwxyz"
LAYOUTS: Mapping[str, str] = {
    "ar": "ش ؤيث لاهتنمةىخحضقسفعرصءغئ",
    "be": "фісвуапршолдьтўзйкыегмцчня",
    "bg": "ьфъаеожгстнвпхдз ияшкэуйщю",
    "bg-phonetic": "абцдефгхийклмнопярстужвьъз",
    "el": "αβψδεφγηιξκλμνοπ ρστθωςχυζ",
    "fa": "شذزیثبلاهتنمپدخحضقسفعرصطغظ",
    "he": "שנבגקכעיןחלךצמםפ רדאוה סטז",
    "hy": "ջզչգբեանկիտհքլըթճսվմւյփդոժ",
    "ka": "აბცდეფგჰიჯკლმნოპქრსტუვწხყზ",
    "kk": "фисвуапршолдьтщзйкыегмцчня",
    "mk": "абцдефгхијклмнопљрстувњџѕз",
    "ru": "фисвуапршолдьтщзйкыегмцчня",
    "sr": "абцдефгхијклмнопљрстувњџзж",
    "uk": "фисвуапршолдьтщзйкіегмцчня",
}
"""Layout → the letter on the key of each of ``LATIN``, as xkeyboard-config has it; a space where it is no letter.

Capitals follow from the letters where the script has any. Shift gives Latin capitals in Hebrew and signs in Arabic
and Georgian: there a capital needs the Latin layout, or the command line.
"""


def effective(wished: Mapping[str, str]) -> Mapping[str, str]:
    """The table ``[keys]`` → action id → keys, wherever that differs from the default map.

    The person's own keys go over those of the preset; a layout adds its letter to every letter.
    """
    own = {action: keys for action, keys in wished.items() if action not in RESERVED}
    changed = {**PRESETS.get(wished.get(PRESET, DEFAULT), {}), **own}
    layout = wished.get(LAYOUT, "")
    if layout not in LAYOUTS:
        return changed
    defaults = {key.id: key.keys for scope in keymap.SCOPES.values() for key in scope}
    return {action: with_letters(keys, layout) for action, keys in {**defaults, **changed}.items()}


def with_letters(keys: str, layout: str) -> str:
    """Keys with the letters that another layout has in their places behind them."""
    names = key_names.split(keys)
    return ",".join(dict.fromkeys((*names, *_letters(names, LAYOUTS.get(layout, "")))))


def _letters(names: Sequence[str], layout: str) -> Iterator[str]:
    places = dict(zip(LATIN, layout, strict=False))
    for name in names:
        letter = places.get(name.lower(), " ") if len(name) == 1 else " "
        if letter == " ":
            continue
        if name.islower():
            yield letter
        elif "SMALL LETTER" in unicodedata.name(letter):
            yield letter.upper()
