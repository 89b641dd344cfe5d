"""What moves and shows, at the desk and as verbs, and changes nothing that others see."""

from supporttui.action import Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark
from supporttui.domain.queue import SortBy

READ_ACTIONS: tuple[Action, ...] = (
    Action(
        "screen.queue", mark("Queue"), mark("The tickets, the most pressing first."),
        Scope.everywhere, "queue",
        args=(Arg("filter", ArgKind.filter, mark("Which tickets to show"), positional=True),),
    ),
    Action(
        "screen.rota", mark("Rota"), mark("Who is on duty this week, layer by layer, and where nobody is."),
        Scope.everywhere, "rota",
        args=(Arg("week", ArgKind.week, mark("A moment of the week to show"), positional=True),),
    ),
    Action(
        "screen.escalations", mark("Escalations"),
        mark("Running escalations: who was paged, what comes next and when."),
        Scope.everywhere, "escalations",
    ),
    Action(
        "app.on_call", mark("On call"), mark("Who is on call now, until when, and who is next."),
        Scope.everywhere, "oncall",
        args=(
            Arg("service", ArgKind.service, mark("For one service only"), positional=True),
            Arg("at", ArgKind.instant, mark("At another moment"), kept=False),
        ),
    ),
    Action(
        "app.continuity", mark("Continuity"),
        mark("The rota of the next days, how to reach who is on it, and the plan; also while the database is away."),
        Scope.everywhere, "continuity",
    ),
    Action(
        "app.hours", mark("Service hours"),
        mark("When a service is open: now, this week, holidays, what changes next. Without one: all."),
        Scope.everywhere, "hours",
        args=(Arg("subject", ArgKind.text, mark("A service or a calendar"), positional=True),),
    ),
    Action(
        "app.definitions", mark("Definitions"),
        mark("Calendars, targets, rotas, policies, people and all else that is agreed: read and change them."),
        Scope.everywhere, "definitions", back="app.definitions",
    ),
    Action(
        "list.open", mark("Open"), mark("Show one ticket: timeline, timers, details, references."),
        Scope.list, "ticket",
        args=(Arg("ticket", ArgKind.ticket, mark("The ticket's number"), required=True, positional=True),),
    ),
    Action(
        "list.filter", mark("Filter"), mark("Show only the tickets that fit, such as is:breached team:network."),
        Scope.list, "filter", args=(Arg("filter", ArgKind.filter, mark("Which tickets to show"), positional=True),),
    ),
    Action(
        "list.sort", mark("Sort"), mark("Change the order of the list."), Scope.list, "sort",
        args=(
            Arg(
                "sort", ArgKind.choice, mark("The order"), positional=True,
                choices=tuple(order.value for order in SortBy),
            ),
            Arg("direction", ArgKind.choice, mark("The other way round"), positional=True, choices=("reverse",)),
        ),
    ),
    Action(
        "ticket.copy", mark("Copy"),
        mark("Put the ticket's number on the clipboard, or its line, Markdown, JSON or link."),
        Scope.ticket, "copy",
        args=(
            Arg(
                "form", ArgKind.choice, mark("What of it; the number if left out"), positional=True,
                choices=("id", "link", "line", "markdown", "json"),
            ),
        ),
    ),
    Action(
        "ticket.links", mark("Links"), mark("Show its pages in other systems; the chosen one is opened, or copied."),
        Scope.ticket, "links",
    ),
    Action(
        "ticket.why", mark("Why this due?"),
        mark("Show all its timers, and each span that counts and each that does not, with the reason."),
        Scope.ticket, "why",
    ),
    Action(
        "ticket.suggest", mark("Who solves this?"),
        mark("Say who solved the closed tickets most like it, and by which words they are alike."),
        Scope.ticket, "suggest",
    ),
    Action(
        "list.preview", mark("Preview"),
        mark("Show the ticket under the cursor beside the list, or below it where the window is narrow."),
        Scope.list, "preview",
    ),
    Action("ticket.next", mark("Next ticket"), mark("Show the next ticket of the list."), Scope.ticket),
    Action("ticket.previous", mark("Previous ticket"), mark("Show the previous ticket of the list."), Scope.ticket),
    Action("app.help", mark("Help"), mark("Show every key of this screen and what it does."), Scope.everywhere, "help"),
    Action(
        "app.palette", mark("Palette"),
        mark("Find anything by a part of its name: actions, views, tickets, people, settings."),
        Scope.everywhere, "palette",
    ),
    Action("app.command", mark("Command"), mark("Type a command; Tab completes it."), Scope.everywhere),
    Action(
        "app.messages", mark("Messages"), mark("Show what was said in the message line."),
        Scope.everywhere, "messages",
    ),
    Action(
        "app.refresh", mark("Refresh"), mark("Read everything on this screen again."), Scope.everywhere, "refresh",
    ),
    Action(
        "app.language", mark("Language"), mark("Change the language of the screen."), Scope.everywhere, "lang",
        args=(
            Arg("language", ArgKind.language, mark("Its code, such as de or ja"), required=True, positional=True),
        ),
    ),
    Action(
        "app.theme", mark("Theme"),
        mark("Change the colours until you leave, or list the themes; the setting theme keeps them."),
        Scope.everywhere, "theme",
        args=(Arg("theme", ArgKind.theme, mark("Its name, such as nord or mono"), positional=True),),
    ),
    Action(
        "app.keys", mark("Keys"), mark("Show every key of every screen, and the name by which it can be changed."),
        Scope.everywhere, "keys",
    ),
    Action(
        "app.back", mark("Back"), mark("Leave this screen; at the top, leave the program."), Scope.everywhere,
    ),
    Action("app.quit", mark("Quit"), mark("Leave the program."), Scope.everywhere, "quit"),
)  # fmt: skip
