"""Duty and handovers for tests, by the hour from now."""

from typing import Any

from supporttui.domain.handover.handover import Handover, Item, Joint, Reason, ReasonKind
from supporttui.domain.rota.causes import Cause
from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span
from tests.builders import NOW

HOUR = 3600


def at(hours: float) -> Instant:
    return Instant(int(NOW + hours * HOUR))


def span(start: float, end: float) -> Span:
    return Span(at(start), at(end))


def line(*pieces: tuple[float, str], begins: float = -10, level: int = 1) -> tuple[Duty, ...]:
    """Pieces by the hour at which they end and the people, ``ana+ben``."""
    found, start = [], at(begins)
    for end, people in pieces:
        names = tuple(filter(None, people.split("+")))
        cause = Cause.rotation if names else Cause.nobody
        found.append(Duty(Span(start, at(end)), names, "first" if names else None, level, cause))
        start = at(end)
    return tuple(found)


def joint(**deviations: Any) -> Joint:
    """Ana's night of eight hours ends in two; Ben takes it for eight."""
    values = {
        "rota": "night", "level": 1, "span": span(-6, 2), "giving": ("ana",), "taking": ("ben",), "to_rota": "night",
        "takes": span(2, 10), **deviations,
    }  # fmt: skip
    return Joint(**values)


def handover(**deviations: Any) -> Handover:
    """Of that joint, as it begins."""
    where = deviations.pop("joint", joint())
    return Handover(where.id, where, **{"opened_at": at(0), **deviations})


def item(ticket: int = 1042, kind: ReasonKind = ReasonKind.pressing, **deviations: Any) -> Item:
    return Item(f"ticket:{ticket}", (Reason(kind),), ticket, f"Ticket {ticket}", 1, **deviations)
