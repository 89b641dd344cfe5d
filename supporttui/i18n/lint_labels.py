"""What would hurt tonight, in words: one sentence for each finding of ``domain/lint.py``."""

from collections.abc import Mapping

from supporttui.domain.faults import Param
from supporttui.domain.lint import Finding
from supporttui.domain.marking import mark, mark_in
from supporttui.domain.priorities import Priority
from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cause_labels import cause
from supporttui.i18n.countdown import countdown

_FINDINGS: Mapping[str, str] = {
    "lint.service_without_hours": mark("The service {service} is never open: calendar {calendar}."),
    "lint.priority_without_target": mark("The service {service} promises nothing for {priority}."),
    "lint.policy_reaches_nobody": mark("The policy {policy} of {service} ends at a step that reaches nobody: {step}."),
    "lint.policy_no_last_resort": mark("The policy {policy} names nobody who is told when nobody answers."),
    "lint.policy_last_resort": mark("{person} is told last by the policy {policy} and has no contact point."),
    "lint.on_call_without_contact": mark("{person} is on duty from {at} ({rota}) and has no contact point."),
    "lint.authority_without_contact": mark("{authority} is outside, with neither telephone nor contact."),
    "lint.authority_without_hours": mark("Nobody wrote down when {authority} works."),
    "lint.agreement_ends": mark("The agreement {number} with {authority} ends at {end}."),
    "lint.agreement_ended": mark("The agreement {number} with {authority} ended at {end}."),
    "lint.rota_gap": mark("{rota}, line {level}: nobody from {start} to {end} ({cause}), {seconds} in all."),
    "lint.rota_too_few": mark("{rota}: fewer than {required} on duty from {start} to {end}."),
    "lint.rota_no_speaker": mark("{rota}: nobody who speaks {language} is on duty from {start} to {end}."),
    "lint.period_too_few": mark(
        "{period} asks for {required} people in {rota}, and there are fewer from {start} to {end}."
    ),
    "lint.period_no_speaker": mark(
        "{period} asks for somebody who speaks {language} in {rota}, and nobody does from {start} to {end}."
    ),
    "lint.period_category": mark("{period} lifts the category {category}, which the site does not list."),
    "lint.period_never": mark("{period} comes round by a rule that gives no date within a year."),
    "lint.period_rank": mark("{period} and {other} have one rank, and both decide from {start} on."),
    "lint.period_homeless": mark("{team} ends with {period}, and open tickets are still with it: {n}."),
    "lint.period_review": mark("{period} ends at {end}, and nobody has said what becomes of it."),
    "lint.process_no_holder": mark("Nobody holds {certification}, which {process} needs."),
    "lint.process_uncertified": mark(
        "{process} of {service}: nobody with {certification} on duty from {start} to {end}, {seconds} in all."
    ),
    "lint.process_unattended": mark("{process} of {service}: nobody on duty from {start} to {end}, {seconds} in all."),
    "lint.still_default": mark("Still as delivered: {kind} {key}."),
}
_WHERE: Mapping[str, str] = {
    "lint.service_without_hours": "service",
    "lint.priority_without_target": "service",
    "lint.policy_reaches_nobody": "policy",
    "lint.policy_no_last_resort": "policy",
    "lint.policy_last_resort": "person",
    "lint.on_call_without_contact": "person",
    "lint.authority_without_contact": "authority",
    "lint.authority_without_hours": "authority",
    "lint.agreement_ends": "authority",
    "lint.agreement_ended": "authority",
    "lint.rota_gap": "rota",
    "lint.rota_too_few": "rota",
    "lint.rota_no_speaker": "rota",
    "lint.period_too_few": "period",
    "lint.period_no_speaker": "period",
    "lint.period_category": "period",
    "lint.period_never": "period",
    "lint.period_rank": "period",
    "lint.period_homeless": "period",
    "lint.period_review": "period",
    "lint.process_no_holder": "process",
    "lint.process_uncertified": "process",
    "lint.process_unattended": "process",
    "lint.still_default": "key",
}
"""The parameter that names the definition to be mended."""
_TODO: Mapping[str, str] = {
    "lint.service_without_hours": mark("Give its calendar a weekly window, or the service another calendar."),
    "lint.priority_without_target": mark(
        "Promise something for it in the targets; 0 seconds says that nothing is promised."
    ),
    "lint.policy_reaches_nobody": mark("Let its last step call a person, or a team that has a telephone."),
    "lint.policy_no_last_resort": mark("Name a person as its last resort."),
    "lint.policy_last_resort": mark("Give them a contact point, or name somebody else as last resort."),
    "lint.on_call_without_contact": mark("Give them a contact point, or let somebody else take the shift."),
    "lint.authority_without_contact": mark("Write down their telephone, or a contact of theirs."),
    "lint.authority_without_hours": mark("Give it a calendar, so that a hand-off can say when it opens."),
    "lint.agreement_ends": mark("Renew it and write down its new end, or hand nothing over after that."),
    "lint.agreement_ended": mark(
        "Renew it and write down its new end, or take the authority out of policies and overflow."
    ),
    "lint.rota_gap": mark("Let somebody take it by an override, or say that nobody is meant to be on duty then."),
    "lint.rota_too_few": mark("Add somebody to the layer, or let the rota ask for fewer."),
    "lint.rota_no_speaker": mark("Let somebody who speaks it take a shift, or name another language to fall back on."),
    "lint.period_too_few": mark("Let somebody else take a shift then, or let the period ask for fewer."),
    "lint.period_no_speaker": mark("Let somebody who speaks it take a shift then, or let the period ask for less."),
    "lint.period_category": mark("Correct the category, or add it to the site's list."),
    "lint.period_never": mark("Look at its rule and at the working days of the calendar that it names."),
    "lint.period_rank": mark("Give one of them a higher rank."),
    "lint.period_homeless": mark("Give them another team: supporttui period rehome."),
    "lint.period_review": mark("Look at the tickets that it leaves open, and keep, extend or drop it."),
    "lint.process_no_holder": mark("Enter who holds it, and until when, or let the process do without."),
    "lint.process_uncertified": mark("Put somebody certified on duty then, or say that it can wait."),
    "lint.process_unattended": mark("Put somebody on duty then, or say that it can wait."),
    "lint.still_default": mark("Say that it fits by changing its name, or put your own in its place."),
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "person": mark_in("definition", "person"),
    "team": mark_in("definition", "team"),
    "service": mark_in("definition", "service"),
    "calendar": mark_in("definition", "calendar"),
    "target_set": mark_in("definition", "targets"),
    "matrix": mark_in("definition", "priority matrix"),
    "rota": mark_in("definition", "rota"),
    "policy": mark_in("definition", "escalation policy"),
    "period": mark_in("definition", "special period"),
    "process": mark_in("definition", "process"),
}


def finding(words: Words, found: Finding) -> SafeText:
    """The sentence of a finding, its instants in the reader's zone."""
    values = {name: _spoken(words, name, value) for name, value in found.params.items()}
    return safe_text(words.t(_FINDINGS[found.code], **values), one_line=True)


def where(words: Words, found: Finding) -> SafeText:
    """The definition that is meant: its kind, where that is known, and its id."""
    name = _WHERE[found.code]
    kind = str(found.params.get("kind", "team" if name == "authority" else name))
    key = str(found.params[name])
    return safe_text(f"{words.p(*_KINDS[kind])} {key}" if kind in _KINDS else key, one_line=True)


def todo(words: Words, found: Finding) -> SafeText:
    """What to do about it."""
    return safe_text(words.t(_TODO[found.code]), one_line=True)


def _spoken(words: Words, name: str, value: Param) -> str:
    match name, value:
        case (("at" | "start" | "end"), int()):
            return times.stamp(Instant(value), words.zone)
        case "seconds", int():
            return countdown(words, value)
        case "priority", int():
            return terms.priority(words, Priority(value))
        case "cause", str():
            return cause(words, value)
        case "kind", str():
            return words.p(*_KINDS[value])
        case _:
            return str(value)
