"""What every screen of the desk has, and what it is told.

It has a status line, a bar of screens, a message line and a fitted footer in the reader's words; it is told of the
tick, of changes in the database, of the connection and of another language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.events import Resize
from textual.screen import ModalScreen, Screen

from supporttui import early
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.tui import key_names, keymap
from supporttui.tui.common_actions import CommonActions
from supporttui.tui.counting import Counting
from supporttui.tui.desk import Link
from supporttui.tui.driver import begin_frames
from supporttui.tui.frame import Frame, Framed
from supporttui.tui.styles import Run
from supporttui.tui.widgets.footer import Footer, Hint
from supporttui.tui.widgets.line import Line
from supporttui.tui.widgets.message_line import MessageLine, Severity
from supporttui.tui.widgets.status_line import StatusLine, tiny_text

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.ports import Changed
    from supporttui.usecases.views import Status

SHORT = 20
"""Under so many lines only status, message and footer stay of the frame."""
SMALLEST = (40, 10)


def translated(words: Words, active: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """The bindings with their descriptions in words; what the catalogue lacks stays as it is."""
    return {
        key: bound._replace(
            binding=replace(bound.binding, description=words.t(bound.binding.description)),
            tooltip=words.t(bound.tooltip),
        )
        for key, bound in active.items()
    }


class BaseScreen(CommonActions, Screen[None], inherit_bindings=False):
    """A screen of the desk. A subclass names itself, yields its body, and answers what it is told."""

    NAME: ClassVar[str]
    """Key of ``keymap.SCREENS``; its bindings and footer follow from it."""
    AUTO_FOCUS = None
    DEFAULT_CSS = """
    BaseScreen { layers: base; overflow: hidden; }
    BaseScreen #screens { height: 1; }
    BaseScreen.-short #screens { display: none; }
    BaseScreen #tiny { display: none; }
    BaseScreen.-tiny > * { display: none; }
    BaseScreen.-tiny > #tiny { display: block; }
    """

    def __init_subclass__(cls, **kwargs: object) -> None:
        if name := cls.__dict__.get("NAME"):
            cls.BINDINGS = [*keymap.bindings(name)]
        super().__init_subclass__(**kwargs)  # type: ignore[arg-type]

    # --- what a subclass fills in -------------------------------------------------------------------

    def body(self) -> ComposeResult:
        """The widgets between the screens bar and the message line."""
        yield from ()

    def ticked(self, now: Instant) -> None:
        """A second passed; repaint what changed by itself. No database, no service hours."""

    def changed(self, changed: Changed) -> None:
        """Something was committed; ask again for what it touches."""

    def reload(self) -> None:
        """Ask again for everything: first showing, ``^r``, the database is back."""

    def linked(self, link: Link) -> None:
        """The connection changed."""

    def counting(self) -> Counting | None:
        """What is counted beside the first line's facts, in one answer with them: numbers on screen move together."""
        return None

    def relabelled(self) -> None:
        """Another language; make every text anew."""

    # --- the frame ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Status and screens above, message and footer below, the body between."""
        yield Line(id="tiny")
        yield StatusLine(id="status")
        yield Line(id="screens")
        yield from self.body()
        yield Footer(id="footer")
        yield MessageLine(id="message")

    def on_mount(self) -> None:
        """First paint of the frame; then the body asks for its data."""
        begin_frames(self)
        self.repaint_frame()

    def on_screen_resume(self) -> None:
        """Shown again: the frame may have changed meanwhile."""
        self.repaint_frame()

    def on_resize(self, event: Resize) -> None:
        """Short windows keep only status, message and footer."""
        self.set_class(event.size.height < SHORT, "-short")
        self.set_class(event.size.width < SMALLEST[0] or event.size.height < SMALLEST[1], "-tiny")
        self.repaint_frame()

    def repaint_frame(self) -> None:
        """Everything around the body."""
        if not self.is_mounted:
            return
        self.repaint_status()
        self.query_one("#screens", Line).show(self.screens_bar())
        self.repaint_message()
        self.repaint_footer()

    def screens_bar(self) -> Sequence[Run]:
        """The second line."""
        return screens_runs(self.words, self.NAME, self.size.width, status=self.frame.status)

    def repaint_status(self) -> None:
        """The first line; in a window too small for anything else, what breaches next."""
        if self.has_class("-tiny"):
            self.query_one("#tiny", Line).show((("", tiny_text(self.words, self.frame.standing)),))
            return
        saved = self.frame.saved
        if saved is not None and self.frame.status is None:
            self.query_one(StatusLine).show(early.status_line(saved, self.now, self.size.width))
        else:
            self.query_one(StatusLine).stand(self.words, self.frame.standing)

    def repaint_message(self) -> None:
        """The message line."""
        self.query_one(MessageLine).say(self.frame.message)

    def repaint_footer(self) -> None:
        """The last line: what the keys of this moment do."""
        ranks = keymap.ranks(self.NAME)
        hints: dict[str, Hint] = {}
        for key, bound in self.active_bindings.items():
            name = bound.binding.id
            if name in ranks and name not in hints:
                hints[name] = Hint(key_names.shown(key), bound.binding.description, ranks[name], bound.enabled)
        more = Hint("?", self.words.p("footer", "more"), 0)
        self.query_one(Footer).hints(tuple(hints.values()), more=more)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's own, with every description in the reader's language."""
        return translated(self.words, super().active_bindings)


class BaseModal(Framed, ModalScreen[str | None]):
    """A question over a screen; its keys are its own, none of the screen below acts."""

    _laid_out = False
    _answered = False

    def on_screen_resume(self) -> None:
        """Once it is on screen it can take keys."""
        self.call_after_refresh(self._opened)

    def on_unmount(self) -> None:
        """What was typed for a question that never came is for nobody else."""
        if not (self.takes_keys or self._answered):
            self.frame.forget_keys()

    @property
    def takes_keys(self) -> bool:
        """Whether it can do something with a key; until then keys wait."""
        return self._laid_out

    def _opened(self) -> None:
        self._laid_out = True
        if self.is_current:  # it may have been answered before it was ever on screen
            self.frame.release_keys()

    def answer(self, value: str | None) -> None:
        """Close with an answer; a key that came too late, when it is closed already, does nothing."""
        if self.is_current:
            self._answered = value is not None
            self.dismiss(value)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Textual's own, with every description in the reader's language."""
        return translated(self.words, super().active_bindings)


def screens_runs(words: Words, current: str, width: int, *, status: Status | None) -> tuple[Run, ...]:
    """``1 Queue  2 Rota  3 Escalations 1``: the current one stands out; without room only it and its neighbours."""
    labels = [
        (key.id.removeprefix("screen."), key.keys, words.t(keymap.label(key)))
        for key in keymap.EVERYWHERE
        if key.id.startswith("screen.")
    ]
    marks = {
        "escalations": f" {status.running}" if status and status.running else "",
        "handover": " !" if status and status.handover is not None else "",
    }
    runs: list[Run] = []
    for name, digit, label in labels:
        text = f"{digit} {label}{marks.get(name, '')}"
        runs += [("", " "), ("reverse" if name == current else "", f" {text} ")]
    return _within(runs, width)


def _within(runs: Sequence[Run], width: int) -> tuple[Run, ...]:
    left = width
    kept: list[Run] = []
    for style, text in runs:
        shown = text if len(text) <= left else fit(text, left)
        kept.append((style, shown))
        left -= len(shown)
        if left <= 0:
            break
    return tuple(kept)


__all__ = ["BaseModal", "BaseScreen", "Frame", "Framed", "Severity"]
