"""Writing one setting into the person's file, which keeps its comments and its order."""

import os
from collections.abc import Mapping
from pathlib import Path

from supporttui.domain.faults import BadInput
from supporttui.settings.places import config_path


def remember(env: Mapping[str, str], key: str, value: str | list[str]) -> Path:
    """Set ``key`` in the person's file, making it if need be (mode 0600); gives the file.

    Raises:
        BadInput: ``settings.unwritable``.
    """
    import tomlkit  # only where something is written; reading settings must stay quick

    path = config_path(env)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        document[key] = value
        beside = path.with_suffix(f".{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(tomlkit.dumps(document), "utf-8")
        beside.replace(path)
    except OSError as error:
        raise BadInput("settings.unwritable", file=str(path), reason=error.strerror or "") from None
    return path
