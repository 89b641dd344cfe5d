"""What reads and writes of replies give back to screens and commands."""

from dataclasses import dataclass

from supporttui.domain.ids import OperationId
from supporttui.domain.replies import ReplyKind
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import Ticket


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template that a reply may begin with, and the language it would be in."""

    id: str
    kind: ReplyKind
    name: str
    """Empty: its kind says what it is."""
    language: str
    fallback: bool
    """Not the requester's language, or that is not known."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply to look at before it is sent."""

    text: str
    language: str
    wanted: str
    """The requester's language; empty: not known."""
    fallback: bool
    """The text is not in the wanted language."""
    missing: tuple[str, ...]
    """Places that nothing is known for: marked in the text as ``<requester?>``, and refused until they are filled."""
    channel: str = ""
    address: str = ""
    """Where it would go; empty: it cannot be sent, for the reason ``obstacle``."""
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply that was recorded, and whether it leaves."""

    ticket: Ticket
    operation: OperationId
    text: str
    channel: str
    address: str
    send_at: Instant | None
    """Until then it can be taken back; ``None``: nothing was sent and nothing will be, for the reason ``obstacle``."""
    obstacle: str = ""
