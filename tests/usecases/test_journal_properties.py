"""Laws of timers over any journal: what is kept is what it tells, each promise says whose it is, a written zone is none."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui import packs
from supporttui.domain.faults import SupportError
from supporttui.domain.sla.hours import Window
from supporttui.domain.spans import Instant
from supporttui.i18n.catalogue import Words
from supporttui.i18n.moments import parse
from supporttui.intake.cells import parse_instant
from supporttui.usecases import replay, tickets, why
from supporttui.usecases.definitions.defining import define
from tests.builders import NOW, Desk, MovableClock, calendar, opened, site
from tests.quick import memory_store

pytestmark = pytest.mark.core

CHANGES = {
    "take": (tickets.take, {}),
    "reply": (tickets.reply, {"text": "On it."}),
    "note": (tickets.note, {"text": "Hm."}),
    "wait": (tickets.wait, {}),
    "resume": (tickets.resume, {}),
    "resolve": (tickets.resolve, {}),
    "reopen": (tickets.reopen, {}),
    "close": (tickets.close, {}),
}
"""What may happen to a ticket; what its state refuses has not happened."""
stories = st.lists(
    st.tuples(st.integers(0, 30 * 3600), st.integers(1, 3), st.sampled_from(["open", "hours", *CHANGES])), max_size=14
)


def lived(story: Sequence[tuple[int, int, str]]) -> Desk:
    """A desk at which all this has happened: seconds after what went before, to which ticket, and what."""
    clock = MovableClock(NOW)
    desk, versions = Desk(memory_store(clock), clock), 0
    site(desk.store)
    desk.do(tickets.open_ticket, opened(priority=1))
    for gap, number, what in story:
        clock.now = Instant(clock.now + gap)
        if what == "open":
            desk.do(tickets.open_ticket, opened(priority=number))
        elif what == "hours":
            versions += 1
            other = calendar(weekly=(Window(f"{7 + versions % 5:02}:00", "17:00"),))
            desk.do(define, "office", other, by="zoe")
            desk.do(replay.refold, by="zoe")
        else:
            _attempt(desk, number, what)
    return desk


def _attempt(desk: Desk, number: int, what: str) -> None:
    act, said = CHANGES[what]
    try:
        desk.do(act, number, None, **said)
    except SupportError:
        return


@settings(max_examples=settings.default.max_examples * 3 // 5, derandomize=True)
@given(stories)
def test_timers_that_are_kept_are_those_that_the_journal_tells_whatever_happened(story):
    desk = lived(story)
    assert desk.ask(replay.differences) == ()
    past = Desk(memory_store(desk.clock), desk.clock)
    with desk.store.read() as source, past.store.write() as target:
        replay.rebuild(source, target, desk.clock())
    # Nobody counts what is done anew when hours change later; ``differences`` knows that.
    kept, told = (one.ask(lambda tx: {n: tx.tickets.timers(n) for n in _open(tx)}) for one in (desk, past))
    assert told == kept
    past.store.close()
    desk.store.close()


@settings(max_examples=settings.default.max_examples * 3 // 5)
@given(stories)
def test_every_timer_names_its_agreement_its_target_and_its_calendar_with_their_versions(story):
    desk = lived(story)
    agreements, calendars = desk.ask(
        lambda tx: (
            {(key, one.version) for key, known in tx.definitions.target_sets().items() for one in known},
            {(key, one.version) for key, known in tx.definitions.calendars().items() for one in known},
        )
    )
    for number in desk.ask(_numbers):
        for reason in desk.ask(why.of, number, desk.clock()).reasons:
            by = reason.grounds
            assert (by.agreement, by.agreement_version) in agreements
            assert reason.target is not None
            assert reason.target.metric is reason.timer.metric
            assert (by.calendar is None) == (by.calendar_versions == ())
            assert {(by.calendar, version) for version in by.calendar_versions} <= calendars
    desk.store.close()


def _open(tx):
    return [number for number in _numbers(tx) if tx.tickets.get(number).is_open]


def _numbers(tx):
    return sorted({fact.ticket for fact in tx.journal.each()})


@given(st.integers(0, 4_000_000_000), st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_the_same_in_whatever_offset_it_is_written(at, minutes):
    """By a person, in a pack, in a file to be imported."""
    text = datetime.fromtimestamp(at, UTC).astimezone(timezone(timedelta(minutes=minutes))).isoformat()
    assert parse(Words("en", "Asia/Kathmandu"), text, NOW) == at
    assert parse_instant(text, "iso", "America/St_Johns") == at
    pack = f'name = "x"\n[[people]]\nid = "a"\nname = "A"\nvalid_from = {text}\n'
    assert packs.parse(pack, zone="Pacific/Apia").people[0].valid_from == at
