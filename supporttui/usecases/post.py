"""The outbox as a person looks at it: what waits, why a message is as it is, what becomes of what is held."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from supporttui.domain.access import Permission
from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.events import CriterionHeld, EscalationStarted, Fact, StepFired
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.ids import DEFAULT_PREFIX, PersonId, TicketId
from supporttui.domain.notices import NoticeCode
from supporttui.domain.paging.codes import AckCode, read_code
from supporttui.domain.rota.explain import Reason
from supporttui.domain.spans import Instant
from supporttui.usecases import rota
from supporttui.usecases.access import require
from supporttui.usecases.paging import people_behind, rota_id
from supporttui.usecases.ports import Call, Notice, NoticeState, Transaction
from supporttui.usecases.rules import Rules, rules_of

WAITING = (NoticeState.held, NoticeState.dead, NoticeState.pending, NoticeState.sending, NoticeState.failed)
"""What is shown unless other states are asked for: what somebody may have to do something about."""
DROPPED = "notice.dropped"
_NUMBER = re.compile(r"[0-9]{1,18}")
_CRITERION = "criterion."
_ROTA = (
    TargetKind.on_call, TargetKind.on_call_next, TargetKind.on_call_previous, TargetKind.speaker,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Called:
    """The step that called somebody, and by what it was taken."""

    policy: str
    version: int
    step: int
    step_name: str
    round: int
    at: Instant
    by_hand: bool
    by: str
    """Who took it by hand."""
    cause: str
    criterion: CriterionHeld | None = None
    targets: tuple[StepTarget, ...] = ()
    """Of the step, those behind which the person stood."""
    duty: tuple[Reason, ...] = ()
    """Why the person was on duty then, if a rota said so."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, and why it is as it is."""

    notice: Notice
    called: Called | None
    """``None``: no step of an escalation, or it is not known any more."""
    leading: Notice | None
    """As part of which it leaves, or left."""
    parts: tuple[Notice, ...]
    """What leaves, or left, as part of it."""
    names: Mapping[str, str] = field(default_factory=dict)


def listed(tx: Transaction, states: Sequence[NoticeState] = WAITING, *, limit: int = 200) -> tuple[Notice, ...]:
    """What stands in these states, most pressing first."""
    return tx.outbox.in_states(states, limit=limit)


def of(tx: Transaction, text: str) -> Notice:
    """The message with this key, or the only one of those that wait whose key begins so.

    A message names its ticket, or the code that answers it, where it does not name all that leaves as part of it: so
    these say which one is meant, too; of several the newest with parts.

    Raises:
        NotFound: ``notice.unknown``.
    """
    try:
        return tx.outbox.get(text)
    except NotFound:
        if (named := _newest(tx, text)) is not None:
            return named
        found = [one for one in listed(tx, limit=5_000) if text and one.key.startswith(text)]
        if len(found) != 1:
            raise
        return found[0]


def _newest(tx: Transaction, text: str) -> Notice | None:
    """Of the page that a code answers, or of a ticket by its number."""
    code = read_code(text)
    answered = None if code is None else tx.ack_codes.get(code)
    if answered is not None:
        found = [one for one in tx.outbox.of_ticket(answered.ticket) if _is_answered_by(answered, one)]
    else:
        number = text.removeprefix(tx.definitions.site().get("prefix", DEFAULT_PREFIX))
        found = list(tx.outbox.of_ticket(TicketId(int(number)))) if _NUMBER.fullmatch(number) else []
    return next((one for one in found if tx.outbox.parts_of(one.key)), next(iter(found), None))


def _is_answered_by(code: AckCode, notice: Notice) -> bool:
    step = (notice.params.get("generation", code.generation), notice.params.get("firing", 0))
    return notice.person == code.person and step == (code.generation, code.firing)


def why(tx: Transaction, text: str) -> Posted:
    """Why there is a message, to whom it goes, and why it left, waits or did not leave. Raises as ``of`` does."""
    rules, notice = rules_of(tx), of(tx, text)
    leading = tx.outbox.get(notice.bundle) if notice.bundle else None
    called = _called(rules, notice)
    people = {notice.person, *(person for one in called.duty for person in one.people)} if called else {notice.person}
    return Posted(
        notice, called, leading, tx.outbox.parts_of(notice.key), {person: rules.name(person) for person in people}
    )


def release(call: Call, tx: Transaction, text: str) -> Notice:
    """What was held leaves now, if it is still so.

    Raises:
        NotFound: ``notice.unknown``.
        Refused: ``notice.not_held``.
    """
    return _decided(call, tx, text, NoticeState.pending)


def drop(call: Call, tx: Transaction, text: str) -> Notice:
    """What was held never leaves. Raises as ``release`` does."""
    return _decided(call, tx, text, NoticeState.suppressed, error=DROPPED)


def _decided(call: Call, tx: Transaction, text: str, state: NoticeState, *, error: str = "") -> Notice:
    require(call, tx, Permission.escalate)
    found = of(tx, text)
    if not tx.outbox.decide(found, state, not_before=tx.now(), error=error):
        raise Refused("notice.not_held", key=found.key, state=found.state.value)
    tx.journal.append_definition(call, "notice", found.key, 1)
    return tx.outbox.get(found.key)


# --- how a page came about ----------------------------------------------------------------------------


def _called(rules: Rules, notice: Notice) -> Called | None:
    if notice.code != NoticeCode.page.value or notice.ticket is None:
        return None
    facts = rules.tx.journal.of_ticket(notice.ticket)
    step = (notice.params.get("generation"), notice.params.get("firing"))
    fired = [one for one in facts if isinstance(one.event, StepFired) and _number(one.event) == step]
    begun = [one.event for one in facts if isinstance(one.event, EscalationStarted)]
    policy = next((_policy(rules, one) for one in begun if one.generation == step[0]), None)
    if not fired or policy is None:
        return None
    return _step(rules, notice, policy, fired[0], facts)


def _policy(rules: Rules, begun: EscalationStarted) -> Policy | None:
    try:
        return rules.policy(begun.policy, begun.policy_version)
    except NotFound:
        return None


def _number(event: StepFired) -> tuple[int, int]:
    return (event.generation, event.firing)


def _step(rules: Rules, notice: Notice, policy: Policy, fired: Fact, facts: Sequence[Fact]) -> Called:
    event = fired.event
    assert isinstance(event, StepFired)
    assert notice.ticket is not None
    targets = tuple(_targets(rules, notice, policy, event, fired.at))
    return Called(
        policy=policy.name, version=policy.version, step=event.step, step_name=policy.steps[event.step - 1].name,
        round=event.round, at=fired.at, by_hand=event.by_hand, by=rules.name(fired.actor) if event.by_hand else "",
        cause=event.cause, criterion=_criterion(event, fired, facts), targets=targets,
        duty=_duty(rules, notice, targets, fired.at),
    )  # fmt: skip


def _criterion(event: StepFired, fired: Fact, facts: Sequence[Fact]) -> CriterionHeld | None:
    if not event.cause.startswith(_CRITERION):
        return None
    held = (one.event for one in reversed(facts) if one.at <= fired.at and isinstance(one.event, CriterionHeld))
    return next((one for one in held if one.criterion == event.cause.removeprefix(_CRITERION)), None)


def _targets(rules: Rules, notice: Notice, policy: Policy, event: StepFired, at: Instant) -> Iterator[StepTarget]:
    """By what is defined now: a team may have had others then."""
    assert notice.ticket is not None
    ticket = rules.tx.tickets.get(notice.ticket)
    for target in policy.steps[event.step - 1].targets:
        if PersonId(notice.person) in people_behind(rules, ticket, target, at):
            yield target


def _duty(rules: Rules, notice: Notice, targets: Sequence[StepTarget], at: Instant) -> tuple[Reason, ...]:
    assert notice.ticket is not None
    ticket = rules.tx.tickets.get(notice.ticket)
    for target in targets:
        found = rota_id(rules, ticket, target)
        if target.kind in _ROTA and found is not None:
            try:
                return rota.why(rules.tx, at, found, target.level).reasons
            except NotFound:
                return ()
    return ()
