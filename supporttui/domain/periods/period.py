"""What a special period says: when it is, for which services, and what is different while it lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supporttui.domain.ids import CalendarId, PolicyId, ServiceId, TeamId
from supporttui.domain.sla.calendars import Break, Window


class PeriodKind(StrEnum):
    """What brings the period about; decides its rank where it states none."""

    hypercare = "hypercare"
    season = "season"
    period_end = "period_end"
    event = "event"
    freeze = "freeze"


class Unit(StrEnum):
    """The stretch of a fiscal year whose end comes round."""

    month = "month"
    quarter = "quarter"
    year = "year"


class Weeks(StrEnum):
    """How many weeks the three months of a quarter have in a fiscal year of whole weeks."""

    w445 = "4-4-5"
    w454 = "4-5-4"
    w544 = "5-4-4"


@dataclass(frozen=True, slots=True)
class Fiscal:
    """How a company cuts its years; by default as the civil calendar does.

    With ``weeks`` a year ends on the last weekday ``week_ends`` before the start month begins (or on the one
    nearest to that border), so that it has 52 or 53 weeks; a 53rd belongs to its last month.
    """

    start_month: int = 1
    weeks: Weeks | None = None
    week_ends: int = 6
    """ISO weekday on which weeks end: 6 is Saturday."""
    nearest: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Around every end of a unit: its last days, the first days of the next one, or both as one stretch.

    Dates in between that are no working days belong to the stretch. Of a unit with fewer working days than
    asked for, all of them count.
    """

    unit: Unit = Unit.month
    last: int = 0
    first: int = 0
    working: bool = True
    """Count working days only: dates on which ``calendar`` opens, without one Monday to Friday."""
    calendar: CalendarId | None = None
    fiscal: Fiscal = Fiscal()


@dataclass(frozen=True, slots=True)
class Dates:
    """From one date to another, both included; ``yearly`` repeats month and day, over the year's end too."""

    first: date
    last: date
    yearly: bool = False
    start: str = "00:00"
    """``HH:MM`` of the first date."""
    end: str = "24:00"
    """``HH:MM`` of the last date."""


@dataclass(frozen=True, slots=True)
class PeriodHours:
    """When a service is open during the period; the times are wall times of the period's zone."""

    windows: tuple[Window, ...] = ()
    breaks: tuple[Break, ...] = ()
    """Cut out of ``windows``, not out of the hours that the service has anyway."""
    instead: bool = False
    """In place of the service's own hours; else beside them. In place and without windows it is closed."""
    on_holidays: bool = False
    """Whether they hold on the holidays of the service's calendar too, or those stay as they are."""


@dataclass(frozen=True, slots=True)
class Lift:
    """Tickets of these categories are more urgent than somebody says they are."""

    categories: tuple[str, ...]
    by: int = 1
    """Levels of urgency; never above the highest."""


@dataclass(frozen=True, slots=True)
class Period:
    """One version of a special period. It begins and ends by itself, at midnight of its zone unless it says when.

    Of several periods at one time the one of the highest rank decides, for each thing apart: hours, targets,
    policy, required people, lift. One that says nothing of a thing leaves it to the next. Of equal ranks the
    one that began later decides, then the one whose id comes first.
    """

    id: str
    name: str
    kind: PeriodKind
    zone: str
    services: tuple[ServiceId, ...] = ()
    """None named: all of them."""
    dates: tuple[Dates, ...] = ()
    rule: Rule | None = None
    """Beside ``dates``."""
    since: date | None = None
    """Its first version holds from this date on; without it from its definition on, so that a new period
    changes nothing of what is past."""
    until: date | None = None
    """No occurrence begins after this date."""
    rank: int | None = None
    """``None``: by its kind, in the order of ``KIND_RANKS``."""
    hours: PeriodHours | None = None
    targets: str | None = None
    """Key of a target set. What it promises, 0 seconds too, goes before the service's own promises for tickets
    opened during the period; on what it is silent, those hold."""
    policy: PolicyId | None = None
    """For escalations that begin during the period."""
    required_count: int | None = None
    """People on duty at that level of the services' rotas which is called first."""
    required_languages: tuple[str, ...] = ()
    """Beside those that a rota requires anyway."""
    lifts: tuple[Lift, ...] = ()
    freeze: bool = False
    """Changes are to wait; whoever opens or works on one is told. So does the kind ``freeze``."""
    announce_days: int = 7
    """How long before it begins it is spoken of."""
    about: str = ""
    reviewed: date | None = None
    """Occurrences that ended by this date have been looked back on."""
    team: TeamId | None = None
    """A temporary team, with zone and languages of its own: from the last end of ``dates`` on it is handed nothing."""
    active: bool = True
    """Dropped otherwise: this version brings nothing about."""

    @property
    def precedence(self) -> int:
        """Its rank; higher decides over lower."""
        return KIND_RANKS[self.kind] if self.rank is None else self.rank

    @property
    def freezes(self) -> bool:
        """Whether changes are to wait."""
        return self.freeze or self.kind is PeriodKind.freeze

    def covers(self, service: ServiceId) -> bool:
        """Whether it is about a service."""
        return not self.services or service in self.services


KIND_RANKS: Mapping[PeriodKind, int] = {kind: 10 * place for place, kind in enumerate(PeriodKind, start=1)}
"""A period end within a season within hypercare: what is shorter and more pressing decides."""
