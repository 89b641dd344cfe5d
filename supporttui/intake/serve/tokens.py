"""The tokens that open the intake: read from a file, compared without telling how far they fit."""

import base64
import binascii
import hmac
from collections.abc import Sequence
from pathlib import Path

from supporttui.domain.faults import Refused
from supporttui.secret_files import secret_lines

SHORTEST = 16


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
