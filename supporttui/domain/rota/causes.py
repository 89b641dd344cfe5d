"""Why somebody is on duty, or nobody."""

from enum import StrEnum


class Cause(StrEnum):
    """Why somebody is on duty (``duty.…``), or nobody (``gap.…``)."""

    rotation = "duty.rotation"
    override = "duty.override"
    pinned = "duty.pinned"
    """A pinned period says so, whatever the layers plan."""
    buffer = "gap.buffer"
    """An empty turn: a deliberate free slot."""
    nobody = "gap.nobody"
    """The rotation has no people."""
    restriction = "gap.restriction"
    """Outside the layer's hours."""
    not_begun = "gap.not_begun"
    ended = "gap.ended"
    intended = "gap.intended"
    removed = "gap.removed"
    """An override took the person away."""
    not_valid = "gap.not_valid"
    """The person has not begun, has left, or may not be on call."""
    no_layer = "gap.no_layer"
    unpinned = "gap.unpinned"
    """Inside a pinned period that leaves what it does not name to nobody."""
