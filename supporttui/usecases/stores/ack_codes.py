"""The codes of pages, as use cases need them: a port like those of ``ports.py``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # as in ``ports.py``: no first frame waits for the rules behind these types
    from supporttui.domain.ids import PersonId, TicketId
    from supporttui.domain.paging.codes import AckCode


class AckCodes(Protocol):
    """Short codes by which somebody acknowledges without a desk; none is ever given to another page."""

    def get(self, code: str) -> AckCode | None:
        """What a code answers."""

    def of_page(self, ticket: TicketId, person: PersonId, *, generation: int, firing: int) -> AckCode | None:
        """The code that was given to a person's page, whichever way it left."""

    def add(self, code: AckCode) -> bool:
        """Keep a new one; False, and nothing is changed, if it is taken."""
