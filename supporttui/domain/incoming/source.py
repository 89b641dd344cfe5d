"""Where reports come from, as data of the site: nothing of a product's fields is in the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supporttui.domain.ids import ServiceId
from supporttui.domain.priorities import Level, Priority
from supporttui.domain.states import Kind


class SourceKind(StrEnum):
    """The form in which a source speaks."""

    alertmanager = "alertmanager"
    """The webhook of Prometheus' Alertmanager, version 4."""
    json = "json"
    """One object, of whatever fields."""
    mail = "mail"
    command = "command"
    """A text or an object that a program or a person hands in."""


class WhenOver(StrEnum):
    """What becomes of a ticket whose report is over."""

    note = "note"
    """It is told on the ticket; somebody looks and resolves."""
    resolve = "resolve"
    """The ticket is resolved."""


@dataclass(frozen=True, slots=True)
class SourceRule:
    """As what such reports count; of several rules that fit the first that says something decides, field by field."""

    when: Mapping[str, str] = field(default_factory=dict)
    """Field → what it must be; ``*`` is any text, case does not matter. All must fit; none: every report."""
    service: ServiceId | None = None
    category: str | None = None
    ticket_kind: Kind | None = None
    impact: Level | None = None
    urgency: Level | None = None
    leave_out: bool | None = None
    """Whether such a report is taken in at all."""


@dataclass(frozen=True, slots=True)
class IntakeSource:
    """Another system that reports, and how its fields become a ticket.

    Texts hold fields in braces: ``{labels.alertname}``, with others to stand in where it is empty:
    ``{annotations.summary|labels.alertname}``. An empty text takes what is usual for the kind.
    """

    id: str
    kind: SourceKind
    service: ServiceId
    """Where no rule says another."""
    name: str = ""
    title: str = ""
    text: str = ""
    key: str = ""
    """What is the same in reports of one thing: they fold into one ticket while it is not closed."""
    state: str = ""
    """``resolved``, ``ok`` and the like: it is over. Anything else: it goes on."""
    category: str = ""
    requester: str = ""
    language: str = ""
    link: str = ""
    ticket_kind: Kind = Kind.incident
    impact: Level = Level(2)
    urgency: Level = Level(2)
    rules: tuple[SourceRule, ...] = ()
    when_over: WhenOver = WhenOver.note
    reopens: bool = True
    """Whether a report on a resolved ticket reopens it; else an alert opens a new one, and a mail is only noted."""
    settle: int = 3600
    """Seconds; where reports resolve their ticket, one opened again ``flaps`` times within these stays open until a
    person resolves it, so that what comes and goes calls nobody each time. 0: never."""
    flaps: int = 2
    automatic: bool = False
    """Of mail: whether that is taken in which programs write by themselves; their answers never are."""
    most: int = 30
    """New tickets a minute; what is more is counted on one ticket."""
    most_of_one: int = 10
    """The same of one sender."""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Beat:
    """A sign of life that another system gives; when it stays away, a ticket is opened."""

    id: str
    service: ServiceId
    interval: int
    """Seconds between two signs."""
    grace: int = 60
    """Seconds for which a late one is no matter."""
    name: str = ""
    category: str = ""
    impact: Level = Level(2)
    urgency: Level = Level(2)
    priority: Priority | None = None
    """Else what the matrix of the service gives for impact and urgency."""
    when_over: WhenOver = WhenOver.note
    """What becomes of the ticket when it comes again."""
    active: bool = True

    @property
    def patience(self) -> int:
        """Seconds of silence after which it counts as silent."""
        return self.interval + self.grace
