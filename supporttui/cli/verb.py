"""How a command is made: its own parameters, and the global options that stand before or after the verb."""

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from supporttui.cli.session import Session
from supporttui.i18n.catalogue import Words

Run = Callable[..., None]
"""``run(session, **parameters)``."""


def verb(
    words: Words,
    name: str,
    run: Run,
    *,
    help: str,  # noqa: A002  click's word
    params: Sequence[click.Parameter] = (),
) -> click.Command:
    """A command that runs ``run`` with this run's session."""

    def callback(**given: Any) -> None:
        run(session_of(click.get_current_context()), **given)

    everywhere = global_options(words, hidden=True)
    return click.Command(
        name, callback=callback, help=help, short_help=first_sentence(help), params=[*params, *everywhere],
        options_metavar=words.t("[OPTIONS]"),
    )  # fmt: skip


def group(
    words: Words,
    name: str,
    commands: Sequence[click.Command],
    *,
    help: str,  # noqa: A002  click's word
    params: Sequence[click.Parameter] = (),
    alone: Callable[..., None] | None = None,
) -> click.Group:
    """Commands under one word, such as ``ticket show``; ``alone`` is what the word does without one of them."""
    rest = words.t("COMMAND [ARGS]…") if alone is None else words.t("[COMMAND] [ARGS]…")
    return click.Group(
        name, commands=commands, help=help, short_help=first_sentence(help),
        params=[*params, *global_options(words, hidden=True)], callback=alone,
        no_args_is_help=alone is None, invoke_without_command=alone is not None,
        options_metavar=words.t("[OPTIONS]"), subcommand_metavar=rest,
    )  # fmt: skip


def first_sentence(text: str) -> str:
    """What a list of commands says of one: a whole sentence, which click would cut off."""
    return re.split(r"(?<=\.) |(?<=。)", text, maxsplit=1)[0]


def option(*names: str, help: str, **kwargs: Any) -> click.Option:  # noqa: A002
    """An option, its default shown where it says something."""
    return click.Option(names, help=help, **{"shell_complete": _completed, **kwargs})


def argument(name: str, **kwargs: Any) -> click.Argument:
    """An argument in its place."""
    return click.Argument([name], **{"shell_complete": _completed, **kwargs})


def _completed(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """How a value may go on; what that needs is loaded when a shell asks for it."""
    completing = importlib.import_module("supporttui.cli.completing")
    found: list[CompletionItem] = completing.complete(context, parameter, incomplete)
    return found


def global_options(words: Words, *, hidden: bool) -> list[click.Parameter]:
    """The options that every command takes; ``hidden`` leaves all but ``--json`` out of its help."""

    def text(name: str, metavar: str, help: str, *, also: str | None = None) -> click.Option:  # noqa: A002
        names = [f"--{name}", *([also] if also else [])]
        return click.Option(
            names, metavar=metavar, help=help, hidden=hidden, expose_value=False, callback=_remember,
            shell_complete=_completed,
        )  # fmt: skip

    def flag(name: str, help: str, *, hide: bool) -> click.Option:  # noqa: A002
        return click.Option([f"--{name}"], is_flag=True, help=help, hidden=hide, expose_value=False, callback=_remember)

    return [
        text("db", words.t("FILE|URL"), words.t("The database: an SQLite file, or postgresql://host/name.")),
        text("config", words.t("FILE"), words.t("The settings file to read instead of yours.")),
        text("lang", words.t("TAG"), words.t("The language, such as de or ja.")),
        text("zone", words.t("ZONE"), words.t("Your time zone, such as Europe/Berlin.")),
        text("as", words.t("PERSON"), words.t("Who you are (SQLite only; PostgreSQL asks your login)."), also="me"),
        text("as-of", words.t("MOMENT"), words.t("Show the world as it was at this moment; nothing can be changed.")),
        flag("read-only", words.t("Change nothing."), hide=hidden),
        flag("no-input", words.t("Never ask, not even on a terminal."), hide=hidden),
        flag("json", words.t("Answer as one JSON object."), hide=False),
    ]


def _remember(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """The last one given wins: an option after the verb over the same before it."""
    if value not in (None, False) and parameter.name is not None:
        session_of(context).given[parameter.name] = value


def session_of(context: click.Context) -> Session:
    """The run that a command belongs to."""
    session = context.find_object(Session)
    assert session is not None
    return session
