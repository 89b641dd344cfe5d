"""Looking after the tables of a database; loads Alembic."""

from supporttui.storage import migrate


def upgrade(url: str) -> tuple[int, int]:
    """Bring the tables of a database to this program's version; the versions before (0: none) and after.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was changed.
    """
    before = migrate.schema_state(url)
    migrate.upgrade(url)
    after = migrate.schema_state(url)
    return (before.schema_version if before else 0, after.schema_version if after else 0)


def schema_differences(url: str) -> tuple[str, ...]:
    """In what the tables of a database differ from this program's."""
    return migrate.check(url)
