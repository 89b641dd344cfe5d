"""A mailbox by IMAP: what is unread is taken in, then marked as read, and put away where that is asked for.

A message is marked only after it was stored: a stop in between brings it again, and ``received`` knows it.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from supporttui.domain.faults import Refused, StoreUnavailable, SupportError
from supporttui.domain.text import safe_text
from supporttui.intake.serve.options import Mailbox, Security

_LOG = logging.getLogger("supporttui.intake")
AT_ONCE = 50
"""Messages of one look; the next look takes more."""
MOST_BYTES = 2 << 20
"""Of a message: what is said comes first, files behind it are only named."""


Take = Callable[[bytes], object]
"""Takes in one message. Raises SupportError."""


def look(box: Mailbox, password: str, take: Take) -> int:
    """Take in what is unread, the oldest first; how many were.

    Raises:
        Refused: ``intake.mailbox`` where the server refuses or cannot be reached.
        StoreUnavailable: the database is away; what was not taken in stays unread.
    """
    try:
        with _connected(box, password) as server:
            found = _unread(server)[:AT_ONCE]
            return sum(_taken(server, uid, box, take) for uid in found)
    except (OSError, imaplib.IMAP4.error) as fault:
        reason = _reason(fault).replace(password, "…") if password else _reason(fault)  # a server may repeat it
        raise Refused("intake.mailbox", mailbox=f"{box.user}@{box.host}", reason=reason) from None


@contextmanager
def _connected(box: Mailbox, password: str) -> Iterator[imaplib.IMAP4]:
    server = _server(box)
    try:
        if box.security is Security.starttls:
            server.starttls(ssl.create_default_context())
        server.login(box.user, password)
        _asked(server.select(_quoted(box.folder)))
        yield server
    finally:
        _left(server)


def _server(box: Mailbox) -> imaplib.IMAP4:
    if box.security is Security.tls:
        return imaplib.IMAP4_SSL(box.host, box.port, ssl_context=ssl.create_default_context(), timeout=box.seconds)
    return imaplib.IMAP4(box.host, box.port, timeout=box.seconds)


def _left(server: imaplib.IMAP4) -> None:
    try:
        server.logout()
    except (OSError, imaplib.IMAP4.error):  # it is gone already
        server.shutdown()


def _unread(server: imaplib.IMAP4) -> list[str]:
    (data, *_) = _asked(server.uid("SEARCH", "UNSEEN"))
    return data.decode("ascii", "replace").split() if isinstance(data, bytes) else []


def _taken(server: imaplib.IMAP4, uid: str, box: Mailbox, take: Take) -> bool:
    raw = _fetched(server, uid)
    if raw is None:  # somebody took it away meanwhile
        return False
    try:
        take(raw)
    except StoreUnavailable:
        raise
    except SupportError as fault:  # it stays unread: what is wrong with the source can be put right
        _LOG.warning("message %s of %s not taken in: %s", uid, box.user, fault)
        return False
    _put_away(server, uid, box)
    return True


def _fetched(server: imaplib.IMAP4, uid: str) -> bytes | None:
    data = _asked(server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
    return next((part[1] for part in data if isinstance(part, tuple) and len(part) > 1), None)


def _put_away(server: imaplib.IMAP4, uid: str, box: Mailbox) -> None:
    _asked(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)"))
    if not box.done:
        return
    if _moves(server):
        _asked(server.uid("MOVE", uid, _quoted(box.done)))
    else:
        _asked(server.uid("COPY", uid, _quoted(box.done)))
        _asked(server.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)"))


def _moves(server: imaplib.IMAP4) -> bool:
    """Asked once logged in: before that a server need not say what it can."""
    (data, *_) = _asked(server.capability())
    return isinstance(data, bytes) and b"MOVE" in data.upper().split()


def _asked(answer: tuple[str, Sequence[object]]) -> Sequence[object]:
    kind, data = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(*data[:1])
    return data


def _quoted(folder: str) -> str:
    """A name as IMAP spells it: letters beyond ASCII in its own form of UTF-7."""
    encoded = re.sub(r"[^\x20-\x7e]+", _utf7, folder.replace("&", "&-"))
    return '"{}"'.format(encoded.replace("\\", "\\\\").replace('"', '\\"'))


def _utf7(found: "re.Match[str]") -> str:
    return found[0].encode("utf-7").decode("ascii").replace("+", "&", 1).replace("/", ",").rstrip("-") + "-"


def _reason(fault: Exception) -> str:
    said = fault.args[0] if fault.args and isinstance(fault.args[0], bytes | str) else str(fault)
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return safe_text(getattr(fault, "strerror", None) or text or type(fault).__name__, one_line=True, limit=120)
