"""What is done about the attention that tickets get beside their priority; all of it can be undone."""

from supporttui.action import ADDS, Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES

ATTENTION_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.chase", mark("Asked again"),
        mark("Count that the requester asked what becomes of it. No promise moves; it may be a reason to escalate."),
        Scope.ticket, "chase", lasting=ADDS, does="attention.chase", permission=Permission.work, states=OPEN_STATES,
        args=(
            Arg("text", ArgKind.text, mark("What was said"), positional=True),
            Arg("asker", ArgKind.text, mark("Who asked, if it was not the requester")),
        ),
    ),
    Action(
        "ticket.attend", mark("Raise attention"),
        mark("More people look at it, for a stated impact and a time; its priority and its promises stay."),
        Scope.ticket, "raise", undoable=True, does="attention.attend", permission=Permission.escalate,
        states=OPEN_STATES,
        args=(
            Arg("reason", ArgKind.text, mark("Why; needed"), positional=True),
            Arg("impact", ArgKind.level, mark("What is said to be hit: 1 is the most; needed")),
            Arg("level", ArgKind.choice, mark("1 raised, 2 high"), choices=("1", "2")),
            Arg("until", ArgKind.instant, mark("When it ends by itself; a day if left out")),
            Arg("asker", ArgKind.text, mark("Who asked for it")),
        ),
    ),
    Action(
        "ticket.deescalate", mark("Take attention back"),
        mark("No more attention than its priority gives it, with a reason; inflated: the impact was less than stated."),
        Scope.ticket, "deescalate", undoable=True, does="attention.deescalate", permission=Permission.work,
        args=(
            Arg("reason", ArgKind.text, mark("Why; needed"), positional=True),
            Arg("verdict", ArgKind.choice, mark("Whether the impact was as stated"), choices=("justified", "inflated")),
        ),
    ),
)  # fmt: skip

ATTENTION_REPORTS: tuple[Action, ...] = (
    Action(
        "attention.review", mark("Attention"),
        mark("The tickets with raised attention, what has outgrown its impact, and who asked for it how often."),
        Scope.everywhere, "attention",
    ),
    Action(
        "report.attainment", mark("Kept promises"),
        mark("How promises were kept by language, zone and more; a group that is served worse than the whole says so."),
        Scope.everywhere, "report attainment",
    ),
    Action(
        "criteria.report", mark("Criteria"),
        mark("The criteria of escalation: how often each held, and which never or always do."),
        Scope.everywhere, "criteria",
        args=(Arg("ticket", ArgKind.ticket, mark("What they measure of this ticket"), positional=True),),
    ),
)  # fmt: skip
