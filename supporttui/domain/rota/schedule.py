"""A rota as data: layers, rotations, restrictions and overrides."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.people import Person
from supporttui.domain.spans import BEGINNING, Instant

_LONGEST = 1200
"""A turn of more units is a slip of the pen, and would leave the calendar."""


class Unit(StrEnum):
    """Length of one turn. Hours that divide 24 follow the wall clock; other lengths are elapsed time."""

    hour = "hour"
    day = "day"
    week = "week"
    month = "month"


class Advance(StrEnum):
    """What moves the rotation on: every slot, or only dates on which the layer is active (unit: day)."""

    time = "time"
    active_days = "active_days"


class LayerMode(StrEnum):
    """A layer that wins hides the layers below; one that adds stands beside them, as one called second does."""

    wins = "wins"
    adds = "adds"
    second = "second"
    """Its people are called a while after the others, so that they learn or help; by themselves they cover nothing."""


class OverrideKind(StrEnum):
    """Add a person, remove one, or put one in the place of another."""

    add = "add"
    remove = "remove"
    replace = "replace"  # type: ignore[assignment]  # the word of the field, over str.replace


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turns that follow one another, counted from an anchor on the wall clock of the rota's zone."""

    anchor: datetime
    """Wall time (naive) of a handoff; the rhythm runs in both directions from it."""
    turns: tuple[tuple[PersonId, ...], ...]
    """Each turn is the people on duty together; an empty one is a deliberate free slot."""
    unit: Unit = Unit.week
    every: int = 1
    advance: Advance = Advance.time
    valid_from: Instant | None = None
    """``None``: the first version, without beginning. A later version takes over from here on, when the
    turn that is under way ends."""
    reason: str = ""
    at_once: bool = False
    """Takes over at ``valid_from`` itself, whoever is in the middle of a turn."""

    def __post_init__(self) -> None:
        """Refuse what has no meaning: ``rota.every…``, ``rota.anchor_zone``, ``rota.active_days_unit``."""
        if self.every < 1:
            raise BadInput("rota.every", every=self.every)
        if self.every > _LONGEST:
            raise BadInput("rota.every_most", every=self.every, most=_LONGEST)
        if self.anchor.tzinfo is not None:
            raise BadInput("rota.anchor_zone", anchor=self.anchor.isoformat())
        if self.advance is Advance.active_days and self.unit is not Unit.day:
            raise BadInput("rota.active_days_unit", unit=self.unit.value)


@dataclass(frozen=True, slots=True)
class Restriction:
    """The hours in which a layer is active. Equal ends are 24 hours; an earlier end is the next day's."""

    start: time = time(0)
    end: time = time(0)
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    """ISO weekdays on which the window starts."""

    def __post_init__(self) -> None:
        """Refuse weekdays that do not exist: ``rota.weekday``."""
        for day in self.days:
            if not 1 <= day <= 7:
                raise BadInput("rota.weekday", day=day)


@dataclass(frozen=True, slots=True)
class Layer:
    """One row of a rota; the first layer of the tuple is the highest."""

    name: str
    rotations: tuple[Rotation, ...]
    """Versions of one rotation, by ``valid_from``."""
    mode: LayerMode = LayerMode.wins
    restrictions: tuple[Restriction, ...] = ()
    """None: always."""
    zone: str | None = None
    """Instead of the rota's own."""
    valid_from: Instant | None = None
    valid_to: Instant | None = None
    elastic_end: bool = False
    """Each window ends when the next layer of the level begins one (after the last comes the first), so
    that regions join without a seam in the weeks in which only one of them has changed its clocks."""
    level: int = 1
    """Which line of support the layer is: 1 is called first."""
    holiday_as: int | None = None
    """ISO weekday whose windows a holiday takes; ``None``: a holiday is a day like any."""
    holidays: tuple[date, ...] | None = None
    """Instead of the rota's own, for a layer that lives by another country's."""


@dataclass(frozen=True, slots=True)
class Override:
    """A change of the plan for one span; the newest by (``created_at``, ``id``) covers older ones for the
    same place. An override of somebody who is not on duty stands, without effect."""  # noqa: D205, D209

    id: str
    kind: OverrideKind
    start: Instant
    end: Instant
    person: PersonId | None = None
    """``None``: everybody, which only a removal may say."""
    in_place_of: PersonId | None = None
    """For a replacement; ``None``: whoever is on duty."""
    layer: str | None = None
    """``None``: every layer in which it applies; an addition then joins the level called first."""
    reason: str = ""
    created_at: Instant = Instant(0)
    created_by: str = ""
    swap_id: str = ""
    """The taken swap whose piece this is; empty: nobody swapped."""
    level: int | None = None
    """Only in this level; ``None``: by its layer."""

    def __post_init__(self) -> None:
        """Refuse what has no meaning: ``override.span`` and ``override.person_missing``."""
        if self.start >= self.end:
            raise BadInput("override.span", override=self.id)
        if self.person is None and self.kind is not OverrideKind.remove:
            raise BadInput("override.person_missing", override=self.id)


@dataclass(frozen=True, slots=True)
class IntendedGap:
    """A span in which nobody is meant to be on duty: turns are void, only an override puts somebody there."""

    start: Instant
    end: Instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when a person may be on duty; several of one person add up."""

    person: PersonId
    start: Instant | None = None
    end: Instant | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be there in some hours, beside what the rota always asks for."""

    hours: tuple[Restriction, ...]
    count: int = 1
    languages: tuple[str, ...] = ()
    zone: str | None = None
    """Instead of the rota's own."""
    levels: tuple[int, ...] = ()
    """None: every line of support."""


@dataclass(frozen=True, slots=True)
class Rota:
    """Everything that decides who is on duty, as one value; what it is asked for is ``oncall.duty``."""

    id: RotaId
    name: str
    zone: str
    layers: tuple[Layer, ...]
    overrides: tuple[Override, ...] = ()
    intended_gaps: tuple[IntendedGap, ...] = ()
    validities: tuple[Validity, ...] = ()
    """People without an entry are always valid."""
    holidays: tuple[date, ...] = field(default=())
    required_count: int = 1
    required_languages: tuple[str, ...] = ()
    fallback: PersonId | None = None
    """Who is called when a whole round finds nobody."""
    requirements: tuple[Requirement, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two layers of one name, ``rota.layer_twice``: overrides name layers."""
        names = [layer.name for layer in self.layers]
        for name in names:
            if names.count(name) > 1:
                raise BadInput("rota.layer_twice", layer=name)

    def zone_of(self, layer: Layer) -> str:
        """By whose clocks a layer goes."""
        return layer.zone or self.zone

    def holidays_of(self, layer: Layer) -> tuple[date, ...]:
        """The holidays that change a layer's hours."""
        if layer.holiday_as is None:
            return ()
        return self.holidays if layer.holidays is None else layer.holidays


def for_people(rota: Rota, people: Iterable[Person]) -> Rota:
    """The rota with those barred who may not be on call at all; their turns become gaps with that cause."""
    barred = {person.id for person in people if not person.may_be_on_call}
    others = tuple(entry for entry in rota.validities if entry.person not in barred)
    never = tuple(Validity(person, end=BEGINNING) for person in sorted(barred))
    return replace(rota, validities=others + never)
