"""How fast the desk is, as ratios to a bare Textual app of the same run.

    python -m tests.benchmarks            all rows, five rounds
    python -m tests.benchmarks --rounds 3 --sizes 1000,100000

Rows are those of the goals: start to first tickets, start to the first answered key, key to paint, bytes
per idle second while everything ticks, private memory, and their growth with the number of tickets.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.seed import fill
from tests.benchmarks.terminal import Terminal

HERE = Path(__file__).parent
DOWN, PAGE_DOWN = b"\x1b[B", b"\x1b[6~"
Figures = dict[str, float]


def main() -> None:
    """Measure, print a table, and say which goals are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default="1000,100000", help="numbers of open tickets, comma-separated")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="supporttui-bench-") as folder:
        programs = _programs(Path(folder), sizes)
        rounds = _rounds(programs, args.rounds)
    _print(rounds, sizes)


def _programs(folder: Path, sizes: list[int]) -> dict[str, Callable[[], Figures]]:
    programs: dict[str, Callable[[], Figures]] = {"bare": lambda: _bare(folder)}
    for size in sizes:
        database = folder / f"{size}.sqlite"
        print(f"filling {size:,} open tickets …", file=sys.stderr, flush=True)
        fill(database, size)
        programs[f"desk {size:,}"] = lambda database=database, size=size: _desk(database, folder / f"home-{size}")
    return programs


def _rounds(programs: dict[str, Callable[[], Figures]], count: int) -> list[dict[str, Figures]]:
    """The first round warms the caches and is thrown away; the order is shuffled in each."""
    rounds = []
    shuffle = random.Random(7)  # noqa: S311  a repeatable order, not a secret
    for number in range(count + 1):
        names = list(programs)
        shuffle.shuffle(names)
        rounds.append({name: programs[name]() for name in names})
        print(f"round {number} of {count}", file=sys.stderr, flush=True)
    return rounds[1:]


def _environment(home: Path) -> dict[str, str]:
    home.mkdir(exist_ok=True)
    keep = {key: os.environ[key] for key in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if key in os.environ}
    return {**keep, "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(HERE.parents[1])}


def _bare(folder: Path) -> Figures:
    terminal = Terminal([sys.executable, str(HERE / "bare.py")], _environment(folder / "home-bare"))
    try:
        ready = terminal.watch(lambda: "READY" in terminal.text()) - terminal.started
        terminal.settle()
        return {"ready": ready, "cpu": terminal.cpu_seconds(), "memory": terminal.private_mib(), "idle": terminal.idle(6) / 6}
    finally:
        terminal.close()


def _desk(database: Path, home: Path) -> Figures:
    argv = [sys.executable, "-m", "supporttui", "--db", str(database), "--as", "ana"]
    terminal = Terminal(argv, _environment(home))
    try:
        figures = _start(terminal)
        figures |= _keys(terminal, "down", DOWN, 25)
        figures |= _keys(terminal, "page", PAGE_DOWN, 10)
        figures["idle"] = terminal.idle(6) / 6
        figures["memory"] = terminal.private_mib()
        return figures
    finally:
        terminal.close()


def _cursor_row(terminal: Terminal) -> int:
    """The line of the screen on which the list's cursor stands; -1 if none."""
    return next((n for n, line in enumerate(terminal.screen.display) if line.startswith(">")), -1)


def _start(terminal: Terminal) -> Figures:
    """A key typed at spawn: ``answered`` is when its effect is on the screen."""
    terminal.send(DOWN)
    ready = terminal.watch(lambda: _cursor_row(terminal) >= 0) - terminal.started
    first = _cursor_row(terminal)
    answered = terminal.watch(lambda: _cursor_row(terminal) not in (-1, first)) - terminal.started
    cpu = terminal.cpu_seconds()
    terminal.watch(lambda: "live" in terminal.screen.display[0])
    terminal.settle()
    return {"ready": ready, "answered": answered, "cpu": cpu, "cpu_live": terminal.cpu_seconds()}


def _keys(terminal: Terminal, name: str, key: bytes, count: int) -> Figures:
    paints, sent = [], terminal.bytes
    for _ in range(count):
        before = terminal.screen.display[_cursor_row(terminal)]
        row = _cursor_row(terminal)
        pressed = terminal.send(key)
        paints.append(
            terminal.watch(
                lambda row=row, before=before: (now_row := _cursor_row(terminal)) >= 0
                and (now_row != row or terminal.screen.display[now_row] != before)
            )
            - pressed
        )
        terminal.settle(0.06)
    paints.sort()
    return {
        f"{name}.p50": statistics.median(paints),
        f"{name}.p95": paints[int(len(paints) * 0.95) - 1],
        f"{name}.bytes": (terminal.bytes - sent) / count,
    }


def _ratio(rounds: list[dict[str, Figures]], program: str, metric: str, against: str, other: str) -> float:
    return statistics.median(r[program][metric] / max(r[against][other], 1e-9) for r in rounds)


def _print(rounds: list[dict[str, Figures]], sizes: list[int]) -> None:
    print(f"\n{'figure':<14}" + "".join(f"{name:>16}" for name in rounds[0]))
    table: dict[str, dict[str, float]] = defaultdict(dict)
    for name in rounds[0]:
        for metric in rounds[0][name]:
            table[metric][name] = statistics.median(r[name][metric] for r in rounds)
    for metric, values in table.items():
        print(f"{metric:<14}" + "".join(f"{values.get(name, float('nan')):>16.4g}" for name in rounds[0]))
    small, large = f"desk {sizes[0]:,}", f"desk {sizes[-1]:,}"
    print("\ngoal (required)                                   ratio")
    goals = [
        ("1  ready / bare ready", _ratio(rounds, large, "ready", "bare", "ready"), 0.25),
        ("2  answered / bare ready", _ratio(rounds, large, "answered", "bare", "ready"), 1.3),
        ("3  start cpu / bare", _ratio(rounds, large, "cpu", "bare", "cpu"), 1.2),
        ("3  cpu with the database loaded / bare", _ratio(rounds, large, "cpu_live", "bare", "cpu"), 2.0),
        ("4  ready, largest / smallest", _ratio(rounds, large, "ready", small, "ready"), 1.10),
        ("4  key p95, largest / smallest", _ratio(rounds, large, "down.p95", small, "down.p95"), 1.15),
        ("4  memory, largest / smallest", _ratio(rounds, large, "memory", small, "memory"), 1.03),
        ("14 memory with the database / bare", _ratio(rounds, large, "memory", "bare", "memory"), 1.75),
    ]
    for label, ratio, bound in goals:
        print(f"{label:<46}{ratio:>8.3f}  <= {bound:<5} {'met' if ratio <= bound else 'MISSED'}")


if __name__ == "__main__":
    main()
