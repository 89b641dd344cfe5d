"""Who is on call, and the plan of a span, for every rota."""

# ruff: noqa
from supporttui.domain.ids import ServiceId
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import OnCall, RotaPlan


def plan(
    tx: Transaction, start: Instant, end: Instant, *, now: Instant | None = None
) -> tuple[RotaPlan, ...]: ...
def who(tx: Transaction, at: Instant, service: ServiceId | None = None) -> tuple[OnCall, ...]: ...
