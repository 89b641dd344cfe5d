"""What is supported: each service with its hours, targets, rota and escalation policy."""

from dataclasses import dataclass

from supporttui.domain.ids import CalendarId, PolicyId, RotaId, ServiceId, TeamId
from supporttui.domain.shares import GoingOver


@dataclass(frozen=True, slots=True)
class Service:
    """Something the desk answers for."""

    id: ServiceId
    name: str
    team: TeamId
    """The internal team that owns its tickets."""
    calendar: CalendarId
    targets: str = "standard"
    """Key of the target set (``sla/targets.py``)."""
    rota: RotaId | None = None
    policy: PolicyId | None = None
    """To those who know more, …"""
    management: PolicyId | None = None
    """… and to those who decide more: a policy of the hierarchical kind."""
    matrix: str = "standard"
    runbook: str = ""
    charter: str = ""
    """One line of the service's charter that the ticket screen shows."""
    zone: str = "UTC"
    fallback_language: str = "en"
    """What is spoken with requesters whose language nobody on duty speaks, as agreed with the business."""
    going_over: GoingOver | None = None
    """To another team, which gets a growing share of its new tickets."""
