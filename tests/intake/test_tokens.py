"""Secrets are read only from files that nobody else can read, and compared whole."""

import pytest

from supporttui.domain.faults import Refused
from supporttui.intake.serve.tokens import opens, tokens
from tests.builders import refuses
from tests.intake.sending import TOKEN, basic


def file(tmp_path, text: str, mode: int = 0o600):
    path = tmp_path / "tokens"
    path.write_text(text)
    path.chmod(mode)
    return path


def test_each_line_is_a_token_so_that_an_old_and_a_new_one_may_hold(tmp_path):
    assert tokens(file(tmp_path, f"# old\n{TOKEN}\n\n {TOKEN}-new \n")) == (TOKEN, f"{TOKEN}-new")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o601])
def test_a_file_that_others_may_read_is_refused(tmp_path, mode):
    with refuses("secret.open", Refused):
        tokens(file(tmp_path, TOKEN, mode))


@pytest.mark.parametrize(
    ("text", "code"), [("", "intake.no_token"), ("# no\n", "intake.no_token"), ("short", "intake.short_token")]
)
def test_what_is_no_token_is_refused(tmp_path, text, code):
    with refuses(code, Refused):
        tokens(file(tmp_path, text))


def test_a_file_that_is_not_there_or_is_none_is_told(tmp_path):
    with refuses("secret.file", Refused):
        tokens(tmp_path / "nothing")
    with refuses("secret.file", Refused):
        tokens(tmp_path)


@pytest.mark.parametrize(
    "header", [f"Bearer {TOKEN}", f"bearer  {TOKEN} ", basic(TOKEN), basic("the-other-token-here")]
)
def test_what_opens(header):
    assert opens(header, (TOKEN, "the-other-token-here"))


@pytest.mark.parametrize(
    "header", ["", TOKEN, f"Token {TOKEN}", "Bearer", "Bearer \xff", basic(""), "Basic ?", "Basic /w=="]
)
def test_what_does_not_open(header):
    assert not opens(header, (TOKEN,))
    assert not opens(f"Bearer {TOKEN}", ())
