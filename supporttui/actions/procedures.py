"""What is done by procedures, and what is learnt for the next time."""

from supporttui.action import ADDS, Action, Arg, ArgKind, Scope
from supporttui.domain.access import Permission
from supporttui.domain.marking import mark
from supporttui.domain.states import StepResult

PROCEDURE_ACTIONS: tuple[Action, ...] = (
    Action(
        "ticket.step", mark("Step"),
        mark("Say what became of the next step of a ticket's procedure; skipped or failed needs a text."),
        Scope.ticket, "step", undoable=True, does="procedures.step", permission=Permission.work,
        args=(
            Arg("text", ArgKind.text, mark("What was seen, or why it was skipped or failed"), positional=True),
            Arg(
                "result", ArgKind.choice, mark("What became of it"),
                choices=tuple(result.value for result in StepResult),
            ),
            Arg("number", ArgKind.number, mark("Which step; the next one if left out")),
            Arg("procedure", ArgKind.code, mark("Which procedure; the one that fits best if left out")),
        ),
    ),
    Action(
        "ticket.learn", mark("Lesson"),
        mark("Write down what the next one should know: shown when a ticket of the same kind is opened."),
        Scope.ticket, "lesson", lasting=ADDS, does="procedures.learn", permission=Permission.work,
        args=(
            Arg("text", ArgKind.text, mark("What was learnt"), required=True, positional=True),
            Arg("procedure", ArgKind.code, mark("The procedure that it is about")),
        ),
    ),
)  # fmt: skip

PROCEDURE_READING: tuple[Action, ...] = (
    Action(
        "ticket.procedure", mark("Procedure"),
        mark("Show the procedure for the ticket step by step, and say what became of each."),
        Scope.ticket, "procedure of",
    ),
    Action(
        "faq.search", mark("FAQ"),
        mark("Search procedures, lessons and ready replies by any words in them."),
        Scope.everywhere, "faq", args=(Arg("text", ArgKind.text, mark("Words that stand in it"), positional=True),),
    ),
    Action(
        "procedure.list", mark("Procedures"),
        mark("The procedures: for which tickets, when reviewed, how often carried out."),
        Scope.everywhere, "procedure list",
    ),
    Action(
        "procedure.show", mark("Procedure"),
        mark("Show a procedure step by step, in your language as far as it is translated."),
        Scope.everywhere, "procedure show",
        args=(Arg("procedure", ArgKind.text, mark("A procedure"), required=True, positional=True),),
    ),
)  # fmt: skip
