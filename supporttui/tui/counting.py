"""Figures that stand on screen together are read together: the first line's, and those of the screen in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.ports import Transaction
    from supporttui.usecases.views import Status

Shows = Callable[[], None]
"""Puts on screen what was read."""
Counting = Callable[["Transaction"], Shows]
"""What a screen reads beside the first line's facts."""


def figures(
    tx: Transaction, now: Instant, me: PersonId, counting: Sequence[Counting]
) -> tuple[Status, tuple[Shows, ...]]:
    """All of them as of one instant."""
    return usecases.queue.status(tx, now, me), tuple(count(tx) for count in counting)
