"""Yes and no in the reader's language, until it is one of them."""

from gettext import NullTranslations

import click
import pytest
from click.testing import CliRunner

from supporttui.cli import asked
from supporttui.i18n.catalogue import Words


class German(NullTranslations):
    """As a catalogue would say it."""

    def pgettext(self, context: str, message: str) -> str:
        return {"y": "j", "yes": "ja", "no": "nein"}.get(message, message) if context == "answer" else message


def answers(words: Words, typed: str, *, default: bool = False) -> tuple[str, str]:
    @click.command()
    def ask() -> None:
        click.echo(str(asked.confirm(words, "Really?", default=default)))

    found = CliRunner().invoke(ask, input=typed)
    return found.output.strip().splitlines()[-1].split()[-1], found.output


@pytest.mark.parametrize(
    ("typed", "yes"),
    [("j\n", True), ("JA\n", True), ("y\n", True), ("yes\n", True), ("n\n", False), ("nein\n", False), ("\n", False)],
)
def test_both_languages_are_understood(typed: str, yes: bool) -> None:
    found, said = answers(Words("de", "UTC", "de_DE", German()), typed)
    assert found == str(yes)
    assert "Really? [j/N]" in said


def test_anything_else_is_asked_again_and_enter_is_the_capital_letter() -> None:
    found, said = answers(Words("en", "UTC"), "maybe\n\n", default=True)
    assert found == "True"
    assert said.count("Really? [Y/n]") == 2
    assert "Answer y or n." in said


def test_into_a_pipe_a_text_goes_as_it_is() -> None:
    text = "word " * 60
    assert asked.broken(text) == text
