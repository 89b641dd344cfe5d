"""The only place where parts meet: settings → store, words, clock, channels → desk, watch.

Each part gets its own small frozen options; nobody behind this line reads files, environment or clock.
"""

import os
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supporttui import channels, helpdesks, snapshot
from supporttui.channels import ChannelKind
from supporttui.clock import CorrectedClock, standing, system_clock, to_next_second
from supporttui.domain.faults import BadInput
from supporttui.domain.ids import PersonId
from supporttui.domain.people import Person
from supporttui.domain.spans import Instant
from supporttui.helpdesks import HelpdeskKind, HelpdeskLink
from supporttui.i18n import catalogue
from supporttui.i18n.catalogue import Words
from supporttui.settings import Loaded, Mouse, Symbols, default_database, fill, state_folder, system_zone
from supporttui.usecases import replay
from supporttui.usecases.ports import Channel, Clock

if TYPE_CHECKING:
    from supporttui.storage import SqlStore
    from supporttui.storage.feed import SqlFeed
    from supporttui.tui.parts import AppParts
    from supporttui.watch import Watch

Env = Mapping[str, str]
DEMO_OFFSET = "demo_offset"
"""Site setting: seconds by which a demo's night is ahead of the machine's clock."""


@dataclass(frozen=True, slots=True)
class Place:
    """A database that is open, and the clock that follows it."""

    store: "SqlStore"
    clock: Clock
    site: Mapping[str, str]
    """Settings of the site, kept in the database."""
    as_of: Instant | None = None
    """The instant at which a replayed world stands still."""
    skew: int = 0
    """Seconds by which the database's clock was ahead of this machine's."""
    follow: Callable[[Instant], object] = lambda _: None
    """Told the database's clock again, lets ``clock`` follow it."""


# --- words and places ---------------------------------------------------------------------------------


def words_of(loaded: Loaded, env: Env, *, language: str | None = None) -> Words:
    """The words of the person at this terminal; ``language`` is the option's."""
    return catalogue.load(language, zone_of(loaded, env), env, configured=loaded.settings.language or None)


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
    url: str, *, clock: CorrectedClock | None = None, create: bool = False, read_only: bool = False
) -> Place:
    """Open a database and let ``clock`` follow it; a demo's goes on in its own night.

    ``create`` makes the file and its tables if there are none.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was written.
    """
    # SQLAlchemy is the dearest import of all: the desk paints its first frame before it, in another thread.
    from supporttui.storage import open_store

    followed = clock or CorrectedClock(system_clock())
    store = open_store(url, clock=followed, create=create, read_only=read_only)
    with store.read() as tx:
        skew = followed.set_by(tx.now())
        site = tx.definitions.site()
    if store.dialect != "sqlite":
        return Place(store, followed, site, skew=skew, follow=followed.set_by)
    followed.move(int(site.get(DEMO_OFFSET, "0")))  # the clock is the database's, too
    return Place(store, followed, site)


def replayed(place: Place, at: Instant) -> Place:
    """The world as its journal tells it at an instant, in memory; the database itself is closed."""
    from supporttui.storage import memory_store  # as above

    clock = standing(at)
    store = memory_store(clock)
    with place.store.read() as source, store.write() as target:
        replay.rebuild(source, target, at)
    store.seal()
    place.store.close()
    return Place(store, clock, place.site, as_of=at)


def begin_night(
    place: Place, clock: CorrectedClock, start: Instant, build: "Callable[[SqlStore, Instant], object]"
) -> Place:
    """Let a new database's clock show ``start`` from now on, and fill it by ``build(store, start)``."""
    offset = start - clock()
    clock.move(offset)
    build(place.store, start)
    with place.store.write() as tx:
        tx.definitions.put_site({DEMO_OFFSET: str(offset)})
        site = tx.definitions.site()
    return Place(place.store, clock, site)


# --- schema -------------------------------------------------------------------------------------------


def upgrade(url: str) -> tuple[int, int]:
    """Bring the tables of a database to this program's version; the versions before (0: none) and after.

    Raises:
        StoreUnavailable, StoreUnfit, BadInput: ``store.…``; nothing was changed.
    """
    from supporttui.storage import migrate  # Alembic, which nothing else loads

    before = migrate.schema_state(url)
    migrate.upgrade(url)
    after = migrate.schema_state(url)
    return (before.schema_version if before else 0, after.schema_version if after else 0)


def schema_differences(url: str) -> tuple[str, ...]:
    """In what the tables of a database differ from this program's."""
    from supporttui.storage import migrate  # as above

    return migrate.check(url)


# --- channels, links, watch ---------------------------------------------------------------------------


def channels_of(loaded: Loaded) -> dict[str, Channel]:
    """The site's channels by name. Raises as ``settings.fill`` does."""
    return _made(loaded, "channels", channels.KINDS, default=channels.DEFAULT_KIND)


def links_of(loaded: Loaded) -> dict[str, HelpdeskLink]:
    """The other helpdesks by the name that references carry. Raises as ``settings.fill`` does."""
    return _made(loaded, "helpdesks", helpdesks.KINDS, default=helpdesks.DEFAULT_KIND)


def _made(
    loaded: Loaded, key: str, kinds: Mapping[str, ChannelKind] | Mapping[str, HelpdeskKind], *, default: str
) -> dict[str, Any]:
    made = {}
    for name, table in getattr(loaded.settings, key).items():
        at, options = f"{key}.{name}", dict(table)
        chosen = options.pop("kind", default)
        if chosen not in kinds:
            raise loaded.not_allowed(f"{at}.kind", found=str(chosen), allowed=", ".join(kinds))
        kind = kinds[chosen]
        made[name] = kind.make(name, fill(kind.options, options, at=at, origins=loaded.origins))
    return made


def build_watch(place: Place, loaded: Loaded, env: Env) -> "Watch":
    """The watch of a database, not yet running. Raises as ``settings.fill`` does."""
    # Only where somebody keeps watch: a verb starts faster without it.
    from supporttui.watch import Watch, WatchOptions

    def words_for(person: Person | None) -> Words:
        if person is None:
            return words_of(loaded, env)
        return catalogue.load(person.language, person.zone, {})

    return Watch(
        place.store,
        channels=channels_of(loaded),
        words_for=words_for,
        clock=place.clock,
        holder=f"{socket.gethostname()}:{os.getpid()}",
        feed=place.store.feed(),
        follow=place.follow,
        options=loaded.part(WatchOptions, "watch"),
    )


# --- desk ---------------------------------------------------------------------------------------------


def run_desk(parts: "AppParts") -> int:
    """Open the desk and stay until it is left; gives its exit code.

    Raises:
        SupportError: why the desk could not go on, once the terminal is its own again.
    """
    # Textual is loaded for a desk only: ``queue --json`` must never pay for it.
    from supporttui.tui.app import SupportApp
    from supporttui.tui.crash import crash_text

    app = SupportApp(parts)
    code = app.run(mouse=parts.options.mouse)
    if app.fault is not None:
        raise app.fault
    if app.crash is not None:
        sys.stderr.write(crash_text(app.words, parts.options.log) + "\n")
    return app.return_code or code or 0


def desk_parts(
    place: Place, loaded: Loaded, env: Env, *, me: PersonId, words: Words, argv: Sequence[str], encoding: str
) -> "AppParts":
    """What the desk on an open database is made of; on SQLite its watch comes along as a thread."""
    from supporttui.tui.parts import AppParts, DeskOptions  # with the desk

    settings, past = loaded.settings, place.as_of is not None
    alone = settings.read_only or past
    options = DeskOptions(
        theme=settings.theme,
        symbols="unicode" if unicode_of(loaded, encoding) else "ascii",
        page_delay=settings.page_delay,
        mouse=settings.mouse is Mouse.on or (settings.mouse is Mouse.auto and not env.get("SSH_CONNECTION")),
        keys=settings.keys,
        read_only=alone,
        as_of=place.as_of,
        snapshot="" if past else snapshot.place(argv, env),
        log=str(state_folder(env) / "supporttui.log"),
    )

    def open_store() -> "tuple[SqlStore, SqlFeed | None]":
        return place.store, None if past else place.store.feed()

    return AppParts(
        open_store=open_store, clock=place.clock, me=me, words=words,
        load_words=lambda language: spoken(loaded, env, language), options=options, to_next_second=to_next_second,
    )  # fmt: skip


def spoken(loaded: Loaded, env: Env, language: str) -> Words:
    """The words of one of our languages. Raises BadInput ``language.unknown``."""
    words = words_of(loaded, env, language=language)
    if words.language.split("_")[0] != language.replace("-", "_").split("_")[0].lower():
        raise BadInput("language.unknown", language=language[:40], allowed=", ".join(catalogue.languages()))
    return words
