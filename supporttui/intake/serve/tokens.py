"""Secrets in files of their own: refused where others could read them, compared without telling how far they fit."""

import base64
import binascii
import hmac
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from supporttui.domain.faults import Refused

SHORTEST = 16
_MOST_BYTES = 65_536


def secret_lines(path: Path) -> tuple[str, ...]:
    """The lines of a file with secrets, without empty ones and comments.

    Raises:
        Refused: ``intake.secret_file`` if it cannot be read, ``intake.secret_open`` if others may read it.
    """
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            data = file.read(_MOST_BYTES)
    except OSError as fault:
        raise Refused("intake.secret_file", file=str(path), reason=fault.strerror or "") from None
    if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
        raise Refused("intake.secret_open", file=str(path))
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def tokens(path: Path) -> tuple[str, ...]:
    """The tokens that open the intake, one a line: an old and a new one may both hold for a while.

    Raises:
        Refused: as ``secret_lines``; ``intake.no_token``, ``intake.short_token``.
    """
    found = secret_lines(path)
    if not found:
        raise Refused("intake.no_token", file=str(path))
    if any(len(token) < SHORTEST for token in found):
        raise Refused("intake.short_token", file=str(path), least=SHORTEST)
    return found


def opens(header: str, known: Sequence[str]) -> bool:
    """Whether an ``Authorization`` header has one of the tokens: as ``Bearer``, or as the password of ``Basic``."""
    scheme, _, given = header.strip().partition(" ")
    found = given.strip()
    if scheme.casefold() == "basic":
        found = _password(found)
    elif scheme.casefold() != "bearer":
        found = ""
    each = [hmac.compare_digest(found.encode(), token.encode()) for token in known]
    return any(each)


def _password(given: str) -> str:
    try:
        return base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
