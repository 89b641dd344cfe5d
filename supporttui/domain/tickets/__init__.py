"""The ticket, its states and the fold of its facts.

``decisions.py`` and ``bonds.py`` say what a person may decide; a decision returns the events that follow, and
``apply`` is the only way by which a ticket changes, so the stored ticket and the replay of its facts are equal by
construction.
"""

from supporttui.domain.states import OPEN_STATES, WAITING_STATES
from supporttui.domain.tickets.folding import apply, from_opening, open_ticket, ordered, replay
from supporttui.domain.tickets.ticket import (
    EDITABLE,
    PROMISED,
    UNDOABLE,
    Announcement,
    Early,
    Fix,
    Major,
    Offer,
    Promised,
    Reference,
    Relationship,
    Reminder,
    Ticket,
)

__all__ = [
    "EDITABLE", "OPEN_STATES", "PROMISED", "UNDOABLE", "WAITING_STATES", "Announcement", "Early", "Fix",
    "Major", "Offer", "Promised", "Reference", "Relationship", "Reminder", "Ticket", "apply", "from_opening",
    "open_ticket", "ordered", "replay",
]  # fmt: skip
