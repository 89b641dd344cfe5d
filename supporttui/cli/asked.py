"""Questions on the command line: answered in the reader's language, and broken between words."""

import shutil
import sys

import click

from supporttui.i18n.catalogue import Words
from supporttui.tui.panes.wrap import wrap

_ENGLISH = {"y": True, "yes": True, "n": False, "no": False}


def confirm(words: Words, question: str, *, default: bool = False, err: bool = False) -> bool:
    """Yes or no, by the reader's letters or the English ones; Enter is ``default``. Asked until it is one of them."""
    # Translators: the letter that says yes to a question.
    yes = words.p("answer", "y")
    # Translators: the letter that says no to a question.
    no = words.p("answer", "n")
    known = {**_ENGLISH, words.p("answer", "yes").casefold(): True, words.p("answer", "no").casefold(): False}
    known |= {yes.casefold(): True, no.casefold(): False}

    def read(typed: str) -> bool:
        answer = known.get(typed.strip().casefold())
        if answer is None:
            raise click.UsageError(words.t("Answer {yes} or {no}.", yes=yes, no=no))
        return answer

    letters = f"{yes.upper()}/{no}" if default else f"{yes}/{no.upper()}"
    asked = broken(f"{question} [{letters}]")
    return bool(click.prompt(asked, default=yes if default else no, show_default=False, value_proc=read, err=err))


def broken(text: str, *, indent: str = "") -> str:
    """The text in lines that the terminal does not break; into a pipe it goes as it is.

    ``indent`` stands before every line but the first.
    """
    if not sys.stdout.isatty():
        return text
    first, *more = wrap(text, max(20, shutil.get_terminal_size().columns - len(indent) - 2))
    return "\n".join((first, *(f"{indent}{line}" for line in more)))
