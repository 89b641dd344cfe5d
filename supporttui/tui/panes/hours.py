"""Service hours in lines of cells: all services, or the week of one and what is not as usual. No Textual."""

from collections.abc import Iterator, Sequence

from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import formats, hours_labels, service_labels
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.pairs import Line, columns
from supporttui.usecases.service_hours import Open, ServiceHours

MOST = 12
"""Dates and changes that are shown."""


def every(words: Words, found: Sequence[Open], now: Instant, width: int) -> tuple[Line, ...]:
    """One line a service: its name, and whether it is open."""
    names = [safe_text(one.subject.name, one_line=True, limit=40) for one in found]
    column = max(map(cell_width, names), default=0) + 2
    lines: list[Line] = []
    for name, one in zip(names, found, strict=True):
        hours = service_labels.opening(words, one.opening, now)
        lines.append((("bold", f" {fit(name, column)}"), ("", fit(hours, max(1, width - column - 2)).rstrip())))
    return tuple(lines) or ((("dim", f" {words.t('No service is defined yet.')}"),),)


def one(words: Words, found: ServiceHours, width: int) -> tuple[Line, ...]:
    """A service or calendar: now, its week, dates with a name, what changes next, and why it is as it is."""
    now = service_labels.opening(words, found.opening, found.now)
    version = hours_labels.version(words, found.ruling)
    about = words.t("hours {name}, {version} ({zone})", name=found.calendar_name, version=version, zone=found.zone)
    rules = (f"  {hours_labels.step(words, step)}" for step in found.ruling.steps)
    lines: list[Line] = [(("title", f" {fit(now, width - 2).rstrip()}"),)]
    lines += [(("dim", f" {fit(text, width - 2).rstrip()}"),) for text in (about, *rules)]
    dates = [(formats.days(words, d.first, d.last), hours_labels.named(words, d)) for d in found.named[:MOST]]
    changes = [(formats.moment(words, c.at), hours_labels.change(words, c)) for c in found.changes[:MOST]]
    for pairs in (tuple(_week(words, found)), tuple(dates), tuple(changes)):
        if pairs:
            lines += [(), *columns(pairs, width)]
    return tuple(lines)


def _week(words: Words, found: ServiceHours) -> Iterator[tuple[str, str]]:
    """Each date by the calendar's clocks, and by the reader's where they show another time."""
    zones = tuple(dict.fromkeys((found.zone, words.zone)))
    for day in found.days:
        labels = hours_labels.zones(day, zones) if any(piece.open for piece in day.pieces) else ("",)
        shown = dict(zip(labels, (hours_labels.windows(words, day, zone) for zone in zones), strict=False))
        times = [f"{windows} {label}".rstrip() for label, windows in shown.items()]
        note = hours_labels.notes(words, day)
        yield formats.day_short(words, day.span.start, zone=found.zone), "   ".join(filter(None, (*times, note)))
