"""A foreign ticket as its source tells it: readings in the file's order, already in our words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from supporttui.domain.events import Kind, State
from supporttui.domain.faults import BadInput, Param
from supporttui.domain.ids import ServiceId, TeamId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.spans import Instant


@dataclass(frozen=True, slots=True)
class Reading:
    """What the source says of a ticket at one time."""

    title: str
    service: ServiceId
    team: TeamId
    priority: Priority
    state: State = State.new
    impact: Level = Level(2)
    urgency: Level = Level(2)
    kind: Kind = Kind.incident
    hold_reason: str = ""
    resolution: str = ""
    """Only while resolved or closed."""
    owner: str = ""
    """A person's id, or empty for nobody."""
    resolver: str = ""
    """An authority outside that works on it now, or empty."""
    requester: str = ""
    category: str = ""
    text: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a foreign file."""

    line: int
    """Of the file, counted from 1; for reports."""
    at: Instant | None
    """As the source says, though it may go backwards; ``None``: the source gives no time."""
    hash: str
    """Of the cells that the mapping reads."""
    reading: Reading
    actor: str
    """The name under which the source made the change."""
    responded: bool = False
    """The first response counts from here, concluded from the source and marked as derived."""


@dataclass(frozen=True, slots=True)
class Named:
    """A person, team or authority outside that a file names: our id and the source's name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom rows name."""

    people: frozenset[Named] = frozenset()
    teams: frozenset[Named] = frozenset()
    authorities: frozenset[Named] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """All rows of one foreign ticket, at least one, in the file's order."""

    system: str
    number: str
    opened_at: Instant
    rows: tuple[Row, ...]
    cast: Cast = Cast()
    url: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row was refused, and its ticket with it."""

    line: int
    column: str
    number: str
    """Empty where the row has none; then only the row is lost."""
    code: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def fault(self) -> BadInput:
        """The fault for ``labels.fault``; ``line`` and ``column`` are among its parameters."""
        return BadInput(self.code, **{**self.params, "line": self.line, "column": self.column})
