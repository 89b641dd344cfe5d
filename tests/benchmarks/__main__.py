"""How fast the desk is, as ratios to a bare Textual app of the same run.

    python -m tests.benchmarks                            five rounds, 1,000 and 100,000 open tickets
    python -m tests.benchmarks --rounds 3 --sizes 1000,20000 --keep FOLDER

Rows are those of the goals: start to first tickets and to the first answered key, CPU, key to paint, search to list,
bytes per idle second while everything ticks, private memory, and their growth with the number of tickets. Absolute
figures describe this machine at this moment; ratios are taken within each round, and their median is what counts. Ends
with 1 if a required ratio is missed.
"""

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from tests.benchmarks import programs
from tests.benchmarks.programs import Figures
from tests.benchmarks.seed import fill
from tests.benchmarks.table import Round, print_goals, print_table

PAGED = 10_000
QUIET = 40


def main() -> int:
    """Measure, print a table, and say which goals are met."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sizes", default="1000,100000", help="numbers of open tickets, comma-separated")
    parser.add_argument("--keep", type=Path, help="keep the filled databases here, for another run")
    args = parser.parse_args()
    sizes = sorted(int(size) for size in args.sizes.split(","))
    with (
        tempfile.TemporaryDirectory(prefix="supporttui-bench-") as folder,
        nullcontext(args.keep or Path(folder)) as kept,
    ):
        kept.mkdir(exist_ok=True)
        played = _programs(Path(folder), kept, sizes)
        rounds = _rounds(played, args.rounds)
        largest = sizes[-1]
        memory = programs.growth(kept / f"{largest}.sqlite", Path(folder) / f"home-{largest}", rows=min(PAGED, largest))
    print_table(rounds)
    print(f"{'load average':<28}{os.getloadavg()[1]:>12.1f}")
    return print_goals(rounds, small=f"{sizes[0]:,}", large=f"{largest:,}", paged=memory)


def _programs(folder: Path, kept: Path, sizes: list[int]) -> dict[str, Callable[[], Figures]]:
    played: dict[str, Callable[[], Figures]] = {"bare": partial(programs.bare, folder / "home-bare")}
    for size in sizes:
        database, home = _filled(kept / f"{size}.sqlite", size), folder / f"home-{size}"
        programs.warm(database, home)
        played[f"{size:,}"] = partial(programs.desk, database, home)
    still = _filled(kept / "quiet.sqlite", QUIET, ticking=False)
    programs.warm(still, folder / "home-quiet")
    played["quiet"] = partial(programs.quiet, still, folder / "home-quiet")
    return played


def _filled(database: Path, size: int, *, ticking: bool = True) -> Path:
    if not database.exists():
        print(f"filling {size:,} open tickets …", file=sys.stderr, flush=True)
        fill(database, size, ticking=ticking)
    return database


def _rounds(played: dict[str, Callable[[], Figures]], count: int) -> list[Round]:
    """The first round warms the caches and is thrown away; the order is shuffled in each."""
    rounds = []
    shuffle = random.Random(7)
    for number in range(count + 1):
        names = list(played)
        shuffle.shuffle(names)
        found = {name: played[name]() for name in names}
        rounds.append({name: found[name] for name in played})
        print(f"round {number} of {count}", file=sys.stderr, flush=True)
    return rounds[1:]


if __name__ == "__main__":
    sys.exit(main())
