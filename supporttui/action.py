"""What an action is: its words, where it makes sense, what it takes, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from supporttui import usecases
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import State

FINAL = mark("Cannot be undone.")
ADDS = mark("It only adds, and stays.")


class Scope(StrEnum):
    """Where an action makes sense."""

    everywhere = "everywhere"
    list = "list"
    ticket = "ticket"
    """On tickets: the marked ones, or the current one; on the command line their numbers come first."""
    operation = "operation"
    """On something done before: the last one, or the operation id that is given."""
    view = "view"
    """On a saved view of the queue."""


class ArgKind(StrEnum):
    """How an argument is read and completed."""

    text = "text"
    """Free text; the last text of a command takes the rest of the line."""
    code = "code"
    """One word that the site chooses."""
    instant = "instant"
    """A duration from now or a moment: ``2h``, ``fri 17:00``, ``2026-03-02T09:00``."""
    week = "week"
    """The number of a week, or a moment in it; the last one of a command takes the rest of the line."""
    choice = "choice"
    """One of ``choices``."""
    priority = "priority"
    seconds = "seconds"
    """A number of them."""
    number = "number"
    """A whole number."""
    level = "level"
    """Impact or urgency."""
    person = "person"
    team = "team"
    step = "step"
    """A step of the ticket's escalation policy: its number or its name."""
    ticket = "ticket"
    """A ticket's number, with or without the prefix, or a foreign number."""
    service = "service"
    filter = "filter"
    language = "language"
    theme = "theme"
    view = "view"
    """The name of a view; the last one of a command takes the rest of the line."""
    operation = "operation"
    fields = "fields"
    """``field=value`` pairs: one a word on the command line; on one line values with ``=`` stand in quotes."""
    kind = "kind"
    """Incident, request, question …"""


@dataclass(frozen=True, slots=True)
class Arg:
    """One argument; ``name`` is the use case's keyword and the command line's option."""

    name: str
    kind: ArgKind
    help: str
    """A marked text."""
    required: bool = False
    choices: tuple[str, ...] = ()
    positional: bool = False
    """Stands in its place (after the tickets); others are options: ``--name``, in ``:`` ``name=``."""
    kept: bool = True
    """An instant is stored, so that a time which the clocks show twice or never is asked about."""


Run = Callable[..., Any]
"""``run(call, tx, ticket, version, **args)``; for ``Scope.operation`` ``run(call, tx, operation)``."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person can ask for; ``label`` and ``help`` are marked texts."""

    id: str
    label: str
    help: str
    scope: Scope
    verb: str | None = None
    """The word in ``:`` and on the command line; ``None``: keys only."""
    args: tuple[Arg, ...] = ()
    undoable: bool = False
    back: str = ""
    """Where undo does not: the action that takes it back; its own id: it is done anew, the other way round."""
    lasting: str = ""
    """Why nothing takes it back; a marked text."""
    outward: bool = False
    """Touches other people, or is hard to take back: its key is upper case."""
    does: str = ""
    """The use case that writes, as ``module.function``; empty only looks or moves."""
    permission: Permission = Permission.read
    states: frozenset[State] = frozenset(State)
    """Of the tickets that it can be done to; in any other the use case refuses it."""

    @property
    def run(self) -> Run | None:
        """The use case that writes; its module is loaded with the first question for it."""
        if not self.does:
            return None
        module, _, function = self.does.partition(".")
        return cast("Run", getattr(getattr(usecases, module), function))

    @property
    def changes(self) -> bool:
        """Writes to the database; off on a read-only desk."""
        return bool(self.does)
