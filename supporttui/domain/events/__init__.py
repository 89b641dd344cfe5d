"""Facts that happened to a ticket: the vocabulary of the journal.

A fact is never changed. A ticket is what its facts, ordered by (``at``, ``seq``), say; so is its
escalation. Stored form: ``domain/plain.py`` data with ``kind`` and a version; keys are only ever added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supporttui.domain.events.announced import AnnouncementRetracted as AnnouncementRetracted
from supporttui.domain.events.announced import UpdateAnnounced as UpdateAnnounced
from supporttui.domain.events.attention import AttentionLowered as AttentionLowered
from supporttui.domain.events.attention import AttentionRaised as AttentionRaised
from supporttui.domain.events.attention import Chased as Chased
from supporttui.domain.events.attention import CriterionHeld as CriterionHeld
from supporttui.domain.events.escalation import EscalationEnded as EscalationEnded
from supporttui.domain.events.escalation import EscalationMoved as EscalationMoved
from supporttui.domain.events.escalation import EscalationSnoozed as EscalationSnoozed
from supporttui.domain.events.escalation import EscalationStarted as EscalationStarted
from supporttui.domain.events.escalation import PageWithdrawn as PageWithdrawn
from supporttui.domain.events.escalation import StepFired as StepFired
from supporttui.domain.events.escalation import Unacknowledged as Unacknowledged
from supporttui.domain.events.handover import HandedOver as HandedOver
from supporttui.domain.events.handover import NextStepNoted as NextStepNoted
from supporttui.domain.events.incoming import Reported as Reported
from supporttui.domain.events.incoming import Signal as Signal
from supporttui.domain.events.procedures import ProcedureStepped as ProcedureStepped
from supporttui.domain.events.promises import MajorEnded as MajorEnded
from supporttui.domain.events.promises import MajorLogged as MajorLogged
from supporttui.domain.events.promises import MajorRoleGiven as MajorRoleGiven
from supporttui.domain.events.promises import MajorStarted as MajorStarted
from supporttui.domain.events.promises import UpdatePromised as UpdatePromised
from supporttui.domain.events.promises import UpdateReleased as UpdateReleased
from supporttui.domain.events.standing import EarlyFlagged as EarlyFlagged
from supporttui.domain.events.standing import FirstLooked as FirstLooked
from supporttui.domain.events.standing import FixRecorded as FixRecorded
from supporttui.domain.events.standing import LookRated as LookRated
from supporttui.domain.events.standing import OwnerDeclined as OwnerDeclined
from supporttui.domain.events.standing import OwnerOffered as OwnerOffered
from supporttui.domain.events.standing import RepeatsSeen as RepeatsSeen
from supporttui.domain.events.ticket import Acknowledged as Acknowledged
from supporttui.domain.events.ticket import Assigned as Assigned
from supporttui.domain.events.ticket import BreachKept as BreachKept
from supporttui.domain.events.ticket import Edited as Edited
from supporttui.domain.events.ticket import Followed as Followed
from supporttui.domain.events.ticket import Imported as Imported
from supporttui.domain.events.ticket import Merged as Merged
from supporttui.domain.events.ticket import MergedIn as MergedIn
from supporttui.domain.events.ticket import Noted as Noted
from supporttui.domain.events.ticket import Opened as Opened
from supporttui.domain.events.ticket import PriorityChanged as PriorityChanged
from supporttui.domain.events.ticket import Referenced as Referenced
from supporttui.domain.events.ticket import Related as Related
from supporttui.domain.events.ticket import Reminded as Reminded
from supporttui.domain.events.ticket import Replied as Replied
from supporttui.domain.events.ticket import RequesterWrote as RequesterWrote
from supporttui.domain.events.ticket import StateChanged as StateChanged
from supporttui.domain.events.ticket import Undone as Undone
from supporttui.domain.events.ticket import Voided as Voided
from supporttui.domain.ids import OperationId, TicketId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.spans import Instant
from supporttui.domain.states import Kind as Kind
from supporttui.domain.states import Origin as Origin
from supporttui.domain.states import Relation as Relation
from supporttui.domain.states import State as State

Event = (
    Opened
    | StateChanged
    | Acknowledged
    | Assigned
    | Noted
    | Replied
    | RequesterWrote
    | PriorityChanged
    | Edited
    | Referenced
    | Followed
    | Reminded
    | Related
    | Merged
    | MergedIn
    | Voided
    | EscalationStarted
    | StepFired
    | EscalationEnded
    | EscalationSnoozed
    | EscalationMoved
    | Unacknowledged
    | PageWithdrawn
    | BreachKept
    | Reported
    | Chased
    | AttentionRaised
    | AttentionLowered
    | CriterionHeld
    | ProcedureStepped
    | NextStepNoted
    | HandedOver
    | OwnerOffered
    | OwnerDeclined
    | EarlyFlagged
    | FirstLooked
    | LookRated
    | FixRecorded
    | RepeatsSeen
    | UpdateAnnounced
    | AnnouncementRetracted
    | UpdatePromised
    | UpdateReleased
    | MajorStarted
    | MajorRoleGiven
    | MajorLogged
    | MajorEnded
    | Undone
    | Imported
)

KINDS: Mapping[str, type[Event]] = {
    "opened": Opened,
    "state": StateChanged,
    "acknowledged": Acknowledged,
    "assigned": Assigned,
    "noted": Noted,
    "replied": Replied,
    "requester": RequesterWrote,
    "priority": PriorityChanged,
    "edited": Edited,
    "referenced": Referenced,
    "followed": Followed,
    "reminded": Reminded,
    "related": Related,
    "merged": Merged,
    "merged_in": MergedIn,
    "voided": Voided,
    "escalation": EscalationStarted,
    "step": StepFired,
    "escalation_end": EscalationEnded,
    "escalation_quiet": EscalationSnoozed,
    "escalation_moved": EscalationMoved,
    "unacknowledged": Unacknowledged,
    "withdrawn": PageWithdrawn,
    "breach": BreachKept,
    "reported": Reported,
    "chased": Chased,
    "attention": AttentionRaised,
    "attention_end": AttentionLowered,
    "criterion": CriterionHeld,
    "procedure": ProcedureStepped,
    "next_step": NextStepNoted,
    "handed_over": HandedOver,
    "offered": OwnerOffered,
    "declined": OwnerDeclined,
    "flagged": EarlyFlagged,
    "first_look": FirstLooked,
    "look_rated": LookRated,
    "fix": FixRecorded,
    "repeats": RepeatsSeen,
    "announced": UpdateAnnounced,
    "retracted": AnnouncementRetracted,
    "update_promised": UpdatePromised,
    "update_released": UpdateReleased,
    "major": MajorStarted,
    "major_role": MajorRoleGiven,
    "major_log": MajorLogged,
    "major_end": MajorEnded,
    "undone": Undone,
    "imported": Imported,
}
"""Stored word → event; the words are fixed for ever."""
_WORDS = {event: word for word, event in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Fact:
    """An event of one ticket, with when, by whom and in which order."""

    ticket: TicketId
    at: Instant
    actor: str
    """A person's id, ``watch``, or the foreign name an import brought."""
    event: Event
    operation: OperationId
    seq: int = 0
    """The journal's number; 0 until stored. Orders the feed; the fold orders by (at, seq)."""
    recorded_at: Instant = Instant(0)
    origin: Origin = Origin.desk


def kind_of(event: Event) -> str:
    """The stored word of an event."""
    return _WORDS[type(event)]


def payload(event: Event) -> dict[str, Any]:
    """What the journal stores of an event: its word, a version and its fields."""
    return {"kind": kind_of(event), "v": 1, **({"data": data} if (data := to_plain(event)) else {})}


def event_from(stored: Mapping[str, Any]) -> Event:
    """The event behind a stored payload; unknown keys of later versions are ignored."""
    return from_plain(KINDS[stored["kind"]], stored.get("data", {}), strict=False)
