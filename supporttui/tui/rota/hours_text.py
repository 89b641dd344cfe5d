"""The hours of a layer as people write them: ``Mon-Fri 08:00-20:00; Sat,Sun 10:00-16:00``. No Textual."""

import re
from collections.abc import Iterator, Sequence
from datetime import time

from supporttui.domain.faults import BadInput
from supporttui.domain.rota.schedule import Restriction
from supporttui.domain.text import fold
from supporttui.i18n import formats
from supporttui.i18n.catalogue import Words

_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = tuple(range(1, 8))
_PART = re.compile(
    r"\s*(?P<days>[^\d\s][^\s]*|[1-7](?:[-,][1-7])*(?=\s))?\s*(?P<start>[\d:]+)\s*-\s*(?P<end>[\d:]+)\s*"
)


def text_of(words: Words, hours: Sequence[Restriction]) -> str:
    """Empty for a layer that is always active."""
    return "; ".join(_text(words, one) for one in hours)


def _text(words: Words, one: Restriction) -> str:
    span = f"{one.start:%H:%M}-{one.end:%H:%M}"
    names = formats.weekdays(words)
    if tuple(one.days) == _WEEK:
        return span
    runs = list(_runs(one.days))
    days = ",".join(
        names[first - 1] if first == last else f"{names[first - 1]}-{names[last - 1]}" for first, last in runs
    )
    return f"{days} {span}"


def _runs(days: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Days that follow each other, as their first and last."""
    start = previous = None
    for day in sorted(days):
        if previous is not None and day != previous + 1 and start is not None:
            yield start, previous
            start = day
        elif start is None:
            start = day
        previous = day
    if start is not None and previous is not None:
        yield start, previous


def hours_of(words: Words, text: str) -> tuple[Restriction, ...]:
    """What such a text means; weekdays in the reader's language, in English, or as numbers from Monday on.

    Raises:
        BadInput: ``rota.hours_text`` with the part that cannot be read.
    """
    return tuple(_part(words, part) for part in text.split(";") if part.strip())


def _part(words: Words, text: str) -> Restriction:
    found = _PART.fullmatch(f"{text} ")
    if found is None:
        raise BadInput("rota.hours_text", text=text.strip()[:40])
    try:
        days = _days(words, found["days"]) if found["days"] else _WEEK
        return Restriction(_time(found["start"]), _time(found["end"]), days)
    except ValueError:
        raise BadInput("rota.hours_text", text=text.strip()[:40]) from None


def _time(text: str) -> time:
    """24:00 is the midnight at the end of a day."""
    hour, _, minute = text.partition(":")
    return time(int(hour) % 24 if int(hour) <= 24 else int(hour), int(minute or 0))


def _days(words: Words, text: str) -> tuple[int, ...]:
    days: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        start, end = _day(words, first), _day(words, last if dash else first)
        days += range(start, end + 1) if start <= end else (*range(start, 8), *range(1, end + 1))
    return tuple(dict.fromkeys(days))


def _day(words: Words, text: str) -> int:
    """1 for Monday. Raises ValueError."""
    wanted = fold(text.strip().rstrip("."))
    if wanted.isdigit():
        return int(wanted)
    own = [fold(name.rstrip(".")) for name in formats.weekdays(words)]
    for names in (own, _ENGLISH):
        for number, name in enumerate(names, start=1):
            if wanted == name or (len(wanted) >= 3 and wanted.startswith(name)):
                return number
    raise ValueError(text)
