"""What a database says of itself, for ``doctor``, and who it takes this connection for."""

import os
import stat
from typing import Any

from sqlalchemy import Connection, func, select

from supporttui.storage.sqlite import free_of_wal_race, library


def login(connection: Connection) -> str:
    """The login of a PostgreSQL session; empty on SQLite, which has none."""
    if connection.dialect.name == "sqlite":
        return ""
    return str(connection.execute(select(func.session_user())).scalar_one())


def about(connection: Connection) -> dict[str, str]:
    """Versions and modes by name, as plain text."""
    if connection.dialect.name != "sqlite":
        server = connection.exec_driver_sql("SHOW server_version").scalar_one()
        driver: Any = connection.connection.driver_connection
        tls = str(bool(driver.pgconn.ssl_in_use)).lower()
        return {"server": f"PostgreSQL {server}", "login": login(connection), "tls": tls}
    chosen = library()
    file = connection.exec_driver_sql("PRAGMA database_list").all()[0][2]
    return {
        "file_mode": f"{stat.S_IMODE(os.stat(file).st_mode):04o}" if file else "-",  # noqa: PTH116
        "library": f"SQLite {chosen.sqlite_version} ({chosen.__name__.split('.')[0]})",
        "journal_mode": str(connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()),
        "wal_safe": str(free_of_wal_race(chosen.sqlite_version_info)).lower(),
    }
