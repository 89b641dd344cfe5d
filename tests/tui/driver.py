"""A small language for stories at the desk: ``await desk.press("a")``, ``desk.expect_message("Acknowledged")``."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from textual import events
from textual._compositor import LayoutUpdate
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import load
from supporttui.tui.app import SupportApp
from supporttui.tui.link import LinkState
from supporttui.tui.memory import Memory
from supporttui.tui.parts import AppParts, DeskOptions, Programs
from supporttui.tui.queue.screen import QueueScreen
from supporttui.tui.widgets.line import Line
from supporttui.usecases.ports import Store
from tests.builders import Desk, MovableClock

PATIENCE_SECONDS = 10
POLL_SECONDS = 0.001
XTERM = {"TERM": "xterm-256color"}
"""A terminal over some line: no tmux, no desktop."""


class Driven:
    """A desk that a test works at; its database is another desk's too (``other``)."""

    def __init__(self, app: SupportApp, *, other: Desk) -> None:
        self.app = app
        self.other = other
        self.clock = other.clock
        self._heard = 0

    # --- doing ----------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> "Driven":
        """Press keys, and let everything that follows from one happen before the next."""
        for key in keys:
            await self.send(key).settle()
        return self

    def send(self, key: str) -> "Driven":
        """Press a key, and wait for nothing."""
        driver = self.app._driver
        assert driver is not None
        driver.send_message(key_event(key))
        return self

    async def resize(self, width: int, height: int) -> "Driven":
        """The window has another size."""
        driver, size = self.app._driver, Size(width, height)
        assert isinstance(driver, HeadlessDriver)
        driver._size = size
        self.app.post_message(events.Resize(size, size))
        await self.settle()
        await self.until(lambda: self.app._resize_event is None)  # Textual gathers them for a moment
        return await self.settle()

    async def type(self, text: str) -> "Driven":
        """Type a text, letter by letter."""
        names = {" ": "space", ":": "colon", "-": "minus", "/": "slash", '"': "quotation_mark", ".": "full_stop"}
        return await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> "Driven":
        """Until no question and no write is on its way, no message waits, and nothing is left to paint.

        Textual's pilot waits for a processor at rest, a fiftieth of a second and more at every key; here nothing waits
        for a clock but for what the threads do.
        """
        ready = asyncio.get_running_loop()._ready  # type: ignore[attr-defined]
        async with asyncio.timeout(PATIENCE_SECONDS):
            while self.app.is_running and self.app._exception is None:
                await asyncio.sleep(POLL_SECONDS if self._threads_work else 0)
                if not (ready or self._threads_work or self._paints()):
                    break
        return self

    @property
    def _threads_work(self) -> bool:
        """Whether the database is asked, or what was committed is about to be told; not while it is away."""
        desk = self.app.desk
        return desk.busy or (desk._asked_at is not None and desk.link.state is LinkState.live)

    def _paints(self) -> bool:
        """Paint now what would be painted within the next sixtieth of a second; False if nothing is left."""
        screen = self.app.screen
        waits = (
            screen._layout_required or screen._scroll_required or screen._repaint_required
            or screen._recompose_required or screen._dirty_widgets or screen._callbacks
        )  # fmt: skip
        if waits:
            screen._on_timer_update()
        return bool(waits)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the threads work until something holds."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():  # noqa: ASYNC110  threads outside the loop are waited for
                await asyncio.sleep(POLL_SECONDS)

    async def tick(self, **spans: float) -> "Driven":
        """Time passes, and the desk's clock ticks once."""
        self.app.tick(self.clock.forward(**spans) if spans else self.clock())
        return await self.settle()

    async def hear(self) -> "Driven":
        """The feed wakes: what others committed since is told."""
        changed = self.other.store.changes(self._heard)
        self._heard = changed.seq
        self.app.changed(changed)
        return await self.settle()

    async def others(self, usecase: Callable[..., Any], *args: Any, by: str = "ben", **options: Any) -> Any:
        """Somebody else does something, and the feed tells."""
        result = self.other.do(usecase, *args, by=by, **options)
        await self.hear()
        return result

    # --- seeing ---------------------------------------------------------------------------------------

    @property
    def queue(self) -> QueueScreen:
        """The queue's screen, on top or not."""
        screen = self.app.screen_stack[0]
        assert isinstance(screen, QueueScreen)
        return screen

    @property
    def lines(self) -> list[str]:
        """What is on screen, line by line, windows above it included."""
        return screen_text(self.app)

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def message(self) -> str:
        """The message line."""
        return self.queue.query_one("#message", Line).text.strip()

    @property
    def status(self) -> str:
        """The first line."""
        return self.queue.query_one("#status", Line).text

    @property
    def footer(self) -> str:
        """The last line."""
        return self.queue.query_one("#footer", Line).text

    @property
    def ids(self) -> list[int]:
        """The numbers of the rows at hand, in their order."""
        return [row.id for row in self.queue.table.window.rows]

    @property
    def current(self) -> int | None:
        """The number under the cursor."""
        row = self.queue.table.current
        return None if row is None else row.id

    @property
    def cursor_line(self) -> int:
        """On which line of the list the cursor stands."""
        return self.queue.table.cursor - self.queue.table.top

    def stored(self, ticket: int) -> Any:
        """The ticket as the database has it."""
        with self.other.store.read() as tx:
            return tx.tickets.get(TicketId(ticket))

    # --- expecting ------------------------------------------------------------------------------------

    def expect_message(self, part: str) -> "Driven":
        """The message line says this."""
        assert part in self.message, (self.message, part)
        return self

    def expect(self, part: str) -> "Driven":
        """This is seen somewhere."""
        assert part in self.text, self.text
        return self


def key_event(name: str) -> events.Key:
    """What a terminal reports when the key of this name, or with this character, is pressed."""
    key = _character_to_key(name) if len(name) == 1 and not name.isalnum() else name
    try:
        character = unicodedata.lookup(_get_unicode_name_from_key(REPLACED_KEYS.get(key, key)))
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


def screen_text(app: SupportApp) -> list[str]:
    """The cells of the terminal as text, one line each."""
    screens = app._background_screens
    update = app.screen._compositor.render_update(full=True, screen_stack=screens)
    assert isinstance(update, LayoutUpdate)
    return ["".join(strip.text for strip in line) for line in update.strips]


def parts(
    store: Store,
    clock: MovableClock,
    *,
    language: str = "en",
    me: str = "ana",
    memory: Memory | None = None,
    env: Mapping[str, str] = XTERM,
    address: Callable[[str, str], str] = lambda *_: "",
    settings: Mapping[str, str] = MappingProxyType({}),
    **options: Any,
) -> AppParts:
    """A desk's parts without a feed and without a timer: the test is both."""
    return AppParts(
        open_store=lambda: (store, None), clock=clock, me=PersonId(me), words=load(language, "Europe/Berlin", {}),
        load_words=lambda tag: load(tag, "Europe/Berlin", {}), programs=options.pop("programs", Programs(env=env)),
        options=DeskOptions(**{"tick": 0, **options}),
        memory=memory or Memory(), address=address, settings=settings,
    )  # fmt: skip


@asynccontextmanager
async def at_desk(
    store: Store, clock: MovableClock, *, size: tuple[int, int] = (80, 24), **options: Any
) -> AsyncIterator[Driven]:
    """A desk that has its first page."""
    app = SupportApp(parts(store, clock, **options))
    async with app.run_test(size=size):
        driven = Driven(app, other=Desk(store, clock, prefix="other"))
        driven._heard = store.head()
        await driven.until(lambda: app.status is not None and driven.queue._answered)
        await driven.settle()
        clock.forward(seconds=5)
        yield driven


def instant(seconds: int) -> Instant:
    """Whole seconds as an instant."""
    return Instant(seconds)
