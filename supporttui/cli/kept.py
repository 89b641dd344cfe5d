"""The last good answer to who is on call, on this machine: shown with its age while the database does not answer."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supporttui import kept
from supporttui.bootstrap import places
from supporttui.cli.session import Session
from supporttui.domain.faults import StoreUnavailable, StoreUnfit, SupportError
from supporttui.domain.spans import Instant
from supporttui.settings import state_folder


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was shown, and when."""

    at: Instant
    text: str
    shape: dict[str, Any]


def keep(session: Session, found: Kept) -> None:
    """Put it on disk, whole or not at all, for this login only."""
    kept.keep(path(session, "oncall"), {"at": found.at, "text": found.text, "shape": found.shape})


def read(session: Session) -> Kept | None:
    """What was kept of this database; ``None`` if nothing was, or if it is not ours."""
    found = kept.read(path(session, "oncall"))
    try:
        return None if found is None else Kept(Instant(int(found["at"])), str(found["text"]), dict(found["shape"]))
    except (ValueError, KeyError, TypeError):
        return None


def path(session: Session, kind: str) -> Path:
    """By the database as it is set, which is known without it."""
    return kept.place(Path(state_folder(session.env)), kind, places.database_of(session.loaded, session.env))


def is_away(fault: SupportError) -> bool:
    """Whether it says that the database is not there: no answer, or no file where it was."""
    return isinstance(fault, StoreUnavailable) or (isinstance(fault, StoreUnfit) and fault.code == "store.missing")
