"""The ``:`` line: what is typed → an action with its tickets and arguments, and how a word may go on.

The verbs are those of ``actions/``, the same as on the command line.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from supporttui import actions
from supporttui.actions import Action, Arg, ArgKind, Scope
from supporttui.domain import filter as filters
from supporttui.domain.faults import BadInput
from supporttui.domain.filter import Names
from supporttui.domain.paging.codes import read_code
from supporttui.domain.text import fold
from supporttui.i18n.catalogue import languages
from supporttui.tui import themes

SHORT: Mapping[str, str] = {
    "t": "ticket", "q": "quit", "esc": "escalations", "h": "help", "on": "oncall", "r": "refresh",
}  # fmt: skip
"""Words that stand for a verb."""
MOST_WORDS = 3
"""Of a verb: ``rota swap take``."""
NOBODY = Names()
NOT_HERE = frozenset({"watch", "init", "import", "db", "demo", "doctor"})


@dataclass(frozen=True, slots=True)
class Command:
    """An action with what was typed after it; values are still texts."""

    action: Action
    tickets: tuple[int, ...] = ()
    """Empty, as the codes: those the screen means."""
    codes: tuple[str, ...] = ()
    """Of pages that are answered, instead of a ticket's number; as they were typed."""
    texts: Mapping[str, str] = field(default_factory=dict)


def verbs() -> Mapping[str, Action]:
    """Verb → action, for all that can be done at the desk."""
    return {verb: action for verb, action in actions.by_verb().items() if verb not in NOT_HERE}


def parse(line: str, *, prefix: str = "") -> Command:
    """The command of a line.

    Ticket numbers come first (``ack 1042 T-1044``), to acknowledge also codes of pages; ``name=value`` gives an
    argument by name, and so does ``--name value``, as in the shell; the rest fills the arguments in their order, the
    last text taking all that is left.

    Raises:
        BadInput: ``command.unknown``, ``command.missing``, ``command.choose`` or ``command.too_much``.
    """
    words = line.split()
    if not words:
        raise BadInput("command.empty")
    action, rest = verb_of(words)
    if action is None:
        near = difflib.get_close_matches(words[0].casefold(), verbs(), n=1)
        raise BadInput("command.unknown", word=words[0][:40], suggestion=near[0] if near else "help")
    tickets: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    if action.id == "ticket.acknowledge":
        codes = tuple(word.rstrip(",") for word in rest if read_code(word.rstrip(",")))
        rest = [word for word in rest if not read_code(word.rstrip(","))]
    if action.scope is Scope.ticket:
        count = _leading_numbers(rest, prefix, greedy=not _takes_number(action)) - _is_argument(action)
        count = max(0, count)
        tickets = tuple(int(_bare(word, prefix)) for word in rest[:count])
        rest = rest[count:]
    return Command(action, tickets, codes, _texts(action, rest))


def verb_of(words: list[str]) -> tuple[Action | None, list[str]]:
    """The action of a line, and what follows its verb, which may be several words: ``view save``."""
    if words[0].casefold() == "set" and len(words) > 1:  # ``set theme nord`` says no more than ``theme nord``
        words = words[1:]
    first = SHORT.get(words[0].casefold(), words[0].casefold())
    known, spelt = verbs(), [first, *(word.casefold() for word in words[1:MOST_WORDS])]
    for count in range(len(spelt), 1, -1):
        if (found := known.get(" ".join(spelt[:count]))) is not None:
            return found, words[count:]
    return known.get(first), words[1:]


def number_in(word: str, prefix: str) -> int | None:
    """The ticket's number that a word is: ``1042``, ``T-1042``."""
    bare = _bare(word, prefix)
    return int(bare) if bare.isascii() and bare.isdigit() else None


def _takes_number(action: Action) -> bool:
    """Its first argument may be a number, so that only the first number can be the ticket's."""
    return bool(action.args) and action.args[0].kind in (ArgKind.priority, ArgKind.level, ArgKind.step, ArgKind.text)


def _is_argument(action: Action) -> bool:
    """Its first argument is a ticket: the last number is that, and those before it are what it is done to."""
    return bool(action.args) and action.args[0].kind is ArgKind.ticket


def _leading_numbers(words: Iterable[str], prefix: str, *, greedy: bool) -> int:
    """How many words are ticket numbers. A bare small number before a number argument is the argument."""
    words = list(words)
    count = 0
    for word in words:
        named = bool(prefix) and word.casefold().startswith(prefix.casefold())
        if not _bare(word, prefix).isdigit() or not (greedy or named or (count == 0 and int(word) > 9)):
            break
        count += 1
    return count


def _bare(word: str, prefix: str) -> str:
    return re.sub(rf"^{re.escape(prefix)}", "", word.rstrip(","), flags=re.IGNORECASE) if prefix else word.rstrip(",")


def _texts(action: Action, words: list[str]) -> Mapping[str, str]:
    names = {arg.name for arg in action.args}
    texts: dict[str, str] = {}
    placed: list[str] = []
    for word in _as_pairs(action, words):
        name, equals, given = word.partition("=")
        if equals and name in names and name not in texts:
            texts[name] = given
        else:
            placed.append(word)
    free = [arg for arg in action.args if arg.name not in texts and (arg.positional or arg.required)]
    texts |= _placed(action, free, placed)
    missing = next((arg for arg in action.args if arg.required and not texts.get(arg.name)), None)
    if missing is not None:
        raise _lacks(action, missing)
    return texts


def _as_pairs(action: Action, words: Iterable[str]) -> Iterator[str]:
    """``--name value`` and ``--name=value``, as the shell has them, are ``name=value``."""
    args = {f"--{arg.name.replace('_', '-')}": arg for arg in action.args if not arg.positional}
    rest = iter(words)
    for word in rest:
        option, equals, given = word.partition("=")
        arg = args.get(option)
        if arg is None:
            yield word
            continue
        value = given if equals else next(rest, "")
        if not value:
            raise _lacks(action, arg)
        yield f"{arg.name}={value}"


def _lacks(action: Action, missing: Arg) -> BadInput:
    """What is missing by its name; where there are only so many, which there are."""
    verb, values = action.verb or action.id, _values(missing, ())
    if values:
        return BadInput("command.choose", verb=verb, allowed=", ".join(values))
    return BadInput("command.missing", verb=verb, argument=missing.name)


def _placed(action: Action, free: Sequence[Arg], words: Sequence[str]) -> Mapping[str, str]:
    """Words in the order of the arguments that are still free; the last text takes the rest."""
    if free and _takes_rest(free[-1]) and len(words) >= len(free):
        last = len(free) - 1
        words = (*words[:last], " ".join(words[last:]))
    if len(words) > len(free):
        raise BadInput("command.too_much", verb=action.verb or action.id, word=words[len(free)][:40])
    return {arg.name: word for arg, word in zip(free, words, strict=False)}


def _takes_rest(arg: Arg) -> bool:
    return arg.kind in (ArgKind.text, ArgKind.filter, ArgKind.instant, ArgKind.week, ArgKind.fields, ArgKind.view)


def candidates(
    line: str, *, people: Iterable[str] = (), views: Iterable[str] = (), names: Names = NOBODY
) -> tuple[str, ...]:
    """How the last word of a line may go on: verbs, then names and values of arguments, and words of a filter."""
    words = line.split(" ")
    last = words[-1].casefold()
    if len(words) == 1:
        return tuple(sorted({verb.partition(" ")[0] for verb in verbs() if verb.startswith(last)}))
    action, rest = verb_of(words)
    seconds = _second_words(words)
    if action is None:
        return seconds
    kinds = {arg.kind for arg in action.args if arg.positional}
    if ArgKind.filter in kinds:
        return _of_filter(" ".join(rest), names)
    if ArgKind.view in kinds:
        return (*_beginning(" ".join(rest), views), *seconds)
    return (*_of_arguments(action, words[-1], people), *seconds)


def _second_words(words: Sequence[str]) -> tuple[str, ...]:
    """What may follow a first word that is the verb of several: ``view save``."""
    begun = " ".join(word.casefold() for word in words)
    found = (verb.split(" ") for verb in verbs() if 2 <= len(words) <= MOST_WORDS and verb.startswith(begun))
    return tuple(dict.fromkeys(verb[len(words) - 1] for verb in found if len(verb) >= len(words)))


def _of_arguments(action: Action, word: str, people: Iterable[str]) -> tuple[str, ...]:
    last = word.casefold()
    name, equals, typed = word.partition("=")
    if equals:
        arg = next((arg for arg in action.args if arg.name == name), None)
        return tuple(f"{name}={text}" for text in _values(arg, people) if text.casefold().startswith(typed.casefold()))
    found = [text for arg in action.args if arg.positional for text in _values(arg, people)]
    found += [f"{arg.name}=" for arg in action.args if not arg.positional]
    return tuple(text for text in found if text.casefold().startswith(last))


def _of_filter(text: str, names: Names) -> tuple[str, ...]:
    """How the last word of a filter may go on, whole words: ``-team:desk,n`` → ``-team:desk,network``."""
    found = filters.complete(text, len(text), names)
    before = text[: found.start].rpartition(" ")[2]
    return tuple(f"{before}{candidate}" for candidate in found.candidates)


def _beginning(typed: str, whole: Iterable[str]) -> tuple[str, ...]:
    """What is still to be typed of names that begin so, from their last word begun on."""
    start = len(typed) - len(typed.rpartition(" ")[2])
    return tuple(name[start:] for name in whole if fold(name).startswith(fold(typed)))


def _values(arg: Arg | None, people: Iterable[str]) -> tuple[str, ...]:
    if arg is None:
        return ()
    by_kind: Mapping[ArgKind, Iterable[str]] = {
        ArgKind.choice: arg.choices,
        ArgKind.person: people,
        ArgKind.language: languages(),
        ArgKind.theme: themes.names(),
        ArgKind.priority: ("1", "2", "3", "4"),
    }
    return tuple(by_kind.get(arg.kind, ()))


def agreed(texts: Sequence[str]) -> str:
    """What all of them begin with."""
    shared = texts[0]
    for text in texts[1:]:
        while not text.startswith(shared):
            shared = shared[:-1]
    return shared
