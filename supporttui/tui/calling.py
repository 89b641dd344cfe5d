"""How the desk calls the person at it, as it is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from supporttui.domain.alerts import Alert
from supporttui.domain.faults import BadInput


class Call(StrEnum):
    """One way of calling."""

    bell = "bell"
    osc9 = "osc9"
    osc777 = "osc777"
    as_title = "title"  # ``title`` is a method of every text
    hook = "hook"


@dataclass(frozen=True, slots=True)
class NotifyOptions:
    """``[notify]`` of the settings."""

    terminal: Sequence[Call] = (Call.bell,)
    """Ways by which the desk calls: `bell`, `osc9`, `osc777`, `title` (counts and the site's name only), `hook`."""
    events: Sequence[Alert] = tuple(Alert)
    """What calls: `paged`, `p1`, `breached`, `at_risk`, `handover`."""
    quiet: str = ""
    """Hours such as `22:00-07:00` of your clock in which only `paged` and `p1` call."""
    hook: Sequence[str] = ()
    """A program with its arguments; it finds `SUPPORTTUI_EVENT`, `SUPPORTTUI_TICKET` and `SUPPORTTUI_TEXT`."""

    def __post_init__(self) -> None:
        self.quiet_minutes()

    def quiet_minutes(self) -> tuple[int, int] | None:
        """Both ends as minutes of the day. Raises BadInput (``notify.quiet``)."""
        if not self.quiet:
            return None
        try:
            first, last = (_minutes(one) for one in self.quiet.split("-"))
        except ValueError:
            raise BadInput("notify.quiet", found=self.quiet[:40]) from None
        return first, last


def _minutes(text: str) -> int:
    hours, minutes = (int(part) for part in text.strip().split(":"))
    if not (0 <= hours <= 24 and 0 <= minutes < 60):
        raise ValueError(text)
    return hours * 60 + minutes
