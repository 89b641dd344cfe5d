"""The actions of the rota screen: each asks or shows something about the cell under its cursor, and about the rota.

Their verbs are those of ``supporttui rota``. None writes by itself: what is to be done is shown before, and agreed to.
"""

from supporttui.action import FINAL, Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

ROTA_ACTIONS: tuple[Action, ...] = (
    Action(
        "rota.why", mark("Why?"),
        mark("Show why somebody is on duty in the chosen cell: turns, swaps, overrides, what is on record."),
        Scope.everywhere, "rota why",
        args=(Arg("at", ArgKind.instant, mark("At this moment"), positional=True, kept=False),),
    ),
    Action(
        "rota.take", mark("Take"), mark("Cover somebody who asks for it; what it does is shown before."),
        Scope.everywhere, "rota swap take", back="rota.withdraw",
    ),
    Action(
        "rota.ask", mark("Ask for cover"),
        mark("Ask to be covered in the chosen cell, by anybody or by one, also in exchange for a duty of theirs."),
        Scope.everywhere, "rota swap ask", back="rota.withdraw",
    ),
    Action(
        "rota.withdraw", mark("Withdraw"), mark("Take a request to be covered back."),
        Scope.everywhere, "rota swap withdraw", back="rota.ask",
    ),
    Action(
        "rota.requests", mark("Requests"), mark("Show who asks to be covered: to take it, to agree, to take it back."),
        Scope.everywhere, "rota swap list",
    ),
    Action(
        "rota.override", mark("Override"),
        mark("Put somebody on duty for a while, instead or as well, or take somebody off; shown before it is done."),
        Scope.everywhere, "rota override", back="rota.restore",
    ),
    Action(
        "rota.restore", mark("End an override"), mark("Take an override of the chosen cell back."),
        Scope.everywhere, "rota override end", back="rota.override",
    ),
    Action(
        "rota.pin", mark("Plan by hand"),
        mark("Set who is on duty for a while by hand, over layers, overrides and swaps; shown before it is done."),
        Scope.everywhere, "rota pin", back="rota.unpin",
    ),
    Action(
        "rota.unpin", mark("End a plan by hand"), mark("Let a plan set by hand in the chosen cell end."),
        Scope.everywhere, "rota unpin", back="rota.pin",
    ),
    Action(
        "rota.absence", mark("Absence"),
        mark("Say that somebody is away; where they are on duty then is told, with who could be there instead."),
        Scope.everywhere, "rota absence add", back="rota.absences",
    ),
    Action(
        "rota.absences", mark("Absences"), mark("Show who is away in the year to come, and take absences back."),
        Scope.everywhere, "rota absence list", back="rota.absence",
    ),
    Action(
        "rota.turns", mark("Edit turns"),
        mark("Change who takes turns in a layer, their length, their hours, from when on; or add a layer."),
        Scope.everywhere, "rota turns", back="rota.turns",
    ),
    Action(
        "rota.gaps", mark("Gaps"),
        mark("Show where nobody is on duty within 12 months, too few are or nobody speaks a language, and why."),
        Scope.everywhere, "rota gaps",
    ),
    Action(
        "rota.conflicts", mark("Conflicts"),
        mark("Show who is on duty while away, and put somebody who could be there in their place."),
        Scope.everywhere, "rota conflicts", back="rota.restore",
    ),
    Action(
        "rota.ledger", mark("Ledger"), mark("Show what duty costs each person in the month of the chosen day."),
        Scope.everywhere, "rota ledger",
    ),
    Action(
        "rota.languages", mark("Languages"), mark("Show hour by hour which languages somebody on duty speaks."),
        Scope.everywhere, "rota languages",
    ),
)  # fmt: skip

PEOPLE_ACTIONS: tuple[Action, ...] = (
    Action(
        "person.leave", mark("Leave the team"),
        mark("Let somebody leave: duties lost, gaps, who could do it instead and their tickets are shown before."),
        Scope.everywhere, "person leave", back="person.stay",
        args=(
            Arg("person", ArgKind.person, mark("Who leaves"), required=True, positional=True),
            Arg("at", ArgKind.instant, mark("From when on; else as their turn under way ends")),
        ),
    ),
    Action(
        "person.stay", mark("Stay"), mark("Take it back that somebody leaves; what it does is shown before."),
        Scope.everywhere, "person stay", back="person.leave",
        args=(Arg("person", ArgKind.person, mark("Who stays"), required=True, positional=True),),
    ),
)  # fmt: skip

DECIDING_ACTIONS: tuple[Action, ...] = (
    Action(
        "calendar.review", mark("Review"),
        mark("Show holidays and absences from other calendars that do not count yet, and decide about them."),
        Scope.everywhere, "calendar review list", back="calendar.review",
    ),
    Action(
        "period.list", mark("Special periods"),
        mark("Show special periods that hold or begin soon; keep, extend or drop those that ended."),
        Scope.everywhere, "period list", lasting=FINAL,
    ),
)  # fmt: skip
