"""A small language for stories at the desk: ``await desk.press("a")``, ``desk.expect_message("Acknowledged")``."""

import asyncio
import io
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import Any

from rich.console import Console
from textual.pilot import Pilot

from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import load
from supporttui.tui.app import SupportApp
from supporttui.tui.memory import Memory
from supporttui.tui.parts import AppParts, DeskOptions, Programs
from supporttui.tui.queue.screen import QueueScreen
from supporttui.tui.widgets.line import Line
from supporttui.usecases.ports import Store
from tests.builders import Desk, MovableClock

PATIENCE_SECONDS = 10
XTERM = {"TERM": "xterm-256color"}
"""A terminal over some line: no tmux, no desktop."""


class Driven:
    """A desk that a test works at; its database is another desk's too (``other``)."""

    def __init__(self, app: SupportApp, pilot: Pilot[int], *, other: Desk) -> None:
        self.app = app
        self.pilot = pilot
        self.other = other
        self.clock = other.clock
        self._heard = 0

    # --- doing ----------------------------------------------------------------------------------------

    async def press(self, *keys: str) -> "Driven":
        """Press keys and let everything that follows happen."""
        await self.pilot.press(*keys)
        return await self.settle()

    async def type(self, text: str) -> "Driven":
        """Type a text, letter by letter."""
        names = {" ": "space", ":": "colon", "-": "minus", "/": "slash", '"': "quotation_mark", ".": "full_stop"}
        return await self.press(*(names.get(letter, letter) for letter in text))

    async def settle(self) -> "Driven":
        """Until no question and no write is on its way and nothing is left to paint."""
        await self.until(lambda: not self.app.desk.busy)
        await self.pilot.pause()
        await self.until(lambda: not self.app.desk.busy)
        await self.pilot.pause()
        return self

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the threads work until something holds."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not true():  # noqa: ASYNC110  threads outside the loop are waited for
                await asyncio.sleep(0.002)

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


def screen_text(app: SupportApp) -> list[str]:
    """The cells of the terminal as text, one line each."""
    width, height = app.size
    console = Console(
        width=width,
        height=height,
        file=io.StringIO(),
        force_terminal=True,
        color_system=None,
        record=True,
        legacy_windows=False,
    )
    update = app.screen._compositor.render_update(full=True, screen_stack=app._background_screens)
    console.print(update)
    return console.export_text().split("\n")[:height]


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
    async with app.run_test(size=size) as pilot:
        driven = Driven(app, pilot, other=Desk(store, clock, prefix="other"))
        driven._heard = store.head()
        await driven.until(lambda: app.status is not None and driven.queue._answered)
        await driven.settle()
        clock.forward(seconds=5)
        yield driven


def instant(seconds: int) -> Instant:
    """Whole seconds as an instant."""
    return Instant(seconds)
