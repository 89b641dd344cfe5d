"""The one text of a ticket in which words are looked for, so that SQL and Python look in the same.

Searched are number, title, requester, category, the keys of references, the description, and what was said later
(notes, replies, the requester's messages, reasons of a state). Text is folded (``domain/text.py``: no case, no accents,
full width is half), then cut into tokens:

- a word is a run of letters, digits and the marks on them; a bare word of a filter finds every word that begins with
  it, the last word of a ``"quoted text"`` only itself;
- scripts that set no spaces between words, Hangul, and pictures such as emoji are cut into overlapping pairs, and the
  last sign of a run stands alone once more: whatever part of a run is asked for is found;
- all else separates. A word of a filter that separation leaves in pieces (``eu-west``, ``東京VPN``) finds them in
  this order, side by side; one of which nothing is left is no condition.

An index of such tokens answers single ones exactly and of several tells that all are there; that they are side by
side is seen in the text (``Needle``). It is an index of exact tokens on both databases, because what the parser of
``to_tsvector`` takes for a word, a host or a number depends on the server, and no other reading could say the same.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from supporttui.domain.events import (
    KINDS,
    Event,
    FirstLooked,
    NextStepNoted,
    Noted,
    Replied,
    Reported,
    RequesterWrote,
    StateChanged,
    Voided,
)
from supporttui.domain.queue import Words
from supporttui.domain.text import fold
from supporttui.domain.tickets import Ticket

MARKS = {"requester": "\ue000", "ref": "\ue001"}
"""Field → the private sign before its whole value as one token, so that its beginning can be asked for."""
_END = " \ue0ff"
"""A token between two texts: nothing is side by side across it."""
_HIDDEN = {code: 0xE100 + code for code in range(128) if not chr(code).isalnum()}
"""No index may cut a whole value at a sign of ASCII."""

TEXT_LIMIT = 20_000
"""Characters of one text that are searched."""
NOTES_LIMIT = 60_000
"""Characters of what was said, as tokens: the newest are kept. (A ``tsvector`` holds 1 MB.)"""
WORD_LIMIT = 64
KEY_LIMIT = 200

_PLAIN = re.compile("[a-z0-9]+")
_PACKED = re.compile(
    "[\u0e01-\u0eff\u0f00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035"
    "\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00016fe0-\U00018cff\U0001aff0-\U0001b2ff"
    "\U00020000-\U0003ffff]"
)
"""Thai to Khmer, Hangul, Kana, Bopomofo and ideographs."""


@dataclass(frozen=True, slots=True)
class Needle:
    """What a word of a filter is in the searched text."""

    text: str = ""
    """Stands in the searched text where the word fits; empty fits everywhere."""
    tokens: tuple[str, ...] = ()
    """All are in the index."""
    beginning: bool = False
    """Whether of the last token only the beginning is known."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Signs that belong together, as they follow each other in a text."""

    text: str
    packed: bool

    def tokens(self) -> list[str]:
        if not self.packed:
            return [self.text[:WORD_LIMIT]]
        return [*("".join(pair) for pair in pairwise(self.text)), self.text[-1]]


@functools.lru_cache(maxsize=512)
def needle(words: Words) -> Needle:
    """Where folded words fit.

    >>> needle(Words("eu-we"))
    Needle(text=' eu we', tokens=('eu', 'we'), beginning=True)
    """
    runs = _runs(words.text[:TEXT_LIMIT])
    if not runs:
        return Needle()
    last = runs[-1]
    tokens = [token for run in runs for token in run.tokens()]
    if last.packed and len(last.text) > 1:
        tokens.pop()  # the run may go on in the text
    beginning = len(last.text) == 1 if last.packed else not words.whole
    return Needle(_stream(tokens) + " " * (not beginning), tuple(tokens), beginning)


@functools.lru_cache(maxsize=512)
def beginning_of(field: str, value: str) -> Needle:
    """Where a whole value of a field (``MARKS``) begins with this one, folded."""
    token = _whole(field, value)
    return Needle(f" {token}", (token,), beginning=True)


def words_of(text: str) -> frozenset[str]:
    """The words of a text as they are looked for; what is of one sign says too little.

    >>> sorted(words_of("VPN is down, vpn"))
    ['down', 'is', 'vpn']
    """
    return frozenset(token for run in _runs(fold(text[:TEXT_LIMIT])) for token in run.tokens() if len(token) > 1)


def head_of(ticket: Ticket) -> str:
    """What is searched of a ticket without its notes."""
    texts = (str(ticket.id), ticket.title, ticket.requester, ticket.category, ticket.text)
    keys = [reference.key for reference in ticket.references]
    marked = [_whole("requester", fold(ticket.requester)), *(_whole("ref", fold(key)) for key in keys)]
    return "".join(map(_part, (*texts, *keys))) + _stream(marked) + _END


def notes_of(events: Iterable[Event], before: str = "") -> str:
    """What is searched of that which was said, newest first; ``before`` is what was said earlier.

    >>> notes_of([Noted("Disk")], notes_of([Noted("Fan")])) == notes_of([Noted("Fan"), Noted("Disk")])
    True
    """
    for event in events:
        if text := _said(event):
            before = _part(text) + before
    return before if len(before) <= NOTES_LIMIT else before[: before.rindex(" ", 0, NOTES_LIMIT - 1)] + _END


def says_something(event: Event) -> bool:
    """Whether an event brings words of its own."""
    return bool(_said(event))


_SPEAK = (FirstLooked, Noted, NextStepNoted, Replied, Reported, RequesterWrote, StateChanged, Voided)
SAYING = tuple(word for word, event in KINDS.items() if event in _SPEAK)
"""Kinds of facts that may bring words of their own."""


def _said(event: Event) -> str:
    match event:
        case Noted(text=text) | Replied(text=text) | RequesterWrote(text=text) | StateChanged(text=text):
            return text
        case Voided(reason=text) | NextStepNoted(text=text) | Reported(text=text):
            return text
        case FirstLooked(seen, tried, wanted):
            return "\n".join(filter(None, (seen, tried, wanted)))
        case _:
            return ""


def _part(text: str) -> str:
    """A text as tokens, closed; empty where it has none."""
    stream = _stream(token for run in _runs(fold(text[:TEXT_LIMIT])) for token in run.tokens())
    return stream + _END if stream else ""


def _stream(tokens: Iterable[str]) -> str:
    return "".join(f" {token}" for token in tokens)


def _whole(field: str, value: str) -> str:
    return MARKS[field] + value[:KEY_LIMIT].translate(_HIDDEN)


def _runs(folded: str) -> Sequence[_Run]:
    if folded.isascii():
        return [_Run(word, packed=False) for word in _PLAIN.findall(folded)]
    signs = groupby(_kinds(folded), key=lambda sign: sign[1])
    return [_Run("".join(char for char, _ in group), kind is _PACK) for kind, group in signs if kind is not _GAP]


_GAP, _WORD, _PACK, _MARK = "gap", "word", "packed", "mark"


def _kinds(folded: str) -> Iterator[tuple[str, str]]:
    """Each sign with what it belongs to; a mark belongs to whatever it stands on."""
    before = _GAP
    for char in folded:
        kind = _kind(char)
        before = before if kind is _MARK else kind
        yield char, before


@functools.lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "M":
        return _MARK
    if category == "So" or "\U0001f3fb" <= char <= "\U0001f3ff":  # pictures and the tones of their skin
        return _PACK
    if category[0] not in "LN":
        return _GAP
    return _PACK if _PACKED.match(char) else _WORD
