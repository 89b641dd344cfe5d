"""The fields a filter may name, what they mean, and the names it may use for people and things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from supporttui.domain.filter.forecasts import Forecast
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import fold

STALE_SECONDS = 3 * 86_400
"""An open ticket without any fact for so long is stale."""
RISK_SECONDS, RISK_SHARE = 3600, 4
"""At risk: at most so many seconds, or one part in so many of the target, left until due."""
CRITICAL_SECONDS, CRITICAL_SHARE = 900, 10


class FieldKind(StrEnum):
    """How the values of a field are read and held against a row."""

    number = "number"
    """``id``, ``priority``, ``hops``, ``chases``, ``attention`` (also if it ran out): every operator."""
    code = "code"
    """``state``, ``kind``, ``team``, ``service``, ``lang``: ``=`` and ``!=`` (none of the values)."""
    label = "label"
    """``category``: ``=``, ``!=`` and ``^``, the beginning; ASCII letters in either case (``ascii_lower``)."""
    owner = "owner"
    """Person ids, ``None`` for nobody; ``@me`` is true for the owner and for the resolver."""
    resolver = "resolver"
    """Whoever works on it: ``row.resolver``, or the row's team if that is empty; ``@me`` too."""
    left = "left"
    """``sla``: ``<``, ``<=``, ``>``, ``>=`` against seconds on the wall clock until the deciding timer is
    due (negative when late), or, while it is paused, its standing remainder; false without either."""
    instant = "instant"
    """``due``, ``created``, ``updated``, ``worked``: the same four; false where the row has no such instant."""
    falls = "falls"
    """``falls``: the same four against an instant; when the running timer that decides the place will be due, or
    was. Never typed: words of ``forecasts.py`` become it."""
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
    "category": FieldKind.label,
    "requester": FieldKind.text,
    "sla": FieldKind.left,
    "falls": FieldKind.falls,
    "due": FieldKind.instant,
    "created": FieldKind.instant,
    "updated": FieldKind.instant,
    "worked": FieldKind.instant,
    "ref": FieldKind.text,
    "lang": FieldKind.code,
    "id": FieldKind.number,
    "hops": FieldKind.number,
    "chases": FieldKind.number,
    "attention": FieldKind.number,
}
"""Every field that a ``Term`` of the tree can name."""
WRITTEN = (*(field for field in FIELDS if field != "falls"), "text", "shift")
"""Every field that a filter may name: ``text:`` becomes ``Words``, ``shift:`` a span of ``created`` and ``updated``."""

ALIASES: Mapping[str, str] = {
    "status": "state",
    "assignee": "owner",
    "prio": "priority",
    "p": "priority",
    "number": "id",
    "language": "lang",
    "reference": "ref",
    "tag": "category",
    "type": "kind",
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
    "followed",
    "snoozed",
    "merged",
    "void",
    "attention",
    "early",
    "promised",
    "promisemissed",
    "major",
    "announced",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What a filter may call people and things; each mapping is id → name."""

    people: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    on_call: tuple[str, ...] = ()
    """Whom ``@oncall`` stands for."""
    my_teams: tuple[str, ...] = ()
    """What ``team:@me`` stands for."""
    shift: Span | None = None
    """What ``@shift`` stands for; ``None``: no rota says."""
    forecast: Forecast | None = None
    """What ``is:due_this_shift`` and the like stand for; ``None``: no rota says."""
    until: Instant | None = None
    """When the last three change; ``None``: not by themselves."""
    prefix: str = DEFAULT_PREFIX
    """A word of this and digits is a ticket's number."""
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Field (or ``field`` for the names of fields) → translated word → code."""


def plain(word: str) -> str:
    """A name of a field, state or flag as it is compared: ``At-Risk``, ``at risk`` and ``at_risk`` are one.

    >>> plain("Waiting for-Vendor")
    'waiting_for_vendor'
    """
    return fold(word).strip().replace(" ", "_").replace("-", "_")


def codes_of(field: str, known: Names) -> Mapping[str, str]:
    """The reader's words for the values of a field, as they are compared → code; ``field``: for the fields themselves.

    >>> codes_of("sla", Names(aliases={"is": {"at Risk": "atrisk"}}))
    {'at_risk': 'atrisk'}
    """
    return {plain(word): code for word, code in known.aliases.get(_WORDED_AS.get(field, field), {}).items()}


def in_code(text: str, words: Mapping[str, str]) -> str:
    """A value, or both ends of a range, as codes where they are words of ``codes_of``.

    >>> in_code("Heute..2026-03-04", {"heute": "today"})
    'today..2026-03-04'
    """
    code = words.get(plain(text))
    return code if code is not None else "..".join(words.get(plain(bound), bound) for bound in text.split(".."))


def spoken(field: str, known: Names) -> Mapping[str, str]:
    """Code → the reader's word for it, so that it stands in a filter as one word.

    >>> spoken("state", Names(aliases={"state": {"wartet auf Melder": "waiting_requester"}}))
    {'waiting_requester': 'wartet_auf_Melder'}
    """
    words = known.aliases.get(_WORDED_AS.get(field, field), {})
    return {code: "_".join(word.split()) for word, code in words.items()}


_WORDED_AS: Mapping[str, str] = {"sla": "is", "due": "day", "created": "day", "updated": "day", "worked": "day"}
"""Fields whose values are words of another one, or of none: days."""


def ascii_lower(text: str) -> str:
    """The text with A to Z in lower case and nothing else changed: what both databases mean by ``lower``.

    >>> ascii_lower("Ä-LAN")
    'Ä-lan'
    """
    return "".join(char.lower() if char.isascii() else char for char in text)
