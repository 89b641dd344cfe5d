"""Text that came from somewhere: what may be stored, what may be shown, and the form it is searched in.

What came is stored as it is; what leaves for a screen, a notice, a log or a shell goes through ``safe_text``.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NewType

SafeText = NewType("SafeText", str)
"""Holds nothing that a terminal obeys, reorders or hides."""

MARKS_A_BASE = 4
"""Combining marks kept on one base; Vietnamese and pointed Hebrew need three."""
LINE_LIMIT = 2_000
TEXT_LIMIT = 100_000
_CUT = "..."

_CALM = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u3000-\u3029"
    "\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]*"
)
"""Characters that need no look at their neighbours: nearly every text is made of them only."""

_LAYOUT_HINTS = frozenset("\u00ad\u200b\u2060\ufeff")
"""Invisible and without meaning in a cell: soft hyphen, zero-width space, word joiner, byte order mark."""
_JOINERS = frozenset("\u200c\u200d")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
"""Not format characters by category, yet they show nothing."""
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that show a sign of their own."""

_SELECTOR = re.compile("[\ufe00-\ufe0f\u180b-\u180f\U000e0100-\U000e01ef]")


def storable(text: str) -> str:
    """The text as both databases can hold it: U+0000 and lone surrogates become U+FFFD."""
    return re.sub("[\0\ud800-\udfff]", "\ufffd", text)


def safe_text(text: str, *, one_line: bool, limit: int | None = None) -> SafeText:
    r"""The text with everything a terminal would obey, reorder or hide made visible.

    C0 and DEL become control pictures; C1, bidi controls, tags, stray variation selectors, line and
    paragraph separators, noncharacters and lone surrogates their escape (``\u202e``). Layout hints go;
    combining marks beyond ``MARKS_A_BASE`` go, one without a base gets a dotted circle. A line end is a
    space with ``one_line``, else ``\n``; a tab one space or four. At most ``limit`` characters are left,
    the last three then being ``...``. Cleaning twice changes nothing.

    >>> safe_text("disk\x1b[31m full\r\nnow", one_line=True)
    'disk␛[31m full now'
    """
    most = limit if limit is not None else (LINE_LIMIT if one_line else TEXT_LIMIT)
    if len(text) <= most and _CALM.fullmatch(text):
        return SafeText(text)
    # Little more is looked at than can be shown, so a text of a gigabyte costs no more than a screen of it.
    lines = re.sub("\r\n|\n", " " if one_line else "\n", text[: most * 4 + 4])
    return SafeText(_capped(_shown(lines, tab=" " if one_line else "    "), most))


def fold(text: str) -> str:
    """The form in which text is searched: compatibility form, case and accents gone, nothing invisible.

    Accents are those that Latin, Greek, Cyrillic, Hebrew and Arabic can do without; marks that make
    another letter (dakuten, vowel signs) stay. Folding twice changes nothing.

    >>> fold("Zażółć Straße ＶＰＮ")
    'zazolc strasse vpn'
    """
    if text.isascii():
        return re.sub(r"[\0-\x1f\x7f]", " ", text).casefold()
    bare = "".join(_bare(_decomposed(_decomposed(text))))
    return unicodedata.normalize("NFC", bare)


def _decomposed(text: str) -> str:
    # A compatibility form may hide a capital (ℋ): taken apart before case goes, and again for what that leaves.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


_WITHOUT_ACCENT = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
_ACCENT = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)


def _bare(text: str) -> Iterator[str]:
    for char in _ACCENT.sub("", text.translate(_WITHOUT_ACCENT)):
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            yield " "
        elif category not in ("Cf", "Cs") and char not in _FILLERS and not _is_selector(char):
            yield char


def _shown(text: str, *, tab: str) -> Iterator[str]:
    """Piece by piece what is shown; a piece is never cut."""
    before = ""
    marks = 0
    for char in text:
        if " " <= char <= "~":
            marks, before = 0, char
            yield char
        elif unicodedata.category(char) in ("Mn", "Me") and char not in _FILLERS:
            marks += 1
            yield from _mark(char, before, marks)
            before = before or "\u25cc"
        else:
            marks = 0
            piece = _other(char, before, tab=tab)
            before = piece[-1:] or before
            yield piece


def _mark(char: str, before: str, count: int) -> Iterator[str]:
    if _is_selector(char):
        if count > 1 or not _takes_selector(char, before):
            yield _escape(char)
        else:
            yield char
    elif count <= MARKS_A_BASE:
        if not before or before.isspace():
            yield "\u25cc" if count == 1 else ""
        yield char


def _other(char: str, before: str, *, tab: str) -> str:
    if char in "\n\t":
        return tab if char == "\t" else char
    if char < " " or char == "\x7f":
        return "\u2421" if char == "\x7f" else chr(0x2400 + ord(char))
    if char in _JOINERS:
        return char if before and not before.isspace() and before not in _JOINERS else ""
    if char in _LAYOUT_HINTS:
        return ""
    return _escape(char) if _hides(char) else char


def _hides(char: str) -> bool:
    """Whether nothing, or something else than itself, would be seen of this character."""
    category = unicodedata.category(char)
    if category == "Cf":
        return char not in _PREPENDED
    code = ord(char)
    ignorable = 0xE0000 <= code <= 0xE0FFF or 0xFFF0 <= code <= 0xFFF8 or code == 0x2065
    nonchar = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return category in ("Cc", "Cs", "Zl", "Zp") or char in _FILLERS or ignorable or nonchar


def _is_selector(char: str) -> bool:
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef" or "\u180b" <= char <= "\u180f"


def _takes_selector(char: str, before: str) -> bool:
    """One selector right after a visible base is meant; the many high ones only after an ideograph."""
    if char >= "\U000e0100":
        return unicodedata.category(before or " ") == "Lo" and before >= "\u3400"
    return bool(before) and not before.isspace() and before not in _JOINERS


def _escape(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _capped(pieces: Iterator[str], most: int) -> str:
    kept: list[str] = []
    length = 0
    for piece in pieces:
        kept.append(piece)
        length += len(piece)
        if length > most:
            return _cut_back(kept, length, most)
    return "".join(kept)


def _cut_back(kept: list[str], length: int, most: int) -> str:
    while kept and length > most - len(_CUT):
        length -= len(kept.pop())
    return ("".join(kept) + _CUT)[:most]
