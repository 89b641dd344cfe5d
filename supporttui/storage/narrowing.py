"""What may fit a filter, told by an index before the list is walked: few numbers, or that there are too many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVarTuple

from sqlalchemy import Connection, Select, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from supporttui.domain.queue import Node
from supporttui.storage.counters import SqlCounts, late, of_people, whose
from supporttui.storage.rows import to_json
from supporttui.storage.schema import Text, tickets
from supporttui.storage.search import MOST, SqlTexts

Given = TypeVarTuple("Given")


class among(GenericFunction[bool]):  # noqa: N801  named like what it renders
    """Whether a number is among those of a JSON array: one parameter, however many they are."""

    inherit_cache = True


@compiles(among, "sqlite")
def _in_json(element: Any, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{number} IN (SELECT value FROM json_each({numbers}))"  # noqa: S608  both are names of parameters


@compiles(among, "postgresql")
def _in_array(element: Any, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{number} = ANY (CAST(translate({numbers}, '[]', '{{}}') AS bigint[]))"


MOST_OF_PEOPLE = 1_000
"""Tickets of some people or teams; where they have more, the walk through all open ones meets them as soon."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Numbers among which all that fits is, or so many of them as were asked for."""

    numbers: Sequence[int]

    @property
    def is_whole(self) -> bool:
        """Whether nothing else fits."""
        return len(self.numbers) <= MOST

    @property
    def parameter(self) -> Mapping[str, str]:
        """For the statements of ``queue.py``."""
        return {"among": to_json(self.numbers)}


def narrow(statement: Select[*Given], *, few: bool) -> Select[*Given]:
    """A statement over tickets, or the same of the numbers in its parameter ``among``."""
    return statement.where(among(tickets.c.id, bindparam("among", type_=Text()))) if few else statement


def narrowed(
    connection: Connection, texts: SqlTexts, counts: SqlCounts, query: Node, asked: Mapping[str, Any]
) -> Narrowed | None:
    """By words, by whose they are, or by what is late: whatever leaves few first; ``None`` where nothing is told."""
    found = None
    for ask in (_by_words, _by_people, _by_time):
        numbers = ask(connection, texts, counts, query, {**asked, "most": MOST + 1})
        found = found if numbers is None else Narrowed(numbers)
        if found is not None and found.is_whole:
            break
    return found


Numbers: TypeAlias = Sequence[int] | None
_Asked: TypeAlias = Mapping[str, Any]


def _by_words(_: Connection, texts: SqlTexts, _counts: SqlCounts, query: Node, _asked: _Asked) -> Numbers:
    return texts.candidates(query)


def _by_people(connection: Connection, _texts: SqlTexts, counts: SqlCounts, query: Node, asked: _Asked) -> Numbers:
    wanted = whose(query)
    total = counts.total(wanted, asked) if wanted is not None else None
    if wanted is None or total is None or total > MOST_OF_PEOPLE:
        return None
    return connection.execute(of_people(wanted), asked).scalars().all()


def _by_time(connection: Connection, _texts: SqlTexts, _counts: SqlCounts, query: Node, asked: _Asked) -> Numbers:
    statement = late(query)
    return None if statement is None else connection.execute(statement, asked).scalars().all()
