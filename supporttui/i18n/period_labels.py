"""Special periods in words: that one is coming, that changes wait, what becomes of one that ended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from supporttui.domain.marking import mark_in
from supporttui.domain.periods.period import PeriodKind
from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words

if TYPE_CHECKING:  # whoever says that changes wait has loaded them, and nobody else needs to
    from supporttui.usecases.periods import Decision, Frozen

_KINDS: Mapping[str, tuple[str, str]] = {
    PeriodKind.season: mark_in("special period", "season"),
    PeriodKind.period_end: mark_in("special period", "period end"),
    PeriodKind.event: mark_in("special period", "event"),
    PeriodKind.freeze: mark_in("special period", "change freeze"),
    PeriodKind.hypercare: mark_in("special period", "hypercare"),
}
_DECISIONS: Mapping[str, tuple[str, str]] = {
    "keep": mark_in("end of a special period", "keep"),
    "extend": mark_in("end of a special period", "extend"),
    "drop": mark_in("end of a special period", "drop"),
}


def kind(words: Words, code: PeriodKind) -> str:
    """What brings a period about."""
    return words.p(*_KINDS[code])


def decision(words: Words, code: Decision) -> str:
    """What becomes of a period that ended."""
    return words.p(*_DECISIONS[code])


def frozen(words: Words, found: Frozen, now: Instant) -> SafeText:
    """What whoever opens or works on a change is told."""
    name, until = safe_text(found.name, one_line=True, limit=30), times.soon(found.until, now, words.zone)
    # Translators: beside what was done, on one line of 80 cells: the shorter, the better.
    return _line(words.t("{period}: changes wait until {time}.", period=name, time=until))


def _line(text: str) -> SafeText:
    return safe_text(text, one_line=True)
