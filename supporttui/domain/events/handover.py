"""What happens to a ticket between two shifts."""

from dataclasses import dataclass

from supporttui.domain.ids import PersonId


@dataclass(frozen=True, slots=True)
class NextStepNoted:
    """Somebody said what comes next; the requester never sees it."""

    text: str
    handover: str = ""
    """For which it was said; empty: for none."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """Another shift answers for it from here on; an owner who changes with it is a fact of its own."""

    giver: PersonId
    taker: PersonId
    handover: str
