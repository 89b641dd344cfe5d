"""What a pack changes, in words: each definition, each field before and after, and what that does."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.escalation.policy import Step
from supporttui.domain.marking import mark_in
from supporttui.domain.priorities import Priority
from supporttui.domain.sla.calendars import Break, Holiday, Window
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import (
    definition_texts,
    formats,
    references,
    rota_labels,
    terms,
    times,
    value_labels,
    whatif_labels,
)
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import exact
from supporttui.i18n.pack_fields import FIELDS
from supporttui.i18n.references import Names
from supporttui.i18n.whatif_labels import Code
from supporttui.packs.writing import one_line
from supporttui.usecases.packing import AT_ONCE, Difference, Entry, Part, Preview, Verdict

_PARTS: Mapping[Part, tuple[str, str]] = {
    Part.calendars: mark_in("definition", "calendar"),
    Part.target_sets: mark_in("definition", "targets"),
    Part.matrices: mark_in("definition", "priority matrix"),
    Part.teams: mark_in("definition", "team"),
    Part.people: mark_in("definition", "person"),
    Part.rotas: mark_in("definition", "rota"),
    Part.policies: mark_in("definition", "escalation policy"),
    Part.services: mark_in("definition", "service"),
    Part.periods: mark_in("definition", "special period"),
    Part.templates: mark_in("definition", "reply"),
    Part.processes: mark_in("definition", "process"),
    Part.tasks: mark_in("definition", "task"),
    Part.sources: mark_in("definition", "source of reports"),
    Part.beats: mark_in("definition", "sign of life"),
    Part.procedures: mark_in("definition", "procedure"),
    Part.lessons: mark_in("definition", "lesson"),
    Part.charters: mark_in("definition", "charter"),
}
_LENGTHS = frozenset({"seconds", "wait", "repeat_wait", "ack_timeout", "interval", "grace", "cooldown"})
_INSTANTS = frozenset({"valid_from", "valid_to", "start", "end"})
_NO_NAMES: Names = {}
_PIECE = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
MOST = 12
"""Fields of one definition that are named."""
LONGEST = 60
"""Characters of a value."""


def part(words: Words, value: Part) -> str:
    """What a section of a pack holds one of."""
    return words.p(*_PARTS[value])


def titled(words: Words, value: Part, name: str) -> str:
    """``calendar "Office hours"``."""
    return words.t('{what} "{name}"', what=part(words, value), name=safe_text(name, one_line=True, limit=40))


def preview(words: Words, found: Preview, code: Code, now: Instant) -> Iterator[str]:
    """What a pack would do: the definitions, the timers, the rotas; a line each, details indented."""
    yield from _entries(words, found)
    if not found.changes:
        yield words.t("Nothing would change.")
        return
    if found.begins > now:
        when = times.stamp(found.begins, words.zone)
        yield words.t("New versions hold from {time}.", time=when)
        if any(entry.part in AT_ONCE and entry.verdict is not Verdict.unchanged for entry in found.entries):
            yield words.t("Teams, people, services, replies, processes and tasks change at once.")
    yield words.t("Running timers:")
    yield from (f"  {line}" for line in whatif_labels.redefined(words, found.timers, code, now))
    for effect in found.rotas:
        yield words.t('Rota "{rota}", the next 60 days:', rota=safe_text(effect.rota_name, one_line=True, limit=40))
        yield from (f"  {line}" for line in rota_labels.effect(words, effect))


def summary(words: Words, found: Preview) -> str:
    """How much of it is new, other and as it was."""
    counts = {verdict: sum(one.verdict is verdict for one in found.entries) for verdict in Verdict}
    fresh = sum(one.before is None for one in found.site)
    return words.t(
        "New: {new}. Changed: {changed}. Unchanged: {unchanged}.",
        new=counts[Verdict.new] + fresh, changed=counts[Verdict.changed] + len(found.site) - fresh,
        unchanged=counts[Verdict.unchanged],
    )  # fmt: skip


def _entries(words: Words, found: Preview) -> Iterator[str]:
    yield summary(words, found)
    for entry in found.entries:
        if entry.verdict is Verdict.new:
            yield words.t("+ {definition} is new", definition=titled(words, entry.part, entry.name))
        elif entry.verdict is Verdict.changed:
            yield words.t("* {definition} changes", definition=titled(words, entry.part, entry.name))
            yield from (f"    {line}" for line in _differences(words, entry))
    for one in found.site:
        yield words.t("* setting {setting} of the site: {change}", setting=one.path, change=_change(words, one))


def _differences(words: Words, entry: Entry) -> Iterator[str]:
    for one in entry.differences[:MOST]:
        yield words.t("{field}: {change}", field=path(words, one.path), change=_change(words, one))
    if (rest := len(entry.differences) - MOST) > 0:
        yield words.n("and {n} more field", "and {n} more fields", rest)


def _change(words: Words, one: Difference) -> str:
    name = _last(one.path)
    return words.t("{before} -> {after}", before=value(words, name, one.before), after=value(words, name, one.after))


def path(words: Words, text: str) -> str:
    """``targets[2].seconds`` as ``targets 3, time``: counted from one.

    >>> from supporttui.i18n.catalogue import load
    >>> path(load("en", "UTC", {}), "targets[2].seconds")
    'targets 3, time'
    """
    told: list[str] = []
    for name, number in _PIECE.findall(text):
        if number and told:
            told[-1] += f" {int(number) + 1}"
        else:
            told.append(words.t(FIELDS[name]) if name in FIELDS else safe_text(name, one_line=True, limit=40))
    return ", ".join(told)


def has_parts(found: object) -> bool:
    """Whether a value is a list of definitions that are told one by one; windows are told together."""
    if not isinstance(found, tuple) or not found or isinstance(found[0], (Window, Break)):
        return False
    return all(is_dataclass(one) for one in found)


def value(words: Words, name: str, found: Any, *, limit: int = LONGEST, names: Names = _NO_NAMES) -> str:
    """A value of a field in a few cells; other definitions by those of the names that are given."""
    found = references.named(names, name, found)
    if found is None or found in ((), ""):
        return words.p("value", "none")
    if name in _LENGTHS and isinstance(found, int):
        return exact(words, found)
    if isinstance(found, bool):
        return words.p("value", "yes") if found else words.p("value", "no")
    if isinstance(found, (Window, Break, Holiday, Step, Criterion)):
        return _part(words, found, names)
    if isinstance(found, tuple) and all(isinstance(one, (Window, Break)) for one in found):
        return "; ".join(window(words, one) for one in found)
    return safe_text(_text(words, name, found), one_line=True, limit=limit)


def _text(words: Words, name: str, found: Any) -> str:
    match found:
        case StrEnum():
            text = value_labels.code(words, found)
        case str():
            text = terms.channel(words, found) if name == "channel" else found
        case tuple() if name == "days":
            text = weekdays(words, found)
        case frozenset():
            text = _several(words, name, sorted(found))
        case tuple() if not any(map(is_dataclass, found)):
            text = _several(words, name, found)
        case Mapping() if all(isinstance(one, str) for one in found.values()):
            text = "; ".join(f"{key} = {one}" for key, one in found.items())
        case _:
            text = _plain(words, name, found)
    return text


def _several(words: Words, name: str, found: Sequence[Any]) -> str:
    """One after another; what has several in each place, as the people of a turn, with signs between."""
    if any(isinstance(one, tuple) for one in found):
        return "; ".join(_several(words, name, one) if one else words.p("value", "none") for one in found)
    return ", ".join(_text(words, name, one) for one in found)


def _plain(words: Words, name: str, found: Any) -> str:
    """Numbers, dates and instants; what is none of them as in a file."""
    if name in {"priority", "priorities"} and isinstance(found, int):
        return terms.priority_short(Priority(found))
    if name == "warn_percent" and isinstance(found, int):
        return f"{found} %"
    if name in _INSTANTS and isinstance(found, int):
        return times.stamp(Instant(found), words.zone)
    if isinstance(found, datetime):
        return found.isoformat(" ", "minutes")
    if isinstance(found, (date, time)):
        return found.isoformat() if isinstance(found, date) else found.isoformat("minutes")
    return one_line(found)


def _part(words: Words, found: Window | Break | Holiday | Step | Criterion, names: Names) -> str:
    match found:
        case Criterion():
            return definition_texts.criterion(found)
        case Holiday():
            return definition_texts.holiday(found)
        case Step():
            return references.step(words, found, names)
        case _:
            return window(words, found)


def window(words: Words, found: Window | Break) -> str:
    """``Mon-Fri 09:00-17:00``."""
    return f"{weekdays(words, found.days)} {found.start}-{found.end}"


def weekdays(words: Words, days: tuple[int, ...]) -> str:
    """ISO weekdays, those in a row as a range."""
    names = formats.weekdays(words)
    runs: list[list[int]] = []
    for day in sorted(set(days)):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(names[run[0] - 1] + (f"-{names[run[-1] - 1]}" if len(run) > 1 else "") for run in runs)


def _last(text: str) -> str:
    named = [name for name, _ in _PIECE.findall(text) if name]
    return named[-1] if named else ""
