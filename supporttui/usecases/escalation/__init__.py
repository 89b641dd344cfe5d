"""Escalations: what runs and what comes, what people do to them by hand, and the steps that the watch takes."""

from supporttui.usecases.escalation.answering import hush, unacknowledge
from supporttui.usecases.escalation.by_criterion import look
from supporttui.usecases.escalation.by_hand import escalate, withdraw
from supporttui.usecases.escalation.moving import Moved, behind, move
from supporttui.usecases.escalation.reading import Foretold, choices, forecast, foretell, running
from supporttui.usecases.escalation.sweeping import advance, sweep
from supporttui.usecases.escalation.taking import push

__all__ = [
    "Foretold", "Moved", "advance", "behind", "choices", "escalate", "forecast", "foretell", "hush", "look", "move",
    "push", "running", "sweep", "unacknowledge", "withdraw",
]  # fmt: skip
