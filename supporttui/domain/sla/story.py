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
from supporttui.domain.spans import FOREVER, Instant
from supporttui.domain.states import OPEN_STATES, WAITING_STATES, Kind
from supporttui.domain.tickets import from_opening
from supporttui.domain.undoing import taken_back

_NEW, _SCHEDULED, _WATCH = State.new, State.scheduled, Origin.watch
"""At hand, as what is asked for every ticket: to look a member up in its enum takes several times as long."""


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


class Story:
    """What the facts say, told one by one in the fold's order."""

    __slots__ = (
        "begun", "ended", "held", "holdings", "kept", "last", "messages", "opened", "owned", "owner", "replies",
        "stands", "state", "subject", "undone", "until", "versions", "void",
    )  # fmt: skip

    def __init__(self, opening: Fact, event: Opened, undone: frozenset[OperationId]) -> None:
        at = self.opened = opening.at
        self.begun = at
        """When a ticket that goes on as this one was opened, if that was earlier; else as ``opened``."""
        self.last = at
        """When the fact told last counts: at the opening at the earliest."""
        self.undone = undone
        self.state: State = _NEW
        self.ended = False
        """Whether it was ever resolved or closed."""
        self.held: Instant | None = None
        """``Ticket.hold_until``."""
        self.until: Instant | None = None
        """The same, while it is the end of a ``scheduled``."""
        self.void = False
        self.owner: str | None = None
        self.subject = Subject(
            opening.ticket, event.service, event.kind, event.priority, event.team, "", event.category, at
        )
        """As it is now."""
        self.stands = [Stand(at, _NEW)]
        """The known end of a ``scheduled`` is a stand of its own, even if it lies ahead."""
        self.versions = [Version(at, self.subject)]
        """The ticket whenever something changed that a promise may rest on, from its opening on."""
        self.replies: list[Answer] = []
        self.messages = [at]
        """Of the requester; the opening is the first."""
        self.owned: Answer | None = None
        """The first owner."""
        self.holdings = [Holding(at, event.team, 0)]
        """Neighbours differ; what was undone is left out, so that nobody gets a fresh start by it."""
        self.kept: list[Kept] = []

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

    def close(self) -> None:
        """All was told."""
        if self.until is not None:
            self._end_hold(FOREVER)

    def stand(self, state: State, held: Instant | None, *, undone: bool = False) -> None:
        """Another state, or another end of the same."""
        if state is self.state and held == self.held:
            return
        if self.until is not None:
            self._end_hold(self.last)
        self.stands.append(Stand(self.last, state, undone, len(self.versions)))
        self.state, self.held = state, held
        self.ended = self.ended or state not in OPEN_STATES
        self.until = held if state is _SCHEDULED else None

    def _end_hold(self, following: Instant) -> None:
        """A ``scheduled`` whose end came before the next stand (or ahead, at the end) runs from there on."""
        if self.until is not None and self.until < following:
            self.stands.append(Stand(max(self.until, self.stands[-1].at), State.active))

    def rest_on(self, fact: Fact, subject: Subject, *, undone: bool = False) -> None:
        """Promises rest on something else from here on."""
        if subject == self.subject:
            return
        authority = subject.resolver or subject.team
        if authority != self.holdings[-1].authority and fact.operation not in self.undone:
            self._held_by(authority)
        self.subject = subject
        self.versions.append(Version(self.last, subject, undone))

    def _held_by(self, authority: str) -> None:
        """Who had it for no second had nothing to do."""
        number = len(self.versions)
        if self.holdings[-1].at == self.last:
            self.holdings.pop()
            if self.holdings and self.holdings[-1].authority == authority:
                return
        self.holdings.append(Holding(self.last, authority, number))

    def own(self, fact: Fact, owner: str | None) -> None:
        """Another owner, or none."""
        self.owner = owner or None
        if self.owned is None and owner and fact.operation not in self.undone:
            self.owned = Answer(self.last, derived=False, versions=len(self.versions))


def tell(facts: Sequence[Fact]) -> Story:
    """The story of these facts, in whichever order they are given.

    A fact dated before the opening counts from the opening. A reply or assignment that was taken back was none,
    and a reply that the watch sent is none of a person.

    Raises:
        Refused: ``ticket.no_opening``.
    """
    opening, rest, undone = _from_opening(facts)
    assert isinstance(opening.event, Opened)
    story = Story(opening, opening.event, undone)
    for fact in rest:
        story.last = max(story.last, fact.at)
        step = _STEPS.get(type(fact.event))
        if step is not None:
            step(story, fact, fact.event)
    story.close()
    return story


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


# --- what each kind of fact changes -----------------------------------------------------------------------


def _state(story: Story, _fact: Fact, event: StateChanged) -> None:
    if not story.void:
        story.stand(event.state, event.until if event.state in WAITING_STATES else None)


def _priority(story: Story, fact: Fact, event: PriorityChanged) -> None:
    story.rest_on(fact, story.subject._replace(priority=event.priority))


def _assigned(story: Story, fact: Fact, event: Assigned) -> None:
    subject = story.subject
    team = subject.team if event.team is None else event.team
    resolver = subject.resolver if event.resolver is None else event.resolver
    if event.owner is not None:
        story.own(fact, event.owner)
    if team != subject.team or resolver != subject.resolver:
        story.rest_on(fact, subject._replace(team=team, resolver=resolver))


def _acknowledged(story: Story, fact: Fact, event: Acknowledged) -> None:
    story.own(fact, story.owner or event.by)


def _fields(story: Story, fact: Fact, fields: Mapping[str, Any], *, undone: bool = False) -> None:
    changed = {name: _READ.get(name, _as_it_is)(fields[name]) for name in _RESTS_ON if name in fields}
    if changed:
        story.rest_on(fact, story.subject._replace(**changed), undone=undone)


def _edited(story: Story, fact: Fact, event: Edited) -> None:
    _fields(story, fact, {name: value for name, value in event.fields.items() if name in _EDITED})


def _undid(story: Story, fact: Fact, event: Undone) -> None:
    fields = event.restores
    if "owner" in fields:
        story.own(fact, fields["owner"])
    if "state" in fields or "hold_until" in fields:
        state = State(fields.get("state", story.state))
        story.stand(state, fields.get("hold_until", story.held), undone=True)
    _fields(story, fact, fields, undone=True)


def _replied(story: Story, fact: Fact, event: Replied) -> None:
    if fact.operation not in story.undone and fact.origin is not _WATCH:
        story.replies.append(Answer(story.last, event.derived, len(story.versions)))


def _wrote(story: Story, _fact: Fact, _event: RequesterWrote) -> None:
    story.messages.append(story.last)


def _voided(story: Story, _fact: Fact, _event: Voided) -> None:
    story.void = True


def _merged_in(story: Story, fact: Fact, event: MergedIn) -> None:
    if event.opened is not None and fact.operation not in story.undone:
        story.begun = min(story.begun, event.opened)


def _kept(story: Story, _fact: Fact, event: BreachKept) -> None:
    story.kept.append(Kept(story.last, event))


def _as_it_is(value: Any) -> Any:
    return value


_RESTS_ON = ("service", "kind", "priority", "team", "resolver", "category")
_EDITED = frozenset({"service", "kind", "category"})
_READ: Mapping[str, Callable[[Any], Any]] = {"kind": Kind}
_Step: TypeAlias = Callable[[Story, Fact, Any], None]
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
