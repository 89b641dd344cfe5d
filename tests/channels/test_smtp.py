"""Mail to a real server: what it took was sent, and nothing else; each refusal by its name; no secret is told."""

import ssl
from dataclasses import dataclass
from email.message import EmailMessage

import pytest
import trustme

from supporttui.channels.smtp import Security, SmtpChannel, SmtpOptions
from supporttui.domain.faults import BadInput, ChannelFailed
from tests.builders import refuses
from tests.channels.contract import ChannelContract
from tests.channels.mail_server import MailServer, serving

PASSWORD = "hunter2-öß"


def channel(server: MailServer, **options) -> SmtpChannel:
    options = {"security": Security.none, **options}
    return SmtpChannel("pager", SmtpOptions("localhost", "desk@site.example", port=server.port, **options))


def failure(one: SmtpChannel, address: str = "ana@example.org") -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        one.send(address, "subject", "body", key="k", facts={})
    return caught.value


def text(mail: EmailMessage) -> str:
    """What a reader shows: on its way each line ends with two characters."""
    return mail.get_content().replace("\r\n", "\n")


@dataclass
class Mailed:
    channel: SmtpChannel
    server: MailServer

    def arrived(self) -> list[dict[str, str]]:
        return [
            {
                "address": str(mail["To"]), "subject": str(mail["Subject"]), "key": str(mail["X-Supporttui-Key"]),
                "body": text(mail).removesuffix("\n"),
            }
            for mail in self.server.mails()
        ]  # fmt: skip


@pytest.fixture
def server():
    with serving(MailServer()) as one:
        yield one


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def safe(authority, tmp_path):
    """Options that trust the authority, and a server's half of TLS."""
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return str(tmp_path / "ca.pem"), context


def password_file(tmp_path, mode: int = 0o600) -> str:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", "utf-8")
    file.chmod(mode)
    return str(file)


class TestSmtpChannel(ChannelContract):
    @pytest.fixture
    def good(self, server):
        return Mailed(channel(server), server)

    @pytest.fixture
    def bad(self, server):
        server.says["DATA"] = "451 try again later"
        return channel(server)


def test_a_repeat_is_the_same_mail_and_all_about_a_ticket_are_one_thread(server):
    for key in ("page:7:1:1:ana", "page:7:1:1:ana", "page:7:1:2:ana"):
        channel(server, reply_to="desk+in@site.example").send(
            "ana@example.org", "s", "b", key=key, facts={"ticket": "7"}
        )
    first, again, other = server.mails()
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first["References"] == other["References"] == "<ticket.7@site.example>"
    assert first["Reply-To"] == "desk+in@site.example"


def test_robots_are_asked_not_to_answer_but_a_letter_is_a_letter(server):
    channel(server).send("ana@example.org", "s", "b", key="k", facts={"code": "page"})
    channel(server).send("rie@example.org", "s", "b", key="k", facts={"code": "reply"})
    assert [mail["Auto-Submitted"] for mail in server.mails()] == ["auto-generated", None]


def test_every_language_arrives_as_it_is(server):
    channel(server).send("ana@example.org", "呼出 – Störung", "対応してください。\nGrüße\n", key="k", facts={})
    (mail,) = server.mails()
    assert (mail["Subject"], mail.get_content_charset()) == ("呼出 – Störung", "utf-8")
    assert text(mail) == "対応してください。\nGrüße\n"


@pytest.mark.parametrize(
    ("stage", "said", "status"),
    [
        ("RCPT", "550 5.1.1 no such mailbox", 550),
        ("RCPT", "450 grey", 450),
        ("DATA", "554 spam", 554),
        ("DATA", "452 full", 452),
    ],
)
def test_a_refusal_is_told_with_its_number_and_the_servers_words(server, stage, said, status):
    server.says[stage] = said
    fault = failure(channel(server, retry_after=90))
    assert (fault.code, fault.params["status"], fault.retry_after) == ("channel.rejected", status, 90)
    assert fault.params["said"] == said.partition(" ")[2]
    assert server.taken == []


@pytest.mark.parametrize("at_once", [False, True])
def test_name_and_password_go_over_tls(safe, tmp_path, at_once):
    trusted, context = safe
    server = MailServer(user=("desk", PASSWORD), certificate=context, at_once=at_once)
    security = Security.tls if at_once else Security.starttls
    with serving(server):
        one = channel(server, security=security, ca_file=trusted, user="desk", password_file=password_file(tmp_path))
        one.send("ana@example.org", "s", "b", key="k", facts={})
    assert len(server.taken) == 1


def test_a_wrong_password_is_told_and_not_shown(safe, tmp_path):
    trusted, context = safe
    with serving(MailServer(user=("desk", "other"), certificate=context)) as server:
        fault = failure(
            channel(
                server, security=Security.starttls, ca_file=trusted, user="desk", password_file=password_file(tmp_path)
            )
        )
    assert (fault.code, fault.params["status"]) == ("channel.login", 535)
    assert PASSWORD not in f"{fault!r} {fault.params}"


def test_a_server_that_nobody_vouches_for_gets_nothing(safe):
    with serving(MailServer(certificate=safe[1])) as server:
        assert failure(channel(server, security=Security.starttls)).code == "channel.certificate"
    assert server.taken == []


def test_a_server_without_tls_gets_nothing_where_tls_is_set(server):
    assert failure(channel(server, security=Security.starttls)).code == "channel.unreachable"
    assert server.taken == []


def test_a_password_never_goes_in_the_open():
    with refuses("channel.plain_password", BadInput):
        SmtpOptions("mx", "a@b", security=Security.none, user="desk")


def test_a_name_needs_a_password():
    with refuses("channel.secret_ways", BadInput):
        SmtpOptions("mx", "a@b", user="desk")


def test_a_secret_that_others_may_read_is_not_used(safe, tmp_path):
    with serving(MailServer(certificate=safe[1])) as server:
        secret = password_file(tmp_path, 0o644)
        fault = failure(channel(server, security=Security.starttls, user="desk", password_file=secret))
    assert (fault.code, fault.params["reason"]) == ("channel.secret", "secret.open")
    assert PASSWORD not in str(fault.params)


@pytest.mark.parametrize("how", ["silent", "trickles"])
def test_a_server_that_never_comes_to_an_end_is_given_up(how):
    with serving(MailServer(**{how: True})) as server:
        fault = failure(channel(server, timeout=1))
    assert (fault.code, fault.params["seconds"]) == ("channel.late", 1)


def test_nobody_there_is_told_with_its_host(server):
    fault = failure(SmtpChannel("pager", SmtpOptions("127.0.0.1", "a@b", port=1, security=Security.none)))
    assert (fault.code, fault.params["host"]) == ("channel.unreachable", "127.0.0.1")


@pytest.mark.parametrize("address", ["ana@example.org\nBcc: all@example.org", "ana@example.org\r\nRCPT TO:<x@y>"])
def test_an_address_stays_one_address(server, address):
    assert failure(channel(server), address).code == "channel.address"
    assert server.taken == []


def test_a_farewell_that_fails_does_not_unsend(server, monkeypatch):
    async def gone(self, *_):
        self.transport.abort()

    monkeypatch.setattr("aiosmtpd.smtp.SMTP.smtp_QUIT", gone)
    channel(server).send("ana@example.org", "s", "b", key="k", facts={})
    assert len(server.taken) == 1
