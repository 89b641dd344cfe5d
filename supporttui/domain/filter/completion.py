"""What may stand next in a filter that is being typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.events import Kind, State
from supporttui.domain.filter.fields import ALIASES, FIELDS, FLAGS, WRITTEN, FieldKind, Names, codes_of, plain, spoken
from supporttui.domain.filter.forecasts import FORECASTS, node
from supporttui.domain.filter.spelling import quoted
from supporttui.domain.spans import Instant
from supporttui.domain.text import fold

_FIXED: Mapping[str, tuple[str, ...]] = {
    "is": FLAGS,
    "state": ("open", *(state.value for state in State)),
    "kind": tuple(kind.value for kind in Kind),
    "sla": ("<0", "<15m", "<1h", "<4h", "breached", "critical", "atrisk", "paused"),
    "due": ("<1h", "today", "tomorrow", "@shift"),
    "created": ("<1h", "today", "yesterday", "@shift"),
    "worked": (">1d", ">3d", "today", "yesterday"),
    "updated": ("<1h", "today", "yesterday", "@shift"),
    "priority": ("1", "2", "3", "4", "1..2"),
    "shift": ("current",),
    "lang": ("@none",),
    "category": ("@none",),
}


@dataclass(frozen=True, slots=True)
class Completion:
    """Candidates to put in place of ``text[start:end]``, likeliest first."""

    start: int
    end: int
    candidates: tuple[str, ...]


def complete(text: str, cursor: int, known: Names) -> Completion:
    """The fields or values that begin with what stands before the cursor (in characters).

    People, teams and services are found by any word of their names too, and put down by their ids. What has a word
    of the reader's language is offered by that, and by its code only where the code alone begins as it was typed.

    >>> complete("is:open sta", 11, Names())
    Completion(start=8, end=11, candidates=('state:',))
    """
    start = max((text.rfind(char, 0, cursor) for char in " (\t"), default=-1) + 1
    word = text[start:cursor]
    start += word.startswith("-")
    word = word.removeprefix("-")
    field, colon, rest = word.partition(":")
    if not colon:
        return Completion(start, cursor, _fields(word, known))
    _, comma, typed = rest.rpartition(",")
    typed = typed.removeprefix("!")
    found = _values(_code_of(field, known), typed.removeprefix('"'), known)
    fitting = tuple(value for value in found if not (comma and value[0] in "<>"))  # one operator for all values
    return Completion(cursor - len(typed), cursor, fitting)


def filled(text: str, found: Completion) -> str:
    """The text with what all candidates agree on put in; a space follows a value that is the only one.

    >>> filled("is:open sta", complete("is:open sta", 11, Names()))
    'is:open state:'
    """
    if not found.candidates:
        return text
    first, *others = found.candidates
    shared = first
    for candidate in others:
        while not candidate.startswith(shared):
            shared = shared[:-1]
    if others and not fold(shared).startswith(fold(text[found.start : found.end])):
        return text  # found by other words of their names: nothing that was typed is taken away
    ending = " " if len(found.candidates) == 1 and not shared.endswith(":") else ""
    return f"{text[: found.start]}{shared}{ending}{text[found.end :]}"


def _code_of(field: str, known: Names) -> str:
    name = plain(field)
    return name if name in WRITTEN else ALIASES.get(name, codes_of("field", known).get(name, name))


def _fields(typed: str, known: Names) -> tuple[str, ...]:
    return tuple(f"{name}:" for name in _worded(typed, WRITTEN, spoken("field", known)))


def _values(field: str, typed: str, known: Names) -> tuple[str, ...]:
    if field in _FIXED:
        return _worded(typed, (*_FIXED[field], *_forecasts(field, known)), spoken(field, known))
    match FIELDS.get(field):
        case FieldKind.owner:
            return (*_beginning(typed, ("@me", "@none", "@oncall")), *_called(typed, known.people))
        case FieldKind.resolver:
            return (*_beginning(typed, ("@me",)), *_called(typed, {**known.teams, **known.people}))
        case FieldKind.code if field == "team":
            return (*_beginning(typed, ("@me",)), *_called(typed, known.teams))
        case FieldKind.code if field == "service":
            return _called(typed, known.services)
        case _:
            return ()


def _forecasts(field: str, known: Names) -> tuple[str, ...]:
    """Those that the rotas say something of."""
    if field != "is":
        return ()
    return tuple(word for word in FORECASTS if node(word, known.forecast, Instant(0)) is not None)


def _worded(typed: str, codes: Sequence[str], words: Mapping[str, str]) -> tuple[str, ...]:
    """What begins as it was typed: the reader's words, and behind them the codes of all else."""
    begun = plain(typed)
    worded = {code: quoted(words[code]) for code in codes if code in words and plain(words[code]).startswith(begun)}
    return (*worded.values(), *_beginning(typed, (code for code in codes if code not in worded)))


def _called(typed: str, things: Mapping[str, str]) -> tuple[str, ...]:
    """By id first, then by a word of the name."""
    wanted = fold(typed)
    by_id = [key for key in things if fold(key).startswith(wanted)]
    by_name = [key for key, name in things.items() if any(word.startswith(wanted) for word in _words(name))]
    return tuple(quoted(key) for key in dict.fromkeys((*by_id, *by_name)))


def _words(name: str) -> Iterable[str]:
    whole = fold(name)
    return (whole, *whole.split())


def _beginning(typed: str, candidates: Iterable[str]) -> tuple[str, ...]:
    wanted = fold(typed)
    return tuple(candidate for candidate in candidates if fold(candidate).startswith(wanted))
