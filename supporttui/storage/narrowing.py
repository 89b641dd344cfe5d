"""What may fit a filter, told by an index before the list is walked: few numbers, or that there are too many for that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from supporttui.domain.queue import Node
from supporttui.storage.counters import late
from supporttui.storage.rows import to_json
from supporttui.storage.search import MOST, SqlTexts


class among(GenericFunction[bool]):  # noqa: N801  named like what it renders
    """Whether a number is among those of a JSON array: one parameter, however many they are."""

    inherit_cache = True


@compiles(among, "sqlite")
def _in_json(element: Any, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{number} IN (SELECT value FROM json_each({numbers}))"


@compiles(among, "postgresql")
def _in_array(element: Any, compiler: Any, **options: Any) -> str:
    number, numbers = (compiler.process(part, **options) for part in element.clauses)
    return f"{number} = ANY (CAST(translate({numbers}, '[]', '{{}}') AS bigint[]))"


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


def narrowed(connection: Connection, texts: SqlTexts, query: Node, asked: Mapping[str, Any]) -> Narrowed | None:
    """By words, else by what is late; ``None`` where neither is asked for."""
    numbers = texts.candidates(query)
    if numbers is not None:
        return Narrowed(numbers)
    statement = late(query)
    if statement is None:
        return None
    return Narrowed(connection.execute(statement, {**asked, "most": MOST + 1}).scalars().all())
