"""What in an iCalendar file is strange and yet read: told, so that nobody wonders what became of it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from supporttui.domain.faults import BadInput
from supporttui.intake.calendars.lines import Component, components


def oddities(path: Path) -> tuple[BadInput, ...]:
    """Events under an id that another one has, and events that end before they begin; by line, never raised.

    Ends are compared with beginnings of one form and zone alone.

    Raises:
        BadInput: as ``lines.components``.
    """
    events = [part for part in components(path) if part.name == "VEVENT"]
    found = [*_same_ids(path, events), *_backwards(path, events)]
    return tuple(sorted(found, key=lambda one: int(one.params["line"])))


def _same_ids(path: Path, events: Sequence[Component]) -> Iterator[BadInput]:
    """The changed ones of a series have its id by right, and say which of its dates they are."""
    seen: dict[str, int] = {}
    for event in events:
        uid = event.first("UID")
        if not uid or _lines(event, "RECURRENCE-ID"):
            continue
        first = seen.setdefault(uid, event.line)
        if first != event.line:
            yield BadInput("import.event_same_id", file=str(path), line=event.line, found=uid[:60], before=first)


def _backwards(path: Path, events: Sequence[Component]) -> Iterator[BadInput]:
    for event in events:
        start, end = _when(event, "DTSTART"), _when(event, "DTEND")
        if start[0] == end[0] and len(start[1]) == len(end[1]) and end[1] < start[1]:
            yield BadInput("import.event_backwards", file=str(path), line=event.place("DTEND"))


def _when(event: Component, name: str) -> tuple[str, str]:
    """The parameters of a time, and what it is."""
    head, _, value = next(iter(_lines(event, name)), "").partition(":")
    return head.partition(";")[2].upper(), value.strip().upper()


def _lines(event: Component, name: str) -> list[str]:
    return [line.text for line in event.lines if line.name == name]
