"""The messages of the watch, and what other systems report: what is listed of them, and what a person decides."""

from supporttui.action import FINAL, Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark
from supporttui.usecases.passed import NoticeState

_KEY = Arg("key", ArgKind.text, mark("The key of a message, or its beginning"), required=True, positional=True)
_TICKET = Arg("ticket", ArgKind.ticket, mark("The ticket's number"), required=True, positional=True)

POST_ACTIONS: tuple[Action, ...] = (
    Action(
        "notice.list", mark("Notices"), mark("The messages that wait, are held or could not be delivered, and why."),
        Scope.everywhere, "notice list",
        args=(
            Arg(
                "state", ArgKind.choice, mark("Only these"), positional=True,
                choices=tuple(state.value for state in NoticeState),
            ),
        ),
    ),
    Action(
        "notice.why", mark("Why this notice?"),
        mark("Which step of which policy called whom, and why the message left or did not."),
        Scope.everywhere, "notice why", args=(_KEY,),
    ),
    Action(
        "notice.release", mark("Release"), mark("Let a message leave that was held as too old."),
        Scope.everywhere, "notice release", lasting=FINAL, args=(_KEY,),
    ),
    Action(
        "notice.drop", mark("Drop"), mark("A message that was held never leaves."),
        Scope.everywhere, "notice drop", lasting=FINAL, args=(_KEY,),
    ),
    Action(
        "intake.list", mark("What came in"), mark("Show what came in, the newest first, and which systems are silent."),
        Scope.everywhere, "intake list",
        args=(Arg("source", ArgKind.text, mark("Only what this source reports"), positional=True),),
    ),
    Action(
        "intake.show", mark("Reports"), mark("Show every report that a ticket stands for."),
        Scope.everywhere, "intake show", args=(_TICKET,),
    ),
    Action(
        "intake.ack", mark("Ack for the team"), mark("Acknowledge a message once for the team; others see by whom."),
        Scope.everywhere, "intake ack", back="app.undo", args=(_TICKET,),
    ),
)  # fmt: skip
