"""What a drill finds to be missing: people without contact points, languages, authorities that are closed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supporttui.domain.authorities import Caution
from supporttui.domain.drills import Lack, LackKind
from supporttui.domain.escalation.filters import left_out
from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.escalation.targets import Reach
from supporttui.domain.events import EscalationEnded, EscalationStarted, Fact, StepFired
from supporttui.domain.faults import NotFound
from supporttui.domain.ids import TeamId
from supporttui.domain.people import Team
from supporttui.domain.spans import Instant
from supporttui.domain.states import EscalationKind
from supporttui.domain.tickets import Ticket
from supporttui.usecases.authorities import at_door
from supporttui.usecases.languages import speakers
from supporttui.usecases.paging import is_reachable, people_behind, shown
from supporttui.usecases.ports import Notice, NoticeState
from supporttui.usecases.rules import Rules


def lacks(rules: Rules, ticket: Ticket, facts: Sequence[Fact], *, languages: Sequence[str] = ()) -> tuple[Lack, ...]:
    """Everything that is missing by what was done, each once, as it is defined now."""
    policies = policies_by_generation(rules, facts)
    found = (
        *_beginning(rules, ticket, facts),
        *(one for fact in facts for one in _of_fact(rules, ticket, policies, fact)),
        *_undelivered(rules.tx.outbox.of_ticket(ticket.id)),
        *_outside(rules, ticket, _resolving(rules, ticket), ticket.created_at),
        *_unspoken(rules, ticket, languages),
    )
    return tuple({(one.kind, one.subject, one.step, one.cause): one for one in reversed(found)}.values())[::-1]


def policies_by_generation(rules: Rules, facts: Iterable[Fact]) -> Mapping[int, Policy]:
    """By which policy each generation of a ticket's escalations began, as far as they are known."""
    begun = (fact.event for fact in facts if isinstance(fact.event, EscalationStarted))
    found: dict[int, Policy] = {}
    for one in begun:
        try:
            found[one.generation] = rules.policy(one.policy, one.policy_version)
        except NotFound:
            continue
    return found


def _beginning(rules: Rules, ticket: Ticket, facts: Sequence[Fact]) -> Iterator[Lack]:
    """Nobody is called where no escalation begins."""
    if any(isinstance(fact.event, EscalationStarted) for fact in facts):
        return
    watching = rules.policies_of(ticket, ticket.created_at)
    kind = LackKind.unwatched if EscalationKind.functional in watching else LackKind.no_policy
    yield Lack(kind, ticket.created_at, ticket.service)


def _of_fact(rules: Rules, ticket: Ticket, policies: Mapping[int, Policy], fact: Fact) -> Iterator[Lack]:
    policy = policies.get(getattr(fact.event, "generation", 0))
    if policy is None:
        return
    if isinstance(fact.event, StepFired):
        yield from _of_step(rules, ticket, policy, fact.event, fact.at)
    elif isinstance(fact.event, EscalationEnded) and fact.event.exhausted:
        resort = policy.last_resort
        if resort is None or not is_reachable(rules, resort):
            yield Lack(LackKind.unheard, fact.at, resort or "", policy.kind)


def _of_step(rules: Rules, ticket: Ticket, policy: Policy, event: StepFired, at: Instant) -> Iterator[Lack]:
    step = policy.steps[event.step - 1]
    if not event.by_hand and left_out(step, ticket.priority, at):
        return
    if not event.paged and not event.called:
        yield Lack(LackKind.nobody, at, "", event.kind, event.step, event.cause)
    for target in step.targets:
        for person in people_behind(rules, ticket, target, at):
            known = rules.people.get(person)
            if known is None or not known.contacts:
                yield Lack(LackKind.no_contact, at, person, event.kind, event.step)
    reached = [Reach(person, StepTarget(TargetKind.person, person=person)) for person in event.paged]
    for one in shown(rules, ticket, [one for one in reached if one.person in rules.people], at):
        if one.unfit:
            yield Lack(LackKind.uncertified, at, one.person, event.kind, event.step, one.unfit)
    teams = (_authority(rules, ticket, target) for target in step.targets)
    yield from _outside(rules, ticket, [team for team in teams if team is not None], at, event)


def _undelivered(notices: Sequence[Notice]) -> Iterator[Lack]:
    for one in notices:
        if one.state is NoticeState.dead:
            step = int(one.params.get("step", 0))
            kind = EscalationKind(str(one.params.get("kind", EscalationKind.functional.value)))
            yield Lack(LackKind.undelivered, one.not_before, one.person, kind, step, one.error)


# --- outside --------------------------------------------------------------------------------------------


def _resolving(rules: Rules, ticket: Ticket) -> Sequence[Team]:
    """The authorities outside that say they resolve the service, and the one that has the ticket."""
    return [
        team for key, team in rules.teams.items()
        if key in rules.outside and (ticket.service in team.services or key == ticket.resolver)
    ]  # fmt: skip


def _authority(rules: Rules, ticket: Ticket, target: StepTarget) -> Team | None:
    key: str | None = None
    if target.kind in (TargetKind.team, TargetKind.authority):
        key = target.team
    elif target.kind is TargetKind.resolver:
        key = ticket.resolver or ticket.team
    return rules.teams.get(TeamId(key)) if key in rules.outside and key is not None else None


def _outside(
    rules: Rules, ticket: Ticket, teams: Sequence[Team], at: Instant, event: StepFired | None = None
) -> Iterator[Lack]:
    kind, step = (EscalationKind.functional, 0) if event is None else (event.kind, event.step)
    for team in teams:
        door = at_door(rules, team, ticket, at)
        people = (person for person in rules.people.values() if team.id in person.teams)
        if door.line is None and not any(person.contacts for person in people):
            yield Lack(LackKind.outside, at, team.id, kind, step)
        for caution in (Caution.closed, Caution.never_open):
            if caution in door.cautions:
                yield Lack(LackKind.closed, at, team.id, kind, step, ends=door.opens)


# --- languages ------------------------------------------------------------------------------------------


def _unspoken(rules: Rules, ticket: Ticket, languages: Sequence[str]) -> Iterator[Lack]:
    service = rules.service(ticket)
    if service is None or service.rota is None:
        return
    for language in languages:
        found = speakers(rules.tx, language, ticket.created_at, service.id)
        if not found.now:
            coming = min((one.start for one in found.next), default=None)
            yield Lack(LackKind.language, ticket.created_at, language, ends=coming)
