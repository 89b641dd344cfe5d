"""The lines that ``doctor`` is made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supporttui.domain.faults import Param
from supporttui.domain.lint import Pain


class Grade(StrEnum):
    """How a line of the report stands."""

    ok = "ok"
    warning = "warning"
    bad = "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the report; ``key`` and ``code`` are frozen, the texts are for people."""

    part: str
    key: str
    text: str
    """What is so."""
    grade: Grade = Grade.ok
    code: str = ""
    """Of something that hurts, such as ``watch.silent``; empty for a fact."""
    where: str = ""
    todo: str = ""
    """What to do about it."""
    params: Mapping[str, Param] = field(default_factory=dict)
    pain: Pain | None = None
    """When it hurts; ``None``: not at all."""


def hurts(pain: Pain, part: str, key: str, text: str, **more: str) -> Line:
    """Something that hurts."""
    return Line(part, key, text, GRADES[pain], pain=pain, **more)  # type: ignore[arg-type]


GRADES: Mapping[Pain, Grade] = {Pain.tonight: Grade.bad, Pain.soon: Grade.warning, Pain.some_day: Grade.ok}
