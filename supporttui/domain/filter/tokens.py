"""A filter's text cut into tokens that know where they stood."""

import re
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.faults import BadInput


class TokenKind(StrEnum):
    """What a token is to the grammar."""

    opens = "("
    closes = ")"
    minus = "-"
    either = "OR"
    both = "AND"
    words = "words"
    term = "term"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a term as it was typed, and where (in characters)."""

    text: str
    at: int
    quoted: bool = False

    @property
    def length(self) -> int:
        """Characters it takes in the filter's text."""
        return max(1, len(self.text) + 2 * self.quoted)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the filter; ``field``, ``op`` and ``values`` are filled for terms only."""

    kind: TokenKind
    text: str
    at: int
    length: int
    field: str = ""
    op: str = ""
    values: tuple[Value, ...] = ()
    quoted: bool = False
    """Words that stood in quotation marks as a whole."""


_SINGLE = {"(": TokenKind.opens, ")": TokenKind.closes}
_CHUNK = re.compile(r'(?:"[^"]*"|[^\s()"])+')
_TERM = re.compile(r"(?P<field>[^\W\d]\w*):(?P<op><=|>=|<|>|!|)(?P<values>.*)", re.DOTALL)
_VALUE = re.compile(r'(?:"[^"]*"|[^,"])*')


def tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a filter in their order.

    Raises:
        BadInput: ``filter.unclosed_quote`` with ``at`` and ``length``.
    """
    result: list[Token] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        token = _next(text, at)
        result.append(token)
        at += token.length
    return tuple(result)


def _next(text: str, at: int) -> Token:
    char = text[at]
    if char in _SINGLE:
        return Token(_SINGLE[char], char, at, 1)
    if char == "-" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] != ")":
        return Token(TokenKind.minus, char, at, 1)
    match = _CHUNK.match(text, at)
    end = match.end() if match else at
    if end < len(text) and text[end] == '"':
        raise BadInput("filter.unclosed_quote", at=end, length=len(text) - end)
    return _chunk(text[at:end], at)


def _chunk(chunk: str, at: int) -> Token:
    if chunk in ("OR", "AND"):
        return Token(TokenKind(chunk), chunk, at, len(chunk))
    term = None if chunk.startswith('"') else _TERM.fullmatch(chunk)
    if term is None:
        quoted = chunk[0] == '"' == chunk[-1] and chunk.count('"') == 2
        return Token(TokenKind.words, chunk.replace('"', ""), at, len(chunk), quoted=quoted)
    values = _values(term["values"], at + term.start("values"))
    return Token(TokenKind.term, chunk, at, len(chunk), term["field"], term["op"], values)


def _values(text: str, at: int) -> tuple[Value, ...]:
    result: list[Value] = []
    position = 0
    while True:
        match = _VALUE.match(text, position)
        assert match is not None
        raw = match.group()
        quoted = len(raw) >= 2 and raw[0] == '"' == raw[-1]
        result.append(Value(raw.replace('"', ""), at + position, quoted))
        position = match.end() + 1
        if position > len(text):
            return tuple(result)
