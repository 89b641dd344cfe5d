"""What commands share that run until they are stopped: signals that end them, a log on standard error."""

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from supporttui.cli.session import Session


@contextmanager
def ended_by_signals(stop: Callable[[], None], session: Session) -> Iterator[None]:
    """A signal lets what is in hand finish; the exit code tells which it was."""

    def end(number: int, _: FrameType | None) -> None:
        session.exit_code = 128 + number
        stop()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def log_to_stderr() -> None:
    """Whatever the program logs, a line each with its time."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("supporttui")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
