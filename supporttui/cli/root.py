"""The command ``supporttui``: which verbs there are, each loaded only when it is asked for."""

import importlib
from collections.abc import Mapping

import click

from supporttui import __version__, actions
from supporttui.cli import start
from supporttui.cli.verb import global_options, session_of
from supporttui.i18n.catalogue import Words

_PLACES: Mapping[str, str] = {
    "desk": "desk",
    "demo": "demo",
    "queue": "queue",
    "view": "views",
    "ticket": "ticket",
    "oncall": "oncall",
    "continuity": "continuity",
    "rota": "rota.group",
    "handover": "handover",
    "person": "person",
    "period": "periods",
    "calendar": "calendar",
    "hours": "hours",
    "process": "process",
    "task": "task",
    "overflow": "overflow",
    "authority": "authority",
    "charter": "charter",
    "attention": "attention",
    "criteria": "criteria",
    "drill": "drill",
    "major": "major",
    "policy": "policy",
    "procedure": "procedure",
    "faq": "faq",
    "report": "report",
    "pack": "pack",
    "import": "import_",
    "export": "export",
    "watch": "watch",
    "notice": "notice",
    "channel": "channel",
    "intake": "intake",
    "init": "init",
    "db": "db",
    "doctor": "doctor.verb",
    "config": "config",
    "status": "status",
    "completion": "completion",
}
"""Verb → module in this folder; its ``command(words, verb)`` makes the command."""
_UNLISTED: Mapping[str, str] = {"begin": "desk", "first": "first_run", "ack": "ack", "log": "log"}
_TICKET_ACTIONS = (
    *actions.TICKET_ACTIONS, *actions.ESCALATION_ACTIONS, *actions.ATTENTION_ACTIONS, *actions.PROCEDURE_ACTIONS,
    *actions.STANDING_ACTIONS, *actions.PROMISE_ACTIONS, *actions.ANNOUNCEMENT_ACTIONS,
)  # fmt: skip
_TICKET_VERBS = tuple(action.verb for action in _TICKET_ACTIONS if action.verb)
VERBS = (*_PLACES, *_TICKET_VERBS)


class Root(click.Group):
    """Knows all verbs by name and loads the asked one: ``queue`` must not pay for ``import``."""

    def __init__(self, words: Words) -> None:
        self._words = words
        super().__init__(
            "supporttui",
            help=words.t("The desk of an on-call support team. Without a command it opens the desk."),
            params=[*global_options(words, hidden=False), _version(words)],
            invoke_without_command=True,
            options_metavar=words.t("[OPTIONS]"),
            subcommand_metavar=words.t("[COMMAND] [ARGS]…"),
            context_settings={"help_option_names": ["-h", "--help"]},
            callback=_without_command,
        )

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """All verbs, in the order in which a newcomer needs them."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  the same
        """The verb's command, if there is one of this name."""
        if cmd_name not in VERBS and cmd_name not in _UNLISTED:
            return None
        place = {**_PLACES, **_UNLISTED}.get(cmd_name, "verbs")
        module = importlib.import_module(f"supporttui.cli.{place}")
        command: click.Command = module.command(self._words, cmd_name)
        return command


def _version(words: Words) -> click.Option:
    def show(context: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001  click calls it so
        if wanted:
            click.echo(f"supporttui {__version__}")
            context.exit()

    return click.Option(
        ["--version"],
        is_flag=True, is_eager=True, expose_value=False, callback=show, help=words.t("Show the version and exit."),
    )  # fmt: skip


def _without_command() -> None:
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        chosen = start.next_verb(session_of(context))
        command = context.command.get_command(context, chosen) if isinstance(context.command, Root) else None
        if command is not None:
            context.invoke(command)
