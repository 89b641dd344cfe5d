"""The actions that read profiles of processes, the task catalogue and overflow; all are changed as definitions."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

_AT = Arg("at", ArgKind.instant, mark("At another moment"), kept=False)

PROCESS_ACTIONS: tuple[Action, ...] = (
    Action(
        "process.list", mark("Processes"),
        mark("The business processes: how critical each is, what one must hold to work on it."),
        Scope.everywhere, "process list",
    ),
    Action(
        "process.show", mark("Process"),
        mark("Show the profile of a process: nine answers, who is certified, when nobody for it is there."),
        Scope.everywhere, "process show",
        args=(Arg("process", ArgKind.text, mark("A process"), required=True, positional=True),),
    ),
    Action(
        "overflow.list", mark("Overflow"),
        mark("Where a team has more open tickets than it can stand, which partner could take some, at what price."),
        Scope.everywhere, "overflow",
    ),
    Action(
        "task.list", mark("Tasks"), mark("The task catalogue, with who holds each role now."),
        Scope.everywhere, "task list", args=(_AT,),
    ),
    Action(
        "task.show", mark("Task"), mark("Show a task: its role, who holds it now, its standard, the evidence."),
        Scope.everywhere, "task show",
        args=(Arg("task", ArgKind.text, mark("A task"), required=True, positional=True), _AT),
    ),
)  # fmt: skip
