"""Two on one ticket: what I wanted beside what others did meanwhile. No Textual."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from supporttui.domain.faults import Conflict
from supporttui.domain.text import safe_text
from supporttui.i18n import labels, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.countdown import precise
from supporttui.tui.panes.head import Look
from supporttui.tui.panes.sections import timeline
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run, width_of
from supporttui.usecases.conflicts import Change, Since

Line = tuple[Run, ...]
BESIDE = 100
"""From so many cells the two stand beside each other."""
_GAP = " | "
_MOST_VALUE = 60
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Mine:
    """What somebody wanted to do to a ticket, in their own words."""

    what: str
    """The action's label."""
    parts: tuple[tuple[str, str], ...] = ()
    """What was typed and set: its name and its text."""


def lines(look: Look, mine: Mine, since: Since) -> tuple[Line, ...]:
    """Both: beside each other where there is room, else mine above theirs."""
    if look.width < BESIDE:
        return (*_mine(look, mine), (), *_theirs(look, since))
    left = replace(look, width=(look.width - len(_GAP)) // 2)
    right = replace(look, width=look.width - left.width - len(_GAP))
    pairs = zip_longest(_mine(left, mine), _theirs(right, since), fillvalue=())
    return tuple((*_filled(here, left.width), ("dim", _GAP), *there) for here, there in pairs)


def message(words: Words, since: Since, fault: Conflict, *, ticket: str, now: int, width: int) -> str:
    """One line: who was faster, when, with what, and what to press; what does not fit is left for the window."""
    names = since.detail.names
    who = safe_text(names.get(fault.changed_by, fault.changed_by), one_line=True, limit=24)
    told = {"who": who, "ticket": ticket, "time": precise(words, max(0, now - fault.at))}
    short = words.t("Not saved: {who} changed {ticket} {time} ago. Enter shows both, u drops yours.", **told)
    changes = [change_text(words, change, names) for change in since.changes]
    for what in (labels.listed(words, changes), *changes[:1], _facts(words, since)):
        long = words.t(
            "Not saved: {who} changed {ticket} {time} ago ({what}). Enter shows both, u drops yours.", **told, what=what
        )
        if what and cell_width(long) < width:
            return long
    return short


def change_text(words: Words, change: Change, names: Mapping[str, str]) -> str:
    """``state new -> active``."""
    return words.t(
        "{field} {before} -> {after}", field=labels.field(words, change.field),
        before=value_text(words, change.field, change.before, names),
        after=value_text(words, change.field, change.after, names),
    )  # fmt: skip


def value_text(words: Words, name: str, value: Any, names: Mapping[str, str]) -> str:
    """What stands in a ticket's field, as people say it; an empty field is a dash."""
    if value in (None, ""):
        return words.t("nobody") if name == "owner" else "-"
    worded = _VALUES.get(name)
    text = worded(words, value) if worded is not None else names.get(str(value), str(value))
    return safe_text(text, one_line=True, limit=_MOST_VALUE)


def _when(words: Words, value: Any) -> str:
    return times.stamp(value, words.zone)


_VALUES: Mapping[str, Callable[[Words, Any], str]] = {
    "state": labels.state, "kind": labels.kind, "priority": labels.priority, "impact": labels.level,
    "urgency": labels.level, "hold_until": _when, "until": _when, "hold_reason": labels.hold_reason,
    "resolution": labels.resolution, "code": labels.resolution,
}  # fmt: skip
"""Fields and arguments whose values are more than their text."""


def _facts(words: Words, since: Since) -> str:
    first = since.detail.facts[-1:]
    return "".join(safe_text(labels.event(words, f.event, since.detail.names), one_line=True, limit=40) for f in first)


def _mine(look: Look, mine: Mine) -> list[Line]:
    title = look.words.t("Yours, not saved: {what}", what=mine.what)
    shown: list[Line] = [(("title", f" {fit(title, look.width - 1)}"),)]
    for name, text in mine.parts:
        whole = safe_text(text, one_line=False, limit=_MOST_TEXT).split("\n")
        first, *more = [part for line in whole for part in wrap(line, max(10, look.width - 4))]
        if more or cell_width(name) + cell_width(first) + 3 > look.width:
            shown += [(("dim", f" {name}"),), *((("", f"   {part}"),) for part in (first, *more))]
        else:
            shown.append((("dim", f" {name} "), ("", first)))
    return shown


def _theirs(look: Look, since: Since) -> list[Line]:
    detail = since.detail
    shown: list[Line] = [(("title", f" {fit(look.words.t('Theirs, saved meanwhile'), look.width - 1)}"),)]
    for change in since.changes:
        texts = wrap(change_text(look.words, change, detail.names), max(10, look.width - 2))
        shown += [(("", f" {text}"),) for text in texts]
    if since.changes:
        shown.append(())
    return [*shown, *timeline(look, detail)]


def _filled(line: Sequence[Run], width: int) -> Line:
    return (*line, ("", " " * max(0, width - width_of(line))))
