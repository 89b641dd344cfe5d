"""A second reading of the rules of timers that walks step by step and calculates nothing.

It shares no code with what it judges: events are plain tuples, states plain words, and whether a service is open is
told by a function that is asked at every step.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

DONE = ("resolved", "closed")
PAUSES = {
    "first_response": (),
    "ownership": (),
    "update": ("waiting_requester", "scheduled"),
    "resolution": ("waiting_requester", "scheduled"),
    "ola": ("scheduled",),
    "underpinning": ("new", "active", "waiting_requester", "scheduled"),
}
OUTSIDE = ("acme", "bolt")
STARTS_WITH = "desk"

Event = tuple[int, str, str]
"""(when, what, which): state, reply, message, owner or resolver; in the order in which they happened."""


@dataclass
class Noted:
    """What a patient person with a stopwatch notes of one measurement."""

    start: int
    authority: str = ""
    used: int = 0
    due: int | None = None
    stopped: int | None = None
    met: bool = False
    standing: bool = False

    @property
    def late(self) -> bool:
        return self.met and self.due is not None and self.stopped is not None and self.stopped > self.due


def states_from(opened: int, events: Sequence[Event], until: int, step: int) -> dict[int, str]:
    """The last state that was said by each step."""
    said = [(at, word) for at, what, word in events if what == "state"]
    found, state = {}, "new"
    for now in range(opened, until, step):
        while said and said[0][0] <= now:
            state = said.pop(0)[1]
        found[now] = state
    return found


def ended(events: Sequence[Event]) -> int | None:
    """Since when it is done, if it is done in the end."""
    since = None
    done = False
    for at, what, word in events:
        if what == "state":
            since = (since if done else at) if word in DONE else None
            done = word in DONE
    return since


def measurements(metric: str, opened: int, events: Sequence[Event]) -> Iterator[Noted]:
    """Each measurement of a metric with its start, and with its end if it has one."""
    if metric in ("first_response", "ownership"):
        what = "reply" if metric == "first_response" else "owner"
        yield _until(opened, [at for at, said, which in events if said == what and which != "nobody"], ended(events))
    elif metric == "update":
        yield from _updates(opened, events)
    elif metric == "resolution":
        end = ended(events)
        yield Noted(opened, stopped=end, met=end is not None)
    else:
        yield from _holdings(opened, events, outside=metric == "underpinning")


def _until(start: int, answers: Iterable[int], done: int | None) -> Noted:
    for at in answers:
        if at >= start:
            return Noted(start, stopped=at, met=True)
    return Noted(start, stopped=None if done is None else max(done, start))


def _updates(opened: int, events: Sequence[Event]) -> Iterator[Noted]:
    """What comes within the second of its answer was never waited for."""
    waiting: int | None = opened
    for now in sorted({at for at, _, _ in events}):
        said = {what for at, what, _ in events if at == now}
        if waiting is None and "message" in said:
            waiting = now
        if waiting is not None and "reply" in said:
            yield Noted(waiting, stopped=now, met=True)
            waiting = None
    if waiting is not None:
        yield _until(waiting, (), ended(events))


def _holdings(opened: int, events: Sequence[Event], *, outside: bool) -> Iterator[Noted]:
    who = {opened: STARTS_WITH}
    for at, what, which in events:
        if what == "resolver":
            who[at] = which or STARTS_WITH
    turns = [(at, name) for at, name in sorted(who.items())]
    turns = [one for i, one in enumerate(turns) if i == 0 or one[1] != turns[i - 1][1]]
    for (start, name), following in zip(turns, [*(at for at, _ in turns[1:]), None], strict=True):
        if (name in OUTSIDE) is not outside:
            continue
        inside = [one for one in events if following is None or one[0] < following]
        done = ended(inside)
        stopped = following if done is None else max(done, start)
        if stopped is None or stopped > start:
            yield Noted(start, name, stopped=stopped, met=stopped is not None)


def walk(
    metric: str, opened: int, events: Sequence[Event], seconds: int, *,
    is_open: Callable[[int], bool], until: int, step: int,
) -> list[Noted]:  # fmt: skip
    """Every measurement of a metric, looked at in steps; all instants and seconds are multiples of the step."""
    found = list(measurements(metric, opened, events))
    states = states_from(opened, events, until, step)
    opens = {now: is_open(now) for now in states}
    pausing = (*PAUSES[metric], *DONE)
    for one in found:
        for now in range(one.start, until if one.stopped is None else one.stopped, step):
            one.standing = states[now] in pausing
            if one.due is None and not one.standing and opens[now]:
                one.used += step
                one.due = now + step if one.used == seconds else None
    return found
