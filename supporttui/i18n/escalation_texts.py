"""What is said of escalation policies, and of escalations, that cannot be so."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

ESCALATION: Mapping[str, str] = {
    "policy.jump": mark("Step {step} cannot go on to step {found}; the policy has {steps}."),
    "definition.no_last_resort": mark("{where}: the policy {name} ends at nobody. Name a person who is told last."),
    "definition.last_resort_unreachable": mark("{where}: {name} has no contact point, so nobody would be told last."),
    "definition.no_window": mark("{where}: give at least one window, or leave the hours out."),
    "definition.policy_kind": mark("{where}: {name} is not a policy of the kind {kind}."),
}
