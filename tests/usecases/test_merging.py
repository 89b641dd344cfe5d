"""Another database's tickets: what both know is one, what one alone knows is added, and nothing comes twice."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from supporttui.domain.events import Imported, Noted, Opened, Referenced, State, StateChanged
from supporttui.domain.faults import NotFound, Refused
from supporttui.domain.queue import SortBy
from supporttui.domain.sla.hours import Window
from supporttui.storage import SqlStore, memory_store
from supporttui.usecases import bonds, escalation, exporting, merging, replay, saved_views, tickets, zone_data
from supporttui.usecases.archive import Carried
from supporttui.usecases.merging import Agreed, Outcome
from supporttui.usecases.ports import Call, NoticeState
from supporttui.usecases.views import Ask
from tests.builders import Desk, MovableClock, calendar, opened, policy, refuses, site
from tests.usecases.test_intake import GOING_ON, LONG_AGO, OPENING, WAITING, foreign, row, take_in

pytestmark = pytest.mark.core


@pytest.fixture
def here(desk: Desk) -> Desk:
    """The desk whose database gets the other one's tickets."""
    return desk


@pytest.fixture
def there(clock: MovableClock) -> Iterator[Desk]:
    """The same desk elsewhere."""
    store = memory_store(clock)
    site(store)
    yield Desk(store, clock, prefix="there")
    store.close()


def merge(there: Desk, here: Desk, *, names: str = "merge") -> Outcome:
    """Everything of one into the other, as an import does it."""
    call = replace(here.call("zoe"), operation=f"{names}-{next(here.numbers)}")
    with there.store.read() as source:
        with here.store.write() as target:
            numbers = merging.number(source, target, merging.match(source, target))
        with here.store.write() as target:
            return merging.merge(call, source, target, sorted(numbers), numbers)


def agree(there: Desk, here: Desk, *, write: bool = True) -> Agreed:
    with there.store.read() as source, (here.store.write if write else here.store.read)() as target:
        return merging.agree(replace(here.call("zoe"), operation=f"agree-{write}"), source, target, write=write)


def compare(there: Desk, here: Desk) -> Outcome:
    with there.store.read() as source, here.store.read() as target:
        known = merging.match(source, target)
        return merging.compare(source, target, source.archive.tickets(after=0, most=100), known)


def counts(found: Outcome) -> tuple[int, int, int, int]:
    return found.imported, found.updated, found.unchanged, len(found.rejected)


def events(desk: Desk, number: int) -> list[object]:
    return [fact.event for fact in desk.ask(lambda tx: tx.journal.of_ticket(number))]


def is_whole(store: SqlStore) -> bool:
    with store.read() as tx:
        return replay.differences(tx) == ()


# --- the same ticket ------------------------------------------------------------------------------------


def test_a_ticket_that_both_imported_is_one_and_its_rows_are_not_taken_twice(here: Desk, there: Desk):
    for desk in (here, there):
        desk.do(take_in, [foreign(OPENING, WAITING)], by="zoe")
    there.do(tickets.note, 1, None, text="Seen there")
    assert counts(merge(there, here)) == (0, 1, 0, 0)
    found = events(here, 1)
    assert [sum(isinstance(event, kind) for event in found) for kind in (Opened, Referenced, Imported, Noted)] == [
        1,
        1,
        2,
        1,
    ]
    assert counts(merge(there, here)) == (0, 0, 1, 0)
    assert is_whole(here.store)


def test_nobody_is_warned_of_time_that_had_run_out_before_its_ticket_came(here: Desk, there: Desk, clock: MovableClock):
    number = there.do(tickets.open_ticket, opened()).id
    clock.forward(days=9)
    merge(there, here)
    assert here.ask(lambda tx: tx.tickets.timers(number))
    assert here.ask(lambda tx: tx.marks.due(clock(), 9)) == ()


def test_a_row_that_only_the_other_took_in_comes_without_a_second_beginning(here: Desk, there: Desk):
    """Even where the beginning itself is new to us: both files were cut at different places."""
    other_beginning = row(
        "r0", LONG_AGO - 60, opened(title="Foreign"), Referenced("snow", "INC1"), Referenced("snow", "PRB1")
    )
    here.do(take_in, [foreign(OPENING)], by="zoe")
    there.do(take_in, [foreign(other_beginning, WAITING, GOING_ON)], by="zoe")
    assert counts(compare(there, here)) == counts(merge(there, here)) == (0, 1, 0, 0)
    found = events(here, 1)
    assert sum(isinstance(event, Opened) for event in found) == 1
    assert [event.key for event in found if isinstance(event, Referenced)] == ["PRB1", "INC1"]
    assert here.ask(lambda tx: tx.tickets.get(1)).state is State.active
    assert is_whole(here.store)


def test_what_the_desk_did_between_two_imports_comes_too(here: Desk, there: Desk, clock: MovableClock):
    for desk in (here, there):
        desk.do(take_in, [foreign(OPENING)], by="zoe")
    there.do(tickets.acknowledge, 1, None)
    clock.forward(minutes=1)
    there.do(take_in, [foreign(OPENING, WAITING)], by="zoe")
    there.do(tickets.note, 1, None, text="After it")
    merge(there, here)
    kinds = [type(event) for event in events(here, 1)]
    assert StateChanged in kinds
    assert Noted in kinds
    assert here.ask(lambda tx: tx.tickets.get(1)).acknowledged_by == "ana"


def test_two_tickets_of_the_same_number_that_have_nothing_in_common_stay_two(here: Desk, there: Desk):
    here.do(tickets.open_ticket, opened(title="Ours"))
    there.do(tickets.open_ticket, opened(title="Theirs"))
    found = merge(there, here)
    assert (counts(found), found.renumbered) == ((1, 0, 0, 0), {1: 2})
    assert [here.ask(lambda tx, n=n: tx.tickets.get(n)).title for n in (1, 2)] == ["Ours", "Theirs"]


def test_a_free_number_is_kept_and_never_given_again(here: Desk, there: Desk):
    for _ in range(5):
        there.do(tickets.open_ticket, opened())
    here.do(tickets.open_ticket, opened(title="Ours"))
    merge(there, here)
    assert here.do(tickets.open_ticket, opened()).id == 7
    assert [here.ask(lambda tx, n=n: tx.tickets.get(n)).id for n in range(2, 7)] == [2, 3, 4, 5, 6]


# --- what points elsewhere ------------------------------------------------------------------------------


def test_merged_and_related_tickets_find_each_other_under_their_new_numbers(here: Desk, there: Desk):
    here.do(tickets.open_ticket, opened(title="Ours"))
    first, second, third = (there.do(tickets.open_ticket, opened(title=text)).id for text in ("A", "B", "C"))
    there.do(bonds.relate, third, None, other=first)
    there.do(bonds.merge, second, None, into=first)
    found = merge(there, here)
    assert found.renumbered == {1: 4}
    assert here.ask(lambda tx: tx.tickets.get(2)).merged_into == 4
    assert here.ask(lambda tx: tx.tickets.get(4)).merged == (2,)
    assert [one.other for one in here.ask(lambda tx: tx.tickets.get(3)).relations] == [4]
    assert is_whole(here.store)


def test_pages_come_as_they_were_and_those_that_had_not_left_are_held(here: Desk, there: Desk):
    here.do(tickets.open_ticket, opened(title="Ours"))
    number = there.do(tickets.open_ticket, opened(priority=1)).id
    there.do(escalation.escalate, number, None, text="now")
    token = there.lead()
    with there.store.write() as tx:
        (sent,) = tx.outbox.claim(tx.now() + 60, token, limit=1, seconds=30)
        tx.outbox.mark(sent, NoticeState.sent, token=token)
    there.do(escalation.escalate, number, None, text="again")
    merge(there, here)
    notices = here.ask(lambda tx: tx.outbox.of_ticket(2))
    assert {notice.key.split(":")[1] for notice in notices} == {"2"}
    assert {(notice.state, notice.error) for notice in notices} == {
        (NoticeState.sent, ""),
        (NoticeState.held, "restored"),
    }
    assert is_whole(here.store)


# --- whole or not at all --------------------------------------------------------------------------------


def test_a_ticket_whose_policy_is_not_here_is_refused_whole_and_the_others_come(here: Desk, there: Desk):
    with there.store.write() as tx:
        tx.definitions.put("urgent", policy())
    refused = there.do(tickets.open_ticket, opened(priority=1)).id
    there.do(tickets.open_ticket, opened(title="Comes"))
    before = here.ask(lambda tx: tx.journal.head())
    found = merge(there, here)
    (one,) = found.rejected
    assert (counts(found), one.ticket) == ((1, 0, 0, 1), refused)
    assert isinstance(one.fault, NotFound)
    with refuses("ticket.unknown", NotFound):
        here.ask(lambda tx: tx.tickets.get(refused))
    assert here.ask(lambda tx: tx.journal.head()) == before + 1
    assert is_whole(here.store)


def test_two_steps_that_cannot_both_have_happened_are_refused(here: Desk, there: Desk, clock: MovableClock):
    there.do(tickets.open_ticket, opened(priority=1))
    merge(there, here)
    for desk in (here, there):
        clock.forward(seconds=1)
        desk.do(escalation.escalate, 1, None, text="now")
    facts = len(events(here, 1))
    (one,) = merge(there, here).rejected
    assert isinstance(one.fault, Refused)
    assert len(events(here, 1)) == facts


# --- what is agreed -------------------------------------------------------------------------------------


def test_later_versions_of_what_is_the_same_so_far_are_added(here: Desk, there: Desk, clock: MovableClock):
    here.do(tickets.open_ticket, opened(priority=3))
    later = calendar(weekly=(Window("06:00", "22:00"),))
    with there.store.write() as tx:
        tx.definitions.put("office", later, valid_from=clock.forward(days=-1))
    clock.forward(days=2)
    assert agree(there, here, write=False) == agree(there, here) == Agreed(added=1)
    versions = here.ask(lambda tx: tx.definitions.calendars())["office"]
    assert [version.version for version in versions] == [1, 2]
    assert versions[-1].value == later
    assert is_whole(here.store)
    assert agree(there, here, write=False) == Agreed()


def test_what_differs_stays_ours_and_what_is_ours_alone_is_no_difference(here: Desk, there: Desk):
    with here.store.write() as tx:
        tx.definitions.put("office", calendar(name="Ours, later"))
    assert agree(there, here, write=False) == Agreed()
    with there.store.write() as tx:
        tx.definitions.put("office", calendar(name="Theirs, later"))
    assert agree(there, here) == Agreed(kept=1)


def test_much_is_compared_part_by_part(here: Desk, there: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(merging, "BATCH", 2)
    for _ in range(5):
        there.do(tickets.open_ticket, opened())
    assert agree(there, here) == Agreed()
    assert counts(merge(there, here)) == (5, 0, 0, 0)


# --- reading for a snapshot -----------------------------------------------------------------------------


def test_what_is_written_while_a_snapshot_is_read_is_not_in_it(here: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "BATCH", 2)
    for _ in range(3):
        here.do(tickets.open_ticket, opened(priority=3))
    first = here.ask(exporting.beginning)
    here.do(tickets.open_ticket, opened())
    found = [fact["seq"] for fact in exporting.facts(here.store.read, first.head)]
    assert found == list(range(1, first.head.seq + 1))
    assert first.counts[Carried.fact] == first.head.seq
    assert len([row for kind, row in first.rows if kind is Carried.definition]) == first.counts[Carried.definition]


def test_every_notice_is_read_however_many_there_are(here: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "BATCH", 1)
    for _ in range(3):
        number = here.do(tickets.open_ticket, opened(priority=1)).id
        here.do(escalation.escalate, number, None, text="now")
    assert len(list(exporting.notices(here.store.read))) == here.ask(lambda tx: tx.archive.count(Carried.notice)) == 3


def test_an_empty_database_is_filled_and_its_tickets_are_made_from_their_facts(here: Desk, clock: MovableClock):
    """The versions of tickets count the operations that wrote them; a ticket is told of as it is made."""
    for _ in range(3):
        here.do(tickets.open_ticket, opened(priority=1))
    here.do(tickets.acknowledge, 2, None)
    first = here.ask(exporting.beginning)
    rows = [*first.rows, *((Carried.fact, row) for row in exporting.facts(here.store.read, first.head))]
    rows += [(Carried.notice, row) for row in exporting.notices(here.store.read)]
    store, heard = memory_store(clock), []
    with store.write() as tx:
        assert merging.is_empty(tx)
        for kind, row in rows:
            tx.archive.put(kind, [row])
        tx.archive.finish()
        assert replay.restore(tx, heard.append) == 3
        assert not merging.is_empty(tx)
    assert heard == [3]
    with store.read() as tx:
        assert [tx.tickets.get(number).version for number in (1, 2, 3)] == [1, 2, 1]
    assert is_whole(store)
    store.close()


def test_every_ticket_that_fits_has_its_number_in_the_asked_order(here: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "BATCH", 2)
    numbers = [here.do(tickets.open_ticket, opened(priority=3)).id for _ in range(5)]
    ask = Ask(sort=SortBy.number, limit=1, reverse=True)
    assert sorted(here.ask(exporting.numbers, ask, here.clock())) == numbers
    assert (
        here.ask(exporting.numbers, ask, here.clock())
        == here.ask(exporting.numbers, Ask(sort=SortBy.number), here.clock())[::-1]
    )


def test_settings_and_views_that_are_unknown_here_are_added(here: Desk, there: Desk):
    with there.store.write() as tx:
        tx.definitions.put_site({"motto": "Calm"})
    there.do(saved_views.save, name="Night", query="is:breached", by="ana")
    assert agree(there, here) == Agreed(added=2)
    assert here.ask(lambda tx: tx.definitions.site())["motto"] == "Calm"
    assert [view.name for view in here.ask(saved_views.seen, "ana")] == ["Night"]


def test_a_foreign_ticket_that_is_not_here_is_new(here: Desk, there: Desk):
    there.do(take_in, [foreign(OPENING, WAITING)], by="zoe")
    assert counts(compare(there, here)) == counts(merge(there, here)) == (1, 0, 0, 0)
    again = here.do(take_in, [foreign(OPENING, WAITING)], by="zoe")
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 1)


def test_a_database_that_only_names_its_zone_rules_is_empty_and_keeps_them(desk):
    store = memory_store(desk.clock)
    with store.write() as tx:
        assert merging.is_empty(tx)
        zone_data.note(tx, "2025a")
        assert merging.is_empty(tx)
    with desk.store.write() as tx:
        zone_data.note(tx, "2026b")
    with desk.store.read() as there, store.write() as here:
        merging.agree(Call("zoe", desk.clock(), "op"), there, here)
        assert here.definitions.site()["name"] == "Berlin"
        assert zone_data.in_force(here) == "2025a"
    store.close()
