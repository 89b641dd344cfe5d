"""The last good answer to who is on call, on this machine: shown with its age while the database does not answer."""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supporttui.cli.session import Session
from supporttui.domain.spans import Instant
from supporttui.settings import places

_MOST = 1_000_000
"""Characters; a larger file is none of ours."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was shown, and when."""

    at: Instant
    text: str
    shape: dict[str, Any]


def keep(session: Session, kept: Kept) -> None:
    """Put it on disk, whole or not at all, for this login only; a folder that cannot be written keeps none."""
    path = _path(session)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"at": kept.at, "text": kept.text, "shape": kept.shape}, file)
        beside.replace(path)
    except OSError:
        return


def read(session: Session) -> Kept | None:
    """What was kept of this database; ``None`` if nothing was, or if it is not ours in form, owner and mode."""
    path = _path(session)
    try:
        known = path.lstat()
        theirs = hasattr(os, "getuid") and known.st_uid != os.getuid()
        if known.st_mode & 0o077 or theirs or known.st_size > _MOST:
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
        return Kept(Instant(int(found["at"])), str(found["text"]), dict(found["shape"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(session: Session) -> Path:
    """One file for each database; its name tells nothing of where that is."""
    name = hashlib.sha256(session.url.encode()).hexdigest()[:16]
    return Path(places.state_folder(session.env)) / "oncall" / name
