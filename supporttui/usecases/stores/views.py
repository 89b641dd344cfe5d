"""Saved views of the queue, as use cases need them: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.ids import PersonId, ViewId
    from supporttui.domain.views import View


class Views(Protocol):
    """Saved views of the queue."""

    def seen_by(self, person: PersonId) -> tuple[View, ...]:
        """A person's own and those that others share, by name."""

    def all(self) -> tuple[View, ...]:
        """Everybody's, by name."""

    def get(self, view: ViewId) -> View:
        """Raises NotFound (``view.unknown``)."""

    def insert(self, view: View) -> None:
        """A new one. Raises Refused (``view.exists``) when its owner has that name already."""

    def save(self, view: View, *, expected: int) -> bool:
        """Store over version ``expected``; False, and nothing is changed, if it is another one."""

    def delete(self, view: ViewId, *, expected: int) -> bool:
        """Forget it, if it is still at that version."""
