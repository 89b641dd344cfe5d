"""The life of the intake: a server and its mailboxes beside each other, until it is told to end."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from supporttui.domain.faults import Refused, SupportError
from supporttui.intake.serve.http import Server
from supporttui.intake.serve.options import Mailbox

_LOG = logging.getLogger("supporttui.intake")
SECONDS_TO_FINISH = 2.0
LONGEST_PAUSE = 600
"""Seconds between two tries at a mailbox that does not answer."""


@dataclass(frozen=True, slots=True)
class Round:
    """A mailbox that is looked at again and again."""

    name: str
    box: Mailbox
    look: Callable[[], int]
    """One look; how many messages were taken in. Raises SupportError."""


class Intake:
    """Serves and looks until ``stop``."""

    def __init__(self, server: Server | None, rounds: Sequence[Round] = ()) -> None:
        self._server = server
        self._rounds = tuple(rounds)
        self._ending = threading.Event()

    def run(self) -> None:
        """Until ``stop``; then what is in hand has a moment to finish."""
        threads = [threading.Thread(target=self._serve, name="intake", daemon=True)] if self._server else []
        threads += [
            threading.Thread(target=self._go_round, args=(one,), name=f"intake {one.name}", daemon=True)
            for one in self._rounds
        ]
        for thread in threads:
            thread.start()
        self._ending.wait()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
        for thread in threads:
            thread.join(SECONDS_TO_FINISH)

    def stop(self) -> None:
        """End soon; safe in a signal handler and any thread."""
        self._ending.set()

    def _serve(self) -> None:
        assert self._server is not None
        self._server.serve_forever(poll_interval=0.5)

    def _go_round(self, one: Round) -> None:
        """Look, wait, look: what goes wrong is told in the log, and the waits grow."""
        failures = 0
        while not self._ending.is_set():
            failures = 0 if _looked(one) else failures + 1
            self._ending.wait(min(one.box.every * 2 ** min(failures, 8), max(LONGEST_PAUSE, one.box.every)))


class _Look(threading.Thread):
    """One look in a thread of its own: a defect ends it, with a traceback on standard error, and nothing else."""

    def __init__(self, one: Round) -> None:
        super().__init__(name=f"look {one.name}", daemon=True)
        self._one = one
        self.taken: int | None = None
        self.fault: SupportError | None = None

    def run(self) -> None:
        try:
            self.taken = self._one.look()
        except SupportError as fault:
            self.fault = fault


def _looked(one: Round) -> bool:
    """Whether a look went well."""
    look = _Look(one)
    look.start()
    look.join()
    if look.taken is not None:
        _LOG.info("%s: %d taken in", one.name, look.taken)
    else:
        _LOG.warning("%s: %s", one.name, look.fault or "a look failed by a fault of ours")
    return look.taken is not None


def listening(make: Callable[[], Server], host: str, port: int) -> Server:
    """The server that ``make`` makes.

    Raises:
        Refused: ``intake.address``.
    """
    try:
        return make()
    except (OSError, OverflowError) as fault:
        reason = getattr(fault, "strerror", None) or type(fault).__name__
        raise Refused("intake.address", host=host[:100], port=port, reason=reason) from None
