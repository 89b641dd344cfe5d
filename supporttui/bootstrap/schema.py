"""Looking after the tables of a database; loads Alembic."""

from dataclasses import dataclass

from supporttui.bootstrap.copies import before_change
from supporttui.domain.faults import StoreUnfit
from supporttui.domain.spans import Instant
from supporttui.storage import migrate
from supporttui.storage.engine import Stamp
from supporttui.storage.location import Secret, SqliteFile, locate
from supporttui.storage.schema import SCHEMA_VERSION


@dataclass(frozen=True, slots=True)
class Upgraded:
    """The versions of the tables before (0: none) and after, and the copy that was made in between."""

    before: int
    after: int
    backup: str = ""
    """A file beside the database; empty where nothing was changed, or on a server."""


def upgrade(url: str, now: Instant, *, secret: Secret | None = None) -> Upgraded:
    """Bring the tables of a database to this program's version; an SQLite file is copied first.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was changed.
        Refused: ``file.unwritable`` where there is no room for the copy.
    """
    found, location, kept = _state(url, secret), locate(url), ""
    before = found.schema_version if found else 0
    if 0 < before < SCHEMA_VERSION and isinstance(location, SqliteFile):
        kept = before_change(location, now)
    migrate.upgrade(url, secret)
    after = migrate.schema_state(url, secret)
    return Upgraded(before, after.schema_version if after else 0, kept)


def _state(url: str, secret: Secret | None) -> Stamp | None:
    """What a database says of its schema; ``None`` also for a file that is not there yet."""
    try:
        return migrate.schema_state(url, secret)
    except StoreUnfit as fault:
        if fault.code != "store.missing":
            raise
        return None


def schema_differences(url: str, secret: Secret | None = None) -> tuple[str, ...]:
    """In what the tables of a database differ from this program's."""
    return migrate.check(url, secret)


def repair(url: str, secret: Secret | None = None) -> None:
    """Make anew what is kept beside tickets and journal: searched texts, their index, counts of open tickets."""
    migrate.repair(url, secret)


def is_old(version: int) -> bool:
    """Whether tables of this version have to be brought up to date before they are worked on."""
    return version < SCHEMA_VERSION
