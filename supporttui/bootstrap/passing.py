"""A database for the time being: on disk, private, and gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from supporttui.clock import standing
from supporttui.domain.spans import Instant
from supporttui.storage import SqlStore, open_store


@contextmanager
def passing(now: Instant) -> Iterator[SqlStore]:
    """An empty SQLite database whose clock stands."""
    with tempfile.TemporaryDirectory(prefix="supporttui-", ignore_cleanup_errors=True) as folder:
        store = open_store(str(Path(folder) / "passing.db"), clock=standing(now), create=True)
        with closing(store):
            yield store
