"""A rota as data: layers, rotations, restrictions and overrides."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from supporttui.domain.ids import PersonId, RotaId
from supporttui.domain.spans import Instant


class Unit(StrEnum):
    """Length of one turn. Hours that divide 24 follow the wall clock; other lengths are elapsed time."""

    hour = "hour"
    day = "day"
    week = "week"
    month = "month"


class Advance(StrEnum):
    """What moves the rotation on: every slot, or only dates on which the layer is active."""

    time = "time"
    active_days = "active_days"


class LayerMode(StrEnum):
    """A layer that wins hides the layers below; one that adds stands beside them."""

    wins = "wins"
    adds = "adds"


class OverrideKind(StrEnum):
    """Add a person, remove one, or put one in the place of another."""

    add = "add"
    remove = "remove"
    replace = "replace"


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
    """``None``: the first version, without beginning. A later version wins from here on."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Restriction:
    """The hours in which a layer is active. Equal ends are 24 hours; an end before the start is the next day's."""

    start: time = time(0)
    end: time = time(0)
    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    """ISO weekdays on which the window starts."""


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
    """The layer ends when the next one of the tuple begins, so that two regions join without a seam."""
    level: int = 1
    """Which line of support the layer is: 1 is called first."""


@dataclass(frozen=True, slots=True)
class Override:
    """A change of the plan for one span; the newest covers older ones for the same place."""

    id: str
    kind: OverrideKind
    start: Instant
    end: Instant
    person: PersonId | None = None
    in_place_of: PersonId | None = None
    layer: str | None = None
    """``None``: every layer in which it applies."""
    reason: str = ""
    created_at: Instant = Instant(0)
    created_by: str = ""


@dataclass(frozen=True, slots=True)
class IntendedGap:
    """A span in which nobody is meant to be on duty."""

    start: Instant
    end: Instant
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Validity:
    """From when until when a person may be on duty."""

    person: PersonId
    start: Instant | None = None
    end: Instant | None = None


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
