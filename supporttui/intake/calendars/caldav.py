"""A calendar on a CalDAV server, into which events are put one by one, the plain way.

Each event has a resource of its own, called by its id, and is put over what the server has there: the rota is what
is true. What is cancelled is put like the rest, so that whoever looks there sees that it is.
"""

import base64
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from urllib.parse import quote, urlsplit

from supporttui.domain.faults import BadInput, Refused

PATIENCE_SECONDS = 20
_DONE = (200, 201, 204)


@dataclass(frozen=True, slots=True)
class Login:
    """Who puts them there."""

    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Address:
    """A calendar of a server."""

    secure: bool
    host: str
    port: int | None
    path: str

    @property
    def shown(self) -> str:
        """Without anything secret, which it never has."""
        return f"{'https' if self.secure else 'http'}://{self.host}{f':{self.port}' if self.port else ''}{self.path}"


def address_of(url: str, *, login: bool) -> Address:
    """The address, looked through before anything is sent.

    Raises:
        BadInput: ``caldav.url``; ``caldav.secret`` for one with a password in it; ``caldav.insecure`` where a
            password would travel in the clear.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadInput("caldav.url", url=url[:60]) from None
    if parts.username is not None or parts.password is not None:
        raise BadInput("caldav.secret")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise BadInput("caldav.url", url=url[:60])
    secure = parts.scheme == "https"
    if login and not secure and not _is_here(parts.hostname):
        raise BadInput("caldav.insecure", host=parts.hostname)
    return Address(secure, parts.hostname, port, parts.path.rstrip("/") + "/")


def put(address: Address, events: Iterable[tuple[str, bytes]], *, login: Login | None) -> int:
    """Put every event, by id and text, over one connection; how many.

    Raises:
        Refused: ``caldav.unreachable``, ``caldav.denied``, ``caldav.no_calendar``, ``caldav.refused``; what was put
            before stays there, and is put again the next time.
    """
    headers = {"Content-Type": "text/calendar; charset=utf-8", "User-Agent": "supporttui"}
    if login is not None:
        pair = base64.b64encode(f"{login.user}:{login.password}".encode()).decode("ascii")
        headers["Authorization"] = f"Basic {pair}"
    connection, count = _connected(address), 0
    try:
        for uid, text in events:
            connection.request("PUT", f"{quote(address.path, safe='/%')}{quote(uid, safe='@')}.ics", text, headers)
            answer = connection.getresponse()
            answer.read()
            _check(answer.status, answer.reason, address)
            count += 1
    except (OSError, HTTPException) as error:
        raise Refused("caldav.unreachable", url=address.shown, reason=_short(error)) from None
    finally:
        connection.close()
    return count


def _connected(address: Address) -> HTTPConnection:
    if address.secure:
        context = ssl.create_default_context()
        return HTTPSConnection(address.host, address.port, timeout=PATIENCE_SECONDS, context=context)
    return HTTPConnection(address.host, address.port, timeout=PATIENCE_SECONDS)


def _check(status: int, reason: str, address: Address) -> None:
    """Another place to which a server points is not gone to: a password would go with it."""
    if status in _DONE:
        return
    if status in (401, 403):
        raise Refused("caldav.denied", url=address.shown, status=status)
    if status in (404, 409):
        raise Refused("caldav.no_calendar", url=address.shown, status=status)
    raise Refused("caldav.refused", url=address.shown, status=status, reason=reason[:60])


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _short(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__)[:120]
