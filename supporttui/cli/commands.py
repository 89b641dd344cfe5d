"""Every verb through click, and what click ends a run with as an exit code."""

import importlib
import sys

import click

from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.root import Root
from supporttui.cli.session import Session
from supporttui.cli.texts import teach_click
from supporttui.i18n.catalogue import Words


def run(session: Session, words: Words) -> int:
    """Do what the arguments ask for; gives the exit code. Raises SupportError."""
    teach_click(words)
    if "_SUPPORTTUI_COMPLETE" in session.env:
        completion = importlib.import_module("supporttui.cli.completion")  # only where a shell asks
        return int(completion.answer(Root(words), session))
    try:
        # Not ``main``, which ends the process by itself when the reader of the answer has left.
        with Root(words).make_context("supporttui", list(session.args), obj=session) as context:
            context.command.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as fault:
        with output.telling():
            fault.show()
        return Exit.usage
    except click.Abort:
        output.say("")
        return Exit.interrupted
    sys.stdout.flush()
    return session.exit_code
