"""``supporttui completion``: the script that teaches a shell to complete, and the answers to what it then asks.

The shell runs the program with ``_SUPPORTTUI_COMPLETE`` set (click's protocol) at each press of Tab: the answer comes
quickly or not at all, and never as a sentence on somebody's command line.
"""

import os
from typing import Any

import click
from click.shell_completion import BashComplete, CompletionItem, ShellComplete, get_completion_class, split_arg_string

from supporttui.cli import output
from supporttui.cli.exits import Exit
from supporttui.cli.session import Session
from supporttui.cli.verb import argument, verb
from supporttui.i18n.catalogue import Words

NAME = "supporttui"
VARIABLE = "_SUPPORTTUI_COMPLETE"
"""Set by the shell's script; its value names the shell and what is asked."""
SHELLS = ("bash", "zsh", "fish")
_BREAKS = (":", "=")


class _Bash(BashComplete):
    """Bash takes ``is:open`` and ``--zone=UTC`` for three words each, and wants back what follows the last of them."""

    _kept = ""

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words as they were typed."""
        count = int(os.environ["COMP_CWORD"])
        given = split_arg_string(os.environ["COMP_WORDS"])
        words = given[1:count]
        last = given[count] if count < len(given) else ""
        if last in _BREAKS or (words and words[-1] in _BREAKS):
            self._kept, last = _kept_of(words, last)
        return _joined(words), f"{self._kept}{last}"

    def format_completion(self, item: CompletionItem) -> str:
        """Without what stands there already; a space in a value does not end the word."""
        value = str(item.value).removeprefix(self._kept).replace(" ", "\\ ")
        return f"{item.type},{value}"


def _kept_of(words: list[str], last: str) -> tuple[str, str]:
    """Takes the pieces of the word under the cursor off the words: what stays of it, and what is to be completed."""
    kept = last if last in _BREAKS else words.pop()
    if words:
        kept = words.pop() + kept
    return kept, "" if last in _BREAKS else last


def _joined(words: list[str]) -> list[str]:
    """Words that bash took apart, whole again."""
    made: list[str] = []
    glue = False
    for word in words:
        if made and (glue or word in _BREAKS):
            made[-1] += word
        else:
            made.append(word)
        glue = word in _BREAKS
    return made


def command(words: Words, name: str) -> click.Command:
    """The command ``completion``."""
    told = words.t("Print the script that completes verbs, tickets, people and more: bash, zsh or fish.")
    how = words.t('Put this into the start-up file of your shell: eval "$(supporttui completion bash)"')
    return verb(
        words, name, _run, help=f"{told}\n\n{how}", params=[argument("shell", type=click.Choice(SHELLS))],
    )  # fmt: skip


def _run(session: Session, *, shell: str) -> None:
    del session
    root = click.get_current_context().find_root().command
    output.show(_kind(shell)(root, {}, NAME, VARIABLE).source())


def answer(root: click.Command, session: Session) -> int:
    """What the shell asked, by click's own protocol; gives the exit code."""
    shell, _, asked = session.env[VARIABLE].partition("_")
    if shell not in SHELLS:
        return Exit.usage
    given: dict[str, Any] = {"obj": session}
    asking = _kind(shell)(root, given, NAME, VARIABLE)
    print(asking.source() if asked == "source" else asking.complete())
    return Exit.done


def _kind(shell: str) -> type[ShellComplete]:
    found = get_completion_class(shell)
    assert found is not None
    return _Bash if shell == "bash" else found
