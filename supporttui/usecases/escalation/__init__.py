"""Escalations: what runs and what comes, escalating by hand, and the steps that the watch takes."""

from supporttui.usecases.escalation.by_hand import escalate, withdraw
from supporttui.usecases.escalation.reading import choices, forecast, running
from supporttui.usecases.escalation.sweeping import advance, sweep

__all__ = ["advance", "choices", "escalate", "forecast", "running", "sweep", "withdraw"]
