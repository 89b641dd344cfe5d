"""``channel list|test``: the ways to tell people, tried one by one."""

import importlib.util
import json

import pytest

from tests.channels.mail_server import MailServer, serving


@pytest.fixture
def config(shell):
    path = shell.home / "supporttui" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def server(config):
    with serving(MailServer()) as one:
        config.write_text(
            f'[channels.mail]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {one.port}\nsecurity = "none"\n'
            'sender = "desk@site.example"\n[channels.chat]\nkind = "apprise"\nurls = ["ircs://irc.example/{address}"]\n'
        )
        yield one


def test_a_test_says_that_it_is_one_in_the_language_that_is_set(server, shell):
    found = shell("--json", "channel", "test", "mail", "--to", "ana@example.org", db=False)
    assert (found.code, found.json["taken"]) == (0, True)
    (mail,) = server.mails()
    assert str(mail["Subject"]) == "TEST of the channel mail"
    assert str(mail["Message-ID"]).startswith("<test-mail-")


def test_a_channel_that_fails_is_told_and_the_exit_code_says_so(server, shell):
    server.says["RCPT"] = "550 no such mailbox"
    found = shell("channel", "test", "mail", "--to", "ana@example.org", db=False)
    assert found.code != 0
    assert "The channel mail was answered with 550: no such mailbox" in found.err


def test_a_name_that_is_none_is_told(server, shell):
    found = shell("channel", "test", "mial", "--to", "x", db=False)
    assert (found.code, "no channel mial" in found.err) == (2, True)


def test_what_is_not_installed_is_told_by_list_and_doctor(server, shell, monkeypatch):
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "supporttui.bootstrap.outside.find_spec", lambda name: None if name == "apprise" else found(name)
    )
    listed = shell("--json", "channel", "list", db=False).json["channels"]
    assert [(one["name"], one["kind"], one["missing"]) for one in listed] == [
        ("mail", "smtp", None), ("chat", "apprise", "notify"),
    ]  # fmt: skip
    lines = [json.loads(line) for line in shell("--json", "doctor").out.splitlines()]
    assert "channel.not_installed" in json.dumps(lines)
    assert "pip install 'supporttui[notify]'" in shell("channel", "list", db=False).out


def test_without_channels_it_is_said_that_nobody_is_told(shell):
    assert shell("channel", "list", db=False).out == "There is no channel: nobody is told of anything.\n"
