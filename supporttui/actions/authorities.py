"""The directory of those who resolve tickets, which is changed as definitions; and where most issues are."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

AUTHORITY_ACTIONS: tuple[Action, ...] = (
    Action(
        "authority.list", mark("Authorities"),
        mark("The teams and the authorities outside: whether each works now, how it is reached, by which agreement."),
        Scope.everywhere, "authority list",
    ),
    Action(
        "authority.show", mark("Authority"),
        mark("Show an authority: hours, lines by priority, what it resolves, what it wants first, its agreement."),
        Scope.everywhere, "authority show",
        args=(Arg("authority", ArgKind.text, mark("A team, or an authority outside"), required=True, positional=True),),
    ),
    Action(
        "report.hotspots", mark("Hot spots"),
        mark("Where most issues are: by service, process, category and resolution; and which of them repeat."),
        Scope.everywhere, "report hotspots",
    ),
)  # fmt: skip
