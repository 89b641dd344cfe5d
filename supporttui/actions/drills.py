"""What is read of drills and of practice, at the desk and in the shell."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

DRILL_ACTIONS: tuple[Action, ...] = (
    Action(
        "drill.list", mark("Drills"), mark("All drills with date, who began them, and what came of them."),
        Scope.everywhere, "drill list",
    ),
    Action(
        "drill.report", mark("Report of a drill"),
        mark("How a drill went: seconds to each level and answer, whom it called how, and what is missing."),
        Scope.everywhere, "drill report",
        args=(Arg("ticket", ArgKind.ticket, mark("The drill's number"), required=True, positional=True),),
    ),
    Action(
        "person.exposure", mark("Worked on"),
        mark("How many tickets of each process somebody has worked on in the last year, and when last."),
        Scope.everywhere, "person exposure",
        args=(Arg("person", ArgKind.person, mark("Who"), required=True, positional=True),),
    ),
)  # fmt: skip
