"""A mail as what matters of it here: who writes, of which ticket, and whether a program wrote it by itself."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supporttui.domain.ids import TicketId

OURS = "supporttui"
"""In ``X-Loop``, and at the beginning of our own Message-IDs."""
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_DAEMONS = frozenset({"mailer-daemon", "postmaster"})


class LeftOut(StrEnum):
    """Why a message opens nothing and is noted nowhere."""

    ours = "mail.ours"
    """This program wrote it: the mailbox hears itself."""
    answer = "mail.answer"
    """A program's answer, such as that somebody is on leave."""
    bounce = "mail.bounce"
    automatic = "mail.automatic"
    """A program wrote it, and the source takes no such mail."""
    rule = "mail.rule"
    """A rule of the source says so."""
    known = "mail.known"
    """It was taken in before."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, read."""

    id: str
    """Its Message-ID without brackets; where it has none, a hash of all of it."""
    sender: str
    """The address alone, in lower case; empty for what says no sender."""
    subject: str
    body: str
    name: str = ""
    """What the sender calls themselves."""
    before: tuple[str, ...] = ()
    """Message-IDs of those that it answers, the nearest first."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Name in lower case → text, of the first of that name."""
    attachments: tuple[str, ...] = ()
    """What files are called that came with it."""


def why_left_out(letter: Letter, *, automatic: bool, own: Collection[str] = ()) -> LeftOut | None:
    """Why not to take in a mail, to keep programs from answering each other; ``None``: take it.

    ``automatic``: mail of programs is wanted, though never their answers. ``own`` are our own addresses.
    """
    headers = {name: text.strip().casefold() for name, text in letter.headers.items()}
    if OURS in headers.get("x-loop", "") or letter.id.startswith(f"{OURS}.") or letter.sender in own:
        return LeftOut.ours
    if letter.sender.partition("@")[0] in _DAEMONS or headers.get("return-path") == "<>" or not letter.sender:
        return LeftOut.bounce
    submitted = headers.get("auto-submitted", "no").partition(";")[0].strip()
    if submitted == "auto-replied" or headers.get("precedence") == "auto_reply" or "x-autoreply" in headers:
        return LeftOut.answer
    if (submitted != "no" or headers.get("precedence") in _BULK) and not automatic:
        return LeftOut.automatic
    return None


def ticket_named(letter: Letter, prefix: str) -> TicketId | None:
    """The ticket whose number the subject names, such as ``T-1042``; else that of one of our mails it answers."""
    found = re.search(rf"(?<![\w-]){re.escape(prefix)}(\d{{1,12}})(?!\w)", letter.subject, re.IGNORECASE)
    if found is not None and prefix.strip():
        return TicketId(int(found[1]))
    ours = (re.match(rf"{OURS}\.(\d{{1,12}})\.", one) for one in letter.before)
    return next((TicketId(int(one[1])) for one in ours if one), None)


def wrote(letter: Letter, requester: str) -> bool:
    """Whether the sender of a mail is who a ticket's requester is.

    >>> wrote(Letter("1", "ana@example.org", "", ""), "Ana <Ana@Example.org>")
    True
    """
    return bool(letter.sender) and letter.sender in re.split(r"[\s<>,;()]+", requester.casefold())
