"""The app as screens see it, so that no screen imports the app."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol, cast

from supporttui.domain.faults import SupportError
from supporttui.domain.ids import TicketId
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.snapshot import Frame as SavedFrame
from supporttui.tui.desk import Desk
from supporttui.tui.parts import AppParts
from supporttui.tui.undo import UndoStack
from supporttui.tui.widgets.message_line import Message, Messages, Severity
from supporttui.tui.widgets.status_line import Standing

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.tui.drafting import Drafting
    from supporttui.tui.walk import Walk
    from supporttui.usecases.views import Status


class Frame(Protocol):
    """What a screen sees of the app around it (``tui/app.py`` has it)."""

    parts: AppParts
    desk: Desk
    words: Words
    messages: Messages
    undo: UndoStack
    prefix: str
    """Of a ticket's number, as the database or else the snapshot has it."""
    last_key: Instant
    """When a key was last pressed, by the desk's clock."""
    saved: SavedFrame | None
    """The snapshot's view, while nothing newer came from the database."""

    @property
    def drafts(self) -> Drafting:
        """What was typed and not yet sent."""

    @property
    def status(self) -> Status | None:
        """The last reading of the first line's facts."""

    @property
    def standing(self) -> Standing:
        """What the status line shows."""

    def ask_figures(self) -> None:
        """Read the first line's facts, and what the screen in sight counts beside them."""

    def say(self, text: str, severity: Severity = Severity.info) -> None:
        """Put a text, already in words and safe, on the message line and into its history."""

    def ask_by_message(
        self, text: str, keys: Mapping[str, Callable[[], None]], severity: Severity = Severity.warning
    ) -> None:
        """Say something that the next key may answer; any other key does what it always does."""

    def refuse(self, fault: SupportError) -> None:
        """Word a fault on the message line."""

    def fault_text(self, fault: SupportError) -> str:
        """A fault in words, with the site's prefix and everybody's name."""

    @property
    def message(self) -> Message | None:
        """What the message line shows now: a page that waits goes before what was said last."""

    def page_waits(self) -> None:
        """A page or a reply was queued with its delay: count it down on the message line."""

    def take_back(self) -> None:
        """Undo the last step, or withdraw its page."""

    def do_again(self) -> None:
        """Do again what was undone last."""

    def open_ticket(self, ticket: TicketId, walk: Walk | None = None) -> None:
        """Show one ticket; ``walk`` leads to its neighbours."""

    def open_procedure(self, ticket: TicketId) -> None:
        """Show the procedures for one ticket."""

    def show_screen(self, name: str) -> None:
        """Go to one of the digit screens."""

    def show_rota(self) -> None:
        """The rota, or what was kept of it while the database is away."""

    def show_continuity(self) -> None:
        """Rota, contacts and plan for when the database is away."""

    @property
    def is_away(self) -> bool:
        """Whether the database does not answer."""

    interrupted: Instant
    """When ``^c`` was last pressed."""

    def show_previous(self) -> None:
        """The digit screen that was shown before."""

    def run_own(self, line: str) -> bool:
        """Run the person's own command that a line begins with; whether there is one."""

    def show_help(self) -> None:
        """The keys of the screen on top."""

    def show_command_line(self, value: str = "") -> None:
        """The ``:`` line; ``value`` stands there already."""

    def show_palette(self) -> None:
        """Everything by its name."""

    def show_definitions(self) -> None:
        """Everything that the site has agreed."""

    def go_back(self) -> None:
        """Close the screen on top; at the last one, leave."""

    def close_or_clear(self) -> None:
        """Close the screen on top; at the last one, empty the message line."""

    def ask_to_leave(self) -> None:
        """Leave; asks only while a page waits."""

    def reload(self) -> None:
        """Read again what is on screen."""

    def show_queue(self, *, filter: str | None = None) -> None:
        """Go to the queue, with another filter. Raises ``BadInput`` for one that cannot be read."""

    def showed(self, head: Instant, prefix: str) -> None:
        """The queue shows what the database answered as of an instant; the snapshot's time is over."""

    def copy(self, text: str, what: str) -> None:
        """Put text on the person's clipboard, and say by which way; ``what`` is how the message calls it."""

    def repaint_all(self) -> None:
        """Send every line again, whatever the terminal shows."""

    def hold_keys(self) -> None:
        """A window will open once the database has answered; the next keys are meant for it."""

    def release_keys(self) -> None:
        """A window can take keys now: those typed before it could are given to it."""

    def forget_keys(self) -> None:
        """The window that keys were typed for never took one: they mean nothing else."""

    def leave(self, code: int = 0) -> None:
        """End the desk; the terminal is restored on the way."""

    def speak(self, language: str) -> None:
        """Change the language of everything on screen."""

    def wear(self, theme: str) -> None:
        """Change the colours of everything on screen, and say which they are."""


class Framed:
    """The frame around a screen or modal, by name; mixed into both."""

    @property
    def frame(self) -> Frame:
        """The app, as far as screens know it."""
        return cast("Frame", self.app)  # type: ignore[attr-defined]

    @property
    def desk(self) -> Desk:
        """Where use cases are run."""
        return self.frame.desk

    @property
    def words(self) -> Words:
        """The reader's language; may change while running, so it is never kept."""
        return self.frame.words

    @property
    def now(self) -> Instant:
        """The desk's clock."""
        return self.frame.parts.clock()

    def code(self, ticket: int) -> str:
        """A ticket's number as people write it: ``T-1042``."""
        return f"{self.frame.prefix}{ticket}"
