"""What vendors announce, and their calendar."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES

ANNOUNCEMENT_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.announce", mark("Announcement"),
        mark("Say when the vendor works on it: it stands in the calendar, and beside tickets of the service."),
        Scope.ticket, "announce", undoable=True, does="announcements.announce", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("start", ArgKind.instant, mark("When it begins; needed"), positional=True),
            Arg("end", ArgKind.instant, mark("When it ends; needed"), positional=True),
            Arg("text", ArgKind.text, mark("What the vendor does"), positional=True),
        ),
    ),
    Action(
        "ticket.retract", mark("Announcement off"), mark("Say that the vendor does not do it after all."),
        Scope.ticket, "retract", undoable=True, does="announcements.retract", permission=Permission.work,
        args=(Arg("reason", ArgKind.text, mark("Why"), positional=True),),
    ),
)  # fmt: skip

ANNOUNCEMENT_READING: tuple[Action, ...] = (
    Action(
        "intake.calendar", mark("Vendor calendar"),
        mark("What vendors announced for now and later: when, which service, who has acknowledged it."),
        Scope.everywhere, "intake calendar",
    ),
)  # fmt: skip
