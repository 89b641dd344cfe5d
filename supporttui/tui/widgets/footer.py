"""The last line: the most useful keys that fit, always with ``? more`` at the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line

GAP = 2


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does, in words of the reader's language."""

    key: str
    label: str
    rank: int
    enabled: bool = True


def fitted(hints: Sequence[Hint], width: int, *, more: Hint) -> tuple[Run, ...]:
    """As many hints, by rank, as fit into the width together with ``more``; measured in cells."""
    left = width - 1 - _cells(more)
    kept: list[Hint] = []
    for hint in sorted(hints, key=lambda hint: hint.rank):
        need = _cells(hint) + GAP
        if need > left:
            break
        left -= need
        kept.append(hint)
    runs: list[Run] = [("", " ")]
    for hint in (*kept, more):
        runs += [
            ("key" if hint.enabled else "dim", hint.key),
            ("" if hint.enabled else "dim", f" {hint.label}"),
            ("", " " * GAP),
        ]
    return tuple(runs[:-1])


def _cells(hint: Hint) -> int:
    return cell_len(hint.key) + 1 + cell_len(hint.label)


class Footer(Line):
    """Docked at the bottom; its screen tells it what the keys are."""

    DEFAULT_CSS = "Footer { dock: bottom; height: 1; }"

    def hints(self, hints: Sequence[Hint], *, more: Hint) -> None:
        """Show what fits."""
        self.show(fitted(hints, self.screen.size.width, more=more))
