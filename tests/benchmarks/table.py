"""Figures of all rounds as a table, and the goals they are held against."""

import statistics
from dataclasses import dataclass

Round = dict[str, dict[str, float]]
"""Program → figure → value, of one round."""

UNITS = {
    "ready": ("start to the first ticket", "ms"), "answered": ("start to a typed move", "ms"),
    "obeyed": ("start to a typed mark", "ms"), "cpu": ("CPU to ready", "ms"),
    "cpu_obeyed": ("CPU to a typed mark", "ms"), "cpu_live": ("CPU with the database", "ms"),
    "bytes": ("bytes of a start", ""), "down.p50": ("move, key to paint p50", "ms"), "down.p95": ("move p95", "ms"),
    "down.bytes": ("bytes a move", ""), "page.p50": ("page, key to paint p50", "ms"), "page.p95": ("page p95", "ms"),
    "page.bytes": ("bytes a page", ""), "search.p50": ("search, key to narrowed list p50", "ms"),
    "search.p95": ("search p95", "ms"), "idle": ("idle bytes/s", ""), "idle.needed": ("  needed bytes/s", ""),
    "idle.writes": ("  writes/s", ""), "idle.cpu": ("  CPU ms/s", "ms"), "idle.wakeups": ("  wakeups/s", ""),
    "memory": ("private MiB", ""),
}  # fmt: skip


@dataclass(frozen=True)
class Goal:
    """A ratio and the most it may be."""

    row: str
    label: str
    ratio: float
    most: float
    required: bool = False


def print_table(rounds: list[Round]) -> None:
    """The median of every figure of every program."""
    names = list(rounds[0])
    print(f"\n{'median':<28}" + "".join(f"{name:>12}" for name in names))
    for figure, (label, unit) in UNITS.items():
        scale = 1000 if unit == "ms" else 1
        cells = [_median(rounds, name, figure) for name in names]
        text = "".join(f"{'-' if cell is None else f'{cell * scale:,.1f}':>12}" for cell in cells)
        print(f"{f'{label} {unit}':<28}{text}")


def print_goals(rounds: list[Round], *, small: str, large: str, paged: tuple[float, float]) -> int:
    """Each goal beside what was measured; 1 if a required one is missed."""
    print(f"\n{'row  goal':<58}{'ratio':>8}")
    found = _goals(rounds, small, large, paged)
    for goal in found:
        verdict = "met" if goal.ratio <= goal.most else ("MISSED" if goal.required else "missed")
        print(f"{goal.row:<4} {goal.label:<53}{goal.ratio:>8.3f}  <= {goal.most:<5} {verdict}")
    return int(any(goal.required and goal.ratio > goal.most for goal in found))


def _goals(rounds: list[Round], small: str, large: str, paged: tuple[float, float]) -> list[Goal]:
    def ratio(program: str, figure: str, other: str, against: str) -> float:
        return statistics.median(r[program][figure] / max(r[other][against], 1e-9) for r in rounds)

    def growth(figure: str) -> float:
        """Of medians: two desks of one size differ within a round by more than sizes do."""
        return statistics.median(r[large][figure] for r in rounds) / statistics.median(r[small][figure] for r in rounds)

    return [
        Goal("1", "first tickets / bare ready", ratio(large, "ready", "bare", "ready"), 0.25, required=True),
        Goal("2", "answered, a move / bare ready", ratio(large, "answered", "bare", "ready"), 1.3, required=True),
        Goal("2", "answered, any other key / bare ready", ratio(large, "obeyed", "bare", "ready"), 1.3),
        Goal("3", "start CPU to the answered key / bare", ratio(large, "cpu_obeyed", "bare", "cpu"), 1.2),
        Goal("3", "CPU with the database loaded / bare", ratio(large, "cpu_live", "bare", "cpu"), 2.0),
        Goal("4", "ready, largest / smallest", growth("ready"), 1.10, required=True),
        Goal("4", "move p95, largest / smallest", growth("down.p95"), 1.15, required=True),
        Goal("4", "private memory, largest / smallest", growth("memory"), 1.03, required=True),
        Goal("5", "move p50 / bare key p50", ratio(large, "down.p50", "bare", "down.p50"), 2.0),
        Goal("6", "page p50 / bare key p50", ratio(large, "page.p50", "bare", "down.p50"), 4.0),
        Goal("8", "search p95, key to narrowed list, largest / smallest", growth("search.p95"), 1.5, required=True),
        Goal("11", "idle bytes sent / needed", ratio(large, "idle", large, "idle.needed"), 1.2),
        Goal("13", "quiet desk: bytes/s", statistics.median(r["quiet"]["idle"] for r in rounds), 0.0),
        Goal("13", "quiet desk: CPU / bare", ratio("quiet", "idle.cpu", "bare", "idle.cpu"), 0.3),
        Goal("13", "quiet desk: wakeups/s", statistics.median(r["quiet"]["idle.wakeups"] for r in rounds), 1.1),
        Goal("14", "private memory with the database / bare", ratio(large, "memory", "bare", "memory"), 1.75),
        Goal("15", "private memory after paging far / before", paged[1] / paged[0], 1.05),
    ]


def _median(rounds: list[Round], program: str, figure: str) -> float | None:
    values = [r[program][figure] for r in rounds if figure in r[program]]
    return statistics.median(values) if values else None
