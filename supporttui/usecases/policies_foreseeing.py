"""What a change of escalation policies does before it is made: whom each would page, and what runs on as it was."""

from dataclasses import dataclass

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.spans import Instant
from supporttui.usecases import packing, policies
from supporttui.usecases.attempt import tried
from supporttui.usecases.definitions.defining import Pack, define
from supporttui.usecases.packing import Preview
from supporttui.usecases.policies import Ahead
from supporttui.usecases.ports import Call, Transaction


@dataclass(frozen=True, slots=True)
class Paging:
    """One policy as it would be."""

    ahead: Ahead
    """Whom each of its steps would page within a day."""
    staying: int
    """Running escalations that hold an older version until they are moved."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a pack does."""

    preview: Preview
    paging: tuple[Paging, ...] = ()


def foretell(call: Call, tx: Transaction, pack: Pack, *, valid_from: Instant | None = None) -> Foreseen:
    """What a pack would do, with its policies put, looked at, and taken back. Raises as ``packing.foretell`` does."""
    found = packing.foretell(call, tx, pack, valid_from=valid_from)
    if not found.changes:
        return Foreseen(found)
    return Foreseen(found, tried(tx, lambda: tuple(_paging(call, tx, one, found.begins) for one in pack.policies)))


def _paging(call: Call, tx: Transaction, policy: Policy, begins: Instant) -> Paging:
    define(call, tx, policy.id, policy, valid_from=begins)
    return Paging(policies.ahead(tx, policy.id, begins), policies.one(tx, policy.id).behind)
