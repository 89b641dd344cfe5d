"""What few tickets have, as the one JSON text of their row: by what it begins with and holds, SQL finds them."""

import json
from collections.abc import Sequence
from typing import Any

from supporttui.domain.events import Relation
from supporttui.domain.filter.watching import promised_form
from supporttui.domain.ids import PersonId, TicketId
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Instant
from supporttui.domain.tickets import (
    Announcement,
    Early,
    Fix,
    Major,
    Offer,
    Promised,
    Relationship,
    Reminder,
    Ticket,
)
from supporttui.storage.rows import to_json


def to_bonds(ticket: Ticket) -> str:
    """What few tickets have, as JSON; empty for all others."""
    major = to_plain(ticket.major)
    held = {
        "promised": _promised(ticket.promised),  # first: SQL reads the instant there
        "reminders": [[one.person, one.until, one.text] for one in ticket.reminders],
        "relations": [[one.other, one.relation.value] for one in ticket.relations],
        "merged": list(ticket.merged),
        "void_reason": ticket.void_reason,
        "attention": _attention(ticket) if ticket.attention else (),
        "offer": to_plain(ticket.offer),
        "early": to_plain(ticket.early),
        "fix": to_plain(ticket.fix),
        "announcement": to_plain(ticket.announcement),
        "major": major if ticket.is_major else None,
        "was_major": None if ticket.is_major else major,
    }
    return to_json({name: value for name, value in held.items() if value}) if any(held.values()) else ""


def _promised(promised: Promised | None) -> list[str]:
    return [] if promised is None else [promised_form(promised.until), promised.by, promised.text]


def _attention(ticket: Ticket) -> list[object]:
    return [ticket.attention_impact, ticket.attention_reason, ticket.attention_by]


def from_bonds(bonds: str) -> dict[str, Any]:
    """The fields of a ticket that its bonds hold."""
    held = json.loads(bonds)
    impact, reason, by = held.get("attention") or (None, "", "")
    return {
        "reminders": tuple(Reminder(PersonId(p), Instant(at), text) for p, at, text in held.get("reminders", ())),
        "relations": tuple(Relationship(TicketId(o), Relation(r)) for o, r in held.get("relations", ())),
        "merged": tuple(map(TicketId, held.get("merged", ()))),
        "void_reason": held.get("void_reason", ""),
        "attention_impact": None if impact is None else Level(impact),
        "attention_reason": reason,
        "attention_by": by,
        "offer": from_plain(Offer, held["offer"]) if "offer" in held else None,
        "early": from_plain(Early, held["early"]) if "early" in held else None,
        "fix": from_plain(tuple[Fix, ...], held.get("fix", [])),
        "promised": _as_promised(held.get("promised")),
        "announcement": from_plain(Announcement, held["announcement"]) if "announcement" in held else None,
        "major": from_plain(Major, major) if (major := held.get("major") or held.get("was_major")) else None,
    }


def _as_promised(held: Sequence[str] | None) -> Promised | None:
    return None if not held else Promised(Instant(int(held[0])), PersonId(held[1]), held[2])
