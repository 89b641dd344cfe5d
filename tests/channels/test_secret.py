"""Secrets are named, not written: a file of one's own, a variable, a program; a failure tells where, never what."""

import sys

import pytest

from supporttui.channels.secret import Secret
from supporttui.domain.faults import BadInput, ChannelFailed
from tests.builders import refuses


def read(secret: Secret) -> str:
    return secret.read("pager", retry_after=30)


def printing(text: str, status: int = 0) -> Secret:
    return Secret(command=(sys.executable, "-c", f"print({text!r}); raise SystemExit({status})"))


def test_each_way_gives_the_first_line(tmp_path, monkeypatch):
    file = tmp_path / "token"
    file.write_text("# theirs\nfrom-file\nmore\n")
    file.chmod(0o600)
    monkeypatch.setenv("PAGER_TOKEN", "from-env")
    found = [read(one) for one in (Secret(file=str(file)), Secret(env="PAGER_TOKEN"), printing("from-program\nx"))]
    assert found == ["from-file", "from-env", "from-program"]


@pytest.mark.parametrize(
    "secret",
    [Secret(file="/nowhere/token"), Secret(env="NO_SUCH_TOKEN"), Secret(command=("/nowhere/pass", "show", "x"))],
)
def test_one_that_is_not_there_is_told_with_its_place(secret):
    with pytest.raises(ChannelFailed) as caught:
        read(secret)
    assert (caught.value.code, caught.value.params["channel"]) == ("channel.secret", "pager")
    assert caught.value.params["place"] in ("/nowhere/token", "NO_SUCH_TOKEN", "/nowhere/pass")


def test_what_a_failing_program_printed_is_told_nowhere():
    with pytest.raises(ChannelFailed) as caught:
        read(printing("hunter2", status=1))
    assert "hunter2" not in f"{caught.value!r} {caught.value.__cause__} {caught.value.params}"


@pytest.mark.parametrize("ways", [{}, {"file": "a", "env": "B"}])
def test_it_has_one_place(ways):
    with refuses("channel.secret_ways", BadInput):
        Secret(**ways)
