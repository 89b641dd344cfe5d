"""Notices waiting to be sent, as use cases need them: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from collections.abc import Sequence

    from supporttui.domain.ids import OperationId, TicketId
    from supporttui.domain.spans import Instant
    from supporttui.usecases.passed import Notice, NoticeState


class Outbox(Protocol):
    """Notices waiting to be sent."""

    def add(self, notices: Sequence[Notice]) -> None:
        """Queue; a key that exists is left as it is."""

    def claim(self, now: Instant, token: int, *, limit: int, seconds: int) -> tuple[Notice, ...]:
        """Take due rows (and rows whose claim ran out) for ``seconds``, most pressing first."""

    def mark(
        self,
        notice: Notice,
        state: NoticeState,
        *,
        token: int,
        not_before: Instant | None = None,
        error: str = "",
    ) -> bool:
        """Record the outcome, only under the claim's token; False if the claim was lost."""

    def withdraw(self, operation: OperationId) -> int:
        """Take back pages of an operation that have not left; how many."""

    def of_ticket(self, ticket: TicketId) -> tuple[Notice, ...]:
        """Everything said about a ticket, newest first."""

    def of_operation(self, operation: OperationId) -> tuple[Notice, ...]:
        """Everything that an operation queued, by key."""

    def rewrite(self, notices: Sequence[Notice]) -> None:
        """Store parameters, state and error of notices anew; one that was sent is left as it is.

        So is one that is being sent, unless it comes as it was claimed, with other parameters.
        """

    def next_due(self) -> Instant | None:
        """When the next notice may be claimed: its time comes, or a claim runs out."""

    def counts(self) -> dict[NoticeState, int]:
        """How many notices stand in each state; none where there are none."""
