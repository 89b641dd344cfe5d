"""Every action there is, once: keys, footer, help, ``:`` commands and CLI verbs are made from this table.

What is not here is which key runs an action (``tui/keymap.py``) and how a screen shows it.
"""

from collections.abc import Mapping

from supporttui.action import Action as Action  # noqa: PLC0414  the next five: one door to all of it
from supporttui.action import Arg as Arg  # noqa: PLC0414
from supporttui.action import ArgKind as ArgKind  # noqa: PLC0414
from supporttui.action import Run as Run  # noqa: PLC0414
from supporttui.action import Scope as Scope  # noqa: PLC0414
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.queue import SortBy
from supporttui.domain.states import OPEN_STATES, Relation, State
from supporttui.process_actions import PROCESS_ACTIONS
from supporttui.rota_actions import PEOPLE_ACTIONS, ROTA_ACTIONS

_TEXT = Arg("text", ArgKind.text, mark("What to write"), required=True, positional=True)

TICKET_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.acknowledge", mark("Acknowledge"),
        mark("Say that you have seen it. Stops the escalation; the state stays."),
        Scope.ticket, "ack", undoable=True, does="tickets.acknowledge", permission=Permission.work,
        states=OPEN_STATES,
    ),
    Action(
        "ticket.take", mark("Take"), mark("Make it yours: you own it and work on it."),
        Scope.ticket, "take", undoable=True, does="tickets.take", permission=Permission.work,
        states=OPEN_STATES,
    ),
    Action(
        "ticket.note", mark("Note"), mark("Write an internal note; the requester never sees it."),
        Scope.ticket, "note", args=(_TEXT,), undoable=True, does="tickets.note", permission=Permission.work,
    ),
    Action(
        "ticket.wait", mark("Wait"),
        mark("Put it on hold for the requester, for a vendor, or until a date. Some timers stand still."),
        Scope.ticket, "wait", undoable=True, does="tickets.wait", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg(
                "state", ArgKind.choice, mark("Whom or what it waits for"), positional=True,
                choices=(State.waiting_requester.value, State.waiting_vendor.value, State.scheduled.value),
            ),
            Arg("until", ArgKind.instant, mark("When it goes on by itself; needed for a planned date")),
            Arg("reason", ArgKind.code, mark("Why, as a code of the site")),
        ),
    ),
    Action(
        "ticket.resume", mark("Resume"), mark("Go on working on a ticket that waits."),
        Scope.ticket, "resume", undoable=True, does="tickets.resume", permission=Permission.work,
    ),
    Action(
        "ticket.resolve", mark("Resolve"), mark("Say that it is solved, with a code and a text."),
        Scope.ticket, "resolve", undoable=True, does="tickets.resolve", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("text", ArgKind.text, mark("What solved it"), positional=True),
            Arg("code", ArgKind.code, mark("Resolution code of the site")),
        ),
    ),
    Action(
        "ticket.priority", mark("Priority"),
        mark("Change the priority: by hand, saying why, or by what impact and urgency give."),
        Scope.ticket, "priority", undoable=True, does="tickets.change_priority", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("priority", ArgKind.priority, mark("The new priority, by hand"), positional=True),
            Arg("reason", ArgKind.text, mark("Why it changes; a priority by hand needs it"), positional=True),
            Arg("impact", ArgKind.level, mark("How much is affected: 1 is the most")),
            Arg("urgency", ArgKind.level, mark("How soon it hurts: 1 is the soonest")),
        ),
    ),
    Action(
        "ticket.reply", mark("Reply"),
        mark("Write to the requester; meets the first response. Can be taken back until it leaves."),
        Scope.ticket, "reply", does="replies.reply", permission=Permission.work,
        args=(
            Arg("text", ArgKind.text, mark("What to write; with a template, what to put into it"), positional=True),
            Arg("template", ArgKind.code, mark("A template of the site, in the requester's language")),
            Arg("delay", ArgKind.seconds, mark("Seconds until it leaves")),
        ),
    ),
    Action(
        "ticket.transfer", mark("Transfer"),
        mark("Give it to another team or person, who is told; to somebody outside, while your team keeps it."),
        Scope.ticket, "transfer", undoable=True, outward=True, does="tickets.transfer", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("team", ArgKind.team, mark("The team, or an authority outside"), positional=True),
            Arg("owner", ArgKind.person, mark("The person who owns it from now on")),
            Arg("text", ArgKind.text, mark("An internal note for them")),
        ),
    ),
    Action(
        "ticket.edit", mark("Edit"),
        mark("Change what it is about: title, text, requester, language, service, kind, category, zone."),
        Scope.ticket, "edit", undoable=True, does="tickets.edit", permission=Permission.work,
        args=(
            Arg("fields", ArgKind.fields, mark("What to change: field=value"), required=True, positional=True),
        ),
    ),
    Action(
        "ticket.follow", mark("Follow"),
        mark("Be told of its states, priorities, breaches and escalations, whoever works on it."),
        Scope.ticket, "follow", undoable=True, does="bonds.follow", permission=Permission.work,
    ),
    Action(
        "ticket.unfollow", mark("Unfollow"), mark("Be told no longer what becomes of it."),
        Scope.ticket, "unfollow", undoable=True, does="bonds.unfollow", permission=Permission.work,
    ),
    Action(
        "ticket.snooze", mark("Snooze"),
        mark("Be reminded of it later; without a moment, no longer. It stays in the queue, and its timers run on."),
        Scope.ticket, "snooze", undoable=True, does="bonds.snooze", permission=Permission.work,
        states=OPEN_STATES,
        args=(
            Arg("until", ArgKind.instant, mark("When to remind you"), positional=True),
            Arg("text", ArgKind.text, mark("What to remind you of"), positional=True),
        ),
    ),
    Action(
        "ticket.relate", mark("Relate"), mark("Say what it is to another ticket, such as its parent or its duplicate."),
        Scope.ticket, "relate", undoable=True, does="bonds.relate", permission=Permission.work,
        args=(
            Arg("other", ArgKind.ticket, mark("The other ticket"), required=True, positional=True),
            Arg(
                "relation", ArgKind.choice, mark("What it is to the other one"),
                choices=tuple(relation.value for relation in Relation),
            ),
        ),
    ),
    Action(
        "ticket.unrelate", mark("Unrelate"), mark("Say that it has nothing to do with another ticket."),
        Scope.ticket, "unrelate", undoable=True, does="bonds.unrelate", permission=Permission.work,
        args=(Arg("other", ArgKind.ticket, mark("The other ticket"), required=True, positional=True),),
    ),
    Action(
        "ticket.merge", mark("Merge"),
        mark("Close it and go on with another ticket, which gets its references and followers. Cannot be undone."),
        Scope.ticket, "merge", outward=True, does="bonds.merge", permission=Permission.work,
        states=frozenset(State) - {State.closed},
        args=(Arg("into", ArgKind.ticket, mark("The ticket to go on with"), required=True, positional=True),),
    ),
    Action(
        "ticket.reopen", mark("Reopen"), mark("Say that it is not solved after all."),
        Scope.ticket, "reopen", undoable=True, outward=True, does="tickets.reopen", permission=Permission.work,
        states=frozenset(State) - OPEN_STATES,
        args=(Arg("reason", ArgKind.text, mark("Why it is opened again"), positional=True),),
    ),
    Action(
        "ticket.close", mark("Close"), mark("End it, with a code and a text if you give them."),
        Scope.ticket, "close", undoable=True, does="tickets.close", permission=Permission.work,
        states=frozenset(State) - {State.closed},
        args=(
            Arg("text", ArgKind.text, mark("What is left to say"), positional=True),
            Arg("reason", ArgKind.code, mark("Resolution code of the site")),
        ),
    ),
    Action(
        "ticket.void", mark("Void"),
        mark("Say that it should never have been: closed, and left out of lists and figures. Cannot be undone."),
        Scope.ticket, "void", outward=True, does="bonds.void", permission=Permission.work,
        args=(
            Arg("reason", ArgKind.text, mark("Why; needed"), positional=True),
            Arg("word", ArgKind.code, mark("The ticket's own code, such as T-1042, to show that you mean it")),
        ),
    ),
    Action(
        "ticket.refer", mark("Refer"), mark("Add a number under which another system knows it."),
        Scope.ticket, "refer", undoable=True, does="bonds.refer", permission=Permission.work,
        args=(
            Arg("system", ArgKind.code, mark("The other system, such as jira"), required=True, positional=True),
            Arg("key", ArgKind.code, mark("Its number there"), required=True, positional=True),
            Arg("url", ArgKind.code, mark("Where to find it there")),
        ),
    ),
    Action(
        "ticket.new", mark("New"), mark("Open a ticket by hand; its service says which team it is for."),
        Scope.list, "new", does="tickets.create", permission=Permission.work,
        args=(
            Arg("title", ArgKind.text, mark("What it is about, in one line"), required=True, positional=True),
            Arg("service", ArgKind.service, mark("The service that is affected; needed")),
            Arg("text", ArgKind.text, mark("What happened")),
            Arg("requester", ArgKind.text, mark("Who asks")),
            Arg("language", ArgKind.language, mark("The requester's language, such as de or ja")),
            Arg("priority", ArgKind.priority, mark("The priority, by hand")),
            Arg("impact", ArgKind.level, mark("How much is affected: 1 is the most")),
            Arg("urgency", ArgKind.level, mark("How soon it hurts: 1 is the soonest")),
            Arg("kind", ArgKind.kind, mark("What is asked for: incident, request, question …")),
            Arg("category", ArgKind.text, mark("The category of the site")),
        ),
    ),
    Action(
        "ticket.escalate", mark("Escalate"),
        mark("Page the next line of support now, or the step you name. Can be withdrawn for some seconds."),
        Scope.ticket, "escalate", outward=True, does="escalation.escalate", permission=Permission.escalate,
        states=OPEN_STATES,
        args=(
            Arg("step", ArgKind.step, mark("Which step; the next one if left out"), positional=True),
            Arg("text", ArgKind.text, mark("What to tell those who are paged"), positional=True),
        ),
    ),
    Action(
        "ticket.withdraw", mark("Withdraw"),
        mark("Take back a page. Once it has left, those who got it are told that it is withdrawn."),
        Scope.operation, "withdraw", outward=True, does="escalation.withdraw", permission=Permission.escalate,
        args=(Arg("operation", ArgKind.operation, mark("Which escalation; the last one if left out")),),
    ),
    Action(
        "app.undo", mark("Undo"),
        mark("Put back what the last action changed, unless somebody touched the ticket since."),
        Scope.operation, "undo", does="tickets.undo", permission=Permission.work,
        args=(Arg("operation", ArgKind.operation, mark("Which operation; the last one if left out")),),
    ),
    Action(
        "app.redo", mark("Redo"), mark("Do again what the last undo took back, unless somebody touched it since."),
        Scope.operation, "redo", does="tickets.redo", permission=Permission.work,
        args=(Arg("operation", ArgKind.operation, mark("Which undo; the last one if left out")),),
    ),
)  # fmt: skip

READ_ACTIONS: tuple[Action, ...] = (
    Action(
        "screen.queue", mark("Queue"), mark("The tickets, the most pressing first."),
        Scope.everywhere, "queue",
        args=(Arg("filter", ArgKind.filter, mark("Which tickets to show"), positional=True),),
    ),
    Action(
        "screen.rota", mark("Rota"), mark("Who is on duty this week, layer by layer, and where nobody is."),
        Scope.everywhere, "rota",
        args=(Arg("at", ArgKind.instant, mark("A moment of the week to show"), positional=True),),
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
            Arg("at", ArgKind.instant, mark("At another moment")),
        ),
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
        Scope.everywhere, "definitions",
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

_VIEW = Arg("view", ArgKind.view, mark("The name of the view"), required=True, positional=True)

VIEW_ACTIONS: tuple[Action, ...] = (
    Action("list.view", mark("View"), mark("Show a view by its name."), Scope.list, "view", args=(_VIEW,)),
    Action(
        "view.list", mark("Views"), mark("Show all views: built in, your own, and those that others share."),
        Scope.list, "view list",
    ),
    Action(
        "list.facets", mark("Facets"), mark("Pick values of a field to filter by, with how many tickets have them."),
        Scope.list, "facets",
    ),
    Action(
        "list.export", mark("Export"), mark("Write every ticket that the list shows into a file: a table, or JSON."),
        Scope.list, "export",
        args=(Arg("file", ArgKind.text, mark("Its name; or csv, json, jsonl for a usual one"), positional=True),),
    ),
    Action(
        "list.columns", mark("Columns"), mark("Choose the columns of the list and their order."),
        Scope.list, "columns",
        args=(Arg("columns", ArgKind.text, mark("Their names, such as state,subject,due"), positional=True),),
    ),
    Action(
        "view.save", mark("Save view"), mark("Keep filter, order and columns under a name."),
        Scope.view, "view save", does="saved_views.save", permission=Permission.work,
        args=(Arg("name", ArgKind.view, mark("Its name"), required=True, positional=True),),
    ),
    Action(
        "view.rename", mark("Rename view"), mark("Give a view of your own another name."),
        Scope.view, "view rename", does="saved_views.rename", permission=Permission.work,
        args=(_VIEW, Arg("name", ArgKind.text, mark("The new name"), required=True, positional=True)),
    ),
    Action(
        "view.share", mark("Share view"), mark("Show a view of your own to everybody; only you can change it."),
        Scope.view, "view share", does="saved_views.share", permission=Permission.work, args=(_VIEW,),
    ),
    Action(
        "view.unshare", mark("Unshare view"), mark("Keep a view of your own to yourself again."),
        Scope.view, "view unshare", does="saved_views.unshare", permission=Permission.work, args=(_VIEW,),
    ),
    Action(
        "view.delete", mark("Delete view"), mark("Forget a view of your own."),
        Scope.view, "view delete", does="saved_views.delete", permission=Permission.work, args=(_VIEW,),
    ),
)  # fmt: skip

ACTIONS: tuple[Action, ...] = (
    *TICKET_ACTIONS, *READ_ACTIONS, *VIEW_ACTIONS, *ROTA_ACTIONS, *PEOPLE_ACTIONS, *PROCESS_ACTIONS,
)  # fmt: skip


def by_id() -> Mapping[str, Action]:
    """Id → action."""
    return {action.id: action for action in ACTIONS}


def by_verb() -> Mapping[str, Action]:
    """Verb → action, for those that have one."""
    return {action.verb: action for action in ACTIONS if action.verb is not None}
