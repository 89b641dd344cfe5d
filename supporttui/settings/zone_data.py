"""The only reader of which release of the world's zone rules this machine has."""

import zoneinfo
from importlib import metadata
from pathlib import Path

_FIRST_LINE = "# version "


def release() -> str:
    """Such as ``2026a``; empty where it cannot be told.

    zoneinfo takes the machine's own files, and the package ``tzdata`` only where there are none.
    """
    for folder in zoneinfo.TZPATH:
        if (Path(folder) / "Etc").is_dir():
            return _of_folder(Path(folder))
    try:
        year, letter = metadata.version("tzdata").split(".")[:2]
    except (metadata.PackageNotFoundError, ValueError):
        return ""
    return f"{year}{chr(ord('a') + int(letter) - 1)}" if letter.isdigit() else ""


def _of_folder(folder: Path) -> str:
    try:
        with (folder / "tzdata.zi").open(encoding="ascii", errors="replace") as file:
            first = file.readline(40).strip()
    except OSError:
        return ""
    return first.removeprefix(_FIRST_LINE) if first.startswith(_FIRST_LINE) else ""
