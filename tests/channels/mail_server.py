"""A real mail server (aiosmtpd) on a free port, with answers as a test wants them."""

import asyncio
import contextlib
import email
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class MailServer:
    """What came in, and what it says: a code and text in place of ``OK`` at a stage of the conversation."""

    says: dict[str, str] = field(default_factory=dict)
    """``RCPT`` or ``DATA`` → its answer."""
    keeps: bool = True
    """Whether what it takes arrives anywhere."""
    user: tuple[str, str] | None = None
    certificate: ssl.SSLContext | None = None
    at_once: bool = False
    """Whether it speaks TLS from the first byte on."""
    silent: bool = False
    """Whether it takes connections and never says a word."""
    trickles: bool = False
    """Whether it says a letter at a time instead, without end."""
    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    lines: list[asyncio.Transport] = field(default_factory=list)
    """Every connection, to be cut at the end."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]):
        if "RCPT" in self.says:
            return self.says["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.user and not session.authenticated:
            return "530 who are you"
        if "DATA" in self.says:
            return self.says["DATA"]
        if self.keeps:
            self.taken.append(envelope)
        return "250 OK"

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one.content, policy=default) for one in self.taken]

    def protocol(self) -> asyncio.Protocol:
        return _Silent(self) if self.silent or self.trickles else _Speaking(
            self, self, hostname="mx.example", loop=asyncio.get_running_loop(),
            tls_context=None if self.at_once else self.certificate,
            require_starttls=self.certificate is not None and not self.at_once,
            authenticator=self._knows, auth_require_tls=not self.at_once,
        )  # fmt: skip

    def _knows(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data) -> AuthResult:
        given = (data.login.decode(), data.password.decode())
        return AuthResult(success=given == self.user, handled=False)


class _Silent(asyncio.Protocol):
    """Takes a connection and never says a whole word."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._server.lines.append(transport)
        if self._server.trickles:
            transport.write(b"220-")
            self._trickle(transport)

    def _trickle(self, transport: asyncio.BaseTransport) -> None:
        if not transport.is_closing():
            transport.write(b".")
            asyncio.get_running_loop().call_later(0.1, self._trickle, transport)


class _Speaking(SMTP):
    """Aiosmtpd's, whose connections are known."""

    def __init__(self, server: MailServer, *args, **options) -> None:
        super().__init__(*args, **options)
        self._lines = server.lines

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._lines.append(transport)
        super().connection_made(transport)


async def _hang_up(server: MailServer) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for line in server.lines:
        line.abort()
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)


@contextlib.contextmanager
def serving(server: MailServer) -> Iterator[MailServer]:
    """The server, listening on the loopback as long as the block lasts."""
    loop = asyncio.new_event_loop()
    tls = server.certificate if server.at_once else None
    listening = loop.run_until_complete(loop.create_server(server.protocol, "127.0.0.1", 0, ssl=tls))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        listening.close()
        loop.run_until_complete(_hang_up(server))
        loop.close()
