"""Ready-made key maps: presets for fingers that learnt another program, and letters of other keyboard layouts.

A preset says only in what it differs from the default map; ``effective`` makes the whole of it, and the tests hold
every one against every screen.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from supporttui.tui import keymap

PRESET, LAYOUT = "preset", "layout"
RESERVED = frozenset({PRESET, LAYOUT})
"""Keys of the table ``[keys]`` that are no action."""
DEFAULT = "default"

PRESETS: Mapping[str, Mapping[str, str]] = {
    DEFAULT: {},
    # lazygit: z takes back, < > , . move, R reads again.
    "lazygit": {
        "app.undo": "z", "app.refresh": "R,f5", "calendar.zone": "w",
        "ticket.snooze": "Z", "ticket.reopen": "O",
        "list.top": "less_than_sign,g,home", "list.bottom": "greater_than_sign,G,end",
        "list.page_down": "full_stop,pagedown", "list.page_up": "comma,pageup",
        "text.top": "less_than_sign,g,home", "text.bottom": "greater_than_sign,G,end",
    },
    # k9s: d describes, c copies, ^f and ^u page; notes move to n.
    "k9s": {
        "list.open": "enter,d", "ticket.copy": "c", "ticket.note": "n", "ticket.new": "N", "ticket.resolve": "ctrl+k",
        "list.page_down": "ctrl+f,pagedown", "text.page_down": "ctrl+f,pagedown",
        "app.quit": "ctrl+q,ctrl+w",
    },
    # mutt: t tags, l limits, o orders, z and Z page, = and * are the ends.
    "mutt": {
        "list.mark": "t,space", "ticket.take": "b", "list.filter": "l,slash", "list.next_view": "right,ctrl+pagedown",
        "list.sort": "o", "list.page_down": "z,pagedown", "list.page_up": "Z,pageup",
        "list.top": "equals_sign,home", "list.bottom": "asterisk,end",
        "calendar.zone": "Z", "ticket.snooze": "S",
    },
    # No letter moves anything: arrows, Home, End and the page keys alone.
    "arrows": {
        "list.down": "down", "list.up": "up", "list.top": "home", "list.bottom": "end",
        "list.half_down": "ctrl+down", "list.half_up": "ctrl+up",
        "list.next_view": "right,ctrl+pagedown", "list.previous_view": "left,ctrl+pageup",
        "text.down": "down", "text.up": "up", "text.top": "home", "text.bottom": "end",
        "text.half_down": "ctrl+down", "text.half_up": "ctrl+up",
        "ticket.previous": "left", "ticket.next": "right",
        "calendar.previous": "left", "calendar.next": "right",
        "calendar.next_rota": "down", "calendar.previous_rota": "up",
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
    names = keymap.split(keys)
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
