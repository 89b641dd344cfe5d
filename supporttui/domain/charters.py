"""Charters: what the desk does for a service and what it does not, and where the rest belongs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId, ServiceId

REFERRED = "referred"
"""The resolution of a ticket that belonged elsewhere: it counts as referred, and in no figure of kept promises."""


@dataclass(frozen=True, slots=True)
class Referral:
    """Where tickets of a category belong that are out of scope."""

    category: str
    to: str
    """A team, a company, an address: as a requester is told it."""
    text: str = ""
    """How they reach it."""


@dataclass(frozen=True, slots=True)
class Charter:
    """The terms of reference of one service; every version of it is kept."""

    id: str
    service: ServiceId
    in_scope: tuple[str, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    referrals: tuple[Referral, ...] = ()
    line: str = ""
    """The one sentence that is shown at every ticket of the service."""
    owner: PersonId | None = None
    approved_by: PersonId | None = None
    """``None``: nobody has agreed to it yet."""
    effective_from: date | None = None
    """The first day of it; ``None``: ever since."""
    effective_until: date | None = None
    """The last day of it; ``None``: no end was agreed."""
    review_due: date | None = None

    def __post_init__(self) -> None:
        """Refuse an end before the beginning: ``charter.ends_before``."""
        if self.effective_from and self.effective_until and self.effective_until < self.effective_from:
            raise BadInput("charter.ends_before", charter=self.id)

    def holds_on(self, day: date) -> bool:
        """Whether it is effective on a day."""
        begun = self.effective_from is None or self.effective_from <= day
        return begun and (self.effective_until is None or day <= self.effective_until)

    def must_be_reviewed(self, day: date) -> bool:
        """Whether its review is due."""
        return self.review_due is not None and self.review_due <= day

    def referral(self, category: str) -> Referral | None:
        """Where a category belongs that is out of scope; ``None``: it is not said to be."""
        wanted = category.strip().casefold()
        return next((one for one in self.referrals if wanted and one.category.strip().casefold() == wanted), None)


def of_service(charters: Iterable[Charter], service: ServiceId, day: date) -> Charter | None:
    """The one that is effective for a service on a day: of several the one that began last."""
    found = (one for one in charters if one.service == service and one.holds_on(day))
    return max(found, key=lambda one: (one.effective_from or date.min, one.id), default=None)
