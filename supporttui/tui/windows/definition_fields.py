"""The fields of the forms for definitions: how each is typed, and what it means. No Textual.

In a list that is typed line by line, a line that stays as it was stays what it was, also what the line does not say.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, TypeVar, cast

from supporttui.domain.escalation.policy import Policy
from supporttui.domain.faults import BadInput
from supporttui.domain.priorities import Priority
from supporttui.domain.services import Service
from supporttui.domain.sla.calendars import Calendar, Holiday, OpenTimers, Window
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.text import fold, safe_text
from supporttui.i18n import definition_texts, formats, pack_labels, terms, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, Known, heading
from supporttui.tui.windows.definition_promises import (
    METRICS,
    Promise,
    length,
    promises,
    promises_text,
    waking,
    waking_example,
    waking_text,
    with_promises,
    with_waking,
)
from supporttui.tui.windows.definition_steps import step, whole
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part

T = TypeVar("T")

_WINDOW = re.compile(r"(?P<days>.*?)\s*(?P<start>\d{1,2}:\d{2}(?::\d{2})?)\s*-\s*(?P<end>\d{1,2}:\d{2}(?::\d{2})?)")
_HOLIDAY = re.compile(
    r"(?P<yearly>\*\s*)?(?P<first>\d{4}-\d\d-\d\d)(?:\s*\.\.\s*(?P<last>\d{4}-\d\d-\d\d))?"
    r"(?:\s+(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2}))?\s+(?P<name>\S.*)"
)


@dataclass(frozen=True, slots=True)
class Kind:
    """The form of one definition."""

    fields: tuple[Field, ...]
    read: Callable[[Mapping[str, object]], Any]
    """What was typed → the definition; raises BadInput as the definition itself refuses."""


def of(words: Words, value: object, known: Sequence[Definition]) -> Kind | None:
    """The form for a definition; ``None``: there is none for its kind."""
    match value:
        case Calendar():
            return _calendar(words, value)
        case TargetSet():
            return _targets(words, value)
        case Policy():
            return _policy(words, value, known)
        case Service():
            return _service(words, value, known)
        case _:
            return None


def _changed(value: T, values: Mapping[str, object]) -> T:
    return cast("T", replace(cast("Any", value), **values))


def _label(words: Words, name: str) -> str:
    label = pack_labels.path(words, name)
    return label[:1].upper() + label[1:]


def _text(words: Words, name: str, value: str, *, required: bool = False, hint: str = "") -> Field:
    return Field(name, _label(words, name), value, hint=hint, required=required)


def _lines(text: str, shown: Mapping[str, T], read: Callable[[str], T]) -> tuple[T, ...]:
    """Line by line: what it was, or what is typed now."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return tuple(shown[line] if line in shown else read(line) for line in lines)


def _listed(
    words: Words, name: str, values: Sequence[T], show: Callable[[T], str], read: Callable[[str], T], *, hint: str
) -> Field:
    """A list, one a line."""
    shown = {show(one): one for one in values}
    return Field(
        name, _label(words, name), "\n".join(show(one) for one in values), hint=hint, long=True, empty=(),
        read=lambda text: _lines(text, shown, read),
    )  # fmt: skip


# --- calendars ----------------------------------------------------------------------------------------


def _calendar(words: Words, found: Calendar) -> Kind:
    timers = {rule: value_labels.code(words, rule) for rule in OpenTimers}
    known = tuple(Known(label, rule.value) for rule, label in timers.items())
    fields = (
        _text(words, "name", found.name, required=True),
        _text(words, "zone", found.zone, required=True, hint=words.t("Such as Europe/Berlin.")),
        _listed(words, "weekly", found.weekly, partial(pack_labels.window, words), partial(window, words),
                hint=words.t("One a line, as Mon-Fri 09:00-17:00; days in a row or with commas.")),
        _listed(words, "holidays", found.holidays, definition_texts.holiday, holiday,
                hint=words.t("One a line, as 2026-12-25 Christmas; 2026-12-24..2026-12-26 for several days; "
                             "a * before it: every year; hours before the name, as 09:00-12:00, if open then.")),
        Field("open_timers", _label(words, "open_timers"), timers[found.open_timers], known=known, read=OpenTimers,
              required=True, hint=words.t("What the change does to timers that run when it begins.")),
    )  # fmt: skip
    return Kind(fields, partial(_changed, found))


def window(words: Words, line: str) -> Window:
    """``Mon-Fri 09:00-17:00``; without days Monday to Friday. Raises BadInput ``form.window``, ``form.weekday``."""
    found = _WINDOW.fullmatch(line)
    if found is None:
        raise BadInput("form.window", found=line[:60])
    start, end = (text.zfill(5) for text in (found["start"], found["end"]))
    return Window(start, end, weekdays(words, found["days"])) if found["days"] else Window(start, end)


def weekdays(words: Words, text: str) -> tuple[int, ...]:
    """``Mon-Wed,Fri`` in the reader's language, in English, or in numbers. Raises BadInput ``form.weekday``."""
    days: list[int] = []
    for piece in text.split(","):
        ends = [_weekday(words, name) for name in piece.strip().split("-")]
        first, last = ends[0], ends[-1]
        days += range(first, last + 1) if first <= last else (*range(first, 8), *range(1, last + 1))
    return tuple(sorted(set(days)))


def _weekday(words: Words, name: str) -> int:
    known = (formats.weekdays(words), ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), tuple("1234567"))
    for names in known:
        for number, one in enumerate(names, 1):
            if fold(one).rstrip(".") == fold(name.strip()).rstrip("."):
                return number
    raise BadInput("form.weekday", found=name[:40], allowed=", ".join(known[0]))


def holiday(line: str) -> Holiday:
    """``2026-12-25 Christmas``. Raises BadInput ``form.holiday``."""
    found = _HOLIDAY.fullmatch(line)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301  as a date that does not exist
        first = date.fromisoformat(found["first"])
        last = date.fromisoformat(found["last"]) if found["last"] else None
    except ValueError:
        raise BadInput("form.holiday", found=line[:60]) from None
    windows = (Window(found["start"].zfill(5), found["end"].zfill(5)),) if found["start"] else ()
    return Holiday(found["name"].strip(), first, last, bool(found["yearly"]), windows)


# --- promises -----------------------------------------------------------------------------------------


def _targets(words: Words, found: TargetSet) -> Kind:
    """A line a metric: what is promised by priority; what holds for one service, kind or team stays as it is.

    Behind them those promises whose warnings may wake somebody.
    """
    hint = words.t("By priority, as 1: 15m, 2: 1h, 3: 4h30m; * for all others. What is left out is no promise.")
    rows = tuple(
        Field(metric.value, heading(terms.metric(words, metric)), promises_text(found, metric), hint=hint, empty={},
              read=promises)
        for metric in METRICS
    )  # fmt: skip
    wake = Field(
        "wake", _label(words, "wake"), waking_text(words, found), empty=frozenset(), read=partial(waking, words),
        hint=words.t("Whose warnings may wake somebody, as {example}; all others wait for working hours.",
                     example=waking_example(words)),
    )  # fmt: skip

    def read(values: Mapping[str, object]) -> TargetSet:
        targets = list(found.targets)
        for metric in METRICS:
            targets = with_promises(targets, metric, cast("Mapping[Priority | None, int]", values[metric.value]))
        woken = with_waking(words, targets, cast("AbstractSet[Promise]", values["wake"]))
        return replace(found, name=str(values["name"]), targets=woken)

    return Kind((_text(words, "name", found.name), *rows, wake), read)


# --- escalation policies ------------------------------------------------------------------------------


def _policy(words: Words, found: Policy, known: Sequence[Definition]) -> Kind:
    people = _of(known, Part.people)
    fields = (
        _text(words, "name", found.name, required=True),
        _listed(words, "steps", found.steps, definition_texts.step, step,
                hint=words.t("One a line, as 10m Second line: on_call 2, person lea; behind ; more, as acks 2.")),
        Field("rounds", _label(words, "rounds"), str(found.rounds), read=whole, required=True),
        Field("repeat_wait", _label(words, "repeat_wait"), definition_texts.length(found.repeat_wait), read=length,
              required=True),
        Field("ack_timeout", _label(words, "ack_timeout"), empty=None, read=length,
              value="" if found.ack_timeout is None else definition_texts.length(found.ack_timeout),
              hint=words.t("Empty: never.")),
        Field("priorities", _label(words, "priorities"), ", ".join(map(str, found.priorities)), read=_priorities,
              empty=(), hint=words.t("Those that start it by themselves, as 1, 2.")),
        _choice(words, "last_resort", found.last_resort, people, required=False),
    )  # fmt: skip
    return Kind(fields, partial(_changed, found))


def _priorities(text: str) -> tuple[Priority, ...]:
    return tuple(Priority(whole(piece)) for piece in text.replace(",", " ").split())


# --- services -----------------------------------------------------------------------------------------


def _service(words: Words, found: Service, known: Sequence[Definition]) -> Kind:
    def choice(name: str, part: Part, *, required: bool = True) -> Field:
        return _choice(words, name, getattr(found, name), _of(known, part), required=required)

    fields = (
        _text(words, "name", found.name, required=True),
        choice("team", Part.teams),
        choice("calendar", Part.calendars),
        choice("targets", Part.target_sets),
        choice("matrix", Part.matrices),
        choice("rota", Part.rotas, required=False),
        choice("policy", Part.policies, required=False),
        _text(words, "zone", found.zone, required=True, hint=words.t("Such as Europe/Berlin.")),
        _text(words, "fallback_language", found.fallback_language, required=True),
        _text(words, "runbook", found.runbook),
        _text(words, "charter", found.charter),
    )
    return Kind(fields, partial(_changed, found))


def _choice(words: Words, name: str, value: str | None, known: Sequence[Known], *, required: bool) -> Field:
    shown = next((one.label for one in known if one.value == value), value or "")
    return Field(name, _label(words, name), shown, known=tuple(known), required=required, empty=None)


def _of(known: Sequence[Definition], part: Part) -> tuple[Known, ...]:
    """Those of a kind by name, with the key where two have one name."""
    found = [one for one in known if one.part is part]
    names = [safe_text(one.name, one_line=True, limit=40) for one in found]
    labels = (name if names.count(name) == 1 else f"{name} ({one.key})" for name, one in zip(names, found, strict=True))
    return tuple(Known(label, one.key) for label, one in zip(labels, found, strict=True))
