"""Running escalations go on by another version of their policy: all of them as one action."""

from dataclasses import dataclass

from supporttui.domain.access import Permission
from supporttui.domain.events import EscalationMoved
from supporttui.domain.faults import Refused
from supporttui.domain.ids import OperationId, PolicyId, TicketId
from supporttui.usecases.access import require
from supporttui.usecases.ports import Call, Escalation, Transaction
from supporttui.usecases.real import drills_among
from supporttui.usecases.record import record
from supporttui.usecases.rules import rules_of


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, and to which version."""

    policy: PolicyId
    version: int
    tickets: tuple[TicketId, ...]
    operation: OperationId


def behind(tx: Transaction, policy: PolicyId) -> tuple[Escalation, ...]:
    """The running escalations that hold an older version of a policy than the newest; drills end by theirs.

    Raises:
        NotFound: ``policy.unknown``.
    """
    newest = rules_of(tx).policy(policy)
    found = [one for one in tx.escalations.running() if one.policy == policy and one.policy_version < newest.version]
    drills = drills_among(tx, [one.ticket for one in found])
    return tuple(one for one in found if one.ticket not in drills)


def move(call: Call, tx: Transaction, *, policy: PolicyId) -> Moved:
    """Let them go on by the newest version, each at the step where it stands; one undo takes back all of it.

    Raises:
        NotFound: ``policy.unknown``.
        Refused: ``policy.nothing_to_move``.
    """
    require(call, tx, Permission.configure)
    rules, found = rules_of(tx), behind(tx, policy)
    newest = rules.policy(policy)
    if not found:
        raise Refused("policy.nothing_to_move", policy=policy, version=newest.version)
    for one in found:
        event = EscalationMoved(newest.version, one.kind)
        record(call, tx, tx.tickets.get(one.ticket), [event], rules=rules)
    return Moved(policy, newest.version, tuple(dict.fromkeys(one.ticket for one in found)), call.operation)
