"""``doctor --bundle``: the report and the log in one archive, for whoever helps; no ticket, no secret in it.

The log of ours holds where a fault was, never what was in hand: of each traceback only the places are packed.
"""

import io
import json
import os
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from supporttui.cli.session import Session
from supporttui.domain.faults import BadInput
from supporttui.settings import KEYS, state_folder
from supporttui.settings.secrets import without_secrets

_LOG_BYTES = 200_000
_PLACE = re.compile(r'^  File "[^"]*", line \d+, in [\w<>.]+$')
_KIND = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Interrupt|Fault|Unavailable|Unfit|Refused|Conflict|Exit))\b")


def write(path: Path, *, text: str, report: Mapping[str, Any], session: Session) -> None:
    """Write the archive; only its owner may read it.

    Raises:
        BadInput: ``config.exists`` for a file that is there; ``settings.unwritable``.
    """
    parts = {
        "report.txt": text,
        "report.json": json.dumps(_redacted(report), indent=2, default=str),
        "in-force.json": json.dumps(_settings(session), indent=2, default=str),
        "log.txt": "\n".join(places_of_faults(_tail(state_folder(session.env) / "supporttui.log"))),
    }
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BadInput("config.exists", file=str(path)) from None
    except OSError as error:
        raise BadInput("settings.unwritable", file=str(path), reason=error.strerror or "") from None
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
        for name, content in parts.items():
            data = without_secrets(content).encode("utf-8", "backslashreplace")
            entry = tarfile.TarInfo(f"supporttui/{name}")
            entry.size, entry.mode, entry.mtime = len(data), 0o600, session.clock()
            archive.addfile(entry, io.BytesIO(data))


def places_of_faults(log: str) -> Iterator[str]:
    r"""Of a log the places in our code and the kinds of what went wrong; not a word of what was said.

    >>> list(places_of_faults('  File "a.py", line 3, in f\n    secret = 1\nValueError: T-1042 Payment fails'))
    ['  File "a.py", line 3, in f', 'ValueError']
    """
    for line in log.splitlines():
        if _PLACE.match(line):
            yield line
        elif kind := _KIND.match(line):
            yield kind[1]


def _tail(path: Path) -> str:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _LOG_BYTES))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def _settings(session: Session) -> Mapping[str, Any]:
    """What is set and by what, secrets hidden; nothing where it cannot be read."""
    try:
        loaded = session.loaded
    except BadInput:
        return {}
    return {
        key: {"value": without_secrets(getattr(loaded.settings, key), key), "from": loaded.place_of(key) or "default"}
        for key in KEYS
    }


def _redacted(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """The report without secrets in its texts."""
    redacted: Mapping[str, Any] = without_secrets(report)
    return redacted
