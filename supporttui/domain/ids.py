"""Names of things: one NewType an entity, so that a person is never passed for a team."""

from typing import NewType

TicketId = NewType("TicketId", int)
"""The ticket's number itself; its prefix is a setting of the site."""
DEFAULT_PREFIX = "T-"
"""Where a site has set no other: ``T-1042``."""
PersonId = NewType("PersonId", str)
"""A short key such as ``ana``; never shown where a name fits."""
TeamId = NewType("TeamId", str)
"""A team, or any other resolving authority inside or outside."""
ServiceId = NewType("ServiceId", str)
CalendarId = NewType("CalendarId", str)
RotaId = NewType("RotaId", str)
PolicyId = NewType("PolicyId", str)
OperationId = NewType("OperationId", str)
"""Made once at the key press; unique in the journal, so a repeated request changes nothing."""
ViewId = NewType("ViewId", str)
"""Of a saved view; a built-in one is called by its code."""
