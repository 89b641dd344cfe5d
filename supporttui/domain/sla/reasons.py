"""Why time counts or does not, as codes; apart from the calendars, so that words for them load nothing else."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a piece of time counts or does not."""

    open = "open"
    closed = "closed"
    """Outside the weekly windows."""
    break_ = "break"
    season = "season"
    special = "special"
    holiday = "holiday"
    period = "period"
    """Closed by the hours of a special period."""
    waiting_requester = "waiting_requester"
    waiting_vendor = "waiting_vendor"
    scheduled = "scheduled"
    resolved = "resolved"
    closed_ticket = "closed_ticket"
    not_with_vendor = "not_with_vendor"
    """It measures a vendor's time, and the ticket did not wait for the vendor."""
    other_pause = "other_pause"
    """The target names further states in which it stands still."""
    restarted = "restarted"
    """Measured afresh since: the target changed by the rule ``from_now``."""
    beyond = "beyond"
    """Used before the target changed, and more than the new one allows."""
