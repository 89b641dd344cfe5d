"""Messages that came in long ago are forgotten: their senders do not send them a second time any more."""

from supporttui.domain.access import Permission
from supporttui.domain.spans import Instant
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Transaction

KEPT = 90 * 86_400
"""Seconds for which a message is known again. A later answer to it still finds its ticket by the number."""
MOST = 500
"""So many at once: a large pile is gone after some minutes, and nobody waits for it."""


def is_due(tx: Transaction, now: Instant) -> bool:
    """Whether there is anything to forget."""
    oldest = tx.incoming.oldest()
    return oldest is not None and oldest < now - KEPT


def prune(call: Call, tx: Transaction, token: int) -> int:
    """Forget the oldest; how many it were.

    Raises:
        Refused: ``lease.lost``. Forbidden: ``access.denied``.
    """
    require(call, tx, Permission.sweep)
    tx.lease.check(token)
    return tx.incoming.forget(Instant(call.at - KEPT), MOST)
