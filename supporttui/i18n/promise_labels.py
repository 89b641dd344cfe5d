"""Promised updates and major incidents in words: the same in the shell and at the desk."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, assert_never

from supporttui.domain.events import (
    MajorEnded,
    MajorLogged,
    MajorRoleGiven,
    MajorStarted,
    UpdatePromised,
    UpdateReleased,
)
from supporttui.domain.marking import mark_in
from supporttui.domain.spans import Instant
from supporttui.domain.states import MajorEntry, MajorRole
from supporttui.domain.text import safe_text
from supporttui.domain.tickets import Major, Ticket
from supporttui.i18n import countdown, times, titles
from supporttui.i18n.catalogue import Words

Told: TypeAlias = UpdatePromised | UpdateReleased | MajorStarted | MajorRoleGiven | MajorLogged | MajorEnded
_ROLES: Mapping[MajorRole, tuple[str, str]] = {
    MajorRole.commander: mark_in("role in a major incident", "commander"),
    MajorRole.communication: mark_in("role in a major incident", "communication"),
    MajorRole.scribe: mark_in("role in a major incident", "scribe"),
}


def told(words: Words, event: Told, names: Mapping[str, str], *, zone: str) -> str:  # noqa: PLR0911  one case an event
    """A line of a ticket's history."""
    match event:
        case UpdatePromised(until, _, text):
            return _with(words, words.t("update promised by {time}", time=times.stamp(until, zone)), text)
        case UpdateReleased(reason):
            return _with(words, words.t("no update promised any more"), reason)
        case MajorStarted(exercise=exercise):
            return words.t("exercise of a major incident begun") if exercise else words.t("major incident begun")
        case MajorRoleGiven(role, person):
            return words.t("{role}: {person}", role=words.p(*_ROLES[role]), person=names.get(person, person))
        case MajorLogged(MajorEntry.said, text):
            return words.t("communicated: {text}", text=text)
        case MajorLogged(text=text):
            return words.t("degraded: {text}", text=text)
        case MajorEnded(text):
            return _with(words, words.t("major incident over"), text)
        case _:
            assert_never(event)


def promise(words: Words, ticket: Ticket, names: Mapping[str, str], now: Instant) -> str:
    """By when the requester hears next and what is left until then, or since when it is missed; empty without one."""
    found = ticket.promised
    if found is None:
        return ""
    left = countdown.precise(words, found.until - now)
    time, who = times.near(found.until, now, words.zone), names.get(found.by, found.by)
    if ticket.missed_at(now):
        text = words.t("Promised update missed: {left}, was due {time} ({person})", left=left, time=time, person=who)
    else:
        text = words.t("Next update promised: {left}, due {time} ({person})", left=left, time=time, person=who)
    return _with(words, text, found.text)


def major(words: Words, ticket: Ticket, names: Mapping[str, str], now: Instant) -> str:
    """That it is run as a major incident, since when and by whom; empty for others."""
    found = ticket.major
    if found is None or not ticket.is_major:
        return ""
    known = {"time": times.near(found.since, now, words.zone), "people": ", ".join(people(words, found, names))}
    if found.exercise:
        text = words.t("Exercise of a major incident since {time}; {people}", **known)
    else:
        text = words.t("Major incident since {time}; {people}", **known)
    return words.t("{what}; degraded: {text}", what=text, text="; ".join(found.degraded)) if found.degraded else text


def people(words: Words, found: Major, names: Mapping[str, str]) -> Iterator[str]:
    """Each role with who has it; nobody is said too."""
    for role in MajorRole:
        person = found.of(role)
        who = words.t("nobody") if person is None else names.get(person, person)
        yield words.t("{role}: {person}", role=words.p(*_ROLES[role]), person=who)


def standing(words: Words, ticket: Ticket, names: Mapping[str, str], now: Instant) -> Iterator[tuple[str, str]]:
    """A major incident as a list of fields; values are foreign text still."""
    found = ticket.major
    assert found is not None
    yield words.t("Begun"), times.stamp(found.since, words.zone)
    yield words.t("Over"), "-" if found.ended is None else times.stamp(found.ended, words.zone)
    for role in MajorRole:
        person = found.of(role)
        yield words.p(*_ROLES[role]), words.t("nobody") if person is None else names.get(person, person)
    yield words.t("Told every"), countdown.countdown(words, found.every)
    yield words.t("Told last"), "-" if found.said_at is None else times.stamp(found.said_at, words.zone)
    if text := promise(words, ticket, names, now):
        yield words.t("Told next"), text
    for text in found.degraded:
        yield words.t("Degraded"), text


def heads(words: Words) -> tuple[str, ...]:
    """Of the list of major incidents."""
    return words.t("Ticket"), words.t("Begun"), words.t("Over"), words.t("Commander"), words.t("Title")


def row(words: Words, ticket: Ticket, names: Mapping[str, str], prefix: str) -> tuple[str, ...]:
    """One of them; an exercise says so."""
    found = ticket.major
    assert found is not None
    title = titles.title(words, ticket)
    cells = (
        f"{prefix}{ticket.id}", times.stamp(found.since, words.zone),
        "-" if found.ended is None else times.stamp(found.ended, words.zone),
        names.get(found.commander, found.commander),
        words.t("{title} (exercise)", title=title) if found.exercise else title,
    )  # fmt: skip
    return tuple(safe_text(cell, one_line=True, limit=80) for cell in cells)


def _with(words: Words, what: str, text: str) -> str:
    return words.t("{what}: {text}", what=what, text=text) if text else what
