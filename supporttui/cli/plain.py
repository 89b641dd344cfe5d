"""What stands in for the desk where it cannot be drawn: the queue as text, and how to go on."""

from supporttui.cli import output, queue
from supporttui.cli.session import Session

COMMANDS = ("queue", "ticket show", "ack", "oncall", "rota show", "demo", "doctor")


def show_queue(session: Session) -> None:
    """The open tickets as text."""
    page = queue.page_of(session, queue.OPEN)
    if session.json:
        output.show_json(**queue.as_json(session, page))
    else:
        output.show(queue.as_text(session, page))


def say_how_to_go_on(session: Session) -> None:
    """That this is no desk, and what else there is."""
    words = session.words
    output.say(words.t("No terminal to draw the desk on, so this is the queue as text."))
    output.say(words.t("Commands: {commands}. Each has --help.", commands=", ".join(COMMANDS)))
