"""What is wrong with the work of the watch, in a sentence each."""

from collections.abc import Mapping

from supporttui.domain.marking import mark
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words
from supporttui.usecases.ports import Trouble

_TROUBLES: Mapping[str, str] = {
    "audit.no_next_step": mark("{ticket}: its escalation runs, and no next step is planned"),
    "audit.step_overdue": mark("{ticket}: a step of its escalation was due at {time} and was not taken"),
    "audit.warning_overdue": mark("{ticket}: a warning was due at {time} and was not looked at"),
    "audit.look_overdue": mark("{ticket}: nobody has looked whether a criterion of escalation holds"),
    "audit.page_failing": mark("{ticket}: a page fails again and again, and nobody got it: {key}"),
    "audit.message_stuck": mark("{ticket}: a message of {time} does not leave: {key}"),
    "audit.parked": mark("{ticket}: its escalation fails since {time}; it is tried again once an hour"),
    "audit.not_audited": mark("the watch has not looked at its own work since {time}"),
}


def trouble(words: Words, found: Trouble, *, prefix: str) -> SafeText:
    """One of them; a code of a later version is told as it is."""
    text = _TROUBLES.get(found.code)
    if text is None:
        return safe_text(found.code, one_line=True)
    ticket = "-" if found.ticket is None else f"{prefix}{found.ticket}"
    told = words.t(text, ticket=ticket, time=times.stamp(found.since, words.zone), key=found.key)
    return safe_text(told, one_line=True, limit=200)
