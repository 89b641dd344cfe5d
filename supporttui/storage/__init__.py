"""The only place that speaks SQL: fulfils the ports of ``usecases/ports.py`` on SQLite and PostgreSQL."""

from supporttui.storage.store import SqlStore, memory_store, open_store

__all__ = ["SqlStore", "memory_store", "open_store"]
