"""Entries of the review list in words: the same in the shell and at the desk."""

from supporttui.domain.exchange.review import Entry
from supporttui.i18n import formats
from supporttui.i18n.catalogue import Words
from supporttui.usecases.exchange.reviewing import Decided


def when(words: Words, entry: Entry) -> str:
    """Its dates, or its dates and times, by its own clocks."""
    if entry.dates is None:
        return formats.span(words, entry.start, entry.end, zone=entry.zone)
    first, last = entry.dates
    if first == last:
        return formats.day(words, entry.start, zone=entry.zone)
    return formats.days(words, first, last)


def decided(words: Words, done: Decided, *, accept: bool) -> list[str]:
    """What became of entries, a sentence each."""
    if not done.entries:
        return [words.t("Nothing waits for a decision.")]
    if not accept:
        return [words.n("{n} entry rejected.", "{n} entries rejected.", len(done.entries))]
    lines = [words.n("{n} entry accepted.", "{n} entries accepted.", len(done.entries))]
    lines += [words.t("{calendar}: version {version} holds from now on.", calendar=key, version=version)
              for key, version in done.calendars.items()]  # fmt: skip
    if done.absences:
        text = words.n("{n} absence. Who is on duty then: supporttui rota conflicts",
                       "{n} absences. Who is on duty then: supporttui rota conflicts", done.absences)  # fmt: skip
        lines.append(text)
    return lines
