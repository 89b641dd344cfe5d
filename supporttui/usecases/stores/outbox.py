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

    def get(self, key: str) -> Notice:
        """Raises NotFound (``notice.unknown``)."""

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
        """Record the outcome, only under the claim's token; False if the claim was lost.

        What became of it for good becomes of those that leave as part of it.
        """

    def put_back(self, notice: Notice, *, token: int, not_before: Instant, error: str) -> bool:
        """It was claimed too early: it waits until ``not_before``, as if it had not been. False as in ``mark``."""

    def postpone(self, like: Notice, until: Instant, *, error: str) -> None:
        """What is due to the same contact point and no more pressing waits until then; not letters to requesters.

        One about a drill puts off drills only.
        """

    def hasten(self, keys: Sequence[str], at: Instant) -> None:
        """What waits for later may leave at ``at``."""

    def bundle(self, leading: str, keys: Sequence[str], *, error: str) -> None:
        """What waits leaves as part of the notice ``leading``; so does what was to leave as part of it."""

    def bundled(self, leading: str) -> tuple[Notice, ...]:
        """What is to leave as part of a notice, most pressing first."""

    def beside(self, notice: Notice, now: Instant, *, waiting_for: str, limit: int) -> tuple[Notice, ...]:
        """What else there is for the same contact point, most pressing first.

        Of the same code for the same person what is due; of any for anybody, as several may share a telephone, what is
        no more pressing and, by its error, has been put off for ``waiting_for``: only what is about a ticket, and no
        letters to requesters.
        """

    def sent_to(self, notice: Notice, *, since: Instant) -> tuple[Instant, ...]:
        """When messages at least as pressing left for its contact point, after an instant; ascending.

        Those about drills count for drills only.
        """

    def withdraw(self, operation: OperationId) -> int:
        """Take back pages of an operation that have not left; how many.

        What others were to leave as part of them leaves without them.
        """

    def of_ticket(self, ticket: TicketId) -> tuple[Notice, ...]:
        """Everything said about a ticket, newest first."""

    def of_operation(self, operation: OperationId) -> tuple[Notice, ...]:
        """Everything that an operation queued, by key."""

    def parts_of(self, leading: str) -> tuple[Notice, ...]:
        """What leaves, or left, as part of a notice, most pressing first."""

    def in_states(self, states: Sequence[NoticeState], *, limit: int) -> tuple[Notice, ...]:
        """What stands so, most pressing first."""

    def rewrite(self, notices: Sequence[Notice]) -> None:
        """Store parameters, state, error and bundle of notices anew; what is being sent, or was, is left as it is."""

    def decide(self, notice: Notice, state: NoticeState, *, not_before: Instant, error: str = "") -> bool:
        """What becomes of a notice that waits for a person; False, and nothing is changed, if it does not any more.

        What was to leave as part of one that never leaves waits for a decision of its own.
        """

    def stuck(self, before: Instant, *, limit: int) -> tuple[Notice, ...]:
        """What should have left or been settled before an instant, and what waits for a notice that is done with."""

    def next_due(self) -> Instant | None:
        """When the next notice may be claimed: its time comes, or a claim runs out."""

    def counts(self) -> dict[NoticeState, int]:
        """How many notices stand in each state; none where there are none."""
