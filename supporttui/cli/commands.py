"""Every verb through click, and what click ends a run with as an exit code."""

import sys

import click

from supporttui.cli.exits import Exit
from supporttui.cli.root import Root
from supporttui.cli.session import Session
from supporttui.cli.texts import teach_click
from supporttui.i18n.catalogue import Words


def run(session: Session, words: Words) -> int:
    """Do what the arguments ask for; gives the exit code. Raises SupportError."""
    teach_click(words)
    try:
        Root(words).main(list(session.args), "supporttui", standalone_mode=False, obj=session)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as fault:
        fault.show()
        return Exit.usage
    except click.Abort:
        click.echo(err=True)
        return Exit.interrupted
    sys.stdout.flush()
    return session.exit_code
