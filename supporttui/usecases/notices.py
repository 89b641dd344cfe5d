"""The outbox: claim what is due, record what became of it."""

# ruff: noqa
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction


def claim(
    call: Call, tx: Transaction, token: int, *, limit: int = 20, seconds: int = 60
) -> tuple[Notice, ...]: ...
def settle(
    call: Call, tx: Transaction, notice: Notice, *, token: int, error: str = "", retry_after: int = 0
) -> NoticeState | None:
    """`error` empty: sent."""
