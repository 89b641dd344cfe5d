"""Who speaks a requester's language, now and next, and what is spoken with those whom nobody understands."""

from collections.abc import Iterable, Sequence

from supporttui.domain.ids import PersonId, ServiceId
from supporttui.domain.rota.oncall import at_instant, levels, until
from supporttui.domain.rota.speakers import next_duty_of, speaks
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket
from supporttui.usecases.ports import Transaction
from supporttui.usecases.rota import Standing, address, standings
from supporttui.usecases.rules import Rules, rules_of
from supporttui.usecases.views import Speaker, Speakers


def speakers(tx: Transaction, language: str, at: Instant, service: ServiceId | None = None) -> Speakers:
    """Who speaks a language at an instant, on every rota or on the one of a service.

    Raises:
        NotFound: ``service.unknown``.
    """
    rules = rules_of(tx)
    return _speakers(rules, language, at, service, rotas=standings(rules, at, service))


def of_ticket(rules: Rules, ticket: Ticket, at: Instant) -> Speakers | None:
    """Who speaks the language of a ticket's requester; ``None`` without a language or a rota."""
    if not ticket.language or rules.service(ticket) is None:
        return None
    rotas = standings(rules, at, ticket.service)
    return _speakers(rules, ticket.language, at, ticket.service, rotas=rotas) if rotas else None


def _speakers(
    rules: Rules, language: str, at: Instant, service: ServiceId | None, *, rotas: Sequence[Standing]
) -> Speakers:
    fallback = _fallback(rules, service)
    return Speakers(
        language=language,
        now=_on_duty(rules, rotas, language, at),
        next=_next(rules, rotas, language, at),
        fallback=fallback,
        fallback_now=_on_duty(rules, rotas, fallback, at),
    )


def _fallback(rules: Rules, service: ServiceId | None) -> str:
    """What the service agreed on, or all of them alike."""
    asked = rules.services.values() if service is None else (rules.services[service],)
    agreed = {one.fallback_language for one in asked}
    return agreed.pop() if len(agreed) == 1 else ""


def _on_duty(rules: Rules, rotas: Iterable[Standing], language: str, at: Instant) -> tuple[Speaker, ...]:
    found = (
        _speaker(rules, rota, person, level, start=at)
        for rota in rotas
        for level in levels(rota.plan, at)
        for person in _who_speak(rules, at_instant(rota.plan, at, level=level).people, language)
    )
    return tuple(sorted(found, key=lambda speaker: speaker.level))


def _next(rules: Rules, rotas: Iterable[Standing], language: str, at: Instant) -> tuple[Speaker, ...]:
    """The speakers of the first coming duty that has any."""
    able = frozenset(person.id for person in rules.people.values() if speaks(person, language))
    coming = [(duty, rota) for rota in rotas if (duty := next_duty_of(rota.plan, able, at)) is not None]
    if not coming:
        return ()
    duty, rota = min(coming, key=lambda found: (found[0].span.start, found[0].level))
    return tuple(
        _speaker(rules, rota, person, duty.level, start=duty.span.start) for person in duty.people if person in able
    )


def _who_speak(rules: Rules, people: Iterable[PersonId], language: str) -> list[PersonId]:
    return [one for one in people if (known := rules.people.get(one)) is not None and speaks(known, language)]


def _speaker(rules: Rules, rota: Standing, person: PersonId, level: int, *, start: Instant) -> Speaker:
    end = until(rota.plan, start, level)
    return Speaker(person, rules.name(person), rota.rota.name, level, start, end, address(rules, person))
