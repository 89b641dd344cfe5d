"""What requesters are promised to hear, and how a major incident is run."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES, MajorRole

PROMISE_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.promise", mark("Promise an update"),
        mark("Say by when the requester hears next. A reply keeps it; without one it is shown as missed."),
        Scope.ticket, "promise", undoable=True, does="promises.promise", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("until", ArgKind.instant, mark("By when; needed"), positional=True),
            Arg("text", ArgKind.text, mark("What was promised"), positional=True),
        ),
    ),
    Action(
        "ticket.unpromise", mark("Take a promise back"), mark("Nothing is promised to the requester any more."),
        Scope.ticket, "unpromise", undoable=True, does="promises.release", permission=Permission.work,
        args=(Arg("reason", ArgKind.text, mark("Why"), positional=True),),
    ),
)  # fmt: skip

MAJOR_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.major", mark("Major incident"),
        mark("Run it as a major incident: with roles, and told how it stands every so many minutes."),
        Scope.ticket, "major start", undoable=True, does="major.start", permission=Permission.escalate,
        states=OPEN_STATES,
        args=(
            Arg("every", ArgKind.number, mark("Minutes between two communications; 30 if left out")),
            Arg("commander", ArgKind.person, mark("Who decides; you if left out")),
            Arg("communication", ArgKind.person, mark("Who tells how it stands")),
            Arg("scribe", ArgKind.person, mark("Who writes down what happens")),
        ),
    ),
    Action(
        "ticket.major_role", mark("Role"), mark("Give somebody a role in a major incident."),
        Scope.ticket, "major role", undoable=True, does="major.give", permission=Permission.work,
        args=(
            Arg(
                "role", ArgKind.choice, mark("Which role"), positional=True, required=True,
                choices=tuple(one.value for one in MajorRole),
            ),
            Arg("person", ArgKind.person, mark("Who takes it"), positional=True, required=True),
        ),
    ),
    Action(
        "ticket.major_say", mark("Communicated"),
        mark("Write down what was told, and to whom, by another way than a reply; the next time is promised."),
        Scope.ticket, "major say", undoable=True, does="major.say", permission=Permission.work,
        args=(Arg("text", ArgKind.text, mark("What was told, and to whom"), positional=True, required=True),),
    ),
    Action(
        "ticket.major_degraded", mark("Degraded"),
        mark("Write down what works only in part, or another way, until it is over."),
        Scope.ticket, "major degraded", undoable=True, does="major.degrade", permission=Permission.work,
        args=(Arg("text", ArgKind.text, mark("What works how"), positional=True, required=True),),
    ),
    Action(
        "ticket.major_end", mark("Major incident over"),
        mark("Run it as a ticket like others again; its state stays."),
        Scope.ticket, "major end", undoable=True, does="major.end", permission=Permission.escalate,
        args=(Arg("text", ArgKind.text, mark("What is left to say"), positional=True),),
    ),
)  # fmt: skip

MAJOR_READING: tuple[Action, ...] = (
    Action(
        "ticket.major_show", mark("Major incident"),
        mark("Show a major incident: roles, the next communication, what is degraded, who did what when."),
        Scope.ticket, "major show",
    ),
    Action(
        "major.list", mark("Major incidents"), mark("Every major incident of the last years; exercises are marked."),
        Scope.everywhere, "major list",
    ),
)  # fmt: skip
