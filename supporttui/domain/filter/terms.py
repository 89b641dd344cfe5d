"""One ``field:value`` of a filter → its part of the tree."""

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from supporttui.domain.events import Kind, State
from supporttui.domain.faults import BadInput
from supporttui.domain.filter.fields import (
    ALIASES,
    FIELDS,
    FLAGS,
    WRITTEN,
    FieldKind,
    Names,
    ascii_lower,
    codes_of,
    in_code,
    plain,
)
from supporttui.domain.filter.forecasts import FORECASTS, node
from supporttui.domain.filter.moments import instants, left, touched
from supporttui.domain.filter.tokens import Token, Value
from supporttui.domain.queue import And, Node, Not, Op, Or, Term, Words
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """What the meaning of a term depends on beside its text."""

    known: Names
    now: Instant
    zone: str


def term(token: Token, reading: Reading) -> Node:
    """The node of a term.

    Raises:
        BadInput: ``filter.unknown_field``, ``filter.unknown_value``, ``filter.missing_value``,
            ``filter.bad_operator``, ``filter.bad_number``, ``filter.bad_duration``, ``filter.bad_date`` or
            ``filter.no_shift``.
    """
    field = _field(token, reading.known)
    for value in token.values:
        if not value.text and not value.quoted:
            raise BadInput("filter.missing_value", field=token.field, at=token.at, length=token.length)
    if field in _WRITTEN:
        _only(token, "", "!")
        return _negated(token, _either([_WRITTEN[field](value, reading) for value in token.values]))
    return _READERS[FIELDS[field]](field, token, reading)


def _field(token: Token, known: Names) -> str:
    name = plain(token.field)
    names = {**codes_of("field", known), **ALIASES, **{field: field for field in WRITTEN}}
    if name not in names:
        raise BadInput(
            "filter.unknown_field", field=token.field, suggestion=_closest(name, names),
            at=token.at, length=len(token.field),
        )  # fmt: skip
    return names[name]


def _number(field: str, token: Token, reading: Reading) -> Node:
    if token.op in ("", "!") and any(".." in value.text for value in token.values):
        return _negated(token, _either([_numbers(field, value, reading) for value in token.values]))
    numbers = tuple(_integer(field, value, reading.known) for value in token.values)
    if token.op in ("", "!"):
        return Term(field, Op.ne if token.op else Op.eq, numbers)
    return _either([Term(field, Op(token.op), (number,)) for number in numbers])


def _numbers(field: str, value: Value, reading: Reading) -> Node:
    """A number, or a range of them: ``1..2``."""
    first, dots, last = value.text.partition("..")
    low = _integer(field, replace(value, text=first) if dots else value, reading.known)
    if not dots:
        return Term(field, Op.eq, (low,))
    high = _integer(field, Value(last, value.at + len(first) + 2), reading.known)
    return And((Term(field, Op.ge, (low,)), Term(field, Op.le, (high,))))


def _integer(field: str, value: Value, known: Names) -> int:
    text = fold(value.text)
    if field == "id":
        text = text.removeprefix(fold(known.prefix))
    else:
        text = codes_of(field, known).get(plain(text), text).removeprefix("p")
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise BadInput("filter.bad_number", field=field, value=value.text, at=value.at, length=value.length)
    return int(text)


def _code(field: str, token: Token, reading: Reading) -> Node:
    _only(token, "", "!")
    choices = _choices(field, reading.known)
    values: list[str | int | None] = []
    for value in token.values:
        coded = _special(field, value, reading.known) or _coded(field, token, value, choices, reading.known)
        values.extend(coded)
    single = tuple(dict.fromkeys(values))
    if field == "state" and _OPEN in single:
        return _negated(token, _open_or([value for value in single if value != _OPEN]))
    return Term(field, Op.ne if token.op else Op.eq, single)


_OPEN = "open"


def _open_or(states: Sequence[str | int | None]) -> Node:
    """``open`` is no state of its own, but what people look for under that name."""
    others = [Term("state", Op.eq, tuple(states))] if states else []
    return _either([Term("is", Op.eq, (_OPEN,)), *others])


def _special(field: str, value: Value, known: Names) -> Sequence[str]:
    """``team:@me`` is every team of whoever asks, ``lang:@none`` a ticket of which no language is known."""
    match field, fold(value.text):
        case "team", "@me":
            return known.my_teams or ("@me",)
        case "lang", "@none":
            return ("",)
        case "state", "open":
            return (_OPEN,)
        case _:
            return ()


def _label(field: str, token: Token, reading: Reading) -> Node:
    """Whole words together, beginnings (``net*``) for themselves; ``@none`` is an empty one."""
    del reading
    _only(token, "", "!")
    texts = [(ascii_lower(value.text), not value.quoted) for value in token.values]
    begins = tuple(text.removesuffix("*") for text, bare in texts if bare and text.endswith("*"))
    whole = tuple("" if bare and text == "@none" else text for text, bare in texts if not (bare and text.endswith("*")))
    if not begins:
        return Term(field, Op.ne if token.op else Op.eq, whole)
    return _negated(token, _either([Term(field, Op.prefix, begins), *([Term(field, Op.eq, whole)] if whole else [])]))


def _choices(field: str, known: Names) -> Mapping[str, str]:
    """Id → name of everything the field can hold; empty where any text is a value."""
    everything: Mapping[str, Mapping[str, str]] = {
        "state": {state.value: state.value.replace("_", " ") for state in State},
        "kind": {kind.value: kind.value for kind in Kind},
        "team": known.teams,
        "service": known.services,
        "owner": known.people,
        "resolver": {**known.people, **known.teams},
    }
    return everything.get(field, {})


def _coded(field: str, token: Token, value: Value, choices: Mapping[str, str], known: Names) -> Iterable[str]:
    wanted = fold(value.text)
    aliases = codes_of(field, known)
    if plain(value.text) in aliases:
        return (aliases[plain(value.text)],)
    if not choices:
        return (ascii_lower(value.text),)
    if "*" in wanted and not value.quoted:
        pattern = wanted.replace("[", "[[]").replace("?", "[?]")
        return [key for key, name in choices.items() if _fits(pattern, key, name)]
    found = _named(wanted, choices)
    if not found:
        words = [*choices, *(fold(name) for name in choices.values()), *aliases]
        raise BadInput(
            "filter.unknown_value", field=token.field, value=value.text, suggestion=_closest(wanted, words),
            at=value.at, length=value.length,
        )  # fmt: skip
    return found


def _named(wanted: str, choices: Mapping[str, str]) -> list[str]:
    """By id, else by whole name, else by one word of the name; several people may share a word."""
    by_id = [key for key in choices if fold(key) == wanted]
    by_name = [key for key, name in choices.items() if fold(name) == wanted]
    return by_id or by_name or [key for key, name in choices.items() if wanted in fold(name).split()]


def _fits(pattern: str, key: str, name: str) -> bool:
    return fnmatchcase(fold(key), pattern) or fnmatchcase(fold(name), pattern)


def _person(field: str, token: Token, reading: Reading) -> Node:
    _only(token, "", "!")
    choices = _choices(field, reading.known)
    values: list[str | int | None] = []
    for value in token.values:
        match fold(value.text):
            case "@me":
                values.append("@me")
            case "@none" if field == "owner":
                values.append(None)
            case "@oncall":
                values.extend(reading.known.on_call)
            case _:
                values.extend(_coded(field, token, value, choices or {"": ""}, reading.known))
    return Term(field, Op.ne if token.op else Op.eq, tuple(dict.fromkeys(values)))


_SLA_FLAGS = frozenset({"breached", "critical", "atrisk", "paused"})


def _left(field: str, token: Token, reading: Reading) -> Node:
    """A time, or how it stands with it in a word: ``sla:breached``."""
    words = codes_of(field, reading.known)
    nodes: list[Node] = []
    for value in token.values:
        wanted = _flag_of(value, words)
        if wanted in _SLA_FLAGS and token.op in ("", "!"):
            nodes.append(Term("is", Op.eq, (wanted,)))
        else:
            nodes.append(left(field, token.op, value))
    return _negated(token, _either(nodes))


def _flag_of(value: Value, words: Mapping[str, str]) -> str:
    return words.get(plain(value.text), plain(value.text).replace("_", ""))


def _instant(field: str, token: Token, reading: Reading) -> Node:
    words = codes_of(field, reading.known)
    values = (replace(value, text=in_code(value.text, words)) for value in token.values)
    nodes = [
        instants(field, token.op, value, now=reading.now, zone=reading.zone, shift=reading.known.shift)
        for value in values
    ]
    return _negated(token, _either(nodes))


def _flag(field: str, token: Token, reading: Reading) -> Node:
    _only(token, "", "!")
    aliases = codes_of("is", reading.known)
    nodes: list[Node] = []
    for value in token.values:
        wanted = _flag_of(value, aliases)
        if wanted in FLAGS:
            nodes.append(Term(field, Op.eq, (wanted,)))
        else:
            nodes.append(_forecast(wanted, token, value, reading))
    return _negated(token, _either(nodes))


def _forecast(wanted: str, token: Token, value: Value, reading: Reading) -> Node:
    """A word that stands for a span of the hours to come."""
    words = {word.replace("_", ""): word for word in FORECASTS}
    word = words.get(wanted.replace("_", ""))
    if word is None:
        known = [*FLAGS, *FORECASTS, *codes_of("is", reading.known)]
        raise BadInput(
            "filter.unknown_value", field=token.field, value=value.text, suggestion=_closest(wanted, known),
            at=value.at, length=value.length,
        )  # fmt: skip
    found = node(word, reading.known.forecast, reading.now)
    if found is None:
        raise BadInput("filter.no_shift", at=value.at, length=value.length)
    return found


def _text(field: str, token: Token, _reading: Reading) -> Node:
    _only(token, "", "!")
    values = tuple(fold(value.text.removesuffix("*")) for value in token.values)
    return _negated(token, Term(field, Op.prefix, values))


_READERS: Mapping[FieldKind, Callable[[str, Token, Reading], Node]] = {
    FieldKind.number: _number,
    FieldKind.code: _code,
    FieldKind.label: _label,
    FieldKind.owner: _person,
    FieldKind.resolver: _person,
    FieldKind.left: _left,
    FieldKind.instant: _instant,
    FieldKind.flag: _flag,
    FieldKind.text: _text,
}


def _shift(value: Value, reading: Reading) -> Node:
    if plain(value.text) not in ("current", "now", "@shift"):
        raise BadInput(
            "filter.unknown_value", field="shift", value=value.text, suggestion="current",
            at=value.at, length=value.length,
        )  # fmt: skip
    return touched(value, reading.known.shift)


_WRITTEN: Mapping[str, Callable[[Value, Reading], Node]] = {
    "text": lambda value, _: Words(fold(value.text), value.quoted),
    "shift": _shift,
}
"""Fields that no row has, each said by others."""


def _only(token: Token, *allowed: str) -> None:
    if token.op not in allowed:
        at = token.at + len(token.field) + 1
        raise BadInput("filter.bad_operator", field=token.field, operator=token.op, at=at, length=len(token.op))


def _either(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _negated(token: Token, node: Node) -> Node:
    return Not(node) if token.op == "!" else node


def _closest(word: str, among: Iterable[str]) -> str:
    found = difflib.get_close_matches(word, list(among), n=1, cutoff=0.6)
    return found[0] if found else ""
