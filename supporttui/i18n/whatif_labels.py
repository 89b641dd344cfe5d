"""What would become of promises, in words: in a few cells beside an answer, and in lines above a question."""

from collections.abc import Callable, Iterator

from supporttui.domain.ids import TicketId
from supporttui.domain.sla.timer import Timer, TimerState
from supporttui.domain.spans import Instant
from supporttui.i18n import terms, times
from supporttui.i18n.catalogue import Words
from supporttui.i18n.countdown import countdown
from supporttui.usecases.redefining import Redefined
from supporttui.usecases.whatif import Moved, Outcome, Whatif, late

MOST_LINES = 3
"""Of timers, or of tickets under the sum of several."""

Code = Callable[[TicketId], str]


def brief(words: Words, found: Whatif) -> str:
    """Beside an answer: when the ticket would be due, or what would move of several; empty if it is refused.

    At most about 24 cells in English.
    """
    if len(found.outcomes) == 1 and not found.refused:
        return _brief_of_one(words, found.outcomes[0], found.now)
    if not found.outcomes:
        return ""
    if found.made:
        return words.n("{n} late at once", "{n} late at once", found.made)
    moved = sum(bool(outcome.moved) for outcome in found.outcomes)
    return words.n("{n} moves", "{n} move", moved) if moved else words.t("nothing moves")


def _brief_of_one(words: Words, outcome: Outcome, now: Instant) -> str:
    if any(moved.made(now) for moved in outcome.moved):
        return words.t("late at once")
    if not outcome.moved:
        return words.t("nothing moves")
    if outcome.after is None:
        return words.t("all timers stop")
    if outcome.after != outcome.before:
        return standing(words, outcome.after, now)
    first = outcome.moved[0]  # what decides stays; something behind it moves
    return words.t(
        "{metric}: {stands}", metric=terms.metric_short(words, first.metric), stands=standing(words, first.after, now)
    )


def lines(words: Words, found: Whatif, code: Code) -> tuple[str, ...]:
    """Above a question: each timer that moves, old and new; of several tickets the sum, then the most pressing."""
    if len(found.outcomes) == 1 and not found.refused:
        (outcome,) = found.outcomes
        told = tuple(move(words, moved, found.now) for moved in outcome.moved[:MOST_LINES])
        return told or (words.t("No timer moves."),)
    return (_sum(words, found), *_worst(words, found, code)) if found.outcomes else ()


def move(words: Words, moved: Moved, now: Instant) -> str:
    """``resolution: due 17:00 -> due 06:20, late at once``."""
    text = words.t(
        "{metric}: {before} -> {after}", metric=terms.metric(words, moved.metric),
        before=standing(words, moved.before, now), after=standing(words, moved.after, now),
    )  # fmt: skip
    if moved.made(now):
        return words.t("{move}, late at once", move=text)
    return words.t("{move}, no longer late", move=text) if moved.saved(now) else text


def standing(words: Words, timer: Timer | None, now: Instant) -> str:
    """How a timer stands, in a few cells."""
    if timer is None:
        return words.t("no promise")
    if timer.state is TimerState.met:
        return words.t("met late") if timer.late else words.t("met in time")
    if timer.state is TimerState.void:
        return terms.timer_state(words, timer.state)
    if timer.state is TimerState.paused:
        return words.t("stands still, {left} left", left=countdown(words, timer.remaining))
    return words.t("never due") if timer.due is None else _running(words, timer, timer.due, now)


def _running(words: Words, timer: Timer, due: Instant, now: Instant) -> str:
    when = times.near(due, now, words.zone)
    if due < now:
        return words.t("was due {time}", time=when)
    return words.t("due {time}, late on record", time=when) if late(timer, now) else words.t("due {time}", time=when)


def redefined(words: Words, found: Redefined, code: Code, now: Instant) -> Iterator[str]:
    """What other definitions would do: the sum, then the timers that move furthest."""
    if not found.moved:
        yield words.n("Of {n} running timer none moves.", "Of {n} running timers none moves.", found.timers)
        return
    yield words.n("{n} timer moves.", "{n} timers move.", found.moved)
    if found.made:
        yield words.n("{n} is late at once.", "{n} are late at once.", found.made)
    if found.saved:
        yield words.n(
            "{n} is late no more; the breach stays on record.", "{n} are late no more; the breaches stay on record.",
            found.saved,
        )  # fmt: skip
    for one in found.widest:
        yield words.t(
            "{ticket} {metric}: {before} -> {after}", ticket=code(one.ticket), metric=terms.metric(words, one.metric),
            before=_due_text(words, one.before, now), after=_due_text(words, one.after, now),
        )  # fmt: skip


def _due_text(words: Words, due: Instant | None, now: Instant) -> str:
    return words.t("not due") if due is None else words.t("due {time}", time=times.near(due, now, words.zone))


def _sum(words: Words, found: Whatif) -> str:
    moved = sum(bool(outcome.moved) for outcome in found.outcomes)
    text = words.t("{moved} of {n} would move", moved=moved, n=len(found.outcomes) + len(found.refused))
    if found.made:
        text = words.t("{sum}, {n} late at once", sum=text, n=found.made)
    return words.t("{sum}, {n} no longer late", sum=text, n=found.saved) if found.saved else text


def _worst(words: Words, found: Whatif, code: Code) -> Iterator[str]:
    """Those that would be late first, then those that would be due first."""
    pairs = [(outcome, moved) for outcome in found.outcomes for moved in outcome.moved[:1]]
    pairs.sort(key=lambda pair: (not pair[1].made(found.now), _due(pair[1])))
    for outcome, moved in pairs[: MOST_LINES - 1]:
        yield f"{code(outcome.ticket)} {move(words, moved, found.now)}"


def _due(moved: Moved) -> tuple[bool, int]:
    due = None if moved.after is None else moved.after.due
    return (due is None, due or 0)
