"""What a desk remembers from one start to the next: a few lines under a name, in the person's state folder.

Mode 0600. What cannot be read or written is not remembered; no start and no key fails because of it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from supporttui.domain.text import safe_text

MOST_BYTES = 200_000


class Memory:
    """The lines in one folder; without a folder they live as long as the desk."""

    def __init__(self, folder: str = "") -> None:
        self._folder = folder
        self._kept: dict[str, tuple[str, ...]] = {}

    def lines(self, name: str) -> tuple[str, ...]:
        """What was kept under a name, cleaned; nothing if there is none."""
        if name not in self._kept:
            self._kept[name] = self._read(name)
        return self._kept[name]

    def keep(self, name: str, lines: Sequence[str]) -> None:
        """Keep these lines instead of those before."""
        self._kept[name] = tuple(lines)
        if not self._folder:
            return
        beside = os.path.join(self._folder, f".{name}.{os.getpid()}")
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.writelines(f"{line}\n" for line in lines)
            os.replace(beside, os.path.join(self._folder, name))
        except OSError:
            with suppress(OSError):
                os.unlink(beside)

    def _read(self, name: str) -> tuple[str, ...]:
        if not self._folder:
            return ()
        try:
            with open(os.path.join(self._folder, name), encoding="utf-8", errors="replace") as file:
                text = file.read(MOST_BYTES)
        except OSError:
            return ()
        return tuple(safe_text(line, one_line=True, limit=2000) for line in text.split("\n") if line.strip())
