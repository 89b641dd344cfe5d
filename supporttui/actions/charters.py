"""What is read of charters."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

CHARTER_ACTIONS: tuple[Action, ...] = (
    Action(
        "charter.show", mark("Charter"),
        mark("What the desk does for each service and what it does not, and where the rest belongs."),
        Scope.everywhere, "charter show",
        args=(Arg("service", ArgKind.service, mark("A service; all if left out"), positional=True),),
    ),
)  # fmt: skip
