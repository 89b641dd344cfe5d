"""A drill by the real clock: a marked ticket at the desk, which calls nobody unless it is to."""

from collections.abc import Sequence

from supporttui.domain.access import Permission
from supporttui.domain.events import EscalationStarted, Opened
from supporttui.domain.ids import PolicyId, ServiceId
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets.decisions import must_be_known
from supporttui.usecases.access import require
from supporttui.usecases.opening import open_ticket
from supporttui.usecases.ports import Call, Transaction
from supporttui.usecases.rules import Rules, in_force, rules_of


def start(
    call: Call,
    tx: Transaction,
    *,
    service: ServiceId,
    priority: Priority,
    title: str,
    language: str = "",
    category: str = "",
    policy: PolicyId | None = None,
    page: bool = False,
) -> Ticket:
    """Open a drill. Everything happens as with a real ticket, but its messages go to nobody unless they ``page``.

    With a ``policy`` its escalation begins, also where the service has another one or the priority begins none.

    Raises:
        BadInput: ``priority.unknown``.
        Forbidden: ``access.denied`` where it is to page and the actor may not.
        NotFound: ``service.unknown`` or ``policy.unknown``.
    """
    if page:
        require(call, tx, Permission.escalate)
    rules = rules_of(tx)
    drill = opening(rules, service, priority, title=title, language=language, category=category, at=call.at, calls=page)
    return open_ticket(call, tx, drill, and_then=begins(rules, policy, call.at))


def opening(
    rules: Rules,
    service: ServiceId,
    priority: Priority,
    *,
    title: str,
    language: str,
    category: str,
    at: Instant,
    calls: bool,
) -> Opened:
    """The first fact of a drill. Raises as ``start`` does."""
    known = rules.known_service(service)
    must_be_known(rules.matrix(known, at), priority)
    return Opened(
        title, known.id, known.team, priority, language=language, category=category, drill=True,
        drill_calls=calls,
    )  # fmt: skip


def begins(rules: Rules, policy: PolicyId | None, at: Instant) -> Sequence[EscalationStarted]:
    """The beginning of an escalation by a policy that was asked for. Raises NotFound ``policy.unknown``."""
    if policy is None:
        return ()
    version = in_force(rules.tx.definitions.policies().get(policy, ()), at)
    found = version.value if version is not None else rules.policy(policy)
    return (EscalationStarted(found.id, found.version, 1, found.kind),)
