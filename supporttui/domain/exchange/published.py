"""What others were given of a rota, so that they hear of each change and of nothing else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.spans import Instant, Span

if TYPE_CHECKING:  # the store reads what was published at every start; nothing is cut into slots then
    from supporttui.domain.exchange.slots import Slot

EVERYBODY = PersonId("")
"""In place of a person: the calendar of the whole rota."""


@dataclass(frozen=True, slots=True)
class Published:
    """A slot in a calendar that was given away: one event, with the same ``uid`` for ever."""

    rota: RotaId
    person: PersonId
    """Whose calendar it stands in, or ``EVERYBODY``."""
    level: int
    start: Instant
    end: Instant
    people: tuple[PersonId, ...]
    uid: str
    sequence: int = 0
    """How often it changed."""
    cancelled: bool = False
    """The slot is no more; the event stays, for else others would keep it as it was."""
    changed_at: Instant = Instant(0)

    @property
    def span(self) -> Span:
        """Half-open."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whose calendar of which rota, and for when."""

    rota: RotaId
    person: PersonId
    window: Span


def republished(
    known: Iterable[Published],
    slots: "Iterable[Slot]",
    calendar: Calendar,
    *,
    at: Instant,
    uid: "Callable[[Slot], str]",
) -> tuple[Published, ...]:
    """Every event that touches the window, as it is to be given away now, by line and time.

    ``known``: what touched the window when it was given away last. One whose slot is the same is as it was;
    one that changed has its sequence raised; one without a slot is cancelled, and comes back with the slot.
    """
    given = {(one.level, one.start): one for one in known}
    there = {(slot.level, slot.span.start): slot for slot in slots}
    current = {key for key, slot in there.items() if slot.span.touches(calendar.window)} | set(given)
    return tuple(_event(given.get(key), there.get(key), calendar, at, uid) for key in sorted(current))


def _event(
    known: Published | None, slot: "Slot | None", calendar: Calendar, at: Instant, uid: "Callable[[Slot], str]"
) -> Published:
    if known is None:
        assert slot is not None  # a key comes from one or the other
        return Published(
            calendar.rota, calendar.person, slot.level, slot.span.start, slot.span.end, slot.people, uid(slot),
            changed_at=at,
        )  # fmt: skip
    if slot is None:
        wanted = replace(known, cancelled=True)
    else:
        wanted = replace(known, end=slot.span.end, people=slot.people, cancelled=False)
    return known if wanted == known else replace(wanted, sequence=known.sequence + 1, changed_at=at)
