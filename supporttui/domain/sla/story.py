"""The facts of a ticket as its timers need them: states, replies, messages, what promises rest on.

Read for every ticket there is, so it follows only the fields that timers need instead of the whole ticket; a
property test holds it to the ticket that ``domain/tickets`` folds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from supporttui.domain.events import (
    Acknowledged,
    Assigned,
    BreachKept,
    Edited,
    Fact,
    MergedIn,
    Opened,
    Origin,
    PriorityChanged,
    Replied,
    RequesterWrote,
    State,
    StateChanged,
    Undone,
    Voided,
)
from supporttui.domain.ids import OperationId, ServiceId, TeamId, TicketId
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.states import OPEN_STATES, WAITING_STATES, Kind
from supporttui.domain.tickets import from_opening
from supporttui.domain.undoing import taken_back


class Stand(NamedTuple):
    """From ``at`` on the ticket is in a state, until the next stand."""

    at: Instant
    state: State
    undone: bool = False
    """Put there by an undo: no reopening, whatever the target says about those."""
    versions: int = 0
    """How many of ``Story.versions`` came before it, also within its second."""

    @property
    def done(self) -> bool:
        """Resolved or closed."""
        return self.state not in OPEN_STATES


class Subject(NamedTuple):
    """What promises rest on, as it was for a while."""

    id: TicketId
    service: ServiceId
    kind: Kind
    priority: Priority
    team: TeamId
    resolver: str
    category: str
    created_at: Instant


class Version(NamedTuple):
    """The ticket as it was from ``at`` on."""

    at: Instant
    subject: Subject
    undone: bool = False
    """Put back by an undo."""


class Answer(NamedTuple):
    """A public reply to the requester, or the first owner."""

    at: Instant
    derived: bool
    versions: int
    """How many of ``Story.versions`` came before it, also within its second."""


class Holding(NamedTuple):
    """From ``at`` on an authority works on the ticket, until the next holding."""

    at: Instant
    authority: str
    versions: int
    """How many of ``Story.versions`` came before the one in which it has the ticket."""


class Kept(NamedTuple):
    """A breach that stays whatever the definitions say now, and since when it is on record."""

    at: Instant
    breach: BreachKept


class Story(NamedTuple):
    """What the facts say, in the fold's order."""

    opened: Instant
    begun: Instant
    """When a ticket that goes on as this one was opened, if that was earlier; else as ``opened``."""
    last: Instant
    """Of the last fact."""
    stands: Sequence[Stand]
    """The known end of a ``scheduled`` is a stand of its own, even if it lies ahead."""
    versions: Sequence[Version]
    """The ticket whenever something changed that a promise may rest on, from its opening on."""
    replies: Sequence[Answer]
    messages: Sequence[Instant]
    """Of the requester; the opening is the first."""
    owned: Answer | None
    """The first owner."""
    holdings: Sequence[Holding]
    """Neighbours differ; what was undone is left out, so that nobody gets a fresh start by it."""
    kept: Sequence[Kept]
    ended: bool
    """Whether it was ever resolved or closed."""

    @property
    def resolved(self) -> Instant | None:
        """Since when the ticket is resolved or closed; ``None`` while it is open."""
        since: Instant | None = None
        if not self.ended:
            return since
        for stand in self.stands:
            if not stand.done:
                since = None
            elif since is None:
                since = stand.at
        return since


def tell(facts: Sequence[Fact]) -> Story:
    """The story of these facts, in whichever order they are given.

    A fact dated before the opening counts from the opening. A reply or assignment that was taken back was none,
    and a reply that the watch sent is none of a person.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    opening, rest, undone = _from_opening(facts)
    assert isinstance(opening.event, Opened)
    told = _Telling(opening, opening.event, undone)
    for fact in rest:
        step = _STEPS.get(type(fact.event))
        if step is not None:
            step(told, fact, fact.event)
    return told.story(rest[-1].at if rest else opening.at)


def _from_opening(facts: Sequence[Fact]) -> tuple[Fact, Sequence[Fact], frozenset[OperationId]]:
    """The opening, the other facts in the fold's order, and the operations that were taken back.

    Without sorting what stands in order already, as stored facts nearly always do.
    """
    before: Fact | None = None
    in_order, undoing = bool(facts) and type(facts[0].event) is Opened, False
    for fact in facts:
        if before is not None and (fact.at < before.at or (fact.at == before.at and fact.seq < before.seq)):
            in_order = False
        undoing = undoing or type(fact.event) is Undone
        before = fact
    opening, rest = (facts[0], facts[1:]) if in_order else from_opening(facts)
    return opening, rest, taken_back(rest) if undoing else frozenset()


class _Telling:
    """The fields that decide, while the facts go by; those of promises are those of ``Subject``."""

    __slots__ = (
        "begun", "ended", "held", "holdings", "kept", "messages", "opened", "owned", "owner", "replies", "stands",
        "state", "subject", "undone", "until", "versions", "void",
    )  # fmt: skip

    def __init__(self, opening: Fact, event: Opened, undone: frozenset[OperationId]) -> None:
        at = self.opened = self.begun = opening.at
        self.undone = undone
        self.state = State.new
        self.ended = False
        self.held: Instant | None = None
        """``Ticket.hold_until``."""
        self.until: Instant | None = None
        """The same, while it is the end of a ``scheduled``."""
        self.void = False
        self.owner: str | None = None
        self.subject = Subject(
            opening.ticket, event.service, event.kind, event.priority, event.team, "", event.category, at
        )
        self.stands = [Stand(at, State.new)]
        self.versions = [Version(at, self.subject)]
        self.replies: list[Answer] = []
        self.messages = [at]
        self.owned: Answer | None = None
        self.holdings = [Holding(at, event.team, 0)]
        self.kept: list[Kept] = []

    def at(self, fact: Fact) -> Instant:
        """When the fact counts."""
        return max(self.opened, fact.at)

    def story(self, last: Instant) -> Story:
        """All that was told."""
        _end_hold(self.stands, self.until, None)
        return Story(
            self.opened, self.begun, max(self.opened, last), self.stands, self.versions, self.replies, self.messages,
            self.owned, self.holdings, self.kept, self.ended,
        )  # fmt: skip

    def stand(self, fact: Fact, state: State, held: Instant | None, *, undone: bool = False) -> None:
        """Another state, or another end of the same."""
        if state is self.state and held == self.held:
            return
        at = self.at(fact)
        _end_hold(self.stands, self.until, at)
        self.stands.append(Stand(at, state, undone, len(self.versions)))
        self.state, self.held = state, held
        self.ended = self.ended or state not in OPEN_STATES
        self.until = held if state is State.scheduled else None

    def rest_on(self, fact: Fact, subject: Subject, *, undone: bool = False) -> None:
        """Promises rest on something else from here on."""
        if subject == self.subject:
            return
        at = self.at(fact)
        authority = subject.resolver or subject.team
        if authority != self.holdings[-1].authority and fact.operation not in self.undone:
            self._held_by(authority, at)
        self.subject = subject
        self.versions.append(Version(at, subject, undone))

    def _held_by(self, authority: str, at: Instant) -> None:
        """Who had it for no second had nothing to do."""
        number = len(self.versions)
        if self.holdings[-1].at == at:
            self.holdings.pop()
            if self.holdings and self.holdings[-1].authority == authority:
                return
        self.holdings.append(Holding(at, authority, number))

    def own(self, fact: Fact, owner: str | None) -> None:
        """Another owner, or none."""
        self.owner = owner or None
        if self.owned is None and owner and fact.operation not in self.undone:
            self.owned = Answer(self.at(fact), derived=False, versions=len(self.versions))


def _end_hold(stands: list[Stand], until: Instant | None, following: Instant | None) -> None:
    """A ``scheduled`` whose end came before the next stand (or ahead, at the end) runs from there on."""
    if until is not None and (following is None or until < following):
        stands.append(Stand(max(until, stands[-1].at), State.active))


# --- what each kind of fact changes -----------------------------------------------------------------------


def _state(told: _Telling, fact: Fact, event: StateChanged) -> None:
    if not told.void:
        told.stand(fact, event.state, event.until if event.state in WAITING_STATES else None)


def _priority(told: _Telling, fact: Fact, event: PriorityChanged) -> None:
    told.rest_on(fact, told.subject._replace(priority=event.priority))


def _assigned(told: _Telling, fact: Fact, event: Assigned) -> None:
    subject = told.subject
    team = subject.team if event.team is None else event.team
    resolver = subject.resolver if event.resolver is None else event.resolver
    if event.owner is not None:
        told.own(fact, event.owner)
    if team != subject.team or resolver != subject.resolver:
        told.rest_on(fact, subject._replace(team=team, resolver=resolver))


def _acknowledged(told: _Telling, fact: Fact, event: Acknowledged) -> None:
    told.own(fact, told.owner or event.by)


def _fields(told: _Telling, fact: Fact, fields: Mapping[str, Any], *, undone: bool = False) -> None:
    changed = {name: _READ.get(name, _as_it_is)(fields[name]) for name in _RESTS_ON if name in fields}
    if changed:
        told.rest_on(fact, told.subject._replace(**changed), undone=undone)


def _edited(told: _Telling, fact: Fact, event: Edited) -> None:
    _fields(told, fact, {name: value for name, value in event.fields.items() if name in _EDITED})


def _undid(told: _Telling, fact: Fact, event: Undone) -> None:
    fields = event.restores
    if "owner" in fields:
        told.own(fact, fields["owner"])
    if "state" in fields or "hold_until" in fields:
        state = State(fields.get("state", told.state))
        told.stand(fact, state, fields.get("hold_until", told.held), undone=True)
    _fields(told, fact, fields, undone=True)


def _replied(told: _Telling, fact: Fact, event: Replied) -> None:
    if fact.operation not in told.undone and fact.origin is not Origin.watch:
        told.replies.append(Answer(told.at(fact), event.derived, len(told.versions)))


def _wrote(told: _Telling, fact: Fact, _event: RequesterWrote) -> None:
    told.messages.append(told.at(fact))


def _voided(told: _Telling, _fact: Fact, _event: Voided) -> None:
    told.void = True


def _merged_in(told: _Telling, _fact: Fact, event: MergedIn) -> None:
    if event.opened is not None:
        told.begun = min(told.begun, event.opened)


def _kept(told: _Telling, fact: Fact, event: BreachKept) -> None:
    told.kept.append(Kept(told.at(fact), event))


def _as_it_is(value: Any) -> Any:
    return value


_RESTS_ON = ("service", "kind", "priority", "team", "resolver", "category")
_EDITED = frozenset({"service", "kind", "category"})
_READ: Mapping[str, Callable[[Any], Any]] = {"kind": Kind}
_Step: TypeAlias = Callable[[_Telling, Fact, Any], None]
_STEPS: Mapping[type, _Step] = {
    StateChanged: _state,
    PriorityChanged: _priority,
    Assigned: _assigned,
    Acknowledged: _acknowledged,
    Edited: _edited,
    Undone: _undid,
    Replied: _replied,
    RequesterWrote: _wrote,
    Voided: _voided,
    MergedIn: _merged_in,
    BreachKept: _kept,
}
