"""What a shift has to give: every open top priority, everything that falls due, nothing twice, in whatever order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supporttui.domain.events import State
from supporttui.domain.handover.filling import CHANGED, Known, falls_to, items
from supporttui.domain.handover.filling import given as goes
from supporttui.domain.handover.handover import Item, ReasonKind
from supporttui.domain.sla.targets import Metric
from supporttui.domain.sla.timer import Timer, TimerState
from supporttui.domain.tickets import Promised, Reminder
from tests.builders import NOW, ticket
from tests.domain.handover.making import at, handover, item, joint

pytestmark = pytest.mark.core


def timer(due: float | None, metric: Metric = Metric.resolution, state: TimerState = TimerState.running) -> Timer:
    return Timer(metric, 1, 7200, None, at(-9), state, None if due is None else at(due), 0, at(-9))


def listed(*known: Known, now: float = 1) -> tuple[Item, ...]:
    return items(known, joint(), at(now))


def reasons(*known: Known) -> list[list[str]]:
    return [[reason.kind.value for reason in one.reasons] for one in listed(*known)]


def test_an_open_top_priority_is_pressing_and_needs_a_step() -> None:
    first, second = listed(Known(ticket(id=7, priority=2)), Known(ticket(id=8, priority=3, owner="ana")))
    assert (first.key, first.kind, first.needs_step) == ("ticket:7", ReasonKind.pressing, True)
    assert (second.kind, second.needs_step) == (ReasonKind.owned, False)


def test_timers_are_told_up_to_the_end_of_the_next_shift() -> None:
    """It ends in ten hours; now is one. A promised update has a word of its own."""
    quiet = ticket(updated_at=at(-20))
    assert reasons(Known(quiet, [timer(0.5), timer(9.9), timer(5, Metric.update)])) == [["late", "promised", "ending"]]
    assert reasons(Known(quiet, [timer(10), timer(None), timer(5, state=TimerState.met)])) == []


def test_an_update_promised_to_the_requester_goes_with_it_and_a_missed_one_is_late() -> None:
    found = [ticket(id=1, updated_at=at(-20), promised=Promised(at(hour), "ana")) for hour in (0.5, 9.9, 10)]
    assert [reasons(Known(one)) for one in found] == [[["late"]], [["promised"]], []]


def test_what_waits_what_is_to_be_reminded_of_and_what_is_being_called_about() -> None:
    waits = ticket(id=1, state=State.waiting_vendor, hold_until=at(4))
    away = ticket(id=2, resolver="bridge")
    quiet = ticket(id=5)
    remind = ticket(id=3, reminders=(Reminder("ana", at(3)), Reminder("ben", at(3)), Reminder("ana", at(11))))
    assert reasons(Known(waits), Known(away, outside=True), Known(remind), Known(ticket(id=4), escalating=True), Known(quiet, hushed=at(2))) == [
        ["escalating"], ["outside"], ["outside"], ["reminded"], ["hushed"],
    ]  # fmt: skip


def test_what_was_only_touched_is_one_item() -> None:
    touched = [Known(ticket(id=5)), Known(ticket(id=4, state=State.closed)), Known(ticket(id=6, updated_at=at(-7)))]
    (one,) = listed(*touched)
    assert (one.key, one.also, one.reasons[0].count) == (CHANGED, (4, 5), 2)


@pytest.mark.parametrize("deviation", [{"state": State.resolved}, {"void": True}, {"merged_into": 9}])
def test_what_is_done_is_nobodys_to_answer_for(deviation) -> None:
    found = listed(Known(ticket(priority=1, owner="ana", updated_at=at(-20), **deviation), [timer(2)], escalating=True))
    assert found == ()


def test_what_needs_a_step_goes_even_if_somebody_would_keep_it() -> None:
    kept = handover(kept=("ticket:1", "ticket:2"))
    found = (item(1), item(2, ReasonKind.owned), item(3, ReasonKind.owned))
    assert [one.ticket for one in goes(kept, found)] == [1, 3]


TICKETS = st.builds(
    lambda number, priority, state, owner, due, updated, escalating: Known(
        ticket(id=number, priority=priority, state=state, owner=owner, updated_at=at(updated)),
        () if due is None else (timer(due),),
        escalating=escalating,
    ),
    st.integers(1, 30), st.integers(1, 4), st.sampled_from(State), st.sampled_from([None, "ana", "ben", "mia"]),
    st.none() | st.integers(-5, 15), st.integers(-12, 1), st.booleans(),
)  # fmt: skip


@settings(max_examples=settings.default.max_examples * 3)
@given(st.lists(TICKETS, max_size=12, unique_by=lambda known: known.ticket.id), st.randoms())
def test_every_ticket_is_told_at_most_once_and_none_of_the_top_is_missing(known: list[Known], random) -> None:
    found = listed(*known)
    mixed = list(known)
    random.shuffle(mixed)
    assert listed(*mixed) == found
    told = [one.ticket for one in found if one.ticket] + [number for one in found for number in one.also]
    assert len(told) == len(set(told))
    top = {one.ticket.id for one in known if one.ticket.is_open and one.ticket.priority <= 2}
    assert {one.ticket for one in found if one.needs_step} == top
    mine = {one.ticket.id for one in known if one.ticket.is_open and one.ticket.owner == "ana"}
    assert mine <= {one.ticket for one in found}
    assert {one.ticket for one in known if one.ticket.updated_at >= NOW - 6 * 3600} <= {
        one.ticket for one in known if one.ticket.id in told
    }


@settings(max_examples=settings.default.max_examples * 3)
@given(TICKETS, st.permutations(["ana", "ben", "mia"]))
def test_each_ticket_falls_to_just_one_line_of_a_rota(known: Known, people: list[str]) -> None:
    """Whoever owns it, with one person in each of three lines."""
    lines = [{person} for person in people]
    takers = [
        number
        for number, line in enumerate(lines)
        if falls_to(known.ticket, line, first=number == 0, others=set(people) - line)
    ]
    assert len(takers) == 1
    assert known.ticket.owner is None or people[takers[0]] == known.ticket.owner


def test_a_ticket_that_nobody_on_duty_owns_falls_to_the_first_line() -> None:
    strange = replace(ticket(), owner="zoe")
    assert falls_to(strange, {"ana"}, first=True, others={"mia"})
    assert not falls_to(strange, {"mia"}, first=False, others={"ana"})
