"""Who follows a ticket and who put it off, as the one text in which SQL and Python look for a person alike."""

from collections.abc import Iterable

from supporttui.domain.ids import PersonId
from supporttui.domain.tickets import Reminder

BETWEEN = "\x1f"
"""Stands before and behind each person; no id holds it."""
UNTIL = "\x1e"
DIGITS = 12
"""Of the instant behind ``UNTIL``."""


def followers_form(people: Iterable[PersonId]) -> str:
    """Everybody who follows; empty for nobody."""
    return _form(people)


def snoozed_form(reminders: Iterable[Reminder]) -> str:
    """Everybody who is to be reminded, each with the instant; empty for nobody."""
    return _form(f"{one.person}{UNTIL}{one.until:0{DIGITS}d}" for one in reminders)


def follows(form: str, person: str | None) -> bool:
    """Whether a person is among the followers.

    >>> follows(followers_form([PersonId("ana")]), "ana"), follows(followers_form([PersonId("ana")]), "an")
    (True, False)
    """
    return bool(person) and f"{BETWEEN}{person}{BETWEEN}" in form


def snoozed_until(form: str, person: str | None) -> int:
    """When a person is to be reminded; 0 is never."""
    _, found, rest = form.partition(f"{BETWEEN}{person}{UNTIL}") if person else ("", "", "")
    return int(rest[:DIGITS]) if found else 0


def _form(parts: Iterable[str]) -> str:
    joined = BETWEEN.join(parts)
    return f"{BETWEEN}{joined}{BETWEEN}" if joined else ""
