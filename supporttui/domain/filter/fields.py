"""The fields a filter may name, what they mean, and the names it may use for people and things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

STALE_SECONDS = 3 * 86_400
"""An open ticket without any fact for so long is stale."""
RISK_SECONDS, RISK_SHARE = 3600, 4
"""At risk: at most so many seconds, or one part in so many of the target, left until due."""
CRITICAL_SECONDS, CRITICAL_SHARE = 900, 10


class FieldKind(StrEnum):
    """How the values of a field are read and held against a row."""

    number = "number"
    """``id``, ``priority``: every operator."""
    code = "code"
    """``state``, ``kind``, ``team``, ``service``, ``lang``: ``=`` and ``!=`` (none of the values)."""
    owner = "owner"
    """Person ids, ``None`` for nobody; ``@me`` is true for the owner and for the resolver."""
    resolver = "resolver"
    """Whoever works on it: ``row.resolver``, or the row's team if that is empty; ``@me`` too."""
    left = "left"
    """``sla``: ``<``, ``<=``, ``>``, ``>=`` against seconds on the wall clock until the deciding timer is
    due (negative when late), or, while it is paused, its standing remainder; false without either."""
    instant = "instant"
    """``due``, ``created``, ``updated``: the same four; false where the row has no such instant."""
    flag = "flag"
    """``is``: ``=`` and one of ``FLAGS``."""
    text = "text"
    """``requester``, ``ref``: ``^``, a folded beginning of the whole field (of any reference's key)."""


FIELDS: Mapping[str, FieldKind] = {
    "is": FieldKind.flag,
    "state": FieldKind.code,
    "priority": FieldKind.number,
    "owner": FieldKind.owner,
    "resolver": FieldKind.resolver,
    "team": FieldKind.code,
    "service": FieldKind.code,
    "kind": FieldKind.code,
    "requester": FieldKind.text,
    "sla": FieldKind.left,
    "due": FieldKind.instant,
    "created": FieldKind.instant,
    "updated": FieldKind.instant,
    "ref": FieldKind.text,
    "lang": FieldKind.code,
    "id": FieldKind.number,
}
"""Every field that a ``Term`` of the tree can name; ``text:`` becomes ``Words``."""

ALIASES: Mapping[str, str] = {
    "status": "state",
    "assignee": "owner",
    "prio": "priority",
    "p": "priority",
    "number": "id",
    "language": "lang",
    "reference": "ref",
    "text": "text",
}

FLAGS: tuple[str, ...] = (
    "open",
    "closed",
    "breached",
    "atrisk",
    "critical",
    "paused",
    "waiting",
    "unassigned",
    "mine",
    "acknowledged",
    "escalated",
    "stale",
    "drill",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a filter may call people and things; each mapping is id → name."""

    people: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    on_call: tuple[str, ...] = ()
    """Whom ``@oncall`` stands for."""
    prefix: str = "T-"
    """A word of this and digits is a ticket's number."""
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field (or ``field`` for the names of fields) → translated word → code."""
