"""The ticket queue: what a row is, its order, and the tree that a filter becomes."""

from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.ids import CalendarId, PersonId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.order import Metric, SortKey
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES, Kind, State


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue as it is stored for reading; nothing in it passes with time."""

    id: TicketId
    version: int
    title: str
    state: State
    priority: Priority
    service: ServiceId
    team: TeamId
    resolver: str
    owner: PersonId | None
    acknowledged_by: PersonId | None
    requester: str
    kind: Kind
    language: str
    created_at: Instant
    updated_at: Instant
    sort: SortKey
    metric: Metric | None = None
    """Of the timer that decides the order; the fields below are that timer's."""
    due: Instant | None = None
    seconds: int = 0
    remaining: int = 0
    anchor: Instant = Instant(0)
    calendar: CalendarId | None = None
    escalated: bool = False
    drill: bool = False
    category: str = ""
    references: tuple[str, ...] = ()
    """Keys under which other systems know it."""
    followers: str = ""
    """Who follows it, and next who put it off: in the forms of ``filter/watching.py``."""
    snoozed: str = ""
    merged: bool = False
    """Goes on as another ticket."""
    void: bool = False
    """Should never have been: shown only where a filter asks for it."""
    attention: int = 0
    """As ``Ticket.attention``; counts only up to ``attention_until``."""
    attention_until: Instant | None = None
    chases: int = 0
    hops: int = 0
    worked_at: Instant = Instant(0)
    """Of the last real work on it."""
    early: bool = False
    """The first line warns of it."""
    promised: Instant | None = None
    """By when the requester was told to hear next."""
    major: bool = False
    """It is run as a major incident."""
    announced: bool = False
    """A vendor said when they work on it."""

    def attention_at(self, now: Instant) -> int:
        """The attention that it has at an instant: raised attention runs out by itself."""
        return self.attention if self.attention_until is not None and now < self.attention_until else 0

    def missed_at(self, now: Instant) -> bool:
        """Whether the requester should have heard by now what was promised."""
        return self.state in OPEN_STATES and self.promised is not None and self.promised < now

    def turns_at(self, now: Instant) -> Instant | None:
        """When it looks otherwise by itself, beside its timers: raised attention ends, a promise is missed."""
        ends = self.attention_until if self.attention_at(now) else None
        passes = None if self.promised is None or self.missed_at(now) else Instant(self.promised + 1)
        return min((at for at in (ends, passes) if at is not None), default=None)

    @property
    def follower_count(self) -> int:
        """How many people follow it."""
        return max(0, self.followers.count("\x1f") - 1)


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that a field of a filter has among some tickets, and how many of them."""

    field: str
    value: str
    """As a filter writes it; empty: none, ``@none``."""
    count: int


class SortBy(StrEnum):
    """Offered orders of the queue; ``sla`` is the default."""

    sla = "sla"
    priority = "priority"
    created = "created"
    updated = "updated"
    number = "number"
    worked = "worked"
    """Longest without real work first, whatever its timers say."""


# --- the filter's tree: the parser makes it, SQL and Python read it -----------------------------------


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; without parts it always holds."""

    parts: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """One part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Node"


class Op(StrEnum):
    """How a field is held against its values."""

    eq = "="
    ne = "!="
    lt = "<"
    le = "<="
    gt = ">"
    ge = ">="
    prefix = "^"


@dataclass(frozen=True, slots=True)
class Term:
    """``field`` against any of ``values``; what each field means is said in ``filter.FIELDS``.

    Instants and durations are already whole seconds, and text is folded.
    """

    field: str
    op: Op
    values: tuple[str | int | None, ...]
    """``None`` stands for "nobody" (``@none``), the text ``@me`` for whoever asks."""


@dataclass(frozen=True, slots=True)
class Words:
    """A word or a quoted text, already folded, looked for in the ticket's texts (``filter/search.py``)."""

    text: str
    whole: bool = False
    """Quoted: its last word is not the beginning of a longer one."""


Node = And | Or | Not | Term | Words
EVERYTHING: Node = And()
VOID: Node = Term("is", Op.eq, ("void",))
DRILL: Node = Term("is", Op.eq, ("drill",))


def visible(query: Node) -> Node:
    """The filter as lists and counts read it: void tickets fit only where it asks for them."""
    return query if _asks_for(query, VOID) else And((query, Not(VOID)))


def counted(query: Node) -> Node:
    """The filter as figures read it: drills are left out, unless it asks for them."""
    return query if _asks_for(query, DRILL) else And((query, Not(DRILL)))


def _asks_for(node: Node, wanted: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return any(_asks_for(part, wanted) for part in parts)
        case Not(part):
            return _asks_for(part, wanted)
        case _:
            return node == wanted
