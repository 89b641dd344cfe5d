"""Escalation policies to read: what each says, and whom it would page in the hours to come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from supporttui.domain.escalation.filters import next_change
from supporttui.domain.escalation.policy import Policy, Step, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Resolution
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import OperationId, PersonId, PolicyId, ServiceId, TeamId, TicketId
from supporttui.domain.paging.contacts import contact_plan, plan_changes
from supporttui.domain.priorities import Priority
from supporttui.domain.rota.oncall import duty
from supporttui.domain.services import Service
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import fold
from supporttui.domain.tickets import Ticket
from supporttui.usecases.paging import is_reachable, resolve, rota_id, shown
from supporttui.usecases.ports import Transaction
from supporttui.usecases.real import drills_among
from supporttui.usecases.rota import standing
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Reach

DAY = 24
"""Hours that are looked ahead where none are given."""
MOST_HOURS = 31 * 24
_ON_ROTA = (TargetKind.on_call, TargetKind.on_call_next, TargetKind.on_call_previous, TargetKind.speaker)


@dataclass(frozen=True, slots=True)
class Listed:
    """A policy in its newest version."""

    policy: Policy
    services: tuple[str, ...]
    """Names of those that escalate by it."""
    last_resort: str
    """The person's name; empty: none is named."""
    reachable: bool
    """Whether the last resort has a contact point."""
    running: int
    """Escalations of open tickets that it moves on, those of drills left out,"""
    behind: int
    """… and of these such as hold an older version."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span in which a step would page the same people in the same ways.

    Their ways are told as of its beginning.
    """

    span: Span
    people: tuple[Reach, ...]
    channels: tuple[str, ...] = ()
    cause: str = ""
    """Why nobody is, as a code."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Whom each step of a policy would page, whenever it is taken within a span."""

    policy: Policy
    service: Service | None
    priority: Priority
    span: Span
    steps: tuple[tuple[Step, tuple[Stretch, ...]], ...]
    names: Mapping[str, str]


def every(tx: Transaction) -> tuple[Listed, ...]:
    """All policies, by name."""
    rules = rules_of(tx)
    newest = [versions[-1].value for versions in tx.definitions.policies().values()]
    running = tx.escalations.running()
    drills = drills_among(tx, [one.ticket for one in running])
    held: dict[PolicyId, list[int]] = {policy.id: [] for policy in newest}
    for one in running:
        if one.ticket not in drills and one.policy in held:
            held[one.policy].append(one.policy_version)
    found = (_listed(rules, policy, held[policy.id]) for policy in newest)
    return tuple(sorted(found, key=lambda one: (one.policy.name, one.policy.id)))


def one(tx: Transaction, wanted: str) -> Listed:
    """The policy of this key or name.

    Raises:
        NotFound: ``policy.unknown``.
    """
    word = fold(wanted.strip())
    found = [listed for listed in every(tx) if word in (fold(listed.policy.id), fold(listed.policy.name))]
    if not found:
        raise NotFound("policy.unknown", policy=wanted[:60], version=0)
    return found[0]


def ahead(
    tx: Transaction, wanted: str, start: Instant, *, hours: int = DAY, service: str = "", priority: int | None = None
) -> Ahead:
    """Whom each step would page within some hours, for a ticket of a service: of the first that escalates by it.

    ``priority`` is the ticket's; without it the most pressing that starts the policy.

    Raises:
        NotFound: ``policy.unknown`` or ``service.unknown``.
    """
    rules, policy = rules_of(tx), one(tx, wanted).policy
    found = _service(rules, policy, service)
    ticket = _ticket(found, Priority(priority or min(policy.priorities, default=Priority(1))), start)
    span = Span(start, Instant(start + hours * 3600))
    steps = tuple(
        (step, tuple(_stretches(rules, ticket, policy, number, span))) for number, step in enumerate(policy.steps, 1)
    )
    return Ahead(policy, found, ticket.priority, span, steps, rules.names())


def _listed(rules: Rules, policy: Policy, versions: Sequence[int]) -> Listed:
    services = (one.name for one in rules.services.values() if policy.id in (one.policy, one.management))
    resort = policy.last_resort
    return Listed(
        policy, tuple(sorted(services)), "" if resort is None else rules.name(resort),
        resort is not None and is_reachable(rules, resort), len(versions),
        sum(version < policy.version for version in versions),
    )  # fmt: skip


def _service(rules: Rules, policy: Policy, wanted: str) -> Service | None:
    if wanted:
        return rules.known_service(ServiceId(wanted))
    by_name = sorted(rules.services.values(), key=lambda one: one.name)
    return next((one for one in by_name if policy.id in (one.policy, one.management)), None)


def _ticket(service: Service | None, priority: Priority, at: Instant) -> Ticket:
    """One that there is not: what a step asks of a ticket before it knows whom to page."""
    return Ticket(
        TicketId(0), "", ServiceId("") if service is None else service.id,
        TeamId("") if service is None else service.team, priority, at, last_operation=OperationId(""),
    )  # fmt: skip


def _stretches(rules: Rules, ticket: Ticket, policy: Policy, number: int, span: Span) -> Iterator[Stretch]:
    step = policy.steps[number - 1]
    edges = _between(span, _edges(rules, ticket, step, span))
    pieces = [_Piece(part, resolve(rules, ticket, policy, number, part.start)) for part in _parts(edges)]
    named = {person for piece in pieces for person in piece.found.people}
    quiet = (at for person in sorted(named) for at in plan_changes(rules.people[person], ticket.priority, span))
    edges = _between(span, (*edges, *quiet))
    parts = [_Piece(part, resolve(rules, ticket, policy, number, part.start)) for part in _parts(edges)]
    for _, alike in groupby(parts, key=lambda piece: _says(rules, ticket, piece)):
        first, *rest = alike
        whole = Span(first.span.start, rest[-1].span.end if rest else first.span.end)
        people = shown(rules, ticket, first.found.reaches, whole.start)
        yield Stretch(whole, people, first.found.channels, first.found.cause)


class _Piece(NamedTuple):
    """A part of a span, and whom a step calls in all of it."""

    span: Span
    found: Resolution


def _between(span: Span, edges: Iterable[Instant]) -> Sequence[Instant]:
    return sorted({span.start, span.end, *(at for at in edges if at in span)})


def _parts(edges: Sequence[Instant]) -> Iterator[Span]:
    return (Span(start, end) for start, end in pairwise(edges))


def _says(rules: Rules, ticket: Ticket, piece: _Piece) -> tuple[object, ...]:
    """Who is called and how: each way so long after the step, or at an instant, as when quiet hours end."""
    ways = tuple(_ways(rules, ticket, person, piece.span) for person in piece.found.people)
    return (piece.found.people, piece.found.channels, piece.found.cause, ways)


def _ways(rules: Rules, ticket: Ticket, person: PersonId, span: Span) -> tuple[tuple[object, ...], ...]:
    last = Instant(span.end - 1)
    plans = (contact_plan(rules.people.get(person), ticket.priority, at) for at in (span.start, last))
    return tuple(
        (one.contact, "at", one.at) if one.at == then.at != last else (one.contact, "after", one.at - span.start)
        for one, then in zip(*plans, strict=True)
    )


def _edges(rules: Rules, ticket: Ticket, step: Step, span: Span) -> Iterator[Instant]:
    """Where others may be called: duty passes on, or the step's hours begin or end."""
    for target in step.targets:
        yield from _of_rota(rules, ticket, target, span)
    at: Instant | None = span.start
    while step.hours is not None and at is not None and at < span.end:
        at = next_change(step.hours, at)
        if at is not None:
            yield at


def _of_rota(rules: Rules, ticket: Ticket, target: StepTarget, span: Span) -> Iterator[Instant]:
    found = standing(rules, rota_id(rules, ticket, target), span.start) if target.kind in _ON_ROTA else None
    if found is not None:
        yield from (piece.span.start for piece in duty(found.plan, span.start, span.end))
