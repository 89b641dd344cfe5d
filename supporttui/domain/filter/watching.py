"""Who follows a ticket and who put it off, as the one text in which SQL looks for a person; and a promised instant."""

from collections.abc import Iterable

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
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


def promised_form(until: Instant) -> str:
    """An instant as text of so many digits."""
    return f"{until:0{DIGITS}d}"


def _form(parts: Iterable[str]) -> str:
    joined = BETWEEN.join(parts)
    return f"{BETWEEN}{joined}{BETWEEN}" if joined else ""
