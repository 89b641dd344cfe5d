"""Where the words come from and where the database is; opening it, and the clock that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING

from supporttui import usecases
from supporttui.clock import CorrectedClock, standing, system_clock
from supporttui.domain.faults import BadInput
from supporttui.domain.site import DEMO_OFFSET
from supporttui.domain.spans import Instant
from supporttui.i18n import catalogue
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded, Symbols, default_database, release, system_zone

if TYPE_CHECKING:
    from supporttui.storage import SqlStore
    from supporttui.storage.location import Secret
    from supporttui.usecases.ports import Clock

Env = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """A database that is open, and the clock that follows it."""

    store: SqlStore
    clock: Clock
    site: Mapping[str, str]
    """Settings of the site, kept in the database."""
    as_of: Instant | None = None
    """The instant at which a replayed world stands still."""
    skew: int = 0
    """Seconds by which the database's clock was ahead of this machine's."""
    follow: Callable[[Instant], int] = lambda _: 0
    """Told the database's clock again, lets ``clock`` follow it; gives the seconds between it and this machine's."""


# --- words and places ---------------------------------------------------------------------------------


def words_of(loaded: Loaded, env: Env, *, language: str | None = None) -> Words:
    """The words of the person at this terminal; ``language`` is the option's."""
    return catalogue.load(language, zone_of(loaded, env), env, configured=loaded.settings.language or None)


def configured_words(loaded: Loaded, env: Env) -> Words:
    """The words of the setting, else of the environment. Raises BadInput ``settings.not_allowed``."""
    words, wanted = words_of(loaded, env), loaded.settings.language
    if wanted and not _speaks(words, wanted):
        raise loaded.not_allowed("language", found=wanted[:40], allowed=", ".join(catalogue.languages()))
    return words


def _speaks(words: Words, language: str) -> bool:
    return words.language.split("_")[0] == re.split("[-_.@]", language)[0].lower()


def spoken(loaded: Loaded, env: Env, language: str) -> Words:
    """The words of one of our languages. Raises BadInput ``language.unknown``."""
    words = words_of(loaded, env, language=language)
    if not _speaks(words, language):
        raise BadInput("language.unknown", language=language[:40], allowed=", ".join(catalogue.languages()))
    return words


def zone_of(loaded: Loaded, env: Env) -> str:
    """The viewer's zone: as set, or the machine's."""
    return loaded.settings.zone or system_zone(env)


def database_of(loaded: Loaded, env: Env) -> str:
    """URL or path of the database: as set, or the one file of this person."""
    return loaded.settings.database or str(default_database(env))


def has_database(loaded: Loaded, env: Env) -> bool:
    """Whether a database was chosen: by a setting, or by the file being there already."""
    return bool(loaded.settings.database) or default_database(env).exists()


def unicode_of(loaded: Loaded, encoding: str) -> bool:
    """Whether signs beyond ASCII may be written: as set, or by the output's encoding."""
    if loaded.settings.symbols is Symbols.auto:
        return encoding.lower().replace("-", "").startswith("utf")
    return loaded.settings.symbols is Symbols.unicode


# --- store --------------------------------------------------------------------------------------------


def open_place(
    url: str,
    *,
    clock: CorrectedClock | None = None,
    create: bool = False,
    read_only: bool = False,
    secret: Secret | None = None,
) -> Place:
    """Open a database and let ``clock`` follow it; a demo's goes on in its own night.

    ``create`` makes the file and its tables if there are none; ``secret`` gives the password of a server's.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was written.
    """
    followed = clock or CorrectedClock(system_clock())
    store = _storage().open_store(url, clock=followed, create=create, read_only=read_only, secret=secret)
    with store.read() as tx:
        skew = followed.set_by(tx.now())
        site = tx.definitions.site()
    if create and (named := _name_release(store)):
        site = {**site, **named}
    if store.dialect != "sqlite":
        return Place(store, followed, site, skew=skew, follow=followed.follow)
    followed.move(int(site.get(DEMO_OFFSET, "0")))  # the clock is the database's, too
    return Place(store, followed, site)


def _name_release(store: SqlStore) -> dict[str, str]:
    """Let a database whose tables were just made count by this machine's zone rules; what it says now of itself."""
    with store.write() as tx:
        usecases.zone_data.note(tx, release())
        return tx.definitions.site()


def in_memory(clock: CorrectedClock) -> Place:
    """An empty database that nobody else sees and nothing is kept of."""
    return Place(_storage().memory_store(clock), clock, {})


def replayed(place: Place, at: Instant) -> Place:
    """The world as its journal tells it at an instant, in memory; the database itself is closed."""
    clock = standing(at)
    store = _storage().memory_store(clock)
    with store.write() as target:
        with place.store.read() as source:
            facts = usecases.replay.gather_past(source, target, at)
        usecases.replay.fold_past(facts, target, at)
    store.seal()
    place.store.close()
    return Place(store, clock, place.site, as_of=at)


def begin_night(
    place: Place, clock: CorrectedClock, start: Instant, build: Callable[[SqlStore, Instant], object]
) -> Place:
    """Let a new database's clock show ``start`` from now on, and fill it by ``build(store, start)``."""
    offset = start - clock()
    clock.move(offset)
    build(place.store, start)
    with place.store.write() as tx:
        tx.definitions.put_site({DEMO_OFFSET: str(offset)})
        site = tx.definitions.site()
    return Place(place.store, clock, site)


def _storage() -> ModuleType:
    # SQLAlchemy is the dearest import of all: the desk paints its first frame before it, in another thread.
    from supporttui import storage

    return storage
