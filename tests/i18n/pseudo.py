"""Languages nobody speaks, to see what a screen does with them: ``words("en_XA", "Europe/Berlin")``.

``en_XA``: accents, 40 % longer, in brackets; shows what was never translated and what is cut off.
``en_XW``: letters of full width; shows where characters were counted instead of cells.

Both know only the texts of the template, as a translator does: what extraction misses stays in plain letters.
"""

import re
from functools import cache
from gettext import NullTranslations
from pathlib import Path

from babel.messages.pofile import read_po

from supporttui.i18n.catalogue import Words

KINDS = ("en_XA", "en_XW")
TEMPLATE = Path(__file__).parents[2] / "locales" / "supporttui.pot"
_KEPT = re.compile(r"(\{[^}]*\}|%\(\w+\)\w)")
_ACCENTS = str.maketrans("aceinouyACEINOUYszdgl", "àçéîñöûýÀÇÉÎÑÖÛÝšžđğł")
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


def words(kind: str, zone: str = "UTC") -> Words:
    """The words of a pseudo-language; placeholders stay as they are."""
    return Words(kind, zone, "en_001", _Pseudo(kind))


class _Pseudo(NullTranslations):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self._turn = {"en_XA": _longer, "en_XW": _wider}[kind]

    def gettext(self, message: str) -> str:
        return self._turned(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._turned(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        # A unit of one letter stays one: no language spells a countdown out.
        return message if context == "unit" else self._turned(message, context)

    def _turned(self, message: str, context: str | None = None) -> str:
        return self._turn(message) if (context, message) in _template() else message


@cache
def _template() -> frozenset[tuple[str | None, str]]:
    """Every text that translators are given, each form of a plural by itself, with its context."""
    with TEMPLATE.open("rb") as file:
        catalog = read_po(file)
    return frozenset(
        (message.context, text)
        for message in catalog
        for text in (message.id if isinstance(message.id, list | tuple) else (message.id,))
    )


def _longer(text: str) -> str:
    padding = "~" * max(1, round(len(_KEPT.sub("", text)) * 0.4)) if text.strip(" ,") else ""
    return f"[{_apart(text, _ACCENTS)}{padding}]" if padding else text


def _wider(text: str) -> str:
    return _apart(text, _WIDE) if text.strip(" ,") else text


def _apart(text: str, table: "dict[int, int] | dict[int, str]") -> str:
    pieces = _KEPT.split(text)
    return "".join(piece if index % 2 else piece.translate(table) for index, piece in enumerate(pieces))
