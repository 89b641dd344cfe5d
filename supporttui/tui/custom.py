"""Programs of a person's own, at a key and behind ``:``: an argv with placeholders, never a shell line.

A value of a ticket becomes one argument or a part of one, cleaned; it can neither be taken for an option nor bring
a second argument along. What does not fit is refused before anything is started.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from enum import StrEnum
from string import Formatter

from supporttui.domain.faults import Param, Refused
from supporttui.domain.text import safe_text

LONGEST = 500
"""Characters of one value."""
PLACEHOLDERS = (
    "ticket", "id", "title", "state", "priority", "kind", "service", "team", "owner", "resolver", "requester",
    "language", "me", "site",
)  # fmt: skip
"""What stands for a value; ``ref.SYSTEM`` is their number of the ticket there, ``url.SYSTEM`` its address."""
OF_REFERENCES = ("ref", "url")


class CommandScope(StrEnum):
    """Where a command may run: on tickets, in lists, or on every screen."""

    ticket = "ticket"
    list = "list"
    everywhere = "everywhere"


class Shows(StrEnum):
    """Where the output goes: into a window to read, to the whole terminal, or nowhere."""

    pager = "pager"
    terminal = "terminal"
    nothing = "nothing"


@dataclass(frozen=True, slots=True)
class CustomCommand:
    """``[[commands]]`` of the settings."""

    name: str
    """What it is called in help and palette; its first letters and digits are the word after ``:``."""
    argv: tuple[str, ...]
    """Program and arguments; ``{ticket}``, ``{title}``, ``{service}`` are filled in, and ``ref.jira`` in braces."""
    key: str = ""
    """The key that runs it, such as ``ctrl+g``; empty: only by its word."""
    scope: CommandScope = CommandScope.ticket
    confirm: bool = False
    """Whether it is shown and asked about before it runs."""
    shows: Shows = Shows.pager
    timeout: int = field(default=30, metadata={"least": 1, "most": 3600})
    """Seconds until it is ended; a command that has the terminal to itself takes its time."""
    env: tuple[str, ...] = ()
    """Names of environment variables that it gets beside ``PATH``, ``HOME``, ``USER``, ``TERM`` and the locale."""

    @property
    def word(self) -> str:
        """What is typed after ``:``."""
        return re.sub(r"[^\w]+", "-", self.name.casefold()).strip("-")

    @property
    def id(self) -> str:
        """Its place in the key map."""
        return f"custom.{self.word}"


def with_keys(command: CustomCommand, keys: str) -> CustomCommand:
    """The same command at these keys."""
    return replace(command, key=keys)


# --- held against what there is --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one field of a command: the code of a fault and its parameters."""

    field: str
    code: str
    params: Mapping[str, Param]


def flaws(command: CustomCommand, *, taken: Sequence[str] = ()) -> Iterator[Flaw]:
    """Everything that keeps a command from ever running; ``taken`` are words that mean something else."""
    if not command.argv or not command.argv[0].strip():
        yield Flaw("argv", "settings.missing_key", {})
    if not command.word:
        yield Flaw("name", "settings.not_allowed", {"found": command.name[:40] or '""', "allowed": "a-z, 0-9, …"})
    if command.word in taken:
        yield Flaw("name", "settings.word_taken", {"word": command.word})
    if not 1 <= command.timeout <= 3600:
        yield Flaw("timeout", "settings.not_allowed", {"found": command.timeout, "allowed": "1–3600"})
    for place, template in enumerate(command.argv):
        for name in _names(template):
            yield from _flaw_of(f"argv[{place}]", name, command.scope)


def _flaw_of(place: str, name: str, scope: CommandScope) -> Iterator[Flaw]:
    head, dot, system = name.partition(".")
    known = (head in OF_REFERENCES and bool(system)) if dot else head in PLACEHOLDERS
    everywhere = ("me", "site")
    allowed = everywhere if scope is CommandScope.everywhere else (*PLACEHOLDERS, "ref.SYSTEM", "url.SYSTEM")
    if not known or (scope is CommandScope.everywhere and name not in everywhere):
        told: dict[str, Param] = {"found": f"{{{name[:40]}}}", "allowed": ", ".join(f"{{{one}}}" for one in allowed)}
        near = get_close_matches(name, allowed, n=1)
        yield Flaw(place, "settings.not_allowed", {**told, **({"suggestion": f"{{{near[0]}}}"} if near else {})})


def _names(template: str) -> Iterator[str]:
    """The placeholders of one argument; a brace that belongs to none is one of its own, and unknown."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        yield template
        return
    for _, name, form, conversion in parts:
        if name is not None:
            yield f"{name}{'!' + conversion if conversion else ''}{':' + form if form else ''}"


# --- filled in -------------------------------------------------------------------------------------------


def filled(command: CustomCommand, values: Mapping[str, str]) -> tuple[str, ...]:
    """The argv to run.

    Raises:
        Refused: ``custom.no_value`` where a placeholder has nothing to stand for; ``custom.option`` where a value
            would be taken for an option of the program.
    """
    return tuple(_argument(command, template, values) for template in command.argv)


def _argument(command: CustomCommand, template: str, values: Mapping[str, str]) -> str:
    made = ""
    for text, name, _, _ in Formatter().parse(template):
        made += text
        if name is None:
            continue
        value = str(safe_text(values.get(name, ""), one_line=True, limit=LONGEST)).strip()
        if not value:
            raise Refused("custom.no_value", command=command.name, name=name)
        if not made and value.startswith("-"):
            raise Refused("custom.option", command=command.name, name=name, found=value[:40])
        made += value
    return made


def quoted(argv: Sequence[str]) -> str:
    """An argv as people read it: what has spaces or signs in it stands between quotation marks."""
    return " ".join(arg if re.fullmatch(r"[\w@%+=:,./-]+", arg) else f"'{arg}'" for arg in argv)
