"""Tickets as texts for other programs: number, address, a line, Markdown, JSON. No Textual."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from supporttui import shapes
from supporttui.domain.marking import mark_in
from supporttui.domain.sla.segment import sign_at
from supporttui.domain.text import safe_text
from supporttui.i18n import terms
from supporttui.i18n.catalogue import Words
from supporttui.machine import json_line
from supporttui.usecases.views import TicketDetail

Address = Callable[[str, str], str]
"""System and key of a reference → the web address of the ticket there; empty if none is known."""

# Translators: what of a ticket is copied; short, each stands behind the key that chooses it.
FORMS: Mapping[str, tuple[str, str]] = {
    "id": mark_in("copy", "number"),
    "link": mark_in("copy", "link"),
    "line": mark_in("copy", "line"),
    "markdown": mark_in("copy", "Markdown"),
    "json": mark_in("copy", "JSON"),
}
"""Forms in the order in which they are offered."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


@dataclass(frozen=True, slots=True)
class Link:
    """A ticket of another system, and its address."""

    system: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Copier:
    """Makes texts of tickets for one reader."""

    words: Words
    prefix: str
    address: Address

    def text(self, form: str, details: Sequence[TicketDetail]) -> str:
        """The tickets in a form, cleaned; numbers beside each other, everything else one a line."""
        texts = [text for detail in details if (text := _TEXTS[form](self, detail))]
        return (", " if form == "id" else "\n").join(texts)

    def links(self, detail: TicketDetail) -> tuple[Link, ...]:
        """The web pages of a ticket: as its references say, else as the site's helpdesks map their numbers."""
        found = []
        for reference in detail.ticket.references:
            url = reference.url or self.address(reference.system, reference.key)
            if url.startswith(("https://", "http://")):
                parts = (safe_text(text, one_line=True, limit=2000) for text in (reference.system, reference.key, url))
                found.append(Link(*parts))
        return tuple(found)

    def _id(self, detail: TicketDetail) -> str:
        return f"{self.prefix}{detail.ticket.id}"

    def _link(self, detail: TicketDetail) -> str:
        return "\n".join(link.url for link in self.links(detail))

    def _line(self, detail: TicketDetail) -> str:
        return f"{self._id(detail)}  {_title(detail)}  ({', '.join(self._facts(detail))})"

    def _markdown(self, detail: TicketDetail) -> str:
        facts = _plain(", ".join(self._facts(detail)))
        links = "".join(f" [{_plain(link.key)}](<{link.url}>)" for link in self.links(detail))
        return f"- **{self._id(detail)}** {_plain(_title(detail))} ({facts}){links}"

    def _json(self, detail: TicketDetail) -> str:
        return json_line(**shapes.whole(self.words, detail, prefix=self.prefix))

    def _facts(self, detail: TicketDetail) -> Sequence[str]:
        """Priority, state, how its promise stands, whose it is."""
        ticket, item = detail.ticket, detail.item
        facts = [terms.priority_short(ticket.priority), terms.state(self.words, ticket.state)]
        if item.segment is not None:
            sign = terms.sign(self.words, sign_at(item.segment, item.row.seconds, detail.now))
            facts.append(f"{sign} {shapes.countdown_of(self.words, item.segment, detail.now)}")
        if ticket.owner:
            facts.append(safe_text(detail.names.get(ticket.owner, ticket.owner), one_line=True, limit=60))
        return facts


def _plain(text: str) -> str:
    """Nothing in it means anything to Markdown."""
    return _SPECIAL.sub(r"\\\1", text)


def _title(detail: TicketDetail) -> str:
    return safe_text(detail.ticket.title, one_line=True, limit=300)


_TEXTS: Mapping[str, Callable[[Copier, TicketDetail], str]] = {
    "id": Copier._id,  # noqa: SLF001  of this module
    "link": Copier._link,  # noqa: SLF001
    "line": Copier._line,  # noqa: SLF001
    "markdown": Copier._markdown,  # noqa: SLF001
    "json": Copier._json,  # noqa: SLF001
}
