"""What can be set of the intake on a machine; what a source says is data of the site instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Security(StrEnum):
    """How the connection is made safe."""

    tls = "tls"
    starttls = "starttls"
    none = "none"
    """Not at all: for a server on this machine."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail comes in; the key of its table is the id of its source."""

    host: str
    user: str
    port: int = 993
    security: Security = Security.tls
    password_file: str = ""
    """A file that only you may read, with the password on its first line."""
    folder: str = "INBOX"
    done: str = ""
    """A folder into which what was taken in is moved; empty: it stays where it is, read."""
    addresses: tuple[str, ...] = ()
    """Its own addresses: mail from them is our own, and left out."""
    every: int = field(default=30, metadata={"least": 5, "most": 86_400})
    """Seconds between two looks."""
    seconds: float = 20.0
    """The longest wait for an answer of the server."""


@dataclass(frozen=True, slots=True)
class IntakeOptions:
    """``[intake]`` of the settings."""

    host: str = "127.0.0.1"
    """Where to listen; beyond this machine only behind something that encrypts."""
    port: int = field(default=8425, metadata={"least": 0, "most": 65_535})
    token_file: str = ""
    """A file that only you may read, with a token on each line."""
    bytes: int = field(default=1 << 20, metadata={"least": 1_000, "most": 1 << 26})
    """The largest message."""
    seconds: int = field(default=10, metadata={"least": 1, "most": 600})
    """The longest that one request may take."""
    connections: int = field(default=32, metadata={"least": 1, "most": 1_000})
    """At once."""
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict)
    """Source → where its mail comes in."""
