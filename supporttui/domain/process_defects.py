"""What processes leave wanting: nobody with the certification, hours in which nobody for them is on duty."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from supporttui.domain.faults import Param
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.lint import Finding, Pain
from supporttui.domain.people import Person
from supporttui.domain.processes import Process, ends
from supporttui.domain.rota.oncall import Duty, duty
from supporttui.domain.rota.snapshot import Plan
from supporttui.domain.services import Service
from supporttui.domain.spans import Instant, Span, union

_DAY = 86_400


def uncovered(process: Process, plan: Plan | None, people: Iterable[Person], span: Span) -> tuple[Span, ...]:
    """The parts of a span in which a process needs somebody and nobody for it is on duty in its line of support.

    Nothing for a process that can wait until its service opens. Without a plan it is all of the span.
    """
    if not process.out_of_hours:
        return ()
    pieces = duty(plan, span.start, span.end) if plan is not None else ()
    known, mine = {person.id: person for person in people}, (p for p in pieces if process.line in (None, p.level))
    return tuple(_between(union(part for piece in mine for part in _attended(process, piece, known)), span))


def _attended(process: Process, piece: Duty, people: Mapping[PersonId, Person]) -> Iterator[Span]:
    """As long as the certification of each one lasts."""
    for person in piece.people:
        if not process.certification:
            yield piece.span
        elif person in people and (until := ends(people[person], process.certification)) is not None:
            yield Span(piece.span.start, min(piece.span.end, until))


def _between(covered: Iterable[Span], span: Span) -> Iterator[Span]:
    """What is left of a span."""
    start = span.start
    for one in covered:
        if start < one.start:
            yield Span(start, one.start)
        start = max(start, one.end)
    if start < span.end:
        yield Span(start, span.end)


def without_holder(processes: Iterable[Process], people: Iterable[Person], now: Instant) -> Iterator[Finding]:
    """Certified processes for which nobody holds what they need, or not any more."""
    known = tuple(people)
    for process in processes:
        held = (ends(person, process.certification) for person in known)
        if process.certification and not any(until is not None and until > now for until in held):
            pain = Pain.tonight if process.out_of_hours else Pain.soon
            params: dict[str, Param] = {"process": process.id, "certification": process.certification}
            yield Finding(pain, "lint.process_no_holder", params)


def unattended(
    processes: Iterable[Process],
    services: Sequence[Service],
    plans: Mapping[RotaId, Plan],
    *,
    people: Iterable[Person],
    span: Span,
) -> Iterator[Finding]:
    """For each service of a process that is needed at any hour, the first hours in which nobody for it is on duty."""
    known = tuple(people)
    for process in processes:
        for service in (one for one in services if one.id in process.services):
            plan = plans.get(service.rota) if service.rota is not None else None
            found = uncovered(process, plan, known, span)
            if found:
                yield _finding(process, service, found, now=span.start)


def _finding(process: Process, service: Service, found: Sequence[Span], *, now: Instant) -> Finding:
    first = found[0]
    code = "lint.process_uncertified" if process.certification else "lint.process_unattended"
    params: dict[str, Param] = {
        "process": process.id, "service": service.id, "certification": process.certification, "start": first.start,
        "end": first.end, "count": len(found), "seconds": sum(one.seconds for one in found),
    }  # fmt: skip
    return Finding(Pain.tonight if first.start < now + _DAY else Pain.soon, code, params)
