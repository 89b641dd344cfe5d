"""The sentence of each fault code. ``tests/i18n`` holds every code in the tree against this table."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

_TICKET: Mapping[str, str] = {
    "ticket.unknown": mark("There is no ticket {ticket}, or you may not see it."),
    "ticket.changed": mark("Not saved: {changed_by} changed {ticket} at {at}. Look again, then repeat."),
    "ticket.not_open": mark("{ticket} is {state}; reopen it first."),
    "ticket.is_open": mark("{ticket} is open already."),
    "ticket.already_acknowledged": mark("You have acknowledged {ticket} already."),
    "ticket.already_yours": mark("{ticket} is yours already."),
    "ticket.already_in_state": mark("{ticket} is already {state}."),
    "ticket.not_a_waiting_state": mark("A ticket cannot wait in the state {state}."),
    "ticket.not_waiting": mark("{ticket} does not wait for anything."),
    "ticket.until_missing": mark("Until when? A scheduled ticket needs a date."),
    "ticket.until_past": mark("The date for {ticket} has passed; give a later one."),
    "ticket.no_opening": mark("The history of this ticket has no beginning."),
    "text.empty": mark("Nothing was written, so nothing was saved."),
    "priority.level": mark("The matrix has no priority for impact {impact} and urgency {urgency}."),
    "priority.same": mark("{ticket} already has this priority: {priority}."),
    "priority.reason_missing": mark("A priority set by hand needs a reason."),
    "undo.nothing": mark("There is nothing to undo on {ticket}."),
    "undo.touched": mark("Not undone: {ticket} was changed afterwards."),
}
_INPUT: Mapping[str, str] = {
    "zone.unknown": mark("There is no time zone {zone}. Give a name such as Europe/Berlin."),
    "plain.unknown": mark("{where} is not known here. Allowed: {allowed}."),
    "plain.missing": mark("{where} is missing."),
    "plain.type": mark("{where} must be of type {expected}, not {found}."),
    "plain.choice": mark("{where} cannot be {found}. Allowed: {allowed}."),
    "moment.unreadable": mark("{text} is no time I can read. Try 17:00, fri 9:00, 2h or 2026-03-02T09:00."),
}

FAULTS: Mapping[str, str] = {**_TICKET, **_INPUT}
