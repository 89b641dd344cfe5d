"""Where what is typed and not sent is kept: for each person and database apart."""

import zlib
from collections.abc import Mapping
from pathlib import Path

from supporttui.settings import state_folder


def draft_folder(database: str, me: str, env: Mapping[str, str]) -> Path:
    """One folder for each person and database: the ticket numbers of two databases must not meet."""
    path = database.removeprefix("sqlite:///")
    place = database if "://" in path else str(Path(path).absolute())
    return state_folder(env) / "drafts" / f"{zlib.crc32(f'{place} {me}'.encode()):08x}"
