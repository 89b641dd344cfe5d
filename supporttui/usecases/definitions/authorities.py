"""What must hold of what a site says of its authorities; each fault has its path."""

from collections.abc import Iterator, Sequence

from supporttui.domain.faults import BadInput
from supporttui.domain.people import Team
from supporttui.domain.priorities import Priority
from supporttui.usecases.definitions.checks import Names, exists, said

Faults = Iterator[BadInput]


def authorities(found: Sequence[Team], names: Names) -> Faults:
    """Hours and services that exist, priorities that some matrix gives, lines with an address, terms that can be."""
    for i, team in enumerate(found):
        where = f"teams[{i}]"
        yield from exists(f"{where}.calendar", team.calendar, names.calendars)
        for j, service in enumerate(team.services):
            yield from exists(f"{where}.services[{j}]", service, names.services)
        for j, line in enumerate(team.lines):
            yield from said(f"{where}.lines[{j}].address", line.address)
            yield from _priorities(f"{where}.lines[{j}].priorities", line.priorities, names)
        if team.entry is not None:
            yield from _priorities(f"{where}.entry.priorities", team.entry.priorities, names)
        yield from _term(f"{where}.agreement", team)


def _priorities(where: str, found: Sequence[Priority], names: Names) -> Faults:
    allowed = ", ".join(map(str, sorted(names.priorities)))
    for i, priority in enumerate(found):
        if names.priorities and priority not in names.priorities:
            yield BadInput("definition.priority", where=f"{where}[{i}]", found=priority, allowed=allowed)


def _term(where: str, team: Team) -> Faults:
    if (agreement := team.agreement) is None or agreement.first is None or agreement.last is None:
        return
    if agreement.last < agreement.first:
        yield BadInput("definition.agreement", where=where, first=str(agreement.first), last=str(agreement.last))
