"""What is done to tickets: by those who work on them, and back again by undo."""

from supporttui.action import FINAL, Action, Arg, ArgKind, Scope
from supporttui.actions.escalation import KIND
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import OPEN_STATES, Relation, State

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
        Scope.ticket, "note", args=(_TEXT,), undoable=True, does="tickets.note", permission=Permission.note,
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
        Scope.ticket, "reply", back="app.undo", does="replies.reply", permission=Permission.work,
        args=(
            Arg("text", ArgKind.text, mark("What to write; with a template, what to put into it"), positional=True),
            Arg("template", ArgKind.code, mark("A template of the site, in the requester's language")),
            Arg("delay", ArgKind.seconds, mark("Seconds until it leaves")),
            Arg("promise", ArgKind.instant, mark("By when the requester hears next")),
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
        mark("Close it and go on with another ticket, which gets its references and followers."),
        Scope.ticket, "merge", back="ticket.unmerge", outward=True, does="bonds.merge", permission=Permission.work,
        states=frozenset(State) - {State.closed},
        args=(Arg("into", ArgKind.ticket, mark("The ticket to go on with"), required=True, positional=True),),
    ),
    Action(
        "ticket.unmerge", mark("Unmerge"),
        mark("Let it go on by itself again, as it was when it was merged; its escalation goes on too."),
        Scope.ticket, "unmerge", back="ticket.merge", does="bonds.unmerge", permission=Permission.work,
        states=frozenset(State) - OPEN_STATES,
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
        mark("Say that it should never have been: closed, and left out of lists and figures."),
        Scope.ticket, "void", lasting=FINAL, outward=True, does="bonds.void", permission=Permission.work,
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
        Scope.list, "new", back="ticket.void", does="tickets.create", permission=Permission.work,
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
            Arg(
                "refer", ArgKind.choice, mark("Whether what a charter puts out of scope is closed as referred"),
                choices=("no", "yes"),
            ),
        ),
    ),
    Action(
        "ticket.log", mark("Log a call"),
        mark("One line becomes a ticket for whoever called; its words say for which service, or your last ticket."),
        Scope.list, "log", back="ticket.void", does="capturing.log", permission=Permission.work,
        args=(
            Arg("text", ArgKind.text, mark("What it is about, such as phone: no line"), required=True, positional=True),
            Arg("requester", ArgKind.text, mark("Who called")),
            Arg("service", ArgKind.service, mark("The service, where the words do not say it")),
        ),
    ),
    Action(
        "ticket.escalate", mark("Escalate"),
        mark("Page the next line of support now, or the step you name. Can be withdrawn for some seconds."),
        Scope.ticket, "escalate", back="ticket.withdraw", outward=True, does="escalation.escalate",
        permission=Permission.escalate, states=OPEN_STATES,
        args=(
            Arg("step", ArgKind.step, mark("Which step; the next one if left out"), positional=True),
            Arg("text", ArgKind.text, mark("What to tell those who are paged"), positional=True),
            KIND,
        ),
    ),
    Action(
        "ticket.withdraw", mark("Withdraw"),
        mark("Take back a page. Once it has left, those who got it are told that it is withdrawn."),
        Scope.operation, "withdraw", lasting=FINAL, outward=True, does="escalation.withdraw",
        permission=Permission.escalate,
        args=(Arg("operation", ArgKind.operation, mark("Which escalation; the last one if left out")),),
    ),
    Action(
        "app.undo", mark("Undo"),
        mark("Put back what the last action changed, unless somebody touched the ticket since."),
        Scope.operation, "undo", back="app.redo", does="tickets.undo", permission=Permission.work,
        args=(Arg("operation", ArgKind.operation, mark("Which operation; the last one if left out")),),
    ),
    Action(
        "app.redo", mark("Redo"), mark("Do again what the last undo took back, unless somebody touched it since."),
        Scope.operation, "redo", back="app.undo", does="tickets.redo", permission=Permission.work,
        args=(Arg("operation", ArgKind.operation, mark("Which undo; the last one if left out")),),
    ),
)  # fmt: skip
