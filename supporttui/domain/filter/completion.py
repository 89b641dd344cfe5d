"""What may stand next in a filter that is being typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from supporttui.domain.events import Kind, State
from supporttui.domain.filter.fields import ALIASES, FIELDS, FLAGS, FieldKind, Names
from supporttui.domain.text import fold

_FIXED = {
    "is": FLAGS,
    "state": tuple(state.value for state in State),
    "kind": tuple(kind.value for kind in Kind),
    "sla": ("<0", "<15m", "<1h", "<4h"),
    "due": ("<1h", "today", "tomorrow"),
    "created": ("<1h", "today", "yesterday"),
    "updated": ("<1h", "today", "yesterday"),
    "priority": ("1", "2", "3", "4"),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """Candidates to put in place of ``text[start:end]``, likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...]


def complete(text: str, cursor: int, known: Names) -> Completion:
    """The fields or values that begin with what stands before the cursor (in characters).

    >>> complete("is:open sta", 11, Names())
    Completion(start=8, end=11, candidates=('state:',))
    """
    start = max((text.rfind(char, 0, cursor) for char in " (\t"), default=-1) + 1
    word = text[start:cursor]
    start += word.startswith("-")
    word = word.removeprefix("-")
    field, colon, rest = word.partition(":")
    if not colon:
        return Completion(start, cursor, _beginning(word, (f"{name}:" for name in FIELDS)))
    name = ALIASES.get(fold(field), fold(field))
    typed = rest.rpartition(",")[2].removeprefix("!")
    return Completion(cursor - len(typed), cursor, _beginning(typed, _values(name, known)))


def _values(field: str, known: Names) -> Iterable[str]:
    if field in _FIXED:
        return _FIXED[field]
    match FIELDS.get(field):
        case FieldKind.owner:
            return ("@me", "@none", "@oncall", *known.people)
        case FieldKind.resolver:
            return ("@me", *known.teams, *known.people)
        case FieldKind.code:
            return {"team": known.teams, "service": known.services}.get(field, {})
        case _:
            return ()


def _beginning(typed: str, candidates: Iterable[str]) -> tuple[str, ...]:
    wanted = fold(typed)
    return tuple(candidate for candidate in candidates if fold(candidate).startswith(wanted))
