"""The rota in cells: a week a row for each layer, who is on now and next, gaps as words. No Textual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from supporttui.domain.rota.oncall import Duty
from supporttui.domain.spans import Instant, Span
from supporttui.domain.text import safe_text
from supporttui.domain.wall import resolve, to_wall
from supporttui.i18n import formats, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.labels import cause
from supporttui.tui.styles import Run
from supporttui.usecases.views import OnCall, RotaPlan

DAYS = 7
INTENDED = "gap.intended"
_MOST_GAPS = 5
_HOUR, _DAY = 3600, 86_400

Line = tuple[Run, ...]


def week_of(at: Instant, zone: str, *, weeks: int = 0) -> Span:
    """The week, Monday 00:00 to Monday 00:00 on the clocks of a zone, in which an instant lies."""
    day = to_wall(at, zone).date()
    monday = datetime.combine(day - timedelta(days=day.weekday()), time()) + timedelta(weeks=weeks)
    return Span(resolve(monday, zone), resolve(monday + timedelta(days=DAYS), zone))


def days_of(week: Span, zone: str) -> tuple[Span, ...]:
    """The dates of a week as spans; 23 or 25 hours long when the clocks change."""
    midnight = datetime.combine(to_wall(week.start, zone).date(), time())
    edges = [resolve(midnight + timedelta(days=n), zone) for n in range(DAYS + 1)]
    return tuple(Span(start, end) for start, end in pairwise(edges))


@dataclass(frozen=True, slots=True)
class Look:
    """How the rota looks to one reader."""

    words: Words
    zone: str
    """The zone whose days are shown."""
    width: int
    now: Instant
    me: str = ""

    def first_name(self, person: str, names: Mapping[str, str]) -> str:
        """The part of a name that fits into a cell of a week; the reader is "you"."""
        if person == self.me:
            return self.words.t("you")
        return safe_text(names.get(person, person).split(" ")[0], one_line=True, limit=20)


def lines(look: Look, plan: RotaPlan, *, place: int = 1, count: int = 1) -> tuple[Line, ...]:
    """The whole screen: title, week strip, who is on now and next, gaps."""
    days = days_of(plan.span, look.zone)
    label = _label_width(look, plan)
    cell = max(6, (look.width - label - 1) // DAYS)
    return (
        _title(look, plan, place, count),
        _heading(look, days, label, cell),
        *_layers(look, plan, days, label, cell),
        *_levels(look, plan, days, label, cell),
        (),
        *_now(look, plan),
        (),
        *_gaps(look, plan),
    )


def _title(look: Look, plan: RotaPlan, place: int, count: int) -> Line:
    words = look.words
    name = safe_text(plan.rota.name, one_line=True, limit=40)
    week = formats.week(to_wall(plan.span.start, look.zone).date())
    first, last = (
        formats.day_short(words, plan.span.start, zone=look.zone),
        formats.day(words, Instant(plan.span.end - 1), zone=look.zone),
    )
    where = times.zone_label(plan.span.start, look.zone)
    rest = words.t("week {week}, {first} - {last}, times in {zone}", week=week, first=first, last=last, zone=where)
    several = f" {place}/{count}" if count > 1 else ""
    return (("title", f" {name}{several}"), ("", f"  {rest}"))


def _label_width(look: Look, plan: RotaPlan) -> int:
    labels = [layer.name for layer in plan.rota.layers] + [_level(look, level) for level in plan.levels]
    return 2 + min(14, max((cell_width(label) for label in labels), default=6))


def _level(look: Look, level: int) -> str:
    # Translators: a line of support, such as L1; at most 4 cells.
    return look.words.t("L{level}", level=level)


def _heading(look: Look, days: Sequence[Span], label: int, cell: int) -> Line:
    runs: list[Run] = [("", " " * label)]
    for day in days:
        text = formats.day_short(look.words, day.start, zone=look.zone)
        if day.seconds != _DAY:
            text += f" {day.seconds // _HOUR}{look.words.p('unit', 'h')}"
        runs.append(("bold" if look.now in day else "dim", fit(text, cell)))
    return tuple(runs)


def _layers(look: Look, plan: RotaPlan, days: Sequence[Span], label: int, cell: int) -> tuple[Line, ...]:
    return tuple(
        _row(look, layer.name, plan.layers.get(layer.name, ()), plan, days, label=label, cell=cell, final=False)
        for layer in plan.rota.layers
    )


def _levels(look: Look, plan: RotaPlan, days: Sequence[Span], label: int, cell: int) -> tuple[Line, ...]:
    return tuple(
        _row(look, _level(look, level), duties, plan, days, label=label, cell=cell, final=True)
        for level, duties in plan.levels.items()
    )


def _row(
    look: Look,
    name: str,
    duties: Sequence[Duty],
    plan: RotaPlan,
    days: Sequence[Span],
    *,
    label: int,
    cell: int,
    final: bool,
) -> Line:
    style = "bold" if final else ""
    runs: list[Run] = [(style, " " + fit(safe_text(name, one_line=True, limit=40), label - 1))]
    for day in days:
        text, alarming = day_cell(look, duties, day, plan, final=final)
        here = look.now in day and final
        shown = fit(text, cell - 1) + " "
        runs.append(("warning" if alarming else "underline" if here else style, shown))
    return tuple(runs)


def day_cell(look: Look, duties: Sequence[Duty], day: Span, plan: RotaPlan, *, final: bool) -> tuple[str, bool]:
    """Who has the day, handoffs between them (``Ana 8 Jo``), and whether an unintended gap is in it.

    A sign ``*`` marks a day that an override changes. In a layer's own row free time is left blank.
    """
    parts: list[str] = []
    alarming = False
    for duty in duties:
        start, end = max(duty.span.start, day.start), min(duty.span.end, day.end)
        if start >= end:
            continue
        text = _who(look, duty, plan, final=final)
        if parts and text and start > day.start:
            text = f"{_hour(start, look.zone)} {text}"
        alarming = alarming or (final and not duty.people and duty.cause != INTENDED)
        if text:
            parts.append(text)
    overridden = final and any(o.start < day.end and day.start < o.end for o in plan.rota.overrides)
    return " ".join(parts) + ("*" if overridden and parts else ""), alarming


def _who(look: Look, duty: Duty, plan: RotaPlan, *, final: bool) -> str:
    if duty.people:
        return "+".join(look.first_name(person, plan.names) for person in duty.people)
    if not final:
        return ""
    # Translators: stands in a cell of the week where nobody is on duty; at most 6 cells.
    return look.words.p("rota", "(off)") if duty.cause == INTENDED else look.words.p("rota", "-GAP-")


def _hour(at: Instant, zone: str) -> str:
    wall = to_wall(at, zone)
    return f"{wall:%H}" if wall.minute == 0 else f"{wall:%H:%M}"


def _now(look: Look, plan: RotaPlan) -> tuple[Line, ...]:
    return tuple(line for line in (_now_line(look, on_call) for on_call in plan.now))


def _now_line(look: Look, on_call: OnCall) -> Line:
    words = look.words
    level = _level(look, on_call.level)
    until = formats.both(words, on_call.until, look.zone) if on_call.until is not None else words.t("further notice")
    if on_call.people:
        who = _people(look, on_call.people, on_call.names)
        text = words.t("{level} now: {who} until {until}", level=level, who=who, until=until)
    else:
        text = words.t("{level} now: nobody ({cause})", level=level, cause=cause(words, on_call.cause))
    runs: list[Run] = [("bold" if on_call.people else "warning", f" {text}")]
    if on_call.next and on_call.next_at is not None:
        then = words.t(
            "then {who} from {at}", who=_people(look, on_call.next, on_call.names),
            at=f"{formats.day_short(words, on_call.next_at)} {times.clock(on_call.next_at, words.zone)}",
        )  # fmt: skip
        runs.append(("", f", {then}"))
    if on_call.people and (phone := on_call.phones.get(on_call.people[0])):
        runs.append(("dim", f"  {safe_text(phone, one_line=True, limit=40)}"))
    return tuple(runs)


def _people(look: Look, people: Sequence[str], names: Mapping[str, str]) -> str:
    shown = [
        look.words.t("you") if p == look.me else safe_text(names.get(p, p), one_line=True, limit=40) for p in people
    ]
    return formats.listing(look.words, shown)


def _gaps(look: Look, plan: RotaPlan) -> tuple[Line, ...]:
    words = look.words
    if not plan.gaps:
        return ((("dim", f" {words.t('No gap this week.')}"),),)
    shown: list[Line] = []
    for gap in plan.gaps[:_MOST_GAPS]:
        when = formats.span(words, gap.span.start, gap.span.end, zone=look.zone)
        text = words.t(
            "Gap: {when}, {level}: {cause}", when=when, level=_level(look, gap.level), cause=cause(words, gap.cause)
        )
        shown.append((("warning", f" ! {text}"),))
    if (more := len(plan.gaps) - _MOST_GAPS) > 0:
        shown.append((("warning", f" ! {words.n('{n} more gap', '{n} more gaps', more)}"),))
    return tuple(shown)
