"""The first line of every screen: who is on call, what breaches next, how old the data is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from rich.cells import cell_len

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.i18n.countdown import countdown, precise
from supporttui.i18n.handover_banner import banner as handover_banner
from supporttui.i18n.period_banner import banner
from supporttui.i18n.times import clock, soon, stamp, zone_label
from supporttui.tui.desk import PROBE_SECONDS, Link, LinkState
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import Expected, OnCall, Status

WATCH_SILENT_AFTER = 30
SKEW_SHOWN_FROM = 3
OLD_AFTER = int(2 * PROBE_SECONDS) + 5


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the status line depends on."""

    status: Status | None
    link: Link
    now: Instant
    me: PersonId
    as_of: Instant | None = None
    saved: Instant | None = None
    """When the view on screen was good, while it comes from the snapshot."""
    read_only: bool = False
    zone_data: str = ""
    """The release of the zone rules on this machine."""


def status_runs(words: Words, standing: Standing, width: int) -> tuple[Run, ...]:
    """The line in ``width`` cells: freshness at the right end, the parts that fit before it.

    Who is on call is shortened but never left out; what breaches next and a silent watch are kept longest.
    """
    fresh = freshness(words, standing)
    space = width - cell_len(fresh[1]) - 1
    runs: list[Run] = []
    for style, text in _fitting(tuple(_parts(words, standing)), space):
        runs += [("", " | " if runs else ""), (style, text)]
    used = sum(cell_len(text) for _, text in runs)
    if used > space:
        runs, used = [("", fit("".join(text for _, text in runs), space))], space
    return (*runs, ("", " " * (space - used + 1)), fresh)


def freshness(words: Words, standing: Standing) -> Run:
    """``live 3s``, ``OLD 2m``, ``offline 02:20``, or the instant at which the desk stands still."""
    link = standing.link
    if standing.as_of is not None:
        return "reverse", words.t("as of {time}", time=stamp(standing.as_of, words.zone))
    if link.state is LinkState.away and link.away_since is not None:
        return "reverse", words.t("offline since {time}", time=clock(link.away_since, words.zone))
    good = standing.saved if standing.saved is not None else link.heard
    if good is None:
        return "", words.t("opening")
    age = max(0, standing.now - good)
    if standing.saved is not None or age > OLD_AFTER:
        return "reverse", words.t("OLD {age}", age=countdown(words, age))
    live = words.t("live {age}", age=precise(words, age))
    return "", words.t("read-only, {live}", live=live) if standing.read_only else live


class Place(IntEnum):
    """The parts of the line from left to right."""

    site, on_call, handover, counts, expected, next_breach, watch, skew, zones, period, to_decide, time = range(12)


@dataclass(frozen=True, slots=True)
class Part:
    """One part, in words that get shorter and shorter; the last may be empty."""

    place: Place
    style: str
    texts: tuple[str, ...]


_SHORTENED = (
    Place.time, Place.to_decide, Place.expected, Place.site, Place.period, Place.on_call, Place.on_call, Place.period,
    Place.zones, Place.counts, Place.handover, Place.skew, Place.on_call, Place.on_call, Place.watch, Place.next_breach,
)  # fmt: skip
"""The order in which parts give way, each time by one of their texts."""


def _fitting(parts: Sequence[Part], space: int) -> Sequence[Run]:
    """Shortened as far as is needed, then as long again as there is room for after all."""
    texts = {part.place: part.texts for part in parts}
    shown = dict.fromkeys(texts, 0)
    gone: list[Place] = []
    for place in _SHORTENED:
        if _width(texts, shown) <= space:
            break
        if place in shown and shown[place] + 1 < len(texts[place]):
            shown[place] += 1
            gone.append(place)
    for place in reversed(gone):
        if _width(texts, {**shown, place: shown[place] - 1}) <= space:
            shown[place] -= 1
    styles = {part.place: part.style for part in parts}
    return [(styles[place], texts[place][number]) for place, number in shown.items() if texts[place][number]]


def _width(texts: Mapping[Place, tuple[str, ...]], shown: Mapping[Place, int]) -> int:
    found = [texts[place][number] for place, number in shown.items()]
    return sum(cell_len(text) + 3 for text in found if text) - 3


def _parts(words: Words, standing: Standing) -> Iterator[Part]:
    status = standing.status
    if status is None:
        return
    yield Part(Place.site, "bold", (safe_text(status.site, one_line=True, limit=24), ""))
    yield Part(Place.on_call, "", on_call_texts(words, status.on_call, me=standing.me, now=standing.now))
    if status.handover is not None:
        texts = handover_banner(words, status.handover, status.names, standing.now)
        yield Part(Place.handover, "" if status.handover.giving else "bold", texts)
    late = f" {status.breached}!" if status.breached else ""
    counts = words.n("{n} open", "{n} open", status.open) + late
    yield Part(Place.counts, "bold" if late else "", (counts, ""))
    if status.expected is not None and (texts := expected_texts(words, status.expected, standing.now)):
        yield Part(Place.expected, "warning" if status.expected.unattended else "", texts)
    if status.next_breach is not None:
        style, text = _next_breach(words, status, standing.now)
        yield Part(Place.next_breach, style, (text, ""))
    if wrong := _of_watch(words, status, standing):
        yield Part(Place.watch, "alarm", (wrong, ""))
    yield from _of_machine(words, standing, counted_by=status.zone_data)
    if (period := status.announced) is not None:
        long, short = (banner(words, period, standing.now, longest=longest) for longest in (32, 16))
        yield Part(Place.period, "bold" if period.running else "", (long, short, ""))
    if status.to_decide:
        # Translators: calendar entries and ended special periods that wait for a decision; at most 14 cells.
        yield Part(Place.to_decide, "", (words.n("{n} to decide", "{n} to decide", status.to_decide), ""))
    yield Part(Place.time, "dim", (_time(words, status, standing.now), ""))


def _of_machine(words: Words, standing: Standing, *, counted_by: str) -> Iterator[Part]:
    """A clock that is off, and zone rules other than those of the database."""
    if abs(standing.link.skew) >= SKEW_SHOWN_FROM:
        off = words.t("clock here {age} off", age=precise(words, abs(standing.link.skew)))
        yield Part(Place.skew, "alarm", (off, ""))
    if standing.zone_data and counted_by and standing.zone_data != counted_by:
        # Translators: releases of the world's time zone rules, such as 2026a; at most 32 cells with both.
        told = words.t(
            "zones {here}, database {there}",
            here=safe_text(standing.zone_data, one_line=True, limit=8),
            there=safe_text(counted_by, one_line=True, limit=8),
        )
        yield Part(Place.zones, "warning", (told, ""))


def expected_texts(words: Words, expected: Expected, now: Instant) -> tuple[str, ...]:
    """``3 due by 08:00, 1 unattended``, then the second alone, which is never left out; nothing while all is well."""
    shift, alone = expected.forecast.shift, ""
    if expected.unattended:
        # Translators: tickets that will be due while nobody is on duty; at most 14 cells.
        alone = words.n("{n} unattended", "{n} unattended", expected.unattended)
    if not expected.this_shift or shift is None:
        return (alone,) if alone else ()
    time = soon(shift.end, now, words.zone)
    due = words.n("{n} due by {time}", "{n} due by {time}", expected.this_shift, time=time)
    return (f"{due}, {alone}", alone) if alone else (due, "")


def _time(words: Words, status: Status, now: Instant) -> str:
    """The reader's wall clock, and the site's where it differs: ``06:52 IST (02:22 CET)``."""
    mine, sites = (f"{clock(now, zone)} {zone_label(now, zone)}" for zone in (words.zone, status.zone))
    return mine if mine == sites else f"{mine} ({sites})"


def on_call_texts(words: Words, lines: Sequence[OnCall], *, me: PersonId, now: Instant) -> tuple[str, ...]:
    """``on call: you (L1) till 08:00, L2 Marek``, then shorter; whose line the reader stands in comes first."""
    first = next((line for line in lines if me in line.people), next((line for line in lines if line.people), None))
    if first is None:
        return (words.t("on call: nobody"),)
    level, names = f"L{first.level}", _names(words, first, me=me)
    plain = words.t("on call: {names} ({level})", names=names, level=level)
    short = words.t("on call: {names} ({level})", names=_names(words, first, me=me, limit=8), level=level)
    shortest = fit(_names(words, first, me=me, limit=8), 8).rstrip()
    till = plain
    if first.until is not None:
        time = soon(first.until, now, words.zone)
        till = words.t("on call: {names} ({level}) till {time}", names=names, level=level, time=time)
    behind = [line for line in lines if line.rota == first.rota and line.level > first.level and line.people]
    others = "".join(f", L{line.level} {_names(words, line, me=me)}" for line in behind)
    return (till + others, till, plain, short, f"{level} {shortest}")


def _names(words: Words, line: OnCall, *, me: PersonId, limit: int = 16) -> str:
    names = (safe_text(line.names.get(p, p), one_line=True, limit=limit) for p in line.people)
    return ", ".join(words.t("you") if p == me else name for p, name in zip(line.people, names, strict=True))


def _next_breach(words: Words, status: Status, now: Instant) -> tuple[str, str]:
    following = status.next_breach
    assert following is not None
    left = following.due - now
    code = f"{status.prefix}{following.ticket}"
    if left < 0:
        return "alarm", words.t("{ticket} late {time}", ticket=code, time=countdown(words, left).removeprefix("-"))
    style = "bold" if left < 900 else ""
    return style, words.t("{ticket} in {time}", ticket=code, time=precise(words, left))


def _of_watch(words: Words, status: Status, standing: Standing) -> str:
    """That it is not there, or what is wrong with its work; empty while all is well."""
    silent = watch_silence(status, standing)
    if silent is not None:
        return words.t("watch silent {age}", age=precise(words, silent)) if silent else words.t("no watch")
    if standing.as_of is not None:
        return ""
    if status.watch is not None and status.watch.troubles:
        return words.n("watch: {n} trouble", "watch: {n} troubles", len(status.watch.troubles))
    return words.n("{n} page held", "{n} pages held", status.outbox_held) if status.outbox_held else ""


def tiny_text(words: Words, standing: Standing) -> str:
    """What is said in a window that is too small: the next breach first, then why there is nothing else."""
    status = standing.status
    text = words.t("window too small")
    if status is None or status.next_breach is None:
        return text
    return f"{_next_breach(words, status, standing.now)[1]} | {text}"


def watch_silence(status: Status, standing: Standing) -> int | None:
    """Seconds of silence of the watch once they matter, 0 if there never was one; ``None`` while all is well."""
    if standing.as_of is not None or standing.link.state is not LinkState.live:
        return None
    if status.watch is None:
        return 0
    silent = standing.now - status.watch.seen
    return silent if silent > WATCH_SILENT_AFTER else None


class StatusLine(Line):
    """Docked at the top."""

    DEFAULT_CSS = "StatusLine { dock: top; height: 1; }"

    def stand(self, words: Words, standing: Standing) -> None:
        """Show how things stand; only the digits that changed are repainted."""
        self.show(status_runs(words, standing, self.screen.size.width))
