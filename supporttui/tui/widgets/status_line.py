"""The first line of every screen: who is on call, what breaches next, how old the data is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len

from supporttui.domain.ids import PersonId
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import fit
from supporttui.i18n.countdown import countdown, precise
from supporttui.i18n.times import clock, near
from supporttui.tui.desk import PROBE_SECONDS, Link, LinkState
from supporttui.tui.styles import Run
from supporttui.tui.widgets.line import Line

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.views import OnCall, Status

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


def status_runs(words: Words, standing: Standing, width: int) -> tuple[Run, ...]:
    """The line in ``width`` cells: freshness at the right end, the parts that fit before it.

    What breaches next and a silent watch are kept longest, the site's name goes first.
    """
    fresh = freshness(words, standing)
    space = width - cell_len(fresh[1]) - 1
    kept = _fitting(sorted(_parts(words, standing)), space)
    runs: list[Run] = []
    for _, style, text in kept:
        runs += [("", " | " if runs else ""), (style, text)]
    used = sum(cell_len(text) for _, text in runs)
    if used > space:
        runs, used = [("", fit("".join(text for _, text in runs), space))], space
    return (*runs, ("", " " * (space - used + 1)), fresh)


def freshness(words: Words, standing: Standing) -> Run:
    """``live 3s``, ``OLD 2m``, ``offline 02:20``, or the instant at which the desk stands still."""
    link = standing.link
    if standing.as_of is not None:
        return "reverse", words.t("as of {time}", time=near(standing.as_of, standing.now, words.zone))
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


_Part = tuple[int, str, str]
"""Place from the left, style, text."""
_DROPPED_FIRST = (0, 1, 2, 5, 4, 3)
"""Places in the order in which they give way: site, on call, counts, clock, watch, next breach."""


def _fitting(parts: Sequence[_Part], space: int) -> Sequence[_Part]:
    kept = list(parts)
    for place in _DROPPED_FIRST:
        if sum(cell_len(text) + 3 for _, _, text in kept) - 3 <= space or len(kept) == 1:
            break
        kept = [part for part in kept if part[0] != place]
    return kept


def _parts(words: Words, standing: Standing) -> Iterator[_Part]:
    status = standing.status
    if status is None:
        return
    if status.site:
        yield 0, "bold", safe_text(status.site, one_line=True, limit=24)
    yield 1, "", on_call_text(words, status.on_call, me=standing.me)
    late = f" {status.breached}!" if status.breached else ""
    yield 2, "bold" if late else "", words.n("{n} open", "{n} open", status.open) + late
    if status.next_breach is not None:
        yield 3, *_next_breach(words, status, standing.now)
    silent = watch_silence(status, standing)
    if silent is not None:
        yield 4, "alarm", words.t("watch silent {age}", age=precise(words, silent)) if silent else words.t("no watch")
    if abs(standing.link.skew) >= SKEW_SHOWN_FROM:
        yield 5, "alarm", words.t("clock here {age} off", age=precise(words, abs(standing.link.skew)))


def on_call_text(words: Words, lines: Sequence[OnCall], *, me: PersonId) -> str:
    """``on call: you (L1) till 08:00``; whose line I stand in comes first."""
    first = next((line for line in lines if me in line.people), next((line for line in lines if line.people), None))
    if first is None:
        return words.t("on call: nobody")
    names = ", ".join(
        words.t("you") if p == me else safe_text(first.names.get(p, p), one_line=True, limit=16) for p in first.people
    )
    level = f"L{first.level}"
    if first.until is None:
        return words.t("on call: {names} ({level})", names=names, level=level)
    return words.t(
        "on call: {names} ({level}) till {time}", names=names, level=level, time=clock(first.until, words.zone)
    )


def _next_breach(words: Words, status: Status, now: Instant) -> tuple[str, str]:
    following = status.next_breach
    assert following is not None
    left = following.due - now
    code = f"{status.prefix}{following.ticket}"
    if left < 0:
        return "alarm", words.t("{ticket} late {time}", ticket=code, time=countdown(words, left).removeprefix("-"))
    style = "bold" if left < 900 else ""
    return style, words.t("{ticket} in {time}", ticket=code, time=precise(words, left))


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
