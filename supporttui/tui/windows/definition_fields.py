"""The fields of the forms for definitions: how each is typed, and what it means. No Textual."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date
from functools import partial
from typing import cast

from supporttui.domain.charters import Charter
from supporttui.domain.escalation.policy import EscalationKind, Policy
from supporttui.domain.faults import BadInput
from supporttui.domain.people import Team
from supporttui.domain.priorities import Priority
from supporttui.domain.services import Service
from supporttui.domain.sla.calendars import Calendar, Holiday, OpenTimers, Window
from supporttui.domain.sla.targets import TargetSet
from supporttui.domain.text import fold
from supporttui.i18n import definition_texts, formats, pack_labels, terms, value_labels
from supporttui.i18n.catalogue import Words
from supporttui.tui.widgets.fields import Field, Known, heading
from supporttui.tui.windows.definition_authorities import authority
from supporttui.tui.windows.definition_charters import charter
from supporttui.tui.windows.definition_parts import Kind, by_name, changed, choice, label, line, listed, of_part
from supporttui.tui.windows.definition_policies import policy
from supporttui.tui.windows.definition_promises import (
    METRICS,
    Promise,
    promises,
    promises_text,
    waking,
    waking_example,
    waking_text,
    with_promises,
    with_waking,
)
from supporttui.usecases.packing import Known as Definition
from supporttui.usecases.packing import Part

_WINDOW = re.compile(r"(?P<days>.*?)\s*(?P<start>\d{1,2}:\d{2}(?::\d{2})?)\s*-\s*(?P<end>\d{1,2}:\d{2}(?::\d{2})?)")
_HOLIDAY = re.compile(
    r"(?P<yearly>\*\s*)?(?P<first>\d{4}-\d\d-\d\d)(?:\s*\.\.\s*(?P<last>\d{4}-\d\d-\d\d))?"
    r"(?:\s+(?P<start>\d{1,2}:\d{2})-(?P<end>\d{1,2}:\d{2}))?\s+(?P<name>\S.*)"
)


def of(words: Words, value: object, known: Sequence[Definition]) -> Kind | None:
    """The form for a definition; ``None``: there is none for its kind."""
    match value:
        case Calendar():
            form = _calendar(words, value)
        case TargetSet():
            form = _targets(words, value)
        case Policy():
            form = policy(words, value, known)
        case Service():
            form = _service(words, value, known)
        case Charter():
            form = charter(words, value, known)
        case Team():
            form = authority(words, value, known)
        case _:
            return None
    return form


# --- calendars ----------------------------------------------------------------------------------------


def _calendar(words: Words, found: Calendar) -> Kind:
    timers = {rule: value_labels.code(words, rule) for rule in OpenTimers}
    known = tuple(Known(label, rule.value) for rule, label in timers.items())
    fields = (
        line(words, "name", found.name, required=True),
        line(words, "zone", found.zone, required=True, hint=words.t("Such as Europe/Berlin.")),
        listed(words, "weekly", found.weekly, partial(pack_labels.window, words), partial(window, words),
               hint=words.t("One a line, as Mon-Fri 09:00-17:00; days in a row or with commas.")),
        listed(words, "holidays", found.holidays, definition_texts.holiday, holiday,
               hint=words.t("One a line, as 2026-12-25 Christmas; 2026-12-24..2026-12-26 for several days; "
                            "a * before it: every year; hours before the name, as 09:00-12:00, if open then.")),
        Field("open_timers", label(words, "open_timers"), timers[found.open_timers], known=known, read=OpenTimers,
              required=True, hint=words.t("What the change does to timers that run when it begins.")),
    )  # fmt: skip
    return Kind(fields, partial(changed, found))


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
        "wake", label(words, "wake"), waking_text(words, found), empty=frozenset(), read=partial(waking, words),
        hint=words.t("Whose warnings may wake somebody, as {example}; all others wait for working hours.",
                     example=waking_example(words)),
    )  # fmt: skip

    def read(values: Mapping[str, object]) -> TargetSet:
        targets = list(found.targets)
        for metric in METRICS:
            targets = with_promises(targets, metric, cast("Mapping[Priority | None, int]", values[metric.value]))
        woken = with_waking(words, targets, cast("AbstractSet[Promise]", values["wake"]))
        return replace(found, name=str(values["name"]), targets=woken)

    return Kind((line(words, "name", found.name), *rows, wake), read)


# --- services -----------------------------------------------------------------------------------------


def _service(words: Words, found: Service, known: Sequence[Definition]) -> Kind:
    def among(name: str, part: Part, *, required: bool = True) -> Field:
        return choice(words, name, getattr(found, name), of_part(known, part), required=required)

    fields = (
        line(words, "name", found.name, required=True),
        among("team", Part.teams),
        among("calendar", Part.calendars),
        among("targets", Part.target_sets),
        among("matrix", Part.matrices),
        among("rota", Part.rotas, required=False),
        choice(words, "policy", found.policy, _policies(known, EscalationKind.functional)),
        choice(words, "management", found.management, _policies(known, EscalationKind.hierarchical)),
        line(words, "zone", found.zone, required=True, hint=words.t("Such as Europe/Berlin.")),
        line(words, "fallback_language", found.fallback_language, required=True),
        line(words, "runbook", found.runbook),
        line(words, "charter", found.charter),
    )
    return Kind(fields, partial(changed, found))


def _policies(known: Sequence[Definition], kind: EscalationKind) -> tuple[Known, ...]:
    return by_name([one for one in known if isinstance(one.value, Policy) and one.value.kind is kind])
