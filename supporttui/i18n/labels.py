"""The words for everything that has a code: one door to the tables behind it."""

from supporttui.i18n.argument_labels import argument
from supporttui.i18n.cause_labels import cause, reason
from supporttui.i18n.event_labels import event, listed
from supporttui.i18n.fault_labels import fault
from supporttui.i18n.field_labels import field
from supporttui.i18n.terms import (
    authority,
    channel,
    glyph,
    hold_reason,
    kind,
    level,
    metric,
    metric_short,
    priority,
    priority_short,
    promise,
    resolution,
    role,
    screen,
    sign,
    state,
    state_short,
    timer_state,
)

__all__ = [
    "argument", "authority", "cause", "channel", "event", "fault", "field", "glyph", "hold_reason", "kind", "level",
    "listed", "metric", "metric_short", "priority", "priority_short", "promise", "reason", "resolution", "role",
    "screen", "sign", "state", "state_short", "timer_state",
]  # fmt: skip
