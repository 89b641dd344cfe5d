"""A handover as a value: who gives what to whom, and how far that has come."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from supporttui.domain.ids import OperationId, PersonId, RotaId, TicketId
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import State

OFFER_SECONDS = 1800
"""So long before a shift ends its handover is offered."""


class HandoverState(StrEnum):
    """How far a handover has come."""

    draft = "draft"
    """It is being prepared; what it lists is read anew each time."""
    signed = "signed"
    """Given; whoever gave it answers for its items until somebody accepts it."""
    accepted = "accepted"
    lapsed = "lapsed"
    """Nobody accepted it before the next one of its line began; what it promised stands there."""


class ReasonKind(StrEnum):
    """Why something is listed, the most pressing first: what has several reasons stands by its first."""

    pressing = "pressing"
    """An open ticket of a top priority; it needs a next step."""
    escalating = "escalating"
    """People are being called about it."""
    late = "late"
    """A promised time is over; ``at`` that, ``detail`` the metric."""
    promised = "promised"
    """The requester was promised an update, which falls due in the next shift."""
    ending = "ending"
    """Another timer falls due in the next shift."""
    promise = "promise"
    """Somebody promised something by hand."""
    outside = "outside"
    """It waits for somebody outside; ``detail`` the state, or the authority that works on it."""
    reminded = "reminded"
    """Whoever gives it is to be reminded of it in the next shift."""
    hushed = "hushed"
    """Its escalation is quiet, and goes on at ``at``."""
    owned = "owned"
    """It is of whoever gives it."""
    more = "more"
    """Tickets that were not looked at, as there are too many; ``count`` how many, ``detail`` a filter with them."""
    fault = "fault"
    """Something is wrong with the program's own sending or watching; ``detail`` a code, ``count`` how many."""
    period = "period"
    """A special period holds or begins within a day."""
    entry = "entry"
    """An entry of another calendar lies within a day."""
    draft = "draft"
    """Something that was typed and not sent; ``detail`` its kind."""
    changed = "changed"
    """Tickets that somebody touched in this shift and that need nothing else."""


TO_KNOW = frozenset(
    {ReasonKind.fault, ReasonKind.period, ReasonKind.entry, ReasonKind.draft, ReasonKind.changed}
)  # fmt: skip
"""What nobody answers for, but should have read: by itself it calls nobody."""
ORDER = {kind: place for place, kind in enumerate(ReasonKind)}


@dataclass(frozen=True, slots=True)
class Reason:
    """One cause for which something is listed."""

    kind: ReasonKind
    at: Instant | None = None
    end: Instant | None = None
    detail: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """Something to know, or to answer for, in the next shift."""

    key: str
    """The same while it is listed: ``ticket:1042``, ``promise:…``, ``fault:dead``."""
    reasons: tuple[Reason, ...]
    """The most pressing first; never empty."""
    ticket: TicketId | None = None
    title: str = ""
    priority: int = 0
    state: State | None = None
    owner: PersonId | None = None
    also: tuple[TicketId, ...] = ()
    """Tickets that are told together."""

    @property
    def kind(self) -> ReasonKind:
        """By what it is listed first."""
        return self.reasons[0].kind

    @property
    def is_work(self) -> bool:
        """Whether somebody answers for it."""
        return self.kind not in TO_KNOW

    @property
    def needs_step(self) -> bool:
        """Whether nobody may hand it over without saying what comes next."""
        return self.kind is ReasonKind.pressing


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next on a ticket."""

    ticket: TicketId
    text: str
    by: PersonId
    at: Instant


@dataclass(frozen=True, slots=True)
class Promise:
    """Something that somebody said would be done."""

    id: str
    text: str
    by: PersonId
    at: Instant | None = None
    """By when."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A question about an item, or the answer to one."""

    key: str
    by: PersonId
    at: Instant
    text: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A signature that whoever gave it took back."""

    by: PersonId
    signed_at: Instant
    at: Instant


@dataclass(frozen=True, slots=True)
class Joint:
    """Where one line of a rota changes hands."""

    rota: RotaId
    level: int
    span: Span
    """The shift of those who give."""
    giving: tuple[PersonId, ...]
    taking: tuple[PersonId, ...]
    to_rota: RotaId
    """Another one where a shift of another rota follows, as around the world."""
    takes: Span
    """The shift of those who take it; it may begin later, behind a gap that is meant."""

    @property
    def id(self) -> str:
        """What its handover is called: whoever prepares it first, the other finds it."""
        end = datetime.fromtimestamp(self.span.end, tz=UTC)
        return f"{self.rota}-{self.level}-{end:%Y%m%dT%H%M%SZ}"


@dataclass(frozen=True, slots=True)
class Handover:
    """What is given at a joint, what was written for it, and who has said what to it."""

    id: str
    joint: Joint
    state: HandoverState = HandoverState.draft
    items: tuple[Item, ...] = ()
    """As they were when it was signed, and what came since; before that they follow from what is so now."""
    added: tuple[str, ...] = ()
    """Keys of items that came after it was signed."""
    steps: tuple[Step, ...] = ()
    promises: tuple[Promise, ...] = ()
    kept: tuple[str, ...] = ()
    """Keys of items that stay with whoever gives the rest."""
    note: str = ""
    risks: str = ""
    understood: tuple[str, ...] = ()
    """Keys of items that whoever takes it has read."""
    remarks: tuple[Remark, ...] = ()
    opened_at: Instant = Instant(0)
    signed_by: PersonId | None = None
    signed_at: Instant | None = None
    signed_operation: OperationId = OperationId("")
    """As which it was signed, by which that is taken back."""
    taken_back: tuple[TakenBack, ...] = ()
    accepted_by: PersonId | None = None
    accepted_at: Instant | None = None
    told_at: Instant | None = None
    """When the shift lead heard that nobody had accepted it."""
    changed_by: str = ""
    changed_at: Instant = Instant(0)

    @property
    def is_open(self) -> bool:
        """Neither accepted nor overtaken."""
        return self.state in (HandoverState.draft, HandoverState.signed)

    @property
    def responsible(self) -> tuple[PersonId, ...]:
        """Who answers for its items."""
        if self.accepted_by is not None:
            return (self.accepted_by,)
        return (self.signed_by,) if self.signed_by is not None else self.joint.giving

    def gives(self, person: PersonId) -> bool:
        """Whether somebody is on the side that gives it."""
        return person == self.signed_by or person in self.joint.giving

    def step_of(self, ticket: TicketId | None) -> Step | None:
        """What comes next on a ticket, as far as it was said."""
        return next((one for one in self.steps if one.ticket == ticket), None)

    def remarks_on(self, key: str) -> tuple[Remark, ...]:
        """What was asked and answered about an item, in that order."""
        return tuple(one for one in self.remarks if one.key == key)

    def asked(self, *, giving: bool) -> tuple[str, ...]:
        """Keys of items on which one side has not reacted: ``giving`` to a question, else to an answer.

        An answer is done with once its item is understood.
        """
        last = {remark.key: self.gives(remark.by) for remark in self.remarks}
        if giving:
            return tuple(key for key, by_giver in last.items() if not by_giver)
        return tuple(key for key, by_giver in last.items() if by_giver and key not in self.understood)

    def unread(self) -> tuple[Item, ...]:
        """The items that nobody on the other side has read."""
        return tuple(item for item in self.items if item.key not in self.understood)

    def lacking(self, items: tuple[Item, ...]) -> tuple[TicketId, ...]:
        """The tickets among these that need a next step and have none."""
        return tuple(
            item.ticket for item in items
            if item.needs_step and item.ticket is not None and self.step_of(item.ticket) is None
        )  # fmt: skip
