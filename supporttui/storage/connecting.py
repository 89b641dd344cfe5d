"""Why no connection came about: libpq tells it in words only, so the words are what is read.

The client library speaks English; a server may speak another language. What is not recognised stays
``store.unreachable``, with the server's own words.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import URL

from supporttui.domain.faults import BadInput, Forbidden, StoreUnavailable, StoreUnfit, SupportError

Particulars = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Cause:
    """Words by which a cause is known, and the fault that it is."""

    words: re.Pattern[str]
    fault: Callable[[Particulars], SupportError]


def _cause(words: str, fault: Callable[[Particulars], SupportError]) -> _Cause:
    return _Cause(re.compile(words, re.IGNORECASE), fault)


_CAUSES: tuple[_Cause, ...] = (
    _cause(
        "password authentication failed|(pam|ldap|radius) authentication failed",
        lambda p: Forbidden("store.password_wrong", user=p["user"], where=p["where"]),
    ),
    _cause(
        "no password supplied|empty password",
        lambda p: Forbidden("store.password_missing", user=p["user"], where=p["where"]),
    ),
    _cause(
        "(root|server|client) certificate|certificate (verify|has|is|file)|private key file",
        lambda p: StoreUnfit("store.certificate", where=p["where"], reason=p["reason"]),
    ),
    _cause("server does not support ssl", lambda p: StoreUnfit("store.tls_missing", where=p["where"])),
    _cause(
        r"no pg_hba\.conf entry for host (?!\"\[local\]\")[^\n]*no encryption",
        lambda p: StoreUnfit("store.tls_required", user=p["user"], where=p["where"]),
    ),
    _cause(
        'role ".*" does not exist|is not permitted to log in',
        lambda p: Forbidden("store.no_login", user=p["user"], where=p["where"]),
    ),
    _cause(
        r"permission denied for database|no pg_hba\.conf entry|pg_hba\.conf rejects|(peer|ident) authentication failed",
        lambda p: Forbidden("store.not_admitted", user=p["user"], database=p["database"], where=p["where"]),
    ),
    _cause(
        'database ".*" does not exist',
        lambda p: StoreUnfit("store.no_database", database=p["database"], where=p["where"]),
    ),
    _cause(
        "ssl error|ssl negotiation|ssl connection",
        lambda p: StoreUnfit("store.tls_failed", where=p["where"], reason=p["reason"]),
    ),
    _cause(
        "failed to resolve host|could not translate host name|name or service not known",
        lambda p: StoreUnavailable("store.host_unknown", host=p["host"]),
    ),
    _cause(
        r"connection refused|on socket .* failed: no such file",
        lambda p: StoreUnavailable("store.refused", where=p["where"]),
    ),
    _cause("timeout expired|connection timed out", lambda p: StoreUnavailable("store.no_answer", where=p["where"])),
    _cause(
        "too many clients|connection slots are reserved|too many connections",
        lambda _: StoreUnavailable("store.too_many"),
    ),
    _cause("definition of service|service file", lambda p: BadInput("store.option", reason=p["reason"])),
    _cause(r"invalid \w+ value|invalid connection option", lambda p: BadInput("store.option", reason=p["reason"])),
)  # fmt: skip
"""In this order, over everything that was said: libpq tries several addresses, with TLS and without."""

_FOUND: Mapping[str, re.Pattern[str]] = {
    "where": re.compile(r'server at "([^"]*)"(?: \([^)]*\))?, port (\d+)|on socket "([^"]*)"'),
    "user": re.compile(r'(?:user|role) "([^"]*)"'),
    "database": re.compile(r'database "([^"]*)"'),
}


def refused_connection(text: str, url: URL) -> SupportError | None:
    """The fault behind what psycopg says of an attempt to connect; ``None`` where the words are unknown."""
    for cause in _CAUSES:
        if (match := cause.words.search(text)) is not None:
            return cause.fault({**_asked(url), **_told(text), "reason": _line_of(text, match)})
    return None


def _asked(url: URL) -> Particulars:
    """What the address says."""
    host = str(url.host or url.query.get("host") or url.query.get("service") or "localhost")
    where = host if host.startswith("/") or "," in host else f"{host}:{url.port or url.query.get('port') or 5432}"
    return {"host": host, "where": where, "user": url.username or "-", "database": url.database or "-"}


def _told(text: str) -> Particulars:
    """What libpq or the server says instead."""
    found = ((name, pattern.search(text)) for name, pattern in _FOUND.items())
    return {name: ":".join(part for part in match.groups() if part) for name, match in found if match}


def _line_of(text: str, match: re.Match[str]) -> str:
    """The line in which something was found, without the address before it."""
    line = text[text.rfind("\n", 0, match.start()) + 1 :].partition("\n")[0]
    return re.sub(r"^.*? failed: (FATAL:\s+)?|^connection is bad: ", "", line)[-300:]
