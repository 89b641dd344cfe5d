"""What the watch promises, in the long form: real processes, kill -9, SIGSTOP, both databases, the real clock.

    python -m tests.reliability                          all trials in full size; takes hours
    python -m tests.reliability kills pauses --size 20   some of them, smaller
    python -m tests.reliability storm --database sqlite
    python -m tests.reliability kills --size 1 --plant twice    a planted fault must be found: ends with 1

Prints figures and violations of each, and ends with 1 if there are any. The short form is part of the test command.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from supporttui.domain.spans import Instant
from supporttui.storage import open_store
from tests import postgres
from tests.reliability.faults import Plant
from tests.reliability.trials import TRIALS, Trial

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=", ".join(TRIALS))
    parser.add_argument("--size", type=int, help="kills a point, steps or tickets; without it the full size")
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--database", choices=DATABASES, help="without it both")
    parser.add_argument("--plant", type=Plant, choices=list(Plant), default=Plant.none)
    args = parser.parse_args()
    unknown = set(args.trials) - set(TRIALS)
    if unknown:
        parser.error(f"no such trial: {', '.join(sorted(unknown))}")
    failed = False
    for name in args.trials or TRIALS:
        for database in _databases(name, args.database):
            failed |= _tried(name, database, args)
    return int(failed)


def _databases(name: str, asked: str | None) -> tuple[str, ...]:
    """Ten thousand open tickets are promised of SQLite."""
    possible = DATABASES[:1] if name == "step" else DATABASES
    return tuple(one for one in possible if asked in (None, one))


def _tried(name: str, database: str, args: argparse.Namespace) -> bool:
    run, full = TRIALS[name]
    with tempfile.TemporaryDirectory(prefix="stui-") as folder, _database(database, Path(folder)) as url:
        outcome = run(Trial(url, Path(folder), args.size or full, args.seed, args.plant))
    figures = ", ".join(f"{what} {value}" for what, value in outcome.figures.items())
    lines = [f"{name} on {database}: {figures}; violations {len(outcome.violations)}"]
    sys.stdout.write("\n  ".join([*lines, *outcome.violations[:20]]) + "\n")
    sys.stdout.flush()
    return bool(outcome.violations)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database of our schema, alone on its server."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'desk.db'}"
        open_store(url, clock=lambda: Instant(0), create=True).close()
        yield url
        return
    home = folder / "s"
    folder.chmod(0o711)
    home.mkdir(mode=0o700)
    server = postgres.start(home)
    try:
        url = server.create("desk")
        open_store(url, clock=lambda: Instant(0), create=True).close()
        yield url
    finally:
        postgres.stop(home)


if __name__ == "__main__":
    sys.exit(main())
