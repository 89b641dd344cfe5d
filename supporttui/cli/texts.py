"""Click's own texts, said by our catalogue: its help pages and refusals speak the language of the rest."""

from collections.abc import Callable

import click
import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.termui
import click.types

from supporttui.domain.marking import mark
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width

TEXTS = (
    mark("Usage:"),
    mark("Options"),
    mark("Commands"),
    mark("Show this message and exit."),
    mark("Show the version and exit."),
    mark("Try '{command} {option}' for help."),
    mark("Error: {message}"),
    mark("Error: {e.message}"),
    mark("Aborted!"),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Missing parameter"),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("default: {default}"),
    mark("required"),
    mark("Did you mean {possibility}?"),
    mark("(Did you mean one of: {possibilities}?)"),
    mark("No such command {name!r}."),
    mark("No such option {name!r}."),
    mark("No such option: {name}"),
    mark("Option {name!r} does not take a value."),
    mark("Option {name!r} requires an argument."),
    mark("Got unexpected extra argument ({args})"),
    mark("Got unexpected extra arguments ({args})"),
    mark("{name} {filename!r} does not exist."),
    mark("{name} {filename!r} is a directory."),
    mark("{name} {filename!r} is not readable."),
    mark("file"),
    mark("path"),
    mark("{value!r} is not a valid {number_type}."),
    mark("integer"),
    mark("integer range"),
    mark("{value!r} is not one of {choices}."),
    mark("{value!r} is not {choice}."),
    mark("{value} is not in the range {range}."),
    mark("Choose from:\n\t{choices}"),
)
"""As click writes them, so that extraction finds them; which of them exist depends on its version."""


def teach_click(words: Words) -> None:
    """Let click look its texts up in this catalogue.

    Its modules keep gettext's functions, bound to a domain that is read from files by the process's
    environment; our language may come from an option, so the names themselves are replaced.
    """
    for module in (
        click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.termui, click.types,
    ):  # fmt: skip
        names = vars(module)
        if "_" in names:
            names["_"] = words.catalogue.gettext
        if "ngettext" in names:
            names["ngettext"] = _plural_of(words)
    for kind, name in ((click.types.IntParamType, "integer"), (click.types.IntRange, "integer range")):
        kind.name = words.catalogue.gettext(name)
    vars(click.formatting)["term_len"] = cell_width


def _plural_of(words: Words) -> Callable[[str, str, int], str]:
    """Click's plurals have two forms, each a text of its own in ``TEXTS``."""
    return lambda one, many, n: words.catalogue.gettext(one if n == 1 else many)
