"""The banner of a special period, apart from all else about periods: the first line of the desk shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supporttui.domain.spans import Instant
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import times
from supporttui.i18n.catalogue import Words

if TYPE_CHECKING:  # the rules behind it are not loaded before the first frame
    from supporttui.usecases.periods import Coming
    from supporttui.usecases.views import Announced


def banner(words: Words, found: Coming | Announced, now: Instant, *, longest: int = 60) -> SafeText:
    """One line: its name in ``longest`` characters, and until when or from when on it holds, in the reader's zone."""
    name = safe_text(found.name, one_line=True, limit=longest)
    if found.running:
        told = words.t("{period} until {time}", period=name, time=times.soon(found.end, now, words.zone))
    else:
        told = words.t("{period} from {time} on", period=name, time=times.soon(found.start, now, words.zone))
    return safe_text(told, one_line=True)
