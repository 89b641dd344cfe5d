"""One limit for a message: what its secrets, names and addresses take is time that its service does not have."""

import socket
import subprocess
import threading

import pytest

from supporttui.channels.apprise import AppriseChannel, AppriseOptions
from supporttui.channels.line import connect
from supporttui.channels.patience import Patience, within
from supporttui.channels.secret import Secret
from supporttui.channels.smtp import Security, SmtpChannel, SmtpOptions
from supporttui.domain.faults import ChannelFailed


class Clock:
    """Moved by what would take time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def given(monkeypatch, clock) -> list[float]:
    """How long each program was given; each takes all of it, and answers at the last moment."""
    seconds: list[float] = []

    def run(argv, **how):
        seconds.append(how["timeout"])
        clock.now += how["timeout"]
        said = "hunter2\n" if how.get("text") else b"{}"
        return subprocess.CompletedProcess(argv, 0, said, b"")

    monkeypatch.setattr(subprocess, "run", run)
    return seconds


def slow_safes(count: int, clock: Clock, **options) -> AppriseChannel:
    secrets = {f"s{n}": Secret(command=("pass", f"s{n}")) for n in range(count)}
    urls = [f"json://host/{{{name}}}" for name in secrets]
    return AppriseChannel("pager", AppriseOptions(urls * 2, secrets, **options), clock)


def send(channel: AppriseChannel | SmtpChannel) -> None:
    channel.send("ana@example.org", "subject", "body", key="k", facts={})


def test_what_its_secrets_took_the_service_does_not_have(clock, given):
    send(slow_safes(3, clock))
    assert given == [4, 4, 4, 8]
    assert sum(given) == AppriseOptions(("json://host",)).timeout


def test_however_many_secrets_are_slow_the_message_takes_no_longer_than_its_limit(clock, given):
    with pytest.raises(ChannelFailed) as caught:
        send(slow_safes(9, clock, timeout=10))
    assert (caught.value.code, caught.value.params["seconds"]) == ("channel.late", 10)
    assert given == [4, 4, 2]


def test_mail_has_what_its_password_left(clock, given, monkeypatch):
    options = SmtpOptions("mx", "a@b", security=Security.tls, user="desk", password_command=("pass",), timeout=10)
    left: list[float] = []

    def connected(host, port, patience):
        left.append(patience.left)
        raise TimeoutError

    monkeypatch.setattr("supporttui.channels.smtp.connect", connected)
    with pytest.raises(ChannelFailed) as caught:
        send(SmtpChannel("pager", options, clock))
    assert (caught.value.code, given, left) == ("channel.late", [4], [6])


class TestALine:
    """A host with addresses that do not answer."""

    def test_each_address_has_what_those_before_it_left(self, clock):
        given: list[float] = []

        def silent(address, seconds):
            given.append(seconds)
            clock.now += 7
            raise TimeoutError

        with pytest.raises(TimeoutError):
            connect(
                "mx", 25, Patience(20, clock), look_up=lambda *_: [(socket.AF_INET, ("a", 25))] * 9, open_one=silent
            )
        assert given == [20, 13, 6]

    def test_the_first_that_answers_is_taken(self, clock):
        ends = socket.socketpair()

        def answering(address, _):
            if address[1] == ("dead", 25):
                raise ConnectionRefusedError
            return ends[0]

        found = [(socket.AF_INET, ("dead", 25)), (socket.AF_INET, ("alive", 25))]
        assert connect("mx", 25, Patience(20, clock), look_up=lambda *_: found, open_one=answering) is ends[0]
        for end in ends:
            end.close()

    def test_where_none_answers_the_last_one_s_fault_is_told(self, clock):
        def refusing(*_):
            raise ConnectionRefusedError

        with pytest.raises(ConnectionRefusedError):
            connect("mx", 25, Patience(20, clock), look_up=lambda *_: [(socket.AF_INET, ("a", 1))], open_one=refusing)


def test_a_name_that_cannot_be_looked_up_in_time_is_left_behind(clock):
    patience, answers = Patience(1, clock), threading.Event()
    clock.now = 1
    with pytest.raises(TimeoutError):
        within(patience, answers.wait)
    answers.set()


def test_a_look_up_that_fails_is_its_own_fault(clock):
    def unknown() -> str:
        raise socket.gaierror(-2, "unknown")

    with pytest.raises(socket.gaierror):
        within(Patience(20, clock), unknown)
    assert within(Patience(20, clock), lambda: "mx") == "mx"


@pytest.mark.parametrize("host", ["." * 70, "x" * 70])
def test_a_host_that_can_have_no_address_is_unreachable(host):
    with pytest.raises(ChannelFailed) as caught:
        send(SmtpChannel("pager", SmtpOptions(host, "a@b", security=Security.none)))
    assert caught.value.code == "channel.unreachable"
