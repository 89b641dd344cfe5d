"""Secrets in files of their own: refused where others could read them."""

import os
import stat
from pathlib import Path

from supporttui.domain.faults import Refused

_MOST_BYTES = 65_536


def secret_lines(path: Path) -> tuple[str, ...]:
    """The lines of a file with secrets, without empty ones and comments.

    Raises:
        Refused: ``secret.file`` if it cannot be read, ``secret.open`` if others may read it.
    """
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            data = file.read(_MOST_BYTES)
    except OSError as fault:
        raise Refused("secret.file", file=str(path), reason=fault.strerror or "") from None
    if not stat.S_ISREG(found.st_mode) or found.st_mode & 0o077:
        raise Refused("secret.open", file=str(path))
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
