"""The actions of the handover screen; their verbs are those of ``supporttui handover``."""

from supporttui.action import ADDS, FINAL, Action, Arg, ArgKind, Scope
from supporttui.domain.marking import mark

HANDOVER_ACTIONS: tuple[Action, ...] = (
    Action(
        "screen.handover", mark("Handover"),
        mark("What your shift gives to the next, and what is given to you: read it, ask, sign or accept it."),
        Scope.everywhere, "handover",
    ),
    Action(
        "handover.step", mark("Next step"), mark("Say what comes next on the ticket; its history has it too."),
        Scope.everywhere, "handover next-step", back="handover.step",
    ),
    Action(
        "handover.promise", mark("Note a promise"), mark("Note what somebody promised, and by when."),
        Scope.everywhere, back="handover.promise",
    ),
    Action(
        "handover.text", mark("Text"), mark("Write a note and the risks that the next shift should know."),
        Scope.everywhere, "handover prepare", back="handover.text",
    ),
    Action(
        "handover.toggle", mark("In/out, read"),
        mark("Giving: let the item go with the handover, or stay with you. Taking: you have understood it, or not."),
        Scope.everywhere, back="handover.toggle",
    ),
    Action(
        "handover.question", mark("Question"), mark("Ask about the item, or answer; the other side is told."),
        Scope.everywhere, "handover question", lasting=ADDS,
    ),
    Action(
        "handover.sign", mark("Sign"),
        mark("Give it to the next shift. It cannot be changed afterwards; you answer for it until it is accepted."),
        Scope.everywhere, "handover sign", back="handover.unsign",
    ),
    Action(
        "handover.unsign", mark("Take back"),
        mark("Take your signature back, as long as nobody has read an item; then it can be changed again."),
        Scope.everywhere, "handover unsign", back="handover.sign",
    ),
    Action(
        "handover.accept", mark("Accept"), mark("You answer for its items from now on; the giver's tickets are yours."),
        Scope.everywhere, "handover accept", lasting=FINAL,
    ),
    Action(
        "handover.preview", mark("Preview"), mark("Show the whole handover as it is read by others."),
        Scope.everywhere, "handover show",
    ),
    Action(
        "handover.list", mark("Past ones"), mark("Search the handovers of the past, by any word in them."),
        Scope.everywhere, "handover list",
        args=(Arg("text", ArgKind.text, mark("Words that stand in it"), positional=True),),
    ),
    Action(
        "handover.export", mark("Copy"), mark("Put the whole handover on the clipboard, as Markdown or plain text."),
        Scope.everywhere, "handover export",
    ),
)  # fmt: skip
