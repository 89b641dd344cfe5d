"""A call in one line: by which way it came, what it is about, and which service that may be."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import log

from supporttui.domain.filter.search import words_of
from supporttui.domain.ids import ServiceId
from supporttui.domain.queue import QueueRow
from supporttui.domain.services import Service
from supporttui.domain.text import fold

_WAY = re.compile(r"\s*([^\W\d_]{2,20})\s*[:\uff1a]\s*(\S.*)", re.DOTALL)
WAYS = ("phone", "call", "mail", "chat", "visit")
"""Where the site names no others."""


class Why(StrEnum):
    """How it is known which service a call is about."""

    said = "said"
    named = "named"
    """The line names it."""
    alike = "alike"
    """Tickets with the same words are of it."""
    last = "last"
    """The person opened their last ticket for it."""
    only = "only"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was typed."""

    title: str
    way: str = ""
    """The word before a colon, such as ``phone``, folded."""


def read(text: str, ways: Iterable[str] = WAYS) -> Line:
    """The line without the way by which the call came, if it is one of those.

    >>> read("Phone: VPN is down"), read("VPN: down again")
    (Line(title='VPN is down', way='phone'), Line(title='VPN: down again', way=''))
    """
    found = _WAY.fullmatch(text)
    known = {fold(way.strip()) for way in ways}
    if found is None or fold(found[1]) not in known:
        return Line(" ".join(text.split()))
    return Line(" ".join(found[2].split()), fold(found[1]))


def named(text: str, services: Iterable[Service]) -> ServiceId | None:
    """The service whose name or key is in the words of a text; of several the one of which most words are."""
    own = words_of(text)
    found = []
    for service in services:
        for name in (service.name, service.id):
            words = words_of(name)
            if words and words <= own:
                found.append((len(words), service.id))
    best = max((count for count, _ in found), default=0)
    ids = {key for count, key in found if count == best}
    return next(iter(ids)) if len(ids) == 1 else None


def alike(text: str, rows: Sequence[QueueRow]) -> ServiceId | None:
    """The service of the tickets that share most words with a text, rare words more than others."""
    own = words_of(text)
    said = [(row, words_of(row.title)) for row in rows]
    counts = Counter(word for _, words in said for word in words)
    scores: dict[ServiceId, float] = {}
    for row, words in said:
        rarity = sum(log((len(rows) + 1) / counts[word]) for word in words & own)
        scores[row.service] = scores.get(row.service, 0.0) + rarity
    best = max(scores.values(), default=0.0)
    found = [service for service, score in scores.items() if score == best > 0]
    return found[0] if len(found) == 1 else None
