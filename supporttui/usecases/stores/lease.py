"""Who leads among the watches, as use cases need it: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from collections.abc import Sequence

    from supporttui.usecases.passed import Pulse, Trouble


class Lease(Protocol):
    """One watch at a time; its token fences every write of it."""

    def take(self, holder: str, seconds: int) -> int | None:
        """The token if the lease is free, run out or already mine (renewed); else None."""

    def check(self, token: int) -> None:
        """Raises Refused (``lease.lost``) when the token is not the current one."""

    def release(self, token: int) -> None:
        """Give the lease back, if the token is the current one."""

    def audited(self, token: int, found: Sequence[Trouble]) -> None:
        """Keep what the look of now found, if the token is the current one."""

    def pulse(self) -> Pulse | None:
        """The sign of life; ``None`` if no watch ever led."""
