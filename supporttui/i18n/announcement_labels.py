"""What vendors announced, in words: the same in the shell and at the desk."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, assert_never

from supporttui.domain.events import AnnouncementRetracted, UpdateAnnounced
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Ticket
from supporttui.i18n import times, titles
from supporttui.i18n.catalogue import Words
from supporttui.usecases.announcements import Calendar

Told: TypeAlias = UpdateAnnounced | AnnouncementRetracted


def told(words: Words, event: Told, *, zone: str) -> str:
    """A line of a ticket's history."""
    match event:
        case UpdateAnnounced(start, end, text):
            known = {"start": times.stamp(start, zone), "end": times.stamp(end, zone)}
            return _with(words, words.t("announced: {start} to {end}", **known), text)
        case AnnouncementRetracted(reason):
            return _with(words, words.t("announcement taken back"), reason)
        case _:
            assert_never(event)


def own(words: Words, ticket: Ticket, now: Instant) -> str:
    """What is announced on the ticket itself; empty without one."""
    found = ticket.announcement
    if found is None:
        return ""
    return _with(words, words.t("Announced: {when}", when=_when(words, ticket, now)), found.text)


def beside(words: Words, found: Sequence[Ticket], now: Instant, prefix: str) -> str:
    """What is announced for the ticket's service on other ones; empty without any."""
    parts = [
        words.t(
            "{when}, {title} ({ticket})", when=_when(words, one, now), ticket=f"{prefix}{one.id}",
            title=titles.title(words, one),
        )
        for one in found
    ]  # fmt: skip
    return words.t("Announced for this service: {text}", text="; ".join(parts)) if parts else ""


def heads(words: Words) -> tuple[str, ...]:
    """Of the calendar."""
    return (
        words.t("From"), words.t("Until"), words.t("Service"), words.t("Ticket"), words.t("What"), words.t("About"),
        words.t("Acknowledged by"),
    )  # fmt: skip


def row(words: Words, ticket: Ticket, found: Calendar, prefix: str) -> tuple[str, ...]:
    """One announcement in such columns."""
    known, names = ticket.announcement, found.names
    assert known is not None
    by = ticket.acknowledged_by
    cells = (
        times.stamp(known.start, words.zone), times.stamp(known.end, words.zone), _name(names, ticket.service),
        f"{prefix}{ticket.id}", _with(words, titles.title(words, ticket), known.text),
        ", ".join(f"{prefix}{bond.other}" for bond in ticket.relations) or "-", "-" if by is None else _name(names, by),
    )  # fmt: skip
    return tuple(safe_text(cell, one_line=True, limit=80) for cell in cells)


def _when(words: Words, ticket: Ticket, now: Instant) -> str:
    found = ticket.announcement
    assert found is not None
    start, end = (times.near(at, now, words.zone) for at in (found.start, found.end))
    return words.t("{start} to {end}", start=start, end=end)


def _name(names: Mapping[str, str], key: str) -> str:
    return names.get(key, key)


def _with(words: Words, what: str, text: str) -> str:
    return words.t("{what}: {text}", what=what, text=text) if text else what
