"""A filter's text → its tree, by recursive descent.

query = and { "OR" and }      and = not { not }       (a space means AND)
not   = [ "-" ] ( "(" query ")" | term )
term  = field ":" [ "<" "<=" ">" ">=" "!" ] value { "," value } | word | '"'text'"'
"""

import re

from supporttui.domain.faults import BadInput
from supporttui.domain.filter.fields import Names
from supporttui.domain.filter.terms import Reading, term
from supporttui.domain.filter.tokens import Token, TokenKind, tokens
from supporttui.domain.queue import And, Node, Not, Op, Or, Term, Words
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold

LONGEST = 2_000
DEEPEST = 40


def parse(text: str, known: Names, now: Instant, zone: str) -> Node:
    """The tree of a filter; an empty text matches everything.

    Days (``today``, ``2026-11-23``) are those of ``zone``; ``2h`` is counted from ``now``.

    Raises:
        BadInput: ``filter.…``, always with ``at`` and ``length`` of the wrong word in characters, and a
            ``suggestion`` (maybe empty) where a name is unknown.
    """
    if len(text) > LONGEST:
        raise BadInput("filter.too_long", at=LONGEST, length=len(text) - LONGEST, most=LONGEST)
    parser = _Parser(tokens(text), Reading(known, now, zone), len(text))
    node = parser.query(0)
    left = parser.peek()
    if left is not None:
        raise BadInput("filter.unexpected", word=left.text, at=left.at, length=left.length)
    return node


class _Parser:
    """A place in the tokens; each method reads one rule of the grammar."""

    def __init__(self, found: tuple[Token, ...], reading: Reading, end: int) -> None:
        self._tokens = found
        self._reading = reading
        self._end = end
        self._next = 0

    def peek(self) -> Token | None:
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def query(self, depth: int) -> Node:
        parts = [self._both(depth)]
        while (token := self.peek()) is not None and token.kind is TokenKind.either:
            self._next += 1
            self._must_go_on(token)
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts: list[Node] = []
        while (token := self.peek()) is not None and token.kind is not TokenKind.closes:
            if token.kind is TokenKind.either:
                if not parts:
                    raise BadInput("filter.unexpected", word=token.text, at=token.at, length=token.length)
                break
            if token.kind is TokenKind.both:
                self._next += 1
                continue
            parts.append(self._negated(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _negated(self, depth: int) -> Node:
        token = self._tokens[self._next]
        if token.kind is not TokenKind.minus:
            return self._single(depth)
        self._next += 1
        self._must_go_on(token)
        return Not(self._single(depth))

    def _single(self, depth: int) -> Node:
        token = self._tokens[self._next]
        self._next += 1
        match token.kind:
            case TokenKind.opens:
                return self._group(token, depth + 1)
            case TokenKind.words:
                return self._words(token)
            case TokenKind.term:
                return term(token, self._reading)
            case _:
                raise BadInput("filter.unexpected", word=token.text, at=token.at, length=token.length)

    def _group(self, opening: Token, depth: int) -> Node:
        if depth > DEEPEST:
            raise BadInput("filter.too_deep", at=opening.at, length=1, most=DEEPEST)
        node = self.query(depth)
        if self.peek() is None:
            raise BadInput("filter.unclosed_group", at=opening.at, length=1)
        self._next += 1
        return node

    def _words(self, token: Token) -> Node:
        prefix = re.escape(self._reading.known.prefix)
        number = re.fullmatch(rf"(?i:{prefix})(\d{{1,15}})", token.text)
        return Term("id", Op.eq, (int(number[1]),)) if number else Words(fold(token.text), token.quoted)

    def _must_go_on(self, after: Token) -> None:
        if self.peek() is None:
            raise BadInput("filter.unexpected", word=after.text, at=after.at, length=after.length)
