"""The world as the journal tells it: rebuilt at an instant, or held against what is stored."""

# ruff: noqa
from dataclasses import dataclass
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.usecases.ports import Transaction


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that is not what the facts say."""

    ticket: TicketId
    what: str
    stored: str
    replayed: str


def rebuild(source: Transaction, target: Transaction, until: Instant) -> int: ...
def differences(tx: Transaction) -> tuple[Difference, ...]: ...
