"""What periods change beside hours: promises, escalation, urgency, required people, changes that are to wait.

Occurrences come in the order in which they decide (``plan.strongest``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from supporttui.domain.ids import PolicyId, ServiceId
from supporttui.domain.periods.plan import Occurrence, Plan, strongest
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Lifted:
    """How urgent a ticket counts, and by which period; ``None``: as urgent as somebody says."""

    urgency: Level
    by: Occurrence | None = None


@dataclass(frozen=True, slots=True)
class Staffing:
    """How many people a period asks for while it lasts, and who must be able to speak what."""

    span: Span
    count: int | None
    """``None``: as many as the rota asks for."""
    languages: tuple[str, ...]
    periods: tuple[str, ...]
    """Ids of those that ask."""


def target_sets(occurrences: Iterable[Occurrence]) -> tuple[str, ...]:
    """Keys of the target sets that go before the service's own, in their order."""
    return tuple(one.period.targets for one in occurrences if one.period.targets is not None)


def policy_of(occurrences: Iterable[Occurrence], usual: PolicyId | None) -> PolicyId | None:
    """By which policy an escalation begins."""
    return next((one.period.policy for one in occurrences if one.period.policy is not None), usual)


def lifted(occurrences: Iterable[Occurrence], category: str, urgency: Level) -> Lifted:
    """How urgent a ticket of a category counts; the first period that names the category decides.

    A lift that changes nothing, since it is most urgent anyway, is none.
    """
    for one in occurrences:
        for lift in one.period.lifts:
            if category and category in lift.categories:
                counts = Level(max(1, urgency - max(0, lift.by)))
                return Lifted(counts, one if counts != urgency else None)
    return Lifted(urgency)


def freezing(occurrences: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    """Those during which changes are to wait."""
    return tuple(one for one in occurrences if one.period.freezes)


def staffing(plan: Plan, services: Sequence[ServiceId], span: Span) -> tuple[Staffing, ...]:
    """What the periods of these services ask for within a span, piece by piece; nothing where none asks.

    For one service the strongest period that names a number decides; of several services the one that needs
    most. Languages add up.
    """
    touching = [(service, one) for service in services for one in plan.touching(span, service)]
    asking = [(service, one) for service, one in touching if _asks(one)]
    edges = {at for _, one in asking for at in (one.span.start, one.span.end) if span.start < at < span.end}
    found = []
    for start, end in pairwise([span.start, *sorted(edges), span.end]):
        here = [(service, one) for service, one in asking if start in one.span]
        if here:
            found.append(_asked(Span(start, end), here))
    return tuple(found)


def _asks(one: Occurrence) -> bool:
    return one.period.required_count is not None or bool(one.period.required_languages)


def _asked(span: Span, here: Sequence[tuple[ServiceId, Occurrence]]) -> Staffing:
    counts = []
    for service in {service for service, _ in here}:
        ranked = strongest(one for named, one in here if named == service)
        counts += [one.period.required_count for one in ranked if one.period.required_count is not None][:1]
    periods = [one.period for _, one in here]
    languages = {language for period in periods for language in period.required_languages}
    return Staffing(
        span, max(counts, default=None), tuple(sorted(languages)), tuple(sorted({period.id for period in periods}))
    )
