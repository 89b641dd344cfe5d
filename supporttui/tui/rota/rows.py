"""The rows of a plan: line by line of support its layers, then what follows from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from supporttui.domain.rota.coverage import DELIBERATE
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Span
from supporttui.domain.text import safe_text
from supporttui.tui.rota.look import Look
from supporttui.usecases.views import RotaPlan


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a layer alone, or the final plan of a line of support."""

    label: str
    level: int
    layer: str | None
    """``None`` where several layers decide."""
    duties: Sequence[Duty]
    final: bool

    @property
    def key(self) -> tuple[int, str | None]:
        """What the cursor follows."""
        return self.level, self.layer


def rows_of(look: Look, plan: RotaPlan) -> tuple[Row, ...]:
    """Every row, in the order in which they are shown; one for a line of support with a single layer."""
    return tuple(row for level in plan.levels for row in _of_level(look, plan, level))


def _of_level(look: Look, plan: RotaPlan, level: int) -> list[Row]:
    layers = [layer.name for layer in plan.rota.layers if layer.level == level]
    final = plan.levels[level]
    if len(layers) == 1:
        label = f"{look.level(level)} {safe_text(layers[0], one_line=True, limit=40)}"
        return [Row(label, level, layers[0], final, final=True)]
    shown = [
        Row(safe_text(name, one_line=True, limit=40), level, name, plan.layers.get(name, ()), final=False)
        for name in layers
    ]
    return [*shown, Row(look.level(level), level, None, final, final=True)]


def pieces_in(duties: Sequence[Duty], day: Span) -> tuple[Duty, ...]:
    """The pieces that touch a day, uncut, in their order."""
    return tuple(duty for duty in duties if day.touches(duty.span))


def is_alarming(duty: Duty) -> bool:
    """Nobody is there, and nobody meant that."""
    return not duty.people and duty.cause not in DELIBERATE
