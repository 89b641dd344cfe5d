"""Looking after the tables of a database; loads Alembic."""

from supporttui.domain.faults import StoreUnfit
from supporttui.storage import migrate
from supporttui.storage.engine import Stamp


def upgrade(url: str) -> tuple[int, int]:
    """Bring the tables of a database to this program's version; the versions before (0: none) and after.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was changed.
    """
    before = _state(url)
    migrate.upgrade(url)
    after = migrate.schema_state(url)
    return (before.schema_version if before else 0, after.schema_version if after else 0)


def _state(url: str) -> Stamp | None:
    """What a database says of its schema; ``None`` also for a file that is not there yet."""
    try:
        return migrate.schema_state(url)
    except StoreUnfit as fault:
        if fault.code != "store.missing":
            raise
        return None


def schema_differences(url: str) -> tuple[str, ...]:
    """In what the tables of a database differ from this program's."""
    return migrate.check(url)
