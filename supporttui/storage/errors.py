"""Errors of database libraries, translated to faults at the border; what is a bug stays what it is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from supporttui.domain.faults import BadInput, Forbidden, StoreUnavailable, StoreUnfit, SupportError

_SQLITE: tuple[tuple[str, str], ...] = (
    ("is locked", "store.locked"),
    ("disk is full", "store.disk_full"),
    ("readonly database", "store.read_only"),
    ("query_only", "store.read_only"),
    ("unable to open", "store.unreachable"),
    ("disk i/o error", "store.unreachable"),
    ("interrupted", "store.timeout"),
)
_SQLITE_UNFIT: tuple[tuple[str, str], ...] = (
    ("no such module: fts5", "store.no_full_text"),  # read with a library that is not the one it was made with
    ("not a database", "store.not_ours"),
    ("malformed", "store.damaged"),
)

_POSTGRES: Mapping[str, str] = {
    "53100": "store.disk_full",
    "57014": "store.timeout",
    "25P03": "store.timeout",
    "55P03": "store.locked",
    "40001": "store.locked",
    "40P01": "store.locked",
    "25006": "store.read_only",
    "53300": "store.too_many",
}
"""SQLSTATE → code; class 08 and 57P are connections that went away."""


@contextmanager
def translated() -> Iterator[None]:
    """Everything inside raises faults instead of library errors."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable("store.locked") from error
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise StoreUnfit("store.driver_missing", extra="postgres") from error


def fault_of(error: DBAPIError) -> SupportError | None:
    """The fault behind a library error; ``None`` for what only a bug can cause."""
    state = getattr(error.orig, "sqlstate", None)
    if state:
        return _by_state(state, error)
    text = str(error.orig).lower()
    for part, code in _SQLITE_UNFIT:
        if part in text:
            return StoreUnfit(code)
    for part, code in _SQLITE:
        if part in text:
            return StoreUnavailable(code, reason=_reason(error))
    if type(error.orig).__module__.startswith("psycopg"):
        return _by_psycopg(error)
    return None


def _by_psycopg(error: DBAPIError) -> SupportError | None:
    kind = type(error.orig).__name__
    if kind in _LOST:
        return StoreUnavailable("store.unreachable", reason=_reason(error))
    if kind == "ProgrammingError" and error.statement is None:
        return BadInput("store.option", reason=_reason(error))
    return None


_LOST = ("OperationalError", "ConnectionTimeout", "InterfaceError")
"""Errors of psycopg without a state: no connection came about, or it went away."""


def _reason(error: DBAPIError) -> str:
    """The library's, the server's or the network's own words; libpq tells no code where a connection fails.

    Of several addresses that were tried, the last one's; libpq's hints stand indented below each.
    """
    lines = [line for line in str(error.orig).splitlines() if line and not line[0].isspace()]
    return lines[-1].removeprefix("- ")[-300:] if lines else ""


def _by_state(state: str, error: DBAPIError) -> SupportError | None:
    if state == "42501":
        return Forbidden("store.forbidden")
    code = "store.unreachable" if state.startswith(("08", "57P")) else _POSTGRES.get(state)
    return StoreUnavailable(code, reason=_reason(error)) if code else None


def is_locked(error: SQLAlchemyError) -> bool:
    """Whether another process held the lock for all of the time we waited."""
    return isinstance(error, DBAPIError) and "is locked" in str(error.orig)
