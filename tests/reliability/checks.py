"""What must hold of what receivers were told, whatever happened to the watches; each check gives its violations."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from supporttui.domain.events import StepFired
from supporttui.domain.notices import NoticeCode
from supporttui.domain.paging.caps import Caps
from supporttui.domain.states import EscalationState
from supporttui.usecases.ports import NoticeState, Store

_NUMBERS = re.compile(r"T-(\d+)(?:–T-(\d+))?")


@dataclass(frozen=True)
class Told:
    """One message, as its receiver got it."""

    key: str
    ticket: int
    address: str
    priority: int
    body: str
    at: float


def read(log: Path) -> list[Told]:
    """The receivers' log, oldest first."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [Told(**json.loads(line)) for line in lines]


def marked_sent(store: Store) -> set[str]:
    """Keys of the messages that the outbox believes to have left; parts of others are not messages."""
    with store.read() as tx:
        return {one.key for one in tx.outbox.in_states([NoticeState.sent], limit=10**6) if not one.bundle}


def unsettled(store: Store) -> list[str]:
    """What neither left nor says why not."""
    waits = (NoticeState.pending, NoticeState.sending, NoticeState.failed, NoticeState.bundled)
    with store.read() as tx:
        return [f"{one.key} is {one.state.value}" for one in tx.outbox.in_states(waits, limit=10**6)]


def lost(store: Store, told: Sequence[Told], tickets: Collection[int]) -> list[str]:
    """Messages marked as sent that nobody got, and tickets of which nobody was told."""
    known = {one.key for one in told}
    return [f"lost: {key}" for key in sorted(marked_sent(store) - known)] + unnamed(told, tickets)


def repeated(told: Sequence[Told], *, at_most: int) -> list[str]:
    """More repeats than there were chances for one; and repeats that are no repeats, for their key is another."""
    times = Counter(one.key for one in told)
    again = sum(count - 1 for count in times.values())
    same = Counter((one.ticket, one.address, one.body.partition("supporttui ack")[0]) for one in told)
    strangers = [f"told again under another key: ticket {ticket}" for (ticket, *_), n in same.items()
                 if n > max(times[one.key] for one in told if one.ticket == ticket)]  # fmt: skip
    return ([f"{again} repeats, at most {at_most} may be"] if again > at_most else []) + strangers


def unnamed(told: Iterable[Told], tickets: Collection[int]) -> list[str]:
    """Tickets that no message names, by itself or in a range."""
    return _missing([_numbers(one.body) | {one.ticket} for one in told], tickets)


def unpaged(told: Iterable[Told], tickets: Collection[int]) -> list[str]:
    """Tickets that no message names as one that somebody is called about."""
    named = [_numbers("".join(_sections(one, but="Late:"))) for one in told if one.key.startswith("page:")]
    return _missing([*named, {one.ticket for one in told if one.key.startswith("page:")}], tickets)


def unwarned(told: Iterable[Told], tickets: Collection[int]) -> list[str]:
    """Tickets that no message names as late, a warning or another one that one had to wait for."""
    late = [
        _numbers(one.body) | {one.ticket} if one.key.startswith("warning:")
        else _numbers("".join(line for line in one.body.splitlines() if line.startswith("Late:")))
        for one in told
    ]  # fmt: skip
    return [f"breach {one}" for one in _missing(late, tickets)]


def _sections(one: Told, *, but: str) -> list[str]:
    return [f"{line}\n" for line in one.body.splitlines() if not line.startswith(but)]


def _numbers(text: str) -> set[int]:
    """Tickets that a text names, by themselves or in a range."""
    found = _NUMBERS.findall(text)
    return {number for first, last in found for number in range(int(first), int(last or first) + 1)}


def _missing(named: Iterable[set[int]], tickets: Collection[int]) -> list[str]:
    known: set[int] = set().union(*named)
    return [f"named nowhere: {ticket}" for ticket in sorted(set(tickets) - known)]


def over_caps(told: Sequence[Told], caps: Caps) -> list[str]:
    """Messages that came when as many at least as pressing had come already; by what the receiver's clock said."""
    found = []
    for at, one in enumerate(told):
        before = [other for other in told[:at] if other.address == one.address and other.priority <= one.priority]
        for most, seconds in ((caps.per_minute, 60), (caps.per_quarter, 900), (caps.per_hour, 3600)):
            recent = sum(other.at > one.at - seconds for other in before)
            if most and recent >= most:
                found.append(f"{one.key}: number {recent + 1} within {seconds} s, at most {most} may be")
    return found


def first_is_pressing(told: Sequence[Told], top: int = 1) -> list[str]:
    """The first message of a storm is of the most pressing tickets."""
    return [] if told and told[0].priority == top else ["the first message is not of the top priority"]


def stale(log: Path) -> list[str]:
    """Writes of watches that led no more, as the harness saw them (``faults.Spied``)."""
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def without_next_step(store: Store) -> list[str]:
    """Escalations of open tickets that run, and nothing would ever happen in them."""
    with store.read() as tx:
        running = [one for one in tx.escalations.running() if one.state is EscalationState.running]
    return [f"runs without a next step: {one.ticket}" for one in running if one.due is None]


def without_cause(store: Store) -> list[str]:
    """Pages, whatever became of them, of no step that the journal knows; and steps whose pages are missing."""
    with store.read() as tx:
        fired = [(fact.ticket, fact.event) for fact in tx.journal.each() if isinstance(fact.event, StepFired)]
        every = tx.outbox.in_states(list(NoticeState), limit=10**6)
    causes = {(ticket, event.generation, event.firing): event for ticket, event in fired}
    pages = [one for one in every if one.code == NoticeCode.page.value]
    of_step = {(one.ticket, one.params.get("generation"), one.params.get("firing")): one for one in pages}
    strangers = [f"no cause: {one.key}" for step, one in of_step.items() if step not in causes]
    silent = [step for step, event in causes.items() if event.paged and step not in of_step]
    return strangers + [f"a step paged {causes[step].paged} and queued nothing: {step}" for step in silent]
