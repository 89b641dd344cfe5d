"""A channel that hands mail to a server of the site.

Of its own, although the ``apprise`` kind can mail too: apprise makes a Message-ID by chance each time and marks
nothing as automatic. Here the Message-ID is the key of the notice, so that a repeat is known as one on its way; mail
about one ticket makes one thread; and robots do not answer it.
"""

import base64
import contextlib
import hashlib
import re
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from enum import StrEnum
from typing import Self

from supporttui.channels.line import connect
from supporttui.channels.patience import Clock, Patience, within
from supporttui.channels.secret import Secret
from supporttui.domain.faults import BadInput, ChannelFailed
from supporttui.domain.text import safe_text

_TELLABLE = 200
"""Characters of the server's own words that are kept."""
_FROM_A_PERSON = "reply"
"""The notice that is a letter of somebody's; all others were made by this program, and say so."""
_IN_A_KEY = re.compile(r"[^A-Za-z0-9._-]+")


class Security(StrEnum):
    """How the connection is made safe."""

    starttls = "starttls"
    tls = "tls"
    none = "none"
    """Not at all: for a server on this machine, and never with a password."""


@dataclass(frozen=True, slots=True)
class SmtpOptions:
    """``[channels.NAME]`` of kind ``smtp``."""

    host: str
    sender: str
    """The address that the mail comes from."""
    port: int = 587
    security: Security = Security.starttls
    ca_file: str = ""
    """Certificates that vouch for the server; empty: those of the machine."""
    user: str = ""
    """Its name at the server; empty: it asks for none."""
    password_file: str = ""
    """A file that only you may read, with the password on its first line."""
    password_env: str = ""
    """Or the name of the environment variable that holds it."""
    password_command: Sequence[str] = ()
    """Or a program with its arguments that prints it."""
    reply_to: str = ""
    """Where answers go; empty: to the sender."""
    timeout: int = 20
    """Seconds until it is given up, with its password and the way to the server; keep it below the claim of the
    watch (25)."""
    retry_after: int = field(default=60, metadata={"least": 1, "most": 86_400})
    """Seconds until the next try after a failure; doubled by the watch each time."""

    def __post_init__(self) -> None:
        if self.user and self.security is Security.none:
            raise BadInput("channel.plain_password")
        if self.user:
            self.password()

    def password(self) -> Secret:
        """Where the password is. Raises BadInput (``channel.secret_ways``)."""
        return Secret(self.password_file, self.password_env, self.password_command)


class SmtpChannel:
    """Sends one mail a notice; that the server has taken it is all that is known, and no answer of a person."""

    def __init__(self, name: str, options: SmtpOptions, clock: Clock = time.monotonic) -> None:
        self.name = name
        self._options = options
        self._clock = clock

    def send(self, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]) -> None:
        """Hand the mail over; what happens after the server has taken it is no failure.

        Raises:
            ChannelFailed: ``channel.address``, ``channel.unreachable``, ``channel.late``, ``channel.rejected``,
                ``channel.login``, ``channel.certificate``, ``channel.secret``.
        """
        options = self._options
        try:
            mail = letter(options, address, subject, body, key=key, facts=facts)
        except (ValueError, MessageError):
            raise self._failed("channel.address", address=address) from None
        patience = Patience(options.timeout, self._clock)
        password = self._password(patience) if options.user else ""
        with self._told(patience) as deadline, contextlib.closing(_server(options, deadline)) as server:
            _greet(server, options, password)
            server.send_message(mail, options.sender, [address])
            # It is theirs now: a farewell that fails must not have it sent again.
            with contextlib.suppress(OSError, smtplib.SMTPException):
                server.quit()

    def _password(self, patience: Patience) -> str:
        options = self._options
        return options.password().read(self.name, retry_after=options.retry_after, seconds=patience.left)

    @contextlib.contextmanager
    def _told(self, patience: Patience) -> Iterator["_Deadline"]:
        """Whatever goes wrong within, as a fault of ours."""
        with _Deadline(patience) as deadline:
            try:
                yield deadline
            except (OSError, smtplib.SMTPException) as fault:  # most faults of smtplib are an OSError too
                raise self._fault(fault, late=deadline.passed) from None

    def _fault(self, fault: Exception, *, late: bool) -> ChannelFailed:
        if late or isinstance(fault, TimeoutError):
            return self._failed("channel.late", seconds=self._options.timeout)
        if isinstance(fault, smtplib.SMTPAuthenticationError):
            return self._failed("channel.login", status=fault.smtp_code)  # its words may quote the secret
        if isinstance(fault, smtplib.SMTPRecipientsRefused):
            return self._rejected(*next(iter(fault.recipients.values())))
        if isinstance(fault, smtplib.SMTPResponseException):
            return self._rejected(fault.smtp_code, fault.smtp_error)
        if isinstance(fault, ssl.SSLCertVerificationError):
            return self._failed("channel.certificate", host=self._options.host, reason=fault.verify_message)
        reason = getattr(fault, "strerror", None) or str(fault)
        return self._failed("channel.unreachable", host=self._options.host, reason=reason[:_TELLABLE])

    def _rejected(self, status: int, said: bytes | str) -> ChannelFailed:
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        told = safe_text(" ".join(text.split()), one_line=True, limit=_TELLABLE)
        return self._failed("channel.rejected", status=status, said=told or "-")

    def _failed(self, code: str, **params: str | int) -> ChannelFailed:
        return ChannelFailed(code, retry_after=self._options.retry_after, channel=self.name, **params)


def letter(
    options: SmtpOptions, address: str, subject: str, body: str, *, key: str, facts: Mapping[str, str]
) -> EmailMessage:
    """The mail: plain text, known by its key, in one thread with all others about its ticket.

    Raises ValueError or MessageError for an address that no header can hold.
    """
    mail = EmailMessage(policy=SMTP)
    domain = options.sender.rpartition("@")[2] or "localhost"
    mail["From"], mail["To"] = options.sender, address
    mail["Subject"] = safe_text(subject, one_line=True, limit=None)
    mail["Date"] = formatdate()
    mail["Message-ID"] = f"<{_as_id(key)}@{domain}>"
    mail["X-Supporttui-Key"] = _as_id(key)
    if "ticket" in facts:
        mail["References"] = f"<ticket.{_as_id(facts['ticket'])}@{domain}>"
    if options.reply_to:
        mail["Reply-To"] = options.reply_to
    if facts.get("code") != _FROM_A_PERSON:
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(body.replace("\0", "�"), charset="utf-8")
    return mail


def _as_id(key: str) -> str:
    """The key in letters that any header may hold; two keys stay two."""
    plain = _IN_A_KEY.sub("-", key)[:80]
    return plain if plain == key else f"{plain}.{hashlib.sha256(key.encode()).hexdigest()[:16]}"


class _Deadline:
    """Ends a conversation that takes too long as a whole: each answer may come in time, and the last one never."""

    def __init__(self, patience: Patience) -> None:
        self.passed = False
        self.patience = patience
        self._line: socket.socket | None = None
        self._timer = threading.Timer(patience.left, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._line is not None:
            self._line.close()

    def watch(self, line: socket.socket) -> None:
        """End this line when it is time. Raises TimeoutError if it was time before there was one."""
        self._line = line.dup()  # TLS takes the first hold of it away
        if self.passed:
            raise TimeoutError

    def _end(self) -> None:
        self.passed = True
        if self._line is not None:
            with contextlib.suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


def _server(options: SmtpOptions, deadline: _Deadline) -> smtplib.SMTP:
    """A server that has not been spoken to.

    Raises OSError.
    """
    line = connect(options.host, options.port, deadline.patience)
    try:
        deadline.watch(line)
        server = smtplib.SMTP(local_hostname=_own_name(line, deadline.patience))
        server._host = options.host  # type: ignore[attr-defined]  # noqa: SLF001  TLS asks for the name; only the constructor sets it
        at_once = options.security is Security.tls
        server.sock = _vouched(options).wrap_socket(line, server_hostname=options.host) if at_once else line
    except OSError:
        line.close()
        raise
    return server


def _own_name(line: socket.socket, patience: Patience) -> str:
    """What we call ourselves: the full name of this machine, else its address on the line. Raises TimeoutError."""
    name, own = within(patience, socket.getfqdn), line.getsockname()[0]
    if "." in name:
        return name
    return f"[IPv6:{own}]" if ":" in own else f"[{own}]"


def _greet(server: smtplib.SMTP, options: SmtpOptions, password: str) -> None:
    status, said = server.getreply()
    if status != 220:
        raise smtplib.SMTPConnectError(status, said)
    if options.security is Security.starttls:
        server.starttls(context=_vouched(options))
    if options.user:
        _log_in(server, options.user, password)


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """By whichever way the server knows; ``login`` itself breaks at what is not ASCII."""
    if f"{user}{password}".isascii():
        server.login(user, password)
        return
    given = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
    server.ehlo_or_helo_if_needed()
    status, said = server.docmd("AUTH", f"PLAIN {given}")
    if status != 235:
        raise smtplib.SMTPAuthenticationError(status, said)


def _vouched(options: SmtpOptions) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=options.ca_file or None)
