"""When somebody may be told what can wait: on duty, or in service hours by day where they live."""

from collections.abc import Iterable
from datetime import timedelta

from supporttui.domain.ids import PersonId
from supporttui.domain.rota.oncall import duty
from supporttui.domain.rota.snapshot import Snapshot
from supporttui.domain.sla.hours import Hours
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve, to_wall

DAY_BEGINS, DAY_ENDS = 6, 22
"""Hours of a person's own clocks; the rest is their night, as in the ledger of hard hours."""
_AHEAD = 7 * 86_400
"""So far a coming duty is looked for."""
_TRIES = 16


def tellable(person: PersonId, zone: str, at: Instant, *, plans: Iterable[Snapshot], hours: Hours) -> Instant:
    """The earliest instant from ``at`` on that is not outside a person's hours; ``at`` itself if it is not.

    Their hours are every duty of theirs, by day and by night, and the service hours of what they are told about,
    as far as these lie between 06:00 and 22:00 of their own clocks.
    """
    plans = tuple(plans)
    if any(person in piece.people for plan in plans for piece in duty(plan, at, Instant(at + 1))):
        return at
    by_day = _by_day(zone, at, hours)
    if by_day == at:
        return at
    ends = Instant(min(by_day, at + _AHEAD))
    begins = (piece.span.start for plan in plans for piece in duty(plan, at, ends) if person in piece.people)
    return min((by_day, *begins))


def _by_day(zone: str, at: Instant, hours: Hours) -> Instant:
    """The next open second by day; of hours that never meet a day, the next morning."""
    morning = found = _morning(zone, at)
    for _ in range(_TRIES):
        opening = hours.next_open(found)
        if opening is None:
            break
        found = _morning(zone, opening)
        if found == opening:
            return found
    return morning


def _morning(zone: str, at: Instant) -> Instant:
    """The instant itself by day, else the end of the night."""
    wall = to_wall(at, zone)
    if DAY_BEGINS <= wall.hour < DAY_ENDS:
        return at
    day = wall.date() + timedelta(days=wall.hour >= DAY_ENDS)
    begins = wall.replace(year=day.year, month=day.month, day=day.day, hour=DAY_BEGINS, minute=0, second=0)
    return resolve(begins, zone)
