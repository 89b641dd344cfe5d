"""What is done to running escalations beside acknowledging, and what is read and moved of their policies."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES, AckResume, EscalationKind

KIND = Arg(
    "kind", ArgKind.choice, mark("To whom: functional to those who know more, hierarchical to those who decide"),
    choices=tuple(kind.value for kind in EscalationKind),
)  # fmt: skip
_POLICY = Arg("policy", ArgKind.text, mark("A policy"), required=True, positional=True)

ESCALATION_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.unacknowledge", mark("Unacknowledge"),
        mark("Say that nobody has seen it after all. The escalation goes on where it stood."),
        Scope.ticket, "unack", undoable=True, does="escalation.unacknowledge", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg(
                "resume", ArgKind.choice, mark("How it goes on: with the time left, the next step, or from the top"),
                choices=tuple(resume.value for resume in AckResume), positional=True,
            ),
        ),
    ),
    Action(
        "ticket.hush", mark("Hush"),
        mark("Let the escalation sleep until a moment; without one it wakes. Then it goes on with the time left."),
        Scope.ticket, "hush", undoable=True, does="escalation.hush", permission=Permission.work,
        states=OPEN_STATES,
        args=(Arg("until", ArgKind.instant, mark("Until when it is quiet"), positional=True), KIND),
    ),
)  # fmt: skip

POLICY_ACTIONS: tuple[Action, ...] = (
    Action(
        "policy.list", mark("Policies"),
        mark("The escalation policies: who escalates by each, who is told last, what runs by it."),
        Scope.everywhere, "policy list",
    ),
    Action(
        "policy.show", mark("Policy"), mark("Show the steps of an escalation policy, and what follows silence."),
        Scope.everywhere, "policy show", args=(_POLICY,),
    ),
    Action(
        "policy.forecast", mark("Who is paged"),
        mark("Who would be paged in the next 24 hours by a policy, or for a ticket: people, channels, times."),
        Scope.everywhere, "policy forecast",
        args=(Arg("policy", ArgKind.text, mark("A policy"), positional=True),),
    ),
    Action(
        "policy.move", mark("Move to newest"),
        mark("Let the running escalations of a policy go on by its newest version, all as one action."),
        Scope.everywhere, "policy move", back="app.undo", args=(_POLICY,),
    ),
)  # fmt: skip
