"""What must hold of procedures and lessons before they are written; each fault has its path."""

from collections.abc import Iterable, Iterator, Sequence

from supporttui.domain.faults import BadInput
from supporttui.domain.lessons import Lesson
from supporttui.domain.procedures import Procedure
from supporttui.usecases.definitions import names as words
from supporttui.usecases.definitions.checks import Names

Faults = Iterator[BadInput]
MOST_STEPS = 100
_SHOWN = 60


def procedures(found: Sequence[Procedure], names: Names) -> Faults:
    """Services, priorities and roles that exist, tags of languages, no more translated steps than there are."""
    roles = frozenset(name.casefold() for known in names.roles.values() for name in known)
    for i, one in enumerate(found):
        where = f"procedures[{i}]"
        yield from words.language(f"{where}.language", one.language)
        yield from _services(where, one.services, names)
        for j, priority in enumerate(one.priorities):
            if names.priorities and priority not in names.priorities:
                allowed = ", ".join(map(str, sorted(names.priorities)))
                yield BadInput("definition.priority", where=f"{where}.priorities[{j}]", found=priority, allowed=allowed)
        yield from _steps(where, one, roles)
        yield from _translations(where, one)


def _steps(where: str, one: Procedure, roles: frozenset[str]) -> Faults:
    if len(one.steps) > MOST_STEPS:
        yield BadInput("definition.too_many", where=f"{where}.steps", found=len(one.steps), most=MOST_STEPS)
    for j, step in enumerate(one.steps):
        if not step.text.strip():
            yield BadInput("definition.missing", where=f"{where}.steps[{j}].text")
        if step.role and roles and step.role.casefold() not in roles:
            yield _unknown(f"{where}.steps[{j}].role", step.role, roles)


def _translations(where: str, one: Procedure) -> Faults:
    for tag, translation in one.translations.items():
        place = f"{where}.translations.{tag[:_SHOWN]}"
        yield from words.language(place, tag)
        if len(translation.steps) > len(one.steps):
            found, most = len(translation.steps), len(one.steps)
            yield BadInput("definition.too_many", where=f"{place}.steps", found=found, most=most)


def lessons(found: Sequence[Lesson], names: Names, procedures: frozenset[str]) -> Faults:
    """A text, and a service and a procedure that exist."""
    for i, one in enumerate(found):
        where = f"lessons[{i}]"
        if not one.text.strip():
            yield BadInput("definition.missing", where=f"{where}.text")
        if one.service is not None:
            yield from _services(where, (one.service,), names)
        if one.procedure is not None and one.procedure not in procedures:
            yield _unknown(f"{where}.procedure", one.procedure, procedures)


def _services(where: str, services: Sequence[str], names: Names) -> Faults:
    for j, service in enumerate(services):
        if service not in names.services:
            yield _unknown(f"{where}.services[{j}]", service, names.services)


def _unknown(where: str, name: str, known: Iterable[str]) -> BadInput:
    return BadInput("definition.unknown", where=where, name=name[:_SHOWN], allowed=", ".join(sorted(known))[:300])
