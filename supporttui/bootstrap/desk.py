"""The desk: everything that Textual needs from the rest of the house."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from supporttui import bootstrap, kept, snapshot
from supporttui.bootstrap.draft_folder import draft_folder
from supporttui.bootstrap.places import Env, Place, database_of, open_place, spoken, unicode_of
from supporttui.bootstrap.wishes import check_wishes, commands_of, keys_of, notify_of
from supporttui.clock import to_next_second
from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.settings import KEYS, Loaded, Mouse, release, state_folder
from supporttui.tui.app import SupportApp
from supporttui.tui.crash import crash_text
from supporttui.tui.memory import Memory
from supporttui.tui.parts import AppParts, DeskOptions, Export, Exported, Programs

if TYPE_CHECKING:
    from supporttui.usecases.ports import Clock, Feed, Store, Transaction
    from supporttui.usecases.views import Ask
    from supporttui.watch import Watch


@dataclass(frozen=True, slots=True)
class Start:
    """What a desk starts from; ``opening`` is called in its database thread, behind the first frame."""

    opening: Callable[[], Place]
    clock: Clock
    me: PersonId
    words: Words
    argv: Sequence[str]
    encoding: str
    database: str
    """Its path or URL: what is typed for one is not offered at another."""
    drafts: Path | None = None
    """Folder for what is typed and not yet sent; ``None``: with the person's state."""
    as_of: Instant | None = None


def run_desk(start: Start, loaded: Loaded, env: Env) -> int:
    """Open the desk and stay until it is left; gives its exit code.

    Raises:
        SupportError: why the desk could not begin, or could not go on, once the terminal is its own again.
    """
    check_wishes(loaded)
    options = _options(start, loaded, env)
    company = _Company(start, loaded, env, keeps_watch=not options.read_only)
    app = SupportApp(
        AppParts(
            open_store=company.open, clock=start.clock, me=start.me, words=start.words,
            load_words=lambda language: spoken(loaded, env, language), options=options, to_next_second=to_next_second,
            follow=company.follow, programs=_programs(loaded, env),
            export=_export_by(start.clock), address=_address_of(loaded), settings=_told(loaded),
            zone_data=release(), memory=Memory(str(state_folder(env) / "desk")),
        )
    )  # fmt: skip
    try:
        code = app.run(mouse=options.mouse)
    finally:
        company.leave()
    if app.fault is not None:
        raise app.fault
    if app.crash is not None:
        sys.stderr.write(crash_text(app.words, options.log) + "\n")
    return app.return_code or code or 0


def _options(start: Start, loaded: Loaded, env: Env) -> DeskOptions:
    settings, past = loaded.settings, start.as_of is not None
    made_up = start.drafts is not None  # a demo's people are nobody to call
    return DeskOptions(
        theme=settings.theme,
        symbols="unicode" if unicode_of(loaded, start.encoding) else "ascii",
        page_delay=settings.page_delay,
        mouse=settings.mouse is Mouse.on or (settings.mouse is Mouse.auto and not env.get("SSH_CONNECTION")),
        clipboard=settings.clipboard.value,
        links=settings.links.value,
        accessibility=settings.accessibility,
        notify=notify_of(loaded),
        keys=keys_of(loaded),
        commands=commands_of(loaded),
        read_only=settings.read_only or past,
        as_of=start.as_of,
        snapshot="" if past else snapshot.place(start.argv, env),
        kept="" if past or made_up else str(kept.place(state_folder(env), "continuity", database_of(loaded, env))),
        drafts="" if past else str(start.drafts or draft_folder(start.database, start.me, env)),
        log=str(state_folder(env) / "supporttui.log"),
    )


def _told(loaded: Loaded) -> Mapping[str, str]:
    """What is set, as text, for whoever looks for it; the database is left out, it may hold a password."""
    values = {key: getattr(loaded.settings, key) for key in KEYS if key != "database"}
    return {key: str(value) for key, value in values.items() if isinstance(value, str | int)}


def _export_by(clock: Clock) -> Export:
    """Writes what a list shows, as of the desk's clock."""

    def export(tx: Transaction, ask: Ask, file: str, words: Words) -> Exported:
        return Exported(*bootstrap.exports.from_the_desk(tx, ask, file, words=words, now=clock()))

    return export


def _address_of(loaded: Loaded) -> Callable[[str, str], str]:
    """The addresses of other systems' tickets, as the site maps them."""

    def address(system: str, key: str) -> str:
        link = bootstrap.outside.links_of(loaded).get(system)
        return link.address(key) if link is not None else ""

    return address


def _programs(loaded: Loaded, env: Env) -> Programs:
    """The person's editor and pager: as set, or as every program finds them."""
    settings = loaded.settings
    editor = settings.editor or env.get("VISUAL") or env.get("EDITOR", "")
    return Programs(editor, settings.pager or env.get("PAGER", ""), env, folder=str(state_folder(env)))


class _Company:
    """The desk's database and, on SQLite, the watch beside it: there may be no other."""

    def __init__(self, start: Start, loaded: Loaded, env: Env, *, keeps_watch: bool) -> None:
        self._start = start
        self._loaded = loaded
        self._env = env
        self._keeps_watch = keeps_watch
        self._watch: Watch | None = None
        self._place: Place | None = None
        self._follow: Callable[[Instant], int] = lambda _: 0

    def open(self) -> tuple[Store, Feed | None]:
        place = self._start.opening()
        if place.as_of is not None:
            return place.store, None
        self._follow = place.follow
        if self._keeps_watch and self._watch is None and place.store.dialect == "sqlite":
            # Connections of its own, so that the desk may close those that it was given.
            self._place = open_place(place.store.url)
            self._watch = bootstrap.watching.build_watch(self._place, self._loaded, self._env)
            self._watch.start()
        return place.store, place.store.feed()

    def follow(self, now: Instant) -> int:
        """Let the desk's clock follow the database's; the seconds by which it is ahead of this machine's."""
        return self._follow(now)

    def leave(self) -> None:
        if self._watch is not None and self._place is not None:
            self._watch.stop()
            self._watch.join()
            self._place.store.close()
