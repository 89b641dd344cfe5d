"""Who is not proposed for lack of a certification, in words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from supporttui.domain.marking import mark
from supporttui.domain.processes import LeftOut, Unfit
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import formats
from supporttui.i18n.catalogue import Words

_UNFIT: Mapping[Unfit, str] = {
    Unfit.uncertified: mark("Not certified for {process} ({certification}): {people}"),
    Unfit.expired: mark("Certified for {process} ({certification}) only until {date}: {people}"),
}

MOST = 5
"""People who are named."""


def left_out(words: Words, found: Iterable[LeftOut], names: Mapping[str, str]) -> Iterator[SafeText]:
    """Who is not proposed, a line for each process, reason and last day."""
    people: dict[tuple[Unfit, str, str, date | None], list[str]] = {}
    for one in found:
        kind = (one.why, one.process.name, one.process.certification, one.last)
        people.setdefault(kind, []).append(names.get(one.person, one.person))
    for (why, process, certification, last), who in people.items():
        rest = len(who) - MOST
        listed = formats.listing(words, who if rest < 1 else [*who[:MOST], words.n("{n} more", "{n} more", rest)])
        told = words.t(_UNFIT[why], process=process, certification=certification, people=listed, date=_day(words, last))
        yield safe_text(told, one_line=True)


def _day(words: Words, last: date | None) -> str:
    return "" if last is None else formats.days(words, last, last)
