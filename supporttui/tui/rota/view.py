"""The rota in cells: the week or month, who is on now and next, what was changed, gaps as words. No Textual."""

from collections.abc import Iterable, Iterator, Sequence

from supporttui.domain.marking import mark
from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.domain.spans import Instant
from supporttui.domain.text import safe_text
from supporttui.domain.wall import to_wall
from supporttui.i18n import formats, times
from supporttui.i18n.cells import cell_width
from supporttui.i18n.labels import cause
from supporttui.tui.panes.wrap import wrap
from supporttui.tui.rota import month, week
from supporttui.tui.rota.board import Board
from supporttui.tui.rota.look import NOWHERE, Grid, Line, Look, Place
from supporttui.tui.rota.periods import Period, days_of, hours_more
from supporttui.usecases.views import OnCall, RotaPlan

_MOST = 5
"""So many gaps, and so many changes, are named one by one."""
_INDENT = "     "
_HOUR, _WEEK = 3600, 7
_ALWAYS = mark("{level} now: {who}")
_UNTIL = mark("{level} now: {who} until {until}")
_UNTIL_THEN = mark("{level} now: {who} until {until}, then {then}")
_UNTIL_LATER = mark("{level} now: {who} until {until}, then {then} from {at}")
_NOBODY = mark("{level} now: nobody ({cause})")
_NOBODY_THEN = mark("{level} now: nobody ({cause}), then {then} from {at}")


def screen(
    look: Look, plan: RotaPlan, chosen: Place = NOWHERE, *, place: int = 1, count: int = 1, board: Board | None = None
) -> Grid:
    """The whole screen: title, who is on now and next, requests, the days in cells, changes, gaps.

    In this order, so that the days stay where they are, and a short window cuts off what the days show as well.
    """
    period = Period.month if len(days_of(plan.span, look.zone)) > _WEEK else Period.week
    above = (
        *_wrapped(look, "title", _title(look, plan, period, place, count)),
        *on_call_lines(look, plan.now),
        *_requests(look, board),
    )
    asked = board.asked(plan.rota.id) if board is not None else ()
    strip = month.strip if period is Period.month else week.strip
    grid = strip(look, plan, chosen, asked=asked)
    below = (*_clocks(look, plan), *_gaps(look, plan, period), *_changes(look, plan, board))
    skip = len(above)
    return Grid((*above, *grid.lines, *below), grid.first + skip, grid.last + skip)


def lines(look: Look, plan: RotaPlan) -> tuple[Line, ...]:
    """The lines of it, where no cell is chosen."""
    return screen(look, plan).lines


def _title(look: Look, plan: RotaPlan, period: Period, place: int, count: int) -> str:
    words, ends = look.words, (plan.span.start, Instant(plan.span.end - 1))
    zone = "/".join(dict.fromkeys(times.zone_label(at, look.zone) for at in ends))
    first, last = to_wall(plan.span.start, look.zone).date(), to_wall(Instant(plan.span.end - 1), look.zone).date()
    name = safe_text(plan.rota.name, one_line=True, limit=40) + (f" {place}/{count}" if count > 1 else "")
    days = formats.days(words, first, last)
    if period is Period.month:
        return words.t("{rota}   {days}   times in {zone}", rota=name, days=days, zone=zone)
    return words.t(
        "{rota}   week {week}, {days}   times in {zone}", rota=name, week=formats.week(first), days=days, zone=zone
    )


def _requests(look: Look, board: Board | None) -> Iterator[Line]:
    """That somebody asks to be covered, wherever that is."""
    if board is not None and board.requests:
        n = len(board.requests)
        yield from _wrapped(
            look, "bold", "? " + look.words.n("{n} request to be covered", "{n} requests to be covered", n)
        )


def _wrapped(look: Look, style: str, text: str) -> Iterator[Line]:
    """A sentence, later lines indented."""
    first, *more = wrap(text, max(10, look.width - 2))
    yield ((style, f" {first}"),)
    for line in wrap(" ".join(more), max(10, look.width - len(_INDENT) - 1)) if more else ():
        yield ((style, f"{_INDENT}{line}"),)


def heading(name: str) -> Line:
    """The name of a rota above what is told of it."""
    return (("title", f" {safe_text(name, one_line=True, limit=60)}"),)


# --- who is on ----------------------------------------------------------------------------------------


def on_call_lines(look: Look, lines: Sequence[OnCall]) -> tuple[Line, ...]:
    """Each line of support: who, until when, who then, and the number to call."""
    return tuple(line for on_call in lines for line in _on_call(look, on_call))


def _on_call(look: Look, on_call: OnCall) -> Iterator[Line]:
    told = list(_wrapped(look, "bold" if on_call.people else "warning", _now_text(look, on_call)))
    yield from told[:-1]
    last = told[-1]
    phone = safe_text(on_call.phones.get(on_call.people[0], "") if on_call.people else "", one_line=True, limit=40)
    if not phone:
        yield last
    elif sum(cell_width(text) for _, text in last) + cell_width(phone) + 3 <= look.width:
        yield (*last, ("dim", f"  {phone}"))
    else:
        yield last
        yield (("dim", f"{_INDENT}{phone}"),)


def _now_text(look: Look, on_call: OnCall) -> str:
    """Who is on now, until when, and who then: one sentence for each of the cases, so that it can be translated."""
    words = look.words
    known = {
        "level": look.level(on_call.level),
        "who": _people(look, on_call, on_call.people),
        "cause": cause(words, on_call.cause),
        "until": "" if on_call.until is None else _when(look, on_call.until),
        "then": _people(look, on_call, on_call.next),
        "at": "" if on_call.next_at is None else _when(look, on_call.next_at),
    }
    return words.t(_sentence(on_call), **known)


def _sentence(on_call: OnCall) -> str:
    followed = bool(on_call.next) and on_call.next_at is not None
    if not on_call.people:
        return _NOBODY_THEN if followed else _NOBODY
    if on_call.until is None:
        return _ALWAYS
    if not followed:
        return _UNTIL
    return _UNTIL_THEN if on_call.next_at == on_call.until else _UNTIL_LATER


def _when(look: Look, at: Instant) -> str:
    """``06:00 CET`` today, else with its day; the rota's own time in brackets where it differs."""
    words = look.words
    same = to_wall(at, words.zone).date() == to_wall(look.now, words.zone).date()
    text = formats.both(words, at, look.zone)
    return text if same else f"{formats.day_short(words, at)} {text}"


def _people(look: Look, on_call: OnCall, people: Iterable[str]) -> str:
    return formats.listing(look.words, [look.name(person, on_call.names) for person in people])


# --- what was changed, and where nobody is ------------------------------------------------------------


def _changes(look: Look, plan: RotaPlan, board: Board | None) -> Iterator[Line]:
    """Overrides, plans by hand and intended gaps of the days shown, with their reasons."""
    known = board.overrides.get(plan.rota.id, ()) if board is not None else plan.rota.overrides
    here = [one for one in known if plan.span.touches(one)]
    for override in sorted(here, key=lambda o: o.start)[:_MOST]:
        when = formats.span_short(look.words, override.start, override.end, zone=look.zone)
        yield from _wrapped(look, "", f"* {when}: {_change(look, plan, override)}{_reason(override.reason)}")
    for period in board.pinned.get(plan.rota.id, ()) if board is not None else ():
        if plan.span.touches(period):
            when = formats.span_short(look.words, period.start, period.end, zone=look.zone)
            yield from _wrapped(look, "", look.words.t("* {span}: planned by hand", span=when) + _reason(period.reason))
    for gap in plan.rota.intended_gaps:
        if plan.span.touches(gap):
            when = formats.span_short(look.words, gap.start, gap.end, zone=look.zone)
            off = look.words.t("nobody on purpose")
            yield from _wrapped(look, "", f"- {when}: {off}{_reason(gap.reason)}")


def _change(look: Look, plan: RotaPlan, override: Override) -> str:
    words = look.words
    person, other = look.name(override.person, plan.names), look.name(override.in_place_of, plan.names)
    if override.kind is OverrideKind.add:
        return words.t("{person} too", person=person)
    if override.kind is OverrideKind.remove:
        return words.t("without {person}", person=person) if override.person else words.t("nobody")
    if override.in_place_of is None:
        return words.t("{person} instead", person=person)
    return words.t("{person} for {other}", person=person, other=other)


def _reason(text: str) -> str:
    reason = safe_text(text, one_line=True, limit=80)
    return f" ({reason})" if reason else ""


def _gaps(look: Look, plan: RotaPlan, period: Period) -> Iterator[Line]:
    words = look.words
    if not plan.gaps:
        none = words.t("No gap in this week.") if period is Period.week else words.t("No gap in this month.")
        yield (("dim", f" {none}"),)
    for gap in plan.gaps[:_MOST]:
        when = formats.span_short(words, gap.span.start, gap.span.end, zone=look.zone)
        text = words.t(
            "Gap: {when}, {level}: {cause}", when=when, level=look.level(gap.level), cause=cause(words, gap.cause)
        )
        yield from _wrapped(look, "warning", f"! {text}")
    if (more := len(plan.gaps) - _MOST) > 0:
        yield (("warning", f" ! {words.n('{n} more gap', '{n} more gaps', more)}"),)


def _clocks(look: Look, plan: RotaPlan) -> Iterator[Line]:
    """The day that is shorter or longer than others."""
    for day in days_of(plan.span, look.zone):
        if hours_more(day):
            when = formats.day_short(look.words, day.start, zone=look.zone)
            text = look.words.t(
                "The clocks change on {day}: it has {hours} hours.",
                day=when,
                hours=formats.number(look.words, day.seconds / _HOUR),
            )
            yield from _wrapped(look, "", text)
