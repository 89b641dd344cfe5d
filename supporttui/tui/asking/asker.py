"""Who asks: a screen with tickets that something can be done to, as far as the questions know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App

from supporttui.actions import Action
from supporttui.domain.faults import SupportError
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.tui.batch import Batch, Target
from supporttui.tui.desk import Desk

if TYPE_CHECKING:  # the frame names the screens, and they are not loaded for it
    from supporttui.tui.frame import Frame


class Asker(Protocol):
    """A screen (``tui/doing.py``)."""

    @property
    def app(self) -> App[Any]:
        """The app; windows are put above its screens."""

    @property
    def frame(self) -> Frame:
        """The same, as screens know it."""

    @property
    def desk(self) -> Desk:
        """Where use cases are run."""

    @property
    def words(self) -> Words:
        """The reader's language."""

    @property
    def now(self) -> Instant:
        """The desk's clock."""

    @property
    def is_current(self) -> bool:
        """Whether nothing stands above it."""

    def code(self, ticket: int) -> str:
        """``T-1042``."""

    def codes(self, targets: Sequence[Target]) -> str:
        """``T-1042, T-1044``; of many the first few and how many more."""

    def hindered(self, action_id: str, targets: Sequence[Target]) -> bool:
        """Whether no target allows an action in the state that is shown; then it is said why."""

    def fault_text(self, fault: SupportError) -> str:
        """A fault in words."""

    def attempt(
        self,
        action: Action,
        targets: Sequence[Target],
        args: Mapping[str, object],
        told: Callable[[Batch], None],
        *,
        refused: Callable[[SupportError], None] | None = None,
    ) -> None:
        """Run a registered action with another way of telling the outcome."""

    def told(self, action: Action, args: Mapping[str, object], batch: Batch) -> None:
        """Say what became of it."""

    def perform(self, action_id: str, targets: Sequence[Target], **args: object) -> None:
        """Run a registered action on all targets, and tell the outcome."""

    def go_on(self, action_id: str, targets: Sequence[Target]) -> None:
        """Go on with what was typed for an action and not sent."""


class Writer(Asker, Protocol):
    """One that can write to requesters too."""

    def reply(
        self, targets: Sequence[Target], *, text: str = "", template: str = "", delay: int | None = None,
        promise: Instant | None = None,
    ) -> None:  # fmt: skip
        """Write to the requesters; it leaves after the delay. ``promise``: by when they hear next."""
