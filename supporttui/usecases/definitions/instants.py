"""Instants in definitions: each within the years that calendars and rotas reach, whatever it stands in."""

import functools
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any, get_args, get_type_hints

from supporttui.domain.faults import BadInput
from supporttui.domain.spans import Instant

FIRST, LAST = 1970, 2099
_BEGIN, _END = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) for year in (FIRST, LAST + 1))


def out_of_reach(where: str, value: object) -> Iterator[BadInput]:
    """A fault for every instant that a definition, or anything in it, has before 1970 or after 2099."""
    if is_dataclass(value) and not isinstance(value, type):
        for name, kind in _hints(type(value)).items():
            found = getattr(value, name, None)
            if isinstance(found, int) and (kind is Instant or Instant in get_args(kind)):
                yield from _within(f"{where}.{name}", found)
            else:
                yield from out_of_reach(f"{where}.{name}", found)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from out_of_reach(f"{where}[{i}]", item)


def _within(where: str, found: int) -> Iterator[BadInput]:
    if not _BEGIN <= found < _END:
        yield BadInput("definition.era", where=where, found=str(found)[:30], first=FIRST, last=LAST)


@functools.cache
def _hints(kind: type) -> Mapping[str, Any]:
    return {field.name: get_type_hints(kind)[field.name] for field in fields(kind) if field.init}
