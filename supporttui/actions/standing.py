"""What the first line says of tickets, who is asked to own them, and how fixes come to production."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.looks import SCORES
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES, FixStep

STANDING_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.accept", mark("Accept"),
        mark("Own what somebody asked you to own, where the site asks first; until then it stays with its owner."),
        Scope.ticket, "accept", undoable=True, does="owning.accept", permission=Permission.work, states=OPEN_STATES,
    ),
    Action(
        "ticket.decline", mark("Decline"),
        mark("Leave with its owner what you were asked to own; whoever asked is told."),
        Scope.ticket, "decline", undoable=True, does="owning.decline", permission=Permission.work,
        states=OPEN_STATES, args=(Arg("reason", ArgKind.text, mark("Why"), positional=True),),
    ),
    Action(
        "ticket.flag", mark("Early warning"),
        mark("Warn early that it may become more than one ticket: the view of early warnings lists it."),
        Scope.ticket, "flag", undoable=True, does="first_line.flag", permission=Permission.work, states=OPEN_STATES,
        args=(
            Arg("warning", ArgKind.choice, mark("Which flag"), choices=("early",), positional=True, required=True),
            Arg("text", ArgKind.text, mark("What you fear"), positional=True),
        ),
    ),
    Action(
        "ticket.unflag", mark("Warning over"), mark("Take an early warning back, or say that it is over."),
        Scope.ticket, "unflag", undoable=True, does="first_line.unflag", permission=Permission.work,
        args=(Arg("text", ArgKind.text, mark("Why"), positional=True),),
    ),
    Action(
        "ticket.first_look", mark("First look"),
        mark("Write down what you saw and tried, and what you ask the next one for; the requester never sees it."),
        Scope.ticket, "firstlook", undoable=True, does="first_line.first_look", permission=Permission.work,
        args=(
            Arg("seen", ArgKind.text, mark("What you saw"), positional=True),
            Arg("tried", ArgKind.text, mark("What was tried")),
            Arg("wanted", ArgKind.text, mark("What you ask for")),
        ),
    ),
    Action(
        "ticket.rate", mark("Score first look"),
        mark("Say how much the first line's look helped you, who took it: 1 of no use, 5 all that was needed."),
        Scope.ticket, "rate", undoable=True, does="looks.rate", permission=Permission.work,
        args=(
            Arg(
                "score", ArgKind.choice, mark("From 1 to 5"), positional=True, required=True,
                choices=tuple(map(str, SCORES)),
            ),
            Arg("text", ArgKind.text, mark("What was missing"), positional=True),
        ),
    ),
    Action(
        "ticket.fix", mark("Fix"),
        mark("Record that a fix was tested, approved or deployed; each by somebody else, the last never by a partner."),
        Scope.ticket, "fix", undoable=True, does="first_line.fix", permission=Permission.work,
        args=(
            Arg(
                "step", ArgKind.choice, mark("Which step"), positional=True, required=True,
                choices=tuple(one.value for one in FixStep),
            ),
            Arg("text", ArgKind.text, mark("What was done"), positional=True),
            Arg("by", ArgKind.person, mark("Who did it, if it was not you")),
        ),
    ),
)  # fmt: skip
