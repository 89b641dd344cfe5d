"""What must hold of contact points before they are written: a rank, a wait, priorities and quiet hours one can read."""

from collections.abc import Sequence

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import CalendarId
from supporttui.domain.people import ContactPoint, Person
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.windows import read
from supporttui.usecases.definitions.checks import MOST_LEVELS, Faults, Names, within

_MOST_WAIT = 7 * 86_400


def contacts(found: Sequence[Person], names: Names) -> Faults:
    """Of everybody; the path names person and contact point."""
    for i, person in enumerate(found):
        for j, contact in enumerate(person.contacts):
            yield from _contact(f"people[{i}].contacts[{j}]", contact, names)


def _contact(where: str, contact: ContactPoint, names: Names) -> Faults:
    yield from within(f"{where}.rank", contact.rank, 1, MOST_LEVELS)
    yield from within(f"{where}.after", contact.after, 0, _MOST_WAIT)
    for i, priority in enumerate(contact.priorities):
        if names.priorities and priority not in names.priorities:
            allowed = ", ".join(map(str, sorted(names.priorities)))
            yield BadInput(
                "definition.priority", where=f"{where}.priorities[{i}]", found=priority, allowed=allowed[:300]
            )
    try:
        read(Calendar(CalendarId("quiet"), "", "UTC", contact.quiet))
    except BadInput as fault:
        place = str(fault.params.get("where", "")).replace("weekly", "quiet")
        yield BadInput(fault.code, **{**fault.params, "where": f"{where}.{place}"})
