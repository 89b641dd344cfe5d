"""What leaves the desk for another program: by the clipboard, or shown to be marked by hand; links to other systems."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import App, ComposeResult
from textual.events import Resize

from supporttui.domain.ids import TicketId
from supporttui.domain.text import safe_text
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.batch import Target
from supporttui.tui.clipboard import Way, copy
from supporttui.tui.copied import FORMS, Copier, Link
from supporttui.tui.frame import Frame
from supporttui.tui.panes.wrap import filled
from supporttui.tui.terminal import has_windows
from supporttui.tui.widgets.lines import Lines
from supporttui.tui.widgets.message_line import Severity
from supporttui.tui.windows.prompt import LineChoice, Option
from supporttui.tui.windows.titled import TitledWindow, WindowText
from supporttui.usecases import queue
from supporttui.usecases.ports import Transaction
from supporttui.usecases.views import TicketDetail

FORM_KEYS = {"id": "i", "link": "l", "line": "n", "markdown": "m", "json": "j"}
LONGEST = 1_000_000
"""Characters that are copied at once."""
MOST_TOGETHER = 200
"""Tickets copied at once."""
TOLD = "told"
"""Under this name the desk remembers what it needs to say only once."""
MOUSE_OFF, MOUSE_ON = (
    "".join(f"\x1b[?{mode}{end}" for mode in (1000, 1003, 1015, 1006)) for end in ("l", "h")
)  # while a text is shown to be marked, the mouse is the terminal's


# --- the clipboard ------------------------------------------------------------------------------------


def put(app: App[int], frame: Frame, text: str, what: str) -> None:
    """Copy a text, and say by which way; ``what`` is how the message calls it."""
    driver, options = app._driver, frame.parts.options  # noqa: SLF001  Textual has no other way to the terminal
    write = driver.write if driver is not None else _nowhere
    text = safe_text(text, one_line=False, limit=LONGEST)
    way = copy(text, frame.parts.programs.env, write, wish=Way(options.clipboard))
    if way is Way.show:
        app.push_screen(Shown(text, mouse=write if options.mouse else _nowhere))
    else:
        frame.say(_told(frame, way, what))


def _told(frame: Frame, way: Way, what: str) -> str:
    words, memory = frame.words, frame.parts.memory
    if way is Way.tmux:
        return words.t("Copied {text} (tmux).", text=what)
    if way is Way.native:
        return words.t("Copied {text} (desktop).", text=what)
    if way.value in memory.lines(TOLD):
        return words.t("Copied {text} (terminal).", text=what)
    memory.keep(TOLD, (*memory.lines(TOLD), way.value))
    return words.t("Copied {text}; some terminals ignore this. If yours does, set clipboard = show.", text=what)


def _nowhere(_: str) -> None:
    """There is no terminal."""


class Shown(TitledWindow, WindowText):
    """A text from edge to edge, so that nothing else is marked with it."""

    NAME = "shown"
    AUTO_FOCUS = "#lines"

    def __init__(self, text: str, *, mouse: Callable[[str], None]) -> None:
        """``mouse`` takes the mouse from the desk, and gives it back."""
        super().__init__()
        self._text = text
        self._mouse = mouse

    def heading(self) -> str:
        """How to take it and how to leave."""
        key = self.shown_key
        return self.words.t("Mark the text with the mouse and copy it. {leave} closes.", leave=key("window.leave"))

    def body(self) -> ComposeResult:
        """The text."""
        yield Lines(id="lines")

    @property
    def text_block(self) -> Lines:
        """The text."""
        return self.query_one("#lines", Lines)

    def on_mount(self) -> None:
        """The mouse is the terminal's for a while."""
        self._mouse(MOUSE_OFF)

    def on_unmount(self) -> None:
        """The mouse is the desk's again."""
        self._mouse(MOUSE_ON)

    def on_resize(self, event: Resize) -> None:
        """Lines break at the edge."""
        width = max(1, event.size.width)
        lines = [part for line in self._text.split("\n") for part in filled(line, width)]
        self.text_block.show([(("", line),) for line in lines], from_top=True)

    def action_window_take(self) -> None:
        """It was taken."""
        self.action_window_close()


# --- tickets ------------------------------------------------------------------------------------------


def choose(screen: BaseScreen, targets: Sequence[Target], codes: str) -> None:
    """Ask in which form the tickets are copied."""
    words = screen.words
    options = [Option(FORM_KEYS[form], words.p(*label), form) for form, label in FORMS.items()]

    def chosen(form: str | None) -> None:
        if form is not None:
            copy_tickets(screen, targets, form, codes)

    screen.app.push_screen(LineChoice(words.t("Copy {tickets} as", tickets=codes), options), chosen)


def copy_tickets(screen: BaseScreen, targets: Sequence[Target], form: str, codes: str) -> None:
    """Read the tickets and copy them in a form."""

    def read(details: tuple[TicketDetail, ...]) -> None:
        text = _copier(screen).text(form, details)
        if not text:
            screen.frame.say(screen.words.t("{tickets} has no link.", tickets=codes), Severity.warning)
            return
        what = text if "\n" not in text and len(text) <= 60 else f"{codes} ({screen.words.p(*FORMS[form])})"
        screen.frame.copy(text, what)

    screen.desk.ask(_details, [target.id for target in targets[:MOST_TOGETHER]], screen.now, then=read,
                    refused=screen.frame.refuse)  # fmt: skip


def _details(tx: Transaction, tickets: Sequence[TicketId], now: int) -> tuple[TicketDetail, ...]:
    return tuple(queue.detail(tx, ticket, now) for ticket in tickets)  # type: ignore[arg-type]


def _copier(screen: BaseScreen) -> Copier:
    return Copier(screen.words, screen.frame.prefix, screen.frame.parts.address)


# --- links --------------------------------------------------------------------------------------------


def show_links(screen: BaseScreen, targets: Sequence[Target], codes: str) -> None:
    """The web pages of the tickets in other systems; the chosen one is opened where there is a desktop, else copied."""

    def read(details: tuple[TicketDetail, ...]) -> None:
        links = list(dict.fromkeys(link for detail in details for link in _copier(screen).links(detail)))
        if links:
            _offer(screen, links, codes)
        else:
            screen.frame.say(screen.words.t("{tickets} has no link.", tickets=codes), Severity.warning)

    screen.desk.ask(_details, [target.id for target in targets[:MOST_TOGETHER]], screen.now, then=read,
                    refused=screen.frame.refuse)  # fmt: skip


def _offer(screen: BaseScreen, links: Sequence[Link], codes: str) -> None:
    options = [Option(str(place), f"{link.key} {link.url}", link.url) for place, link in enumerate(links[:9], start=1)]

    def chosen(url: str | None) -> None:
        if url is not None:
            _go_to(screen, url)

    title = screen.words.t("Links of {tickets}:", tickets=codes)
    screen.app.push_screen(LineChoice(title, options), chosen)


def _go_to(screen: BaseScreen, url: str) -> None:
    parts = screen.frame.parts
    if parts.options.links == "copy" or not has_windows(parts.programs.env):
        screen.frame.copy(url, url)
        return
    screen.app.open_url(url)
    screen.frame.say(screen.words.t("Opened {url}", url=url))
