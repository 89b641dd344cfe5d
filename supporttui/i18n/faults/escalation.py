"""What is said of escalation policies, and of escalations, that cannot be so."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

ESCALATION: Mapping[str, str] = {
    "escalation.no_management": mark("The service {service} of {ticket} has no policy to escalate to management by."),
    "escalation.awake": mark("The escalation of {ticket} is not asleep. Give a moment until which it is to be quiet."),
    "ticket.not_acknowledged": mark("Nobody has acknowledged {ticket}."),
    "unmerge.not": mark("{ticket} goes on as no other ticket."),
    "policy.nothing_to_move": mark("No running escalation holds an older version of {policy} than {version}."),
    "policy.jump": mark("Step {step} cannot go on to step {found}; the policy has {steps}."),
    "definition.no_last_resort": mark("{where}: the policy {name} ends at nobody. Name a person who is told last."),
    "definition.last_resort_unreachable": mark("{where}: {name} has no contact point, so nobody would be told last."),
    "definition.no_window": mark("{where}: give at least one window, or leave the hours out."),
    "definition.policy_kind": mark("{where}: {name} is not a policy of the kind {kind}."),
    "criterion.value": mark("Criterion {criterion} needs a value of {least} or more, not {found}."),
    "criterion.positive": mark("Criterion {criterion}: cooldown cannot be below 0, most cannot be below 1."),
    "attention.impact_missing": mark("Attention is raised for a stated impact: say how many are hit."),
    "attention.reason_missing": mark("Attention is raised and taken back with a reason: say why."),
    "attention.level": mark("Attention is 1 or 2, not {level}."),
    "attention.same": mark("{ticket} has this attention until then already."),
    "attention.none": mark("{ticket} has no raised attention."),
    "attention.until_past": mark("Attention needs an end that is to come."),
}
