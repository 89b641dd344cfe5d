"""Files that are written whole or not at all: beside the target first, private, then put in its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supporttui.domain.faults import Refused


def refuse_taken(target: Path, *, force: bool) -> None:
    """Look before the work is done whether a file may be written here.

    Raises:
        Refused: ``file.exists`` without ``force``; ``file.unwritable`` for a folder.
    """
    if target.is_dir():
        raise Refused("file.unwritable", file=str(target), reason=os.strerror(21))
    if not force and os.path.lexists(target):
        raise Refused("file.exists", file=str(target))


@contextmanager
def whole(target: Path, *, force: bool) -> Iterator[Path]:
    """An empty file beside the target, mode 0600; what stands in it at the end becomes the target.

    A link at the target's name is replaced or refused, never followed. Whoever is faster with the same name
    keeps it, unless ``force`` is given.

    Raises:
        Refused: ``file.exists`` or ``file.unwritable``; nothing is left behind.
    """
    refuse_taken(target, force=force)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600))
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        yield beside
        _to_disk(beside)
        _put(beside, target, force=force)
    except OSError as error:
        if error.filename not in (None, str(beside), str(target)):
            raise
        raise _unwritable(target, error) from None
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _unwritable(target: Path, error: OSError) -> Refused:
    return Refused("file.unwritable", file=str(target), reason=error.strerror or type(error).__name__)


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _put(beside: Path, target: Path, *, force: bool) -> None:
    if force:
        beside.replace(target)
        return
    try:
        os.link(beside, target)  # unlike a renaming it never takes the place of a file that came meanwhile
    except FileExistsError:
        raise Refused("file.exists", file=str(target)) from None
    except (PermissionError, NotImplementedError, OSError):
        # A file system without links; what came meanwhile is seen unless it comes in this very instant.
        refuse_taken(target, force=False)
        beside.replace(target)
