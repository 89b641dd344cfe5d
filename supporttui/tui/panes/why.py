"""Why this due, in lines of cells: the timers, and of each its grounds, its spans and their sum. No Textual."""

from collections.abc import Iterator, Sequence

from supporttui.domain.reasons import Entry, Grain, Phase, fitting, told
from supporttui.domain.text import safe_text
from supporttui.i18n import countdown, formats, labels, why_labels
from supporttui.i18n.cells import cell_width, fit
from supporttui.tui.panes.head import NARROW, Line, Look, timer_line
from supporttui.tui.panes.wrap import side_by_side, wrap
from supporttui.usecases.views import TimerView
from supporttui.usecases.why import TimerReason, Why

MOST_OF_EACH = 12
"""Lines of spans that each timer gets where all of them are told."""


def timers(look: Look, why: Why, *, chosen: int) -> tuple[Line, ...]:
    """One line a timer, the most urgent first; the chosen one stands out."""
    if not why.reasons:
        return nothing(look)
    return tuple(
        (("cursor" if place == chosen else "", ">" if place == chosen else " "), *_timer(look, why, reason))
        for place, reason in enumerate(why.reasons)
    )


def _timer(look: Look, why: Why, reason: TimerReason) -> Line:
    (style, first), *others = timer_line(look, TimerView(reason.timer, reason.segment, reason.target), why.names)
    return ((style, first[1:]), *others)


def nothing(look: Look) -> tuple[Line, ...]:
    """Of a ticket without any timer."""
    return ((("dim", f" {look.words.t('No promise was made for this ticket.')}"),),)


def section(look: Look, why: Why) -> tuple[Line, ...]:
    """All timers one after the other, each told in few lines."""
    lines: list[Line] = []
    for reason in why.reasons:
        timer = reason.timer
        target = countdown.exact(look.words, timer.seconds)
        whose = safe_text(why.names.get(timer.authority, timer.authority), one_line=True, limit=40)
        heading = f" {labels.promise(look.words, timer.metric, whose)}: {look.words.t('target {time}', time=target)}"
        state = f"  {labels.timer_state(look.words, timer.state)}"
        lines.append((("title", heading), ("dim", fit(state, max(0, look.width - cell_width(heading))).rstrip())))
        lines += story(look, reason, most=MOST_OF_EACH)[1]
        lines.append(())
    return tuple(lines) or nothing(look)


def story(look: Look, reason: TimerReason, *, most: int, grain: Grain | None = None) -> tuple[Grain, tuple[Line, ...]]:
    """Grounds, spans and sum of one timer; without a grain the finest that needs at most so many lines of spans."""
    about = tuple(_about(look, reason))
    due, zone = reason.timer.due, look.words.zone
    if grain is None:
        room = max(1, most - len(about) - 1)
        grain, entries = fitting(reason.parts, now=look.now, due=due, zone=zone, most=room)
    else:
        entries = told(reason.parts, now=look.now, due=due, zone=zone, grain=grain)
    figures = _figures(look, entries)
    spans = (line for figure, one in zip(figures, entries, strict=True) for line in _entry(look, reason, one, figure))
    return grain, (*about, *spans, *_total(look, reason))


def _about(look: Look, reason: TimerReason) -> Iterator[Line]:
    words = look.words
    for text in side_by_side(why_labels.grounds(words, reason.grounds, look.now), look.width - 2, gap=" | "):
        yield (("dim", f" {fit(text, look.width - 2).rstrip()}"),)
    for text in side_by_side(tuple(why_labels.lines(words, reason)), look.width - 2):
        yield (("", f" {fit(text, look.width - 2).rstrip()}"),)


def _entry(look: Look, reason: TimerReason, entry: Entry, figure: str) -> Iterator[Line]:
    """``3h00m  Mon 2 09:00-12:00 CET  service hours``, on two lines where the window is narrow."""
    words = look.words
    when = formats.span_short(words, entry.span.start, entry.span.end)
    cause = why_labels.cause(words, entry, reason.grounds.zone, look.now)
    head = f" {figure}  {when}  "
    style = "" if entry.seconds and entry.phase is not Phase.ahead else "dim"
    if look.width < NARROW:
        yield ((style, fit(head, look.width).rstrip()),)
        yield ((style, f"      {fit(cause, max(1, look.width - 6))}"),)
        return
    first, *more = wrap(cause, max(10, look.width - cell_width(head)))
    yield ((style, head + first),)
    for text in more:
        yield ((style, " " * cell_width(head) + text),)


def _total(look: Look, reason: TimerReason) -> Sequence[Line]:
    texts = wrap(f"= {why_labels.total(look.words, reason)}", look.width - 2)
    return tuple((("title", f" {text}"),) for text in texts)


def _figures(look: Look, entries: Sequence[Entry]) -> Sequence[str]:
    """What each line adds, to the right of a column that cuts none of them."""
    texts = [why_labels.counted(look.words, entry) for entry in entries]
    room = max(9, countdown.width(countdown.units(look.words)), *map(cell_width, texts))
    return [fit(text, room, right=True) for text in texts]
