"""Laws of what comes in, whatever people do meanwhile: nothing that goes on is without an open ticket, nothing counts twice."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.events import Signal
from supporttui.domain.faults import SupportError
from supporttui.domain.incoming.report import Report
from supporttui.domain.incoming.source import IntakeSource, SourceKind, WhenOver
from supporttui.domain.notices import QUIET
from supporttui.domain.states import Origin
from supporttui.domain.tickets import Ticket
from supporttui.domain.tickets import replay as replayed
from supporttui.usecases import bonds, tickets
from supporttui.usecases.incoming import taking
from supporttui.usecases.incoming.taking import Outcome, standing
from supporttui.usecases.ports import Transaction
from tests.builders import NOW, Desk, MovableClock, site
from tests.quick import memory_store

BY_HAND = {
    "resolve": lambda desk, number: desk.do(tickets.resolve, number, None),
    "close": lambda desk, number: desk.do(tickets.close, number, None),
    "reopen": lambda desk, number: desk.do(tickets.reopen, number, None),
    "calm": lambda desk, number: desk.do(tickets.change_priority, number, None, priority=4, reason="calm"),
    "merge": lambda desk, number: desk.do(bonds.merge, number, None, into=1),
}
steps = st.one_of(
    st.tuples(st.sampled_from(["fire", "fire", "over"]), st.sampled_from("abc"), st.integers(1, 3)),
    st.tuples(st.sampled_from([*BY_HAND, "wait a minute"]), st.integers(1, 3), st.just(0)),
)
sources = st.builds(
    IntakeSource, id=st.just("prom"), kind=st.just(SourceKind.json), service=st.just("mail"),
    when_over=st.sampled_from(WhenOver), reopens=st.booleans(), most=st.sampled_from([1, 2, 30]),
)  # fmt: skip


@pytest.mark.core
@settings(max_examples=settings.default.max_examples * 5 // 4)
@given(sources, st.lists(steps, max_size=14))
def test_whatever_happens(source: IntakeSource, story):
    _holds(source, story)


@pytest.mark.slow
@settings(max_examples=4000)
@given(sources, st.lists(steps, max_size=14))
def test_whatever_happens_for_long(source: IntakeSource, story):
    _holds(source, story)


def _holds(source: IntakeSource, story) -> None:
    clock = MovableClock(NOW)
    desk = Desk(memory_store(clock), clock)
    site(desk.store)
    with desk.store.write() as tx:
        tx.definitions.put("prom", source)
    counted = Counter[str]()
    for what, which, level in story:
        clock.forward(seconds=1)
        if what in ("fire", "over"):
            _reported(desk, Report(which, f"It is {which}", "mail", impact=level, urgency=level), what, counted)
        elif what == "wait a minute":
            clock.forward(minutes=2)
        else:
            _tried(desk, what, which)
    _is_sound(desk)
    desk.store.close()


def _reported(desk: Desk, report: Report, what: str, counted: Counter[str]) -> None:
    asked = replace(report, state=Signal.firing if what == "fire" else Signal.resolved)
    with desk.store.write() as tx:
        called = _calls(tx)
        (taken,) = taking.take(desk.call("intake", Origin.intake), tx, "prom", [asked])
    if what == "over":
        assert taken.outcome in (Outcome.over, Outcome.resolved, Outcome.unmatched)
        return
    anew = taken.outcome in (Outcome.opened, Outcome.flooded)
    counted[report.key] = 1 if anew else counted[report.key] + 1
    alert = desk.ask(lambda tx: tx.incoming.alert("prom", report.key))
    assert (alert.count, alert.state) == (counted[report.key], Signal.firing)
    assert desk.ask(lambda tx: standing(tx, alert.ticket)).is_open
    if taken.outcome is Outcome.folded:
        assert desk.ask(_calls) == called


def _calls(tx: Transaction) -> int:
    """How many messages were queued that call somebody; quiet ones call nobody."""
    numbers = {one.ticket for one in tx.incoming.newest(source=None, limit=99)}
    return sum(row.priority < QUIET for number in numbers for row in tx.outbox.of_ticket(number))


def _tried(desk: Desk, what: str, number: int) -> None:
    try:
        BY_HAND[what](desk, number)
    except SupportError:  # what its state refuses has not happened
        return


def _is_sound(desk: Desk) -> None:
    """What is stored is what the facts say."""
    with desk.store.read() as tx:
        numbers = {one.ticket for one in tx.incoming.newest(source=None, limit=99)}
        for number in numbers:
            assert _bare(replayed(tx.journal.of_ticket(number))) == _bare(tx.tickets.get(number))


def _bare(ticket: Ticket) -> Ticket:
    return replace(ticket, version=0)
