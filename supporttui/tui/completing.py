"""How a ``:`` line may go on where it ends: verbs and arguments, and the tickets that may be meant. No Textual."""

from dataclasses import dataclass, field

from supporttui.actions import ArgKind, Scope
from supporttui.domain.filter import Names
from supporttui.domain.text import safe_text
from supporttui.i18n.cells import fit
from supporttui.tui import commands

TITLE_CELLS = 24
LETTERS = 2
"""So many are typed before tickets are looked for by them."""


@dataclass(frozen=True, slots=True)
class Found:
    """A ticket that may be meant: its code and its title."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of what can be typed."""

    names: Names = field(default_factory=Names)
    views: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """Words of the person's own commands."""
    sought: str = ""
    found: tuple[Found, ...] = ()
    """The answer to ``sought``; of no use for another text."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What may stand in place of the line from ``start`` on, and how each is shown."""

    start: int
    texts: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()

    def completed(self, line: str) -> str:
        """The line as far as all of them agree, with a space behind it when one is left."""
        if not self.texts:
            return line
        shared = commands.agreed(self.texts)
        ending = " " if len(self.texts) == 1 and not shared.endswith(("=", ":")) else ""
        return f"{line[: self.start]}{shared}{ending}" if shared else line


@dataclass(frozen=True, slots=True)
class Sought:
    """The part of a line, from ``start`` to its end, by which a ticket is looked for."""

    start: int
    text: str


def complete(line: str, known: Known, *, prefix: str) -> Completion:
    """How the end of the line may go on."""
    names = known.names
    texts = commands.candidates(line, people=names.people, views=known.views, names=names)
    if " " not in line:
        texts = (*texts, *(word for word in known.own if word.startswith(line.casefold())))
    start, shown = len(line) - len(line.rpartition(" ")[2]), texts
    sought = sought_in(line, prefix)
    if sought is not None and sought.text == known.sought and (not texts or sought.start == start):
        start, codes = sought.start, tuple(found.code for found in known.found)
        texts, shown = (*texts, *codes), (*shown, *(f"{one.code} {_short(one.title)}" for one in known.found))
    return Completion(start, texts, shown)


def sought_in(line: str, prefix: str) -> Sought | None:
    """Where a verb takes tickets: what follows its numbers; elsewhere nothing is looked for."""
    words = line.split(" ")
    action, rest = commands.verb_of(words)
    if action is None or not rest:
        return None
    opens = any(arg.kind is ArgKind.ticket for arg in action.args)
    if action.scope is not Scope.ticket and not opens:
        return None
    numbers = 0
    while numbers < len(rest) - 1 and commands.number_in(rest[numbers], prefix):
        numbers += 1
    if numbers and action.args:
        rest, numbers = rest[-1:], 0  # an argument, which may name a ticket by its number
        if not commands.number_in(rest[0], prefix):
            return None
    text = " ".join(rest[numbers:])
    return Sought(len(line) - len(text), text) if commands.number_in(text, prefix) or len(text) >= LETTERS else None


def _short(title: str) -> str:
    return fit(safe_text(title, one_line=True, limit=200), TITLE_CELLS).rstrip()
