"""Where a database is: a file of this host, or a PostgreSQL server."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from supporttui.domain.faults import BadInput, StoreUnfit

_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "ncpfs",
    "gfs2", "ocfs2", "beegfs", "davfs",
})  # fmt: skip
"""File systems whose locks several hosts must agree on, which they do not reliably."""
_MOUNTS = Path("/proc/self/mountinfo")


Secret = Callable[[], str]
"""Gives the password of a database; raises a fault of its own."""


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A database in one file, shared by the people of one host."""

    path: Path

    def __str__(self) -> str:
        return f"sqlite:///{self.path}"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A database of a PostgreSQL server; the address holds no password."""

    url: URL
    secret: Secret | None = field(default=None, repr=False, compare=False)
    """Asked for the password at each connection; ``None`` leaves it to the pass file, the service file or the host."""

    def __str__(self) -> str:
        return self.url.set(drivername="postgresql").render_as_string(hide_password=True)


def locate(url: str, secret: Secret | None = None) -> SqliteFile | Postgres:
    """Read ``sqlite:///path``, a bare path, or ``postgresql://…``; ``secret`` is of use to a server only.

    Raises:
        BadInput: ``store.password_in_url`` (arguments are seen by every user of the host) or
            ``store.url``.
    """
    if "://" not in url:
        if not url.strip():
            raise BadInput("store.url", url=url)
        return SqliteFile(Path(url).expanduser().absolute())
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise BadInput("store.url", url=url.rsplit("@", maxsplit=1)[-1][:120]) from None
    if parsed.password or "password" in parsed.query:
        raise BadInput("store.password_in_url")
    match parsed.get_backend_name():
        case "sqlite" if parsed.database:
            return SqliteFile(Path(parsed.database).expanduser().absolute())
        case "postgresql" | "postgres":
            return Postgres(parsed.set(drivername="postgresql+psycopg"), secret)
        case _:
            raise BadInput("store.url", url=url[:120])


def refuse_network(path: Path, mounts: str | None = None) -> None:
    """Refuse a file on a network file system: locks are unreliable there, and a commit may be lost.

    ``mounts`` is the text of ``/proc/self/mountinfo``; where the host has none, nothing is known.

    Raises:
        StoreUnfit: ``store.network_file``.
    """
    if mounts is None:
        if not _MOUNTS.exists():
            return
        mounts = _MOUNTS.read_text(errors="replace")
    kind = _file_system(os.path.realpath(path), mounts)
    if kind in _NETWORK or kind.startswith(("fuse.sshfs", "fuse.rclone", "fuse.gluster", "fuse.s3")):
        raise StoreUnfit("store.network_file", path=str(path), kind=kind)


def _file_system(path: str, mounts: str) -> str:
    """Type of the file system on which the longest mount point above a path lies."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields, _, rest = line.partition(" - ")
        parts = fields.split()
        if len(parts) < 5 or not rest:
            continue
        point = parts[4].replace("\\040", " ")
        inside = path == point or path.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, rest.split()[0]
    return kind
