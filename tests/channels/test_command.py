"""The channel that starts a program of the site."""

import json
import os
import select
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from supporttui import channels
from supporttui.channels.command import CommandChannel, CommandOptions
from supporttui.domain.faults import ChannelFailed
from supporttui.domain.plain import from_plain
from supporttui.i18n import catalogue
from supporttui.watch.courier import hand_over
from tests.channels.contract import ChannelContract
from tests.i18n.test_notices import PAGE

RECEIVER = """
import json, os, sys
facts = {k[11:].lower(): v for k, v in os.environ.items() if k.startswith("SUPPORTTUI_")}
facts["body"] = sys.stdin.buffer.read().decode()
with open(sys.argv[1], "a", encoding="utf-8") as log:
    log.write(json.dumps(facts) + "\\n")
"""


@dataclass
class Receiver:
    """A program that writes down what it was told."""

    channel: CommandChannel
    log: Path

    def arrived(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


def command(*argv: str, **options) -> CommandChannel:
    return CommandChannel("pager", CommandOptions(argv, **options))


def python(code: str, *args: str, **options) -> CommandChannel:
    return command(sys.executable, "-c", code, *args, **options)


class TestCommandChannel(ChannelContract):
    @pytest.fixture
    def good(self, tmp_path):
        log = tmp_path / "log"
        return Receiver(python(RECEIVER, str(log)), log)

    @pytest.fixture
    def bad(self):
        return python("raise SystemExit(3)")


def failure(channel: CommandChannel) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        channel.send("ana", "subject", "body", key="k", facts={})
    return caught.value


def test_a_program_that_says_no_is_quoted_with_its_status():
    fault = failure(python("import sys; sys.exit('no such number')"))
    assert (fault.code, fault.params["status"], fault.params["said"]) == (
        "channel.refused",
        1,
        "no such number",
    )


def test_a_program_that_ends_without_a_word_is_told_with_its_status_alone():
    fault = failure(python("raise SystemExit(3)"))
    assert (fault.code, fault.params["status"]) == ("channel.broken", 3)


def test_a_program_that_does_not_exist_is_told_apart():
    assert failure(command("/nowhere/pager")).code == "channel.not_started"


def test_a_program_that_never_ends_is_ended_with_what_it_started(tmp_path):
    """Both hold the writing end of a pipe: it is closed when the last of them has gone."""
    held = tmp_path / "held"
    os.mkfifo(held)
    reading = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    code = (
        "import os, subprocess, sys, time\n"
        "held = os.open(sys.argv[1], os.O_WRONLY)\n"
        "os.write(held, b'started')\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], pass_fds=[held])\n"
        "time.sleep(600)"
    )
    assert failure(python(code, str(held), timeout=2)).code == "channel.timeout"
    with os.fdopen(reading, "rb") as pipe:
        assert select.select([pipe], [], [], 30)[0]
        os.set_blocking(reading, True)
        assert pipe.read() == b"started"


def test_facts_become_environment_names_and_the_process_keeps_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_TOKEN_FILE", "/run/token")
    log = tmp_path / "log"
    code = RECEIVER + "open(sys.argv[1] + '2', 'w').write(os.environ['SITE_TOKEN_FILE'] + os.environ['EXTRA'])"
    channel = python(code, str(log), env={"EXTRA": "!"})
    channel.send("ana", "s", "b", key="k", facts={"due-at": "x"})
    assert json.loads(log.read_text())["due_at"] == "x"
    assert (tmp_path / "log2").read_text() == "/run/token!"
    assert "SUPPORTTUI_DUE_AT" not in os.environ


def test_the_registry_makes_it_from_a_table_of_the_settings():
    kind = channels.KINDS[channels.DEFAULT_KIND]
    channel = kind.make("pager", from_plain(kind.options, {"argv": ["true"]}))
    channel.send("ana", "s", "b", key="k", facts={})
    assert channel.name == "pager"


def test_a_silent_channel_takes_everything_and_tells_nobody():
    kind = channels.KINDS["silent"]
    channel = kind.make("pager", from_plain(kind.options, {}))
    channel.send("ana", "s", "b", key="k", facts={})
    assert channel.name == "pager"


def test_a_message_about_many_tickets_is_cut_to_what_its_program_bears(tmp_path):
    log = tmp_path / "log"
    also = "\n".join(f"T-{number} Disk full" for number in range(2, 200, 2))
    told = replace(PAGE, params={**PAGE.params, "also": also, "also.late": "T-7–T-9", "more": 102})
    hand_over(told, channels={"sms": python(RECEIVER, str(log), longest=600)}, people=(), words_for=_words)
    (arrived,) = Receiver(python(""), log).arrived()
    assert 550 < len(arrived["body"]) <= 600
    assert "more: supporttui notice why 1042\n" in arrived["body"]
    assert arrived["more"] == "102"
    assert "also" not in arrived
    assert not any(name.startswith("also") for name in arrived)


def _words(_):
    return catalogue.load("en", "UTC", {})
