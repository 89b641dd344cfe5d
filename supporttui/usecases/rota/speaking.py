"""In which language somebody can be reached, hour by hour, for each priority; authorities outside included."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supporttui.domain.escalation.policy import Policy, StepTarget, TargetKind
from supporttui.domain.ids import ServiceId
from supporttui.domain.people import AuthorityKind, Team
from supporttui.domain.priorities import PriorityMatrix
from supporttui.domain.rota.matrix import Cell, Outside, Staffed, language_matrix
from supporttui.domain.rota.snapshot import in_time, snapshot_of
from supporttui.domain.rota.speakers import same_language
from supporttui.domain.services import Service
from supporttui.domain.spans import Instant, Span
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota.reading import names, standing
from supporttui.usecases.rules import Rules, rules_of


@dataclass(frozen=True, slots=True)
class Speaking:
    """Language × hour of the day × priority, over the days of a span."""

    span: Span
    zone: str
    """On whose clocks the hours are."""
    cells: tuple[Cell, ...]
    """By language, priority and hour; no priority at all where no service has anybody to call."""
    names: Mapping[str, str]


def spoken(
    tx: Transaction,
    start: Instant,
    end: Instant,
    *,
    zone: str,
    service: ServiceId | None = None,
    languages: Sequence[str] = (),
) -> Speaking:
    """Who can be spoken to in which language, on every service or on one.

    A service's rota answers for the priorities that its policy watches over, without a policy for all; an
    authority outside for those of the policies that call it. Without languages those are told that a rota
    requires, or a service falls back to.

    Raises:
        NotFound: ``service.unknown``.
    """
    rules, span = rules_of(tx), Span(start, end)
    asked = list(rules.services.values()) if service is None else [rules.known_service(service)]
    sources = [source for one in asked for source in _sources(rules, one, start)]
    speaks = {person.id: (person.language, *person.speaks) for person in rules.people.values()}
    cells = language_matrix(sources, span, zone=zone, languages=languages or _languages(sources, asked), speaks=speaks)
    return Speaking(span, zone, cells, {**rules.names(), **names(rules, rules.people)})


def _sources(rules: Rules, service: Service, at: Instant) -> Iterator[Staffed | Outside]:
    called = rules.policy_of(service, at)
    policy = rules.policy(called) if called is not None else None
    matrix = rules.matrix(service, at) or PriorityMatrix()
    priorities = matrix.priorities if policy is None else policy.priorities
    found = standing(rules, service.rota, at)
    if found is not None:
        yield Staffed(found.plan, priorities)
    for team in _outside(rules, policy):
        yield Outside(team.id, _spoken_by(rules, team), priorities)


def _outside(rules: Rules, policy: Policy | None) -> Iterator[Team]:
    """The authorities outside that a policy calls, each once."""
    targets: list[StepTarget] = [target for step in policy.steps for target in step.targets] if policy else []
    called = dict.fromkeys(t.team for t in targets if t.kind in (TargetKind.authority, TargetKind.team))
    teams = (rules.teams.get(key) for key in called if key is not None)
    yield from (team for team in teams if team is not None and team.kind is AuthorityKind.external)


def _spoken_by(rules: Rules, team: Team) -> tuple[str, ...]:
    members = (person for person in rules.people.values() if team.id in person.teams)
    return (*team.languages, *(language for person in members for language in (person.language, *person.speaks)))


def _languages(sources: list[Staffed | Outside], services: list[Service]) -> tuple[str, ...]:
    """What is required or fallen back to, each language once, regions aside."""
    required = [
        language
        for source in sources
        if isinstance(source, Staffed)
        for version in in_time(snapshot_of(source.plan))
        for language in version.rota.required_languages
    ]
    found: list[str] = []
    for language in (*required, *(service.fallback_language for service in services)):
        if not any(same_language(language, one) for one in found):
            found.append(language)
    return tuple(found)
