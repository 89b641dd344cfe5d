"""Filters as text: put together, and put into codes that a reader of any language understands."""

import re
from collections.abc import Iterable, Mapping

from supporttui.domain.filter.fields import ALIASES, FIELDS, Names, codes_of, in_code, plain
from supporttui.domain.filter.tokens import Token, TokenKind, Value, tokens
from supporttui.domain.queue import Node
from supporttui.domain.views import View, speaks_of_state

_CUTS = re.compile(r"[\s(),]")
"""What would end a value that stands without quotation marks."""


def joined(*texts: str) -> str:
    """One filter that says all of these; an ``OR`` of one of them stays among its own.

    >>> joined("is:open", "team:desk OR is:mine", "")
    'is:open (team:desk OR is:mine)'
    """
    said = [text.strip() for text in texts if text.strip()]
    return said[0] if len(said) == 1 else " ".join(f"({text})" if _has_alternatives(text) else text for text in said)


def _has_alternatives(text: str) -> bool:
    depth = 0
    for token in tokens(text):
        depth += (token.kind is TokenKind.opens) - (token.kind is TokenKind.closes)
        if token.kind is TokenKind.either and depth == 0:
            return True
    return False


def term_text(field: str, values: Iterable[str]) -> str:
    """``field:value,value`` as it is typed.

    >>> term_text("team", ["desk", "Team 14"])
    'team:desk,"Team 14"'
    """
    return f"{field}:{','.join(map(quoted, values))}"


def quoted(value: str) -> str:
    """A value with quotation marks where it needs them; one that holds such a mark cannot be said, and is cut there."""
    kept = value.partition('"')[0]
    safe = kept and all(char.isalnum() or char in "@_-.+/'&" for char in kept) and kept[0] != "-"
    return kept if safe else f'"{kept}"'


def in_codes(text: str, known: Names) -> str:
    """The filter with translated names of fields and values as codes; everything else as it was typed.

    >>> in_codes("Status:neu -x", Names(aliases={"state": {"neu": "new"}}))
    'state:new -x'
    """
    changed = list(text)
    for token in reversed(tokens(text)):
        if token.kind is TokenKind.term:
            changed[token.at : token.at + token.length] = _coded(token, known)
    return "".join(changed)


def _coded(token: Token, known: Names) -> str:
    field = _field(token.field, known)
    words = codes_of(field, known)
    values = ",".join(_value(value, words) for value in token.values)
    return f"{field}:{token.op}{values}"


def _field(typed: str, known: Names) -> str:
    name = plain(typed)
    names: Mapping[str, str] = {**codes_of("field", known), **ALIASES, **{field: field for field in FIELDS}}
    return names.get(name, typed)


def _value(value: Value, words: Mapping[str, str]) -> str:
    code = words.get(plain(value.text))
    if code is not None:
        return quoted(code)
    text = in_code(value.text, words)
    return f'"{text}"' if value.quoted or _CUTS.search(text) else text


def under(view: View, typed: str, tree: Node) -> str:
    """A view and what was typed over it as one filter, as ``views.narrowed`` puts their trees together."""
    spoken = bool(typed) and view.is_built_in and speaks_of_state(tree)
    return joined(view.query.removeprefix("is:open") if spoken else view.query, typed)
