"""Hot spots and repeating incidents in words: the same at the desk and in the shell."""

from collections.abc import Iterator, Mapping

from supporttui.domain.events import Fact, RepeatsSeen
from supporttui.domain.hotspots import Spot, SpotBy
from supporttui.domain.ids import DEFAULT_PREFIX
from supporttui.domain.marking import mark_in
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words

SHOWN = 10
"""Groups of each kind; the rest is told as a number."""
_BY: Mapping[SpotBy, tuple[str, str]] = {
    SpotBy.service: mark_in("hot spots by", "Service"),
    SpotBy.process: mark_in("hot spots by", "Process"),
    SpotBy.category: mark_in("hot spots by", "Category"),
    SpotBy.resolution: mark_in("hot spots by", "Resolution"),
}


def heads(words: Words, by: SpotBy) -> tuple[str, ...]:
    """Above the groups of a kind."""
    return (
        words.p(*_BY[by]), words.p("column", "Tickets"), words.p("column", "Share"), words.p("column", "Before"),
        words.p("column", "Reopened"),
    )  # fmt: skip


def row(words: Words, by: SpotBy, spot: Spot, names: Mapping[str, str]) -> tuple[str, ...]:
    """A group in such columns."""
    share = words.t("{n} %", n=spot.percent)
    return name(words, by, spot.name, names), str(spot.count), share, str(spot.before), str(spot.reopened)


def name(words: Words, by: SpotBy, key: str, names: Mapping[str, str]) -> SafeText:
    """What a group is called."""
    if not key:
        told = words.t("not resolved") if by is SpotBy.resolution else words.t("none")
    else:
        told = terms.resolution(words, key) if by is SpotBy.resolution else names.get(key, key)
    return safe_text(told, one_line=True, limit=40)


def repeats(words: Words, event: RepeatsSeen, *, prefix: str = DEFAULT_PREFIX) -> str:
    """What is said of a group on its newest ticket."""
    tickets = ", ".join(f"{prefix}{number}" for number in event.tickets)
    said = words.n(
        "{n} alike within {days} days", "{n} alike within {days} days", len(event.tickets) + 1, days=event.days
    )
    what = ", ".join(event.words)
    return words.t("{said} ({what}): {tickets}. Look for one cause.", said=said, what=what, tickets=tickets)


def told(words: Words, facts: tuple[Fact, ...], *, prefix: str) -> Iterator[tuple[str, str]]:
    """When and on which ticket it was said, and what."""
    for fact in facts:
        if isinstance(fact.event, RepeatsSeen):
            said = safe_text(repeats(words, fact.event, prefix=prefix), one_line=True, limit=300)
            yield f"{times.stamp(fact.at, words.zone)}  {prefix}{fact.ticket}", said
