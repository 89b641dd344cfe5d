"""What a value of a definition is called, where the file has a code for it."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from supporttui.domain.incoming.source import WhenOver
from supporttui.domain.marking import mark_in
from supporttui.domain.periods.period import PeriodKind
from supporttui.domain.processes import Criticality
from supporttui.domain.rota.schedule import Advance, LayerMode, Unit
from supporttui.domain.sla.calendars import OpenTimers
from supporttui.domain.sla.targets import ChangeRule, Metric, ReopenRule, TimeBase
from supporttui.domain.states import AckResume, AuthorityKind, EscalationKind, Kind, Need, Role, State
from supporttui.i18n import period_labels, policy_labels, terms
from supporttui.i18n.catalogue import Words

_CODES: Mapping[type[StrEnum], Mapping[str, tuple[str, str]]] = {
    OpenTimers: {
        OpenTimers.carry_elapsed: mark_in("running timers", "keep what they have used"),
        OpenTimers.retroactive: mark_in("running timers", "are counted anew from their start"),
        OpenTimers.untouched: mark_in("running timers", "go on by the hours before"),
    },
    Need: {
        Need.text: mark_in("needed", "a text"),
        Need.category: mark_in("needed", "a category"),
        Need.requester: mark_in("needed", "a requester"),
        Need.language: mark_in("needed", "the requester's language"),
        Need.reference: mark_in("needed", "a reference"),
    },
    # Translators: how critical a process is; at most 12 cells.
    Criticality: {
        Criticality.low: mark_in("criticality", "low"),
        Criticality.normal: mark_in("criticality", "normal"),
        Criticality.high: mark_in("criticality", "high"),
        Criticality.critical: mark_in("criticality", "critical"),
    },
    WhenOver: {
        WhenOver.note: mark_in("when it is over", "is noted"),
        WhenOver.resolve: mark_in("when it is over", "resolves the ticket"),
    },
    TimeBase: {
        TimeBase.business: mark_in("time base", "service hours"),
        TimeBase.real: mark_in("time base", "round the clock"),
    },
    ChangeRule: {
        ChangeRule.retroactive: mark_in("change rule", "as if from the start"),
        ChangeRule.carry_elapsed: mark_in("change rule", "what was used counts"),
        ChangeRule.from_now: mark_in("change rule", "anew from the change"),
        ChangeRule.proportional: mark_in("change rule", "in proportion"),
    },
    ReopenRule: {
        ReopenRule.continue_: mark_in("reopen rule", "goes on"),
        ReopenRule.include: mark_in("reopen rule", "goes on, the time between counts"),
        ReopenRule.new_cycle: mark_in("reopen rule", "starts anew"),
        ReopenRule.ignore: mark_in("reopen rule", "stays as it ended"),
    },
    Unit: {
        Unit.hour: mark_in("length of a turn", "hour"),
        Unit.day: mark_in("length of a turn", "day"),
        Unit.week: mark_in("length of a turn", "week"),
        Unit.month: mark_in("length of a turn", "month"),
    },
    Advance: {
        Advance.time: mark_in("turns move on", "with time"),
        Advance.active_days: mark_in("turns move on", "with days of duty"),
    },
    LayerMode: {
        LayerMode.wins: mark_in("layer", "hides those below"),
        LayerMode.adds: mark_in("layer", "stands beside those below"),
        LayerMode.second: mark_in("layer", "stands beside, called second"),
    },
}
_WORDED: Mapping[type[StrEnum], Callable[[Words, Any], str]] = {
    Metric: terms.metric,
    Kind: terms.kind,
    State: terms.state,
    Role: terms.role,
    AuthorityKind: terms.authority,
    EscalationKind: policy_labels.kind,
    AckResume: policy_labels.resume,
    PeriodKind: period_labels.kind,
}


def code(words: Words, value: StrEnum) -> str:
    """In the reader's words; one that is only for files is as it stands there."""
    if (worded := _WORDED.get(type(value))) is not None:
        return worded(words, value)
    label = _CODES.get(type(value), {}).get(value)
    return words.p(*label) if label else value.value
