"""What is kept on this machine for when the database does not answer: small JSON files, for one login only.

Mode 0600, replaced whole. What is not ours in form, owner and mode is nothing at all.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MOST = 1_000_000
"""Bytes; a larger file is none of ours."""


def place(state: Path, kind: str, database: str) -> Path:
    """One file for each database; its name tells nothing of where that is."""
    return state / kind / hashlib.sha256(database.encode()).hexdigest()[:16]


def keep(path: Path, value: Mapping[str, Any]) -> None:
    """Put it on disk, whole or not at all; a folder that cannot be written keeps none."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(value, file)
        beside.replace(path)
    except OSError:
        return


def read(path: Path) -> dict[str, Any] | None:
    """What was kept; ``None`` if nothing was."""
    try:
        known = path.lstat()
        theirs = hasattr(os, "getuid") and known.st_uid != os.getuid()
        if known.st_mode & 0o077 or theirs or known.st_size > _MOST:
            return None
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
