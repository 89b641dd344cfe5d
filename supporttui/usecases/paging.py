"""Whom a step reaches at an instant, and the pages that follow."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from supporttui.domain import processes
from supporttui.domain.escalation.filters import left_out
from supporttui.domain.escalation.plan import Firing
from supporttui.domain.escalation.policy import EscalationKind, Policy, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Empty, Resolution, Unreached, resolve_targets
from supporttui.domain.escalation.targets import Reach as Reached
from supporttui.domain.escalation.turns import pointer_of
from supporttui.domain.ids import PersonId, RotaId, TeamId
from supporttui.domain.notices import SECOND, NoticeCode
from supporttui.domain.paging.contacts import TOP, Attempt, contact_plan, first_contacts, quiet_until
from supporttui.domain.people import ContactPoint, Person, Role
from supporttui.domain.rota.oncall import before_on_call, levels, next_on_call, on_call, until
from supporttui.domain.rota.shadows import called_second
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.rota.speakers import next_duty_of, speaks
from supporttui.domain.spans import Instant, Span
from supporttui.domain.tickets import Ticket
from supporttui.usecases.messages import notice
from supporttui.usecases.ports import Call, Notice
from supporttui.usecases.rota import standing
from supporttui.usecases.rules import Rules
from supporttui.usecases.views import Reach, Way

NOBODY = PersonId("")
"""To whom a channel of the site is told something that is for nobody in particular."""
SECOND_SECONDS = 300
"""So long after the others those are called who stand on a rota to be called second."""
_BY_ROTA = (TargetKind.on_call, TargetKind.on_call_next, TargetKind.on_call_previous, TargetKind.speaker)
"""Whose answer passes to others with the duty."""


def resolve(
    rules: Rules,
    ticket: Ticket,
    policy: Policy,
    step: int,
    at: Instant,
    *,
    named: bool = False,
    turns: Mapping[str, int] | None = None,
) -> Resolution:
    """The people behind a step at an instant; somebody without a contact point cannot be reached.

    What the step asks of the ticket and of the hour is not asked where a person ``named`` it. ``turns`` are pointers
    of round robins that stand otherwise than they are stored.
    """
    asked = policy.steps[step - 1]
    if not named and (cause := left_out(asked, ticket.priority, at)):
        return Resolution((), (), filtered=cause)

    def who(target: StepTarget) -> Sequence[PersonId]:
        people = [person for person in people_behind(rules, ticket, target, at) if is_reachable(rules, person)]
        if target.kind is not TargetKind.round_robin:
            return people
        name = pointer_of(policy, step)
        stands = turns[name] if turns and name in turns else rules.tx.escalations.pointer(name)
        return _in_turn(target, stands, people)

    def why(one: Unreached) -> Unreached:
        there = any(person in rules.people for person in people_behind(rules, ticket, one.target, at))
        return replace(one, cause=Empty.unreachable) if there else one

    found = resolve_targets(asked, who)
    return replace(found, unreached=tuple(map(why, found.unreached)))


def _in_turn(target: StepTarget, stands: int, people: Sequence[PersonId]) -> Sequence[PersonId]:
    """The first from the pointer on, round the circle, who can be reached."""
    start = stands % max(1, len(target.people))
    circle = (*target.people[start:], *target.people[:start])
    return [person for person in circle if person in people][:1]


def turn_on(rules: Rules, policy: Policy, step: int, found: Resolution) -> None:
    """Whoever was called in turn was called: the pointer stands behind them."""
    for name, place in turns_after(policy, step, found):
        rules.tx.escalations.point(name, place)


def turns_after(policy: Policy, step: int, found: Resolution) -> Iterator[tuple[str, int]]:
    """The pointers that a step moves, each with where it stands then."""
    for reached in found.reaches:
        people = reached.target.people
        if reached.target.kind is TargetKind.round_robin and reached.person in people:
            yield pointer_of(policy, step), people.index(reached.person) + 1


def people_behind(rules: Rules, ticket: Ticket, target: StepTarget, at: Instant) -> Sequence[PersonId]:
    """The people one target names at an instant, reachable or not; without a rota it is the service's."""
    match target.kind:
        case TargetKind.person:
            return () if target.person is None else (target.person,)
        case TargetKind.team | TargetKind.authority:
            return _members(rules, target.team)
        case TargetKind.resolver:
            return _members(rules, TeamId(ticket.resolver or ticket.team))
        case TargetKind.round_robin:
            return target.people
        case TargetKind.command:
            return ()
        case _:
            found = standing(rules, rota_id(rules, ticket, target), at)
            return () if found is None else _on_rota(rules, ticket, target, found.plan, at)


def _members(rules: Rules, team: str | None) -> Sequence[PersonId]:
    return [person.id for person in rules.people.values() if team in person.teams]


def _on_rota(rules: Rules, ticket: Ticket, target: StepTarget, plan: Plan, at: Instant) -> Sequence[PersonId]:
    match target.kind:
        case TargetKind.on_call_next:
            duty = next_on_call(plan, at, level=target.level)
        case TargetKind.on_call_previous:
            duty = before_on_call(plan, at, level=target.level)
        case TargetKind.speaker:
            return _speakers(rules, plan, target.language or ticket.language, at)
        case _:
            later = called_second(plan, at, level=target.level)
            return [person for person in on_call(plan, at, level=target.level) if person not in later]
    return duty.people if duty is not None else ()


def _speakers(rules: Rules, plan: Plan, language: str, at: Instant) -> Sequence[PersonId]:
    """Of the first line on duty that has any who can be reached, else of the next duty with one."""
    able = {p.id for p in rules.people.values() if is_reachable(rules, p.id) and speaks(p, language)}
    for level in levels(plan, at):
        if found := [person for person in on_call(plan, at, level=level) if person in able]:
            return found
    duty = next_duty_of(plan, able, at)
    return [person for person in duty.people if person in able] if duty is not None else ()


def rota_id(rules: Rules, ticket: Ticket, target: StepTarget) -> RotaId | None:
    """The rota that a target asks: its own, else the service's."""
    service = rules.service(ticket)
    return target.rota or (service.rota if service is not None else None)


def is_reachable(rules: Rules, person: PersonId) -> bool:
    """Known here, with a contact point, and not there to learn only."""
    found = rules.people.get(person)
    return found is not None and bool(found.contacts) and found.role is not Role.shadow


def shown(rules: Rules, ticket: Ticket, reaches: Sequence[Reached], at: Instant) -> tuple[Reach, ...]:
    """Who would be paged, as a screen names them; last those who are called second, each way with its time."""
    first = (_shown(rules, ticket, reached, at) for reached in reaches)
    return (*first, *(_reach(rules, person, plan) for person, plan in _second(rules, ticket, reaches, at)))


def _shown(rules: Rules, ticket: Ticket, reached: Reached, at: Instant) -> Reach:
    attempts = contact_plan(rules.people.get(reached.person), ticket.priority, at)
    ends = None
    if reached.target.kind is TargetKind.on_call:
        found = standing(rules, rota_id(rules, ticket, reached.target), at)
        ends = until(found.plan, at, reached.target.level) if found is not None else None
    unfit = _unfit(rules, ticket, rules.people[reached.person], at)
    return replace(_reach(rules, reached.person, attempts), until=ends, unfit=unfit)


def _reach(rules: Rules, person: PersonId, attempts: Sequence[Attempt]) -> Reach:
    first = attempts[0].contact
    ways = tuple(Way(one.contact.channel, one.contact.address, one.at) for one in attempts)
    return Reach(person, rules.name(person), first.channel, first.address, None, ways=ways)


def last_told(rules: Rules, ticket: Ticket, person: PersonId | None, at: Instant) -> tuple[Reach, ...]:
    """Who is told that an escalation is used up: at the best rank, after quiet hours unless it is the top priority."""
    known = rules.people.get(person) if person is not None else None
    if person is None or known is None:
        return ()
    contacts = first_contacts(known)
    pressing = ticket.priority <= TOP

    def when(one: ContactPoint) -> Instant:
        return at if pressing else quiet_until(known, one.channel, one.address, at)

    ways = sorted((Way(one.channel, one.address, when(one)) for one in contacts), key=lambda way: way.at)
    return (Reach(person, rules.name(person), ways[0].channel, ways[0].address, None, ways=tuple(ways)),)


def _unfit(rules: Rules, ticket: Ticket, person: Person, at: Instant) -> str:
    asking = processes.about(rules.tx.definitions.processes(), ticket.service, ticket.category)
    found = processes.left_out(person, asking, Span(at, Instant(at + 1)))
    return "" if found is None else found.why.value


def pages(
    call: Call,
    rules: Rules,
    ticket: Ticket,
    policy: Policy,
    firing: Firing,
    *,
    found: Resolution,
    not_before: Instant,
    more: Mapping[str, str | int] | None = None,
) -> tuple[Notice, ...]:
    """The outbox rows of one firing, of every contact point that is tried while nobody answers, each with its time.

    The key holds for ever, so a sweep that runs twice queues once.
    """
    params: dict[str, str | int] = {
        "step": firing.step,
        "step_name": policy.steps[firing.step - 1].name,
        "round": firing.round,
        "generation": firing.generation,
        "firing": firing.number,
        **({"kind": policy.kind.value} if policy.kind is EscalationKind.hierarchical else {}),
        **(more or {}),
    }

    def page(person: PersonId, attempt: Attempt, target: StepTarget | None) -> Notice:
        return notice(
            rules, ticket, person, attempt.contact,
            code=NoticeCode.page, key=f"page:{ticket.id}:{firing.generation}:{firing.number}",
            not_before=attempt.at, operation=call.operation, priority=ticket.priority,
            more={**params, **_target(rules, ticket, target), "rank": attempt.contact.rank},
        )  # fmt: skip

    return (
        *(
            page(reached.person, attempt, reached.target)
            for reached in found.reaches
            for attempt in contact_plan(rules.people.get(reached.person), ticket.priority, not_before)
        ),
        *(page(NOBODY, Attempt(ContactPoint(one.channel, ""), not_before), one) for one in found.called),
        *(
            page(person, attempt, None)
            for person, attempts in _second(rules, ticket, found.reaches, not_before)
            for attempt in attempts
        ),
    )


def _second(
    rules: Rules, ticket: Ticket, reaches: Sequence[Reached], at: Instant
) -> Iterator[tuple[PersonId, Sequence[Attempt]]]:
    """Who is called after those who are on call, if nobody has answered by then; also who is there to learn."""
    called = {one.person for one in reaches}
    targets = (one.target for one in reaches if one.target.kind is TargetKind.on_call)
    for rota, level in dict.fromkeys((rota_id(rules, ticket, target), target.level) for target in targets):
        duty = standing(rules, rota, at)
        for person in called_second(duty.plan, at, level=level) if duty is not None else ():
            known = rules.people.get(person)
            if person not in called and known is not None and known.contacts:
                yield person, contact_plan(known, ticket.priority, Instant(at + SECOND_SECONDS))


def _target(rules: Rules, ticket: Ticket, target: StepTarget | None) -> dict[str, str | int]:
    """What is needed to ask the same target again before sending; without one the page is a second one."""
    if target is None:
        return {SECOND: 1}
    if target.kind not in _BY_ROTA:
        return {}
    asked: dict[str, str | int] = {
        "target": target.kind.value, "rota": rota_id(rules, ticket, target) or "", "level": target.level,
    }  # fmt: skip
    return {**asked, "language": target.language} if target.language else asked
