"""The one text of a ticket in which words are looked for, so that SQL and Python look in the same."""

from supporttui.domain.text import fold
from supporttui.domain.tickets import Ticket

MARKS = {"id": "\x01", "title": "\x02", "requester": "\x03", "ref": "\x04", "text": "\x05"}
"""Each part starts with its mark; folded text never holds one, so no part can pose as another."""
END = "\x1f"
TEXT_LIMIT = 1_000
"""Characters of the description that are searched."""


def search_form(ticket: Ticket) -> str:
    """Number, title, requester, references and the beginning of the description, folded."""
    parts = [
        MARKS["id"] + str(ticket.id),
        MARKS["title"] + fold(ticket.title),
        MARKS["requester"] + fold(ticket.requester),
        *(MARKS["ref"] + fold(reference.key) for reference in ticket.references),
        MARKS["text"] + fold(ticket.text[:TEXT_LIMIT]),
    ]
    return END.join(parts) + END
