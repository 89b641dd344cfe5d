"""Definitions as lines: all of them in a list, one to read, and the text of one with its fault."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from supporttui.domain.escalation.criterion import Criterion
from supporttui.domain.escalation.policy import Step
from supporttui.domain.plain import is_default
from supporttui.domain.sla.calendars import Holiday
from supporttui.domain.sla.targets import Metric, Target, TargetSet
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.i18n import pack_labels, terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.countdown import exact
from supporttui.i18n.references import Names
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.styles import Run
from supporttui.usecases.packing import Known

_PART, _KEY, _VERSION = 18, 22, 26
_LABEL = 26
_ALWAYS = frozenset({"rows"})
"""Told also where they are as they come: a matrix is nothing else."""
_AROUND = 6
"""Lines of a text shown before and after a fault."""


@dataclass(frozen=True, slots=True)
class DefinitionLook:
    """How definitions look in a list of a width."""

    words: Words
    width: int

    def key(self, row: Known) -> Hashable:
        """The cursor follows the definition."""
        return row.part, row.key

    def runs(self, row: Known, *, now: Instant, cursor: bool, marked: bool) -> Sequence[Run]:
        """What it is, its name, its key and its version."""
        del now, marked
        name = safe_text(row.name, one_line=True, limit=80)
        cells = [fit(pack_labels.part(self.words, row.part), _PART)]
        room = self.width - _PART - _VERSION - 5
        if self.width >= 100:
            cells += [fit(name, room - _KEY - 1), fit(safe_text(row.key, one_line=True, limit=40), _KEY)]
        else:
            cells.append(fit(name, max(1, room)))
        cells.append(fit(version(self.words, row), _VERSION))
        return (("cursor" if cursor else "", fit(f"{'>' if cursor else ' '} {' '.join(cells)}", self.width)),)


def version(words: Words, row: Known) -> str:
    """``v2 since 2026-03-02`` and whether another is planned."""
    if row.later is not None:
        when = times.stamp(row.later, words.zone)[:10]
        # Translators: the version of a definition, and when the next one begins; at most 26 cells.
        return words.t("v{version}, next {date}", version=row.version, date=when)
    if row.valid_from is None:
        return words.t("v{version}", version=row.version)
    when = times.stamp(row.valid_from, words.zone)[:10]
    # Translators: the version of a definition; at most 26 cells.
    return words.t("v{version} since {date}", version=row.version, date=when)


def listed(words: Words, found: Sequence[Known], wanted: str) -> tuple[Known, ...]:
    """Those with a text in what they are, their name or their key."""
    text = wanted.casefold()
    return tuple(one for one in found if text in f"{pack_labels.part(words, one.part)} {one.name} {one.key}".casefold())


def names_of(known: Sequence[Known]) -> Names:
    """What definitions are called that others mention."""
    return {(one.part, one.key): safe_text(one.name, one_line=True, limit=80) for one in known}


def one(words: Words, found: Known, width: int, names: Names) -> tuple[tuple[Run, ...], ...]:
    """Everything that a definition says; what is as it is by default is left out."""
    head = f"{pack_labels.titled(words, found.part, found.name)}  {version(words, found)}"
    body = list(_said(words, found.value, 1, names))
    if isinstance(found.value, TargetSet):
        body = [*_table(words, found.value), (0, "", ""), *body]
    lines: list[tuple[Run, ...]] = [(("bold", f" {head}"),), ()]
    for depth, label, text in body:
        lines += _laid(depth, label, text, width)
    return tuple(lines)


def _laid(depth: int, label: str, text: str, width: int) -> Iterator[tuple[Run, ...]]:
    """Label and value beside each other; a long value in several lines."""
    left = f"{'  ' * depth}{label}"
    if not text:
        yield (("bold" if label else "", fit(left, width).rstrip()),)
        return
    column = min(_LABEL, width // 3)
    left = left + " " * max(2, column - cell_width(left)) if label else left
    for number, part in enumerate(wrap(text, max(10, width - cell_width(left) - 1))):
        yield (("dim" if label else "", left if number == 0 else " " * cell_width(left)), ("", part))


def _said(words: Words, value: object, depth: int, names: Names) -> Iterator[tuple[int, str, str]]:
    """Depth, label and value of each field; of what has parts first its label alone."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield depth, str(key), pack_labels.value(words, str(key), inner, limit=4000, names=names)
        return
    if not is_dataclass(value):
        return
    for field in fields(value):
        inner = getattr(value, field.name)
        if field.name == "version" or (is_default(field, inner) and field.name not in _ALWAYS):
            continue
        label = pack_labels.path(words, field.name)
        if pack_labels.has_parts(inner):
            yield depth, label, ""
            yield from _parts(words, inner, depth + 1, names)
        elif isinstance(inner, Mapping) or is_dataclass(inner):
            yield depth, label, ""
            yield from _said(words, inner, depth + 1, names)
        else:
            yield depth, label, pack_labels.value(words, field.name, inner, limit=4000, names=names)


def _parts(words: Words, values: Sequence[object], depth: int, names: Names) -> Iterator[tuple[int, str, str]]:
    for number, value in enumerate(values, 1):
        if isinstance(value, (Holiday, Step, Criterion)):
            yield depth, f"{number}", pack_labels.value(words, "", value, limit=4000, names=names)
            continue
        simple = [f"{label} {text}" for level, label, text in _said(words, value, 0, names) if level == 0 and text]
        if isinstance(value, Target) and not value.promised:
            simple.append(words.t("no promise"))
        inner = [getattr(value, field.name) for field in fields(value)]  # type: ignore[arg-type]
        if any(pack_labels.has_parts(one) or (one and isinstance(one, Mapping)) for one in inner):
            yield depth, f"{number}", ""
            yield from _said(words, value, depth + 1, names)
        else:
            yield depth, f"{number}", ", ".join(simple)


def _table(words: Words, found: TargetSet) -> Iterator[tuple[int, str, str]]:
    """Metric by priority, of what holds for every service and kind."""
    usual = [one for one in found.targets if one.kind is None and one.service is None and one.authority is None]
    priorities = sorted({one.priority for one in usual if one.priority is not None})
    metrics = [metric for metric in Metric if any(one.metric is metric for one in usual)]
    if not metrics:
        return
    heads = [*(terms.priority_short(one) for one in priorities), words.p("priority", "any")]
    for metric in metrics:
        cells = [_cell(words, usual, metric, priority) for priority in (*priorities, None)]
        told = (f"{head} {cell}" for head, cell in zip(heads, cells, strict=True) if cell)
        yield 1, terms.metric(words, metric), "   ".join(told)


def _cell(words: Words, found: Sequence[Target], metric: Metric, priority: int | None) -> str:
    one = next((one for one in found if one.metric is metric and one.priority == priority), None)
    if one is None:
        return ""
    if not one.promised:
        return words.t("no promise")
    return words.n("{n} working day", "{n} working days", one.days) if one.days else exact(words, one.seconds)


def faulty(text: str, faults: Sequence[tuple[int | None, str]], width: int) -> Iterator[tuple[Run, ...]]:
    """The text around each fault, its line marked and the sentence below it."""
    lines = text.split("\n")
    for line, sentence in faults:
        place = min(max(line or 1, 1), len(lines))
        for number in range(max(1, place - _AROUND), min(len(lines), place + _AROUND) + 1):
            shown = fit(f"{number:>4} {safe_text(lines[number - 1], one_line=True, limit=400)}", width - 1)
            yield (("bold" if number == place else "dim", f"{'>' if number == place else ' '}{shown}".rstrip()),)
            if number == place:
                yield from ((("bold", f"      {part}"),) for part in wrap(sentence, max(10, width - 7)))
        yield ()
