"""Many tickets at once: marks that stay, what would be refused said first, one undo and one redo for all."""

import threading
from typing import Any

import pytest

from supporttui.tui import app, counting
from supporttui.tui.queue import listed, marking
from supporttui.usecases import tickets
from supporttui.usecases.ports import NoticeState
from tests.tui.conftest import Night


def head(desk) -> int:
    return desk.other.ask(lambda tx: tx.journal.head())


async def test_several_tickets_are_one_step_back_and_forth(night: Night) -> None:
    async with night() as desk:
        ids = desk.ids[:3]
        await desk.press("space", "space", "space", "t")
        desk.expect_message("Taken: T-1, T-2, T-3.  u undo")
        assert {desk.stored(number).owner for number in ids} == {"ana"}
        assert len({desk.stored(number).last_operation for number in ids}) == 1
        await desk.press("u")
        desk.expect_message('Undone: "Taken: T-1, T-2, T-3."  U does it again')
        assert {desk.stored(number).owner for number in ids} == {None}
        await desk.press("U")
        desk.expect_message('Done again: "Taken: T-1, T-2, T-3."')
        assert {desk.stored(number).owner for number in ids} == {"ana"}
        await desk.press("u")
        assert {desk.stored(number).owner for number in ids} == {None}


async def test_what_would_be_refused_is_said_before_anything_happens(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "space")
        desk.other.do(tickets.take, 2, None, by="ana")
        desk.other.do(tickets.note, 3, None, text="mine", by="ben")
        before = head(desk)
        await desk.press("t")
        desk.expect("Take 3: 1 can be, 2 refused:")
        desk.expect("[Enter] does 1")
        assert head(desk) == before
        await desk.press("l")
        desk.expect("Refused, and why")
        desk.expect("T-2")
        desk.expect("Ben changed T-3")
        await desk.press("escape")
        await desk.press("enter")
        desk.expect_message("Taken: T-1.  u undo")
        assert desk.stored(1).owner == "ana"
        assert desk.stored(3).owner is None


async def test_leaving_the_question_does_nothing_and_brings_the_marks_back(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space")
        await desk.others(tickets.resolve, 2, None)
        before = head(desk)
        await desk.press("a", "escape")
        assert head(desk) == before
        assert [row.id for row in desk.queue.table.marked] == [1, 2]


async def test_where_all_would_be_refused_enter_does_nothing(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space")
        for number in (1, 2):
            desk.other.do(tickets.close, number, None)
        await desk.press("t")
        desk.expect("Take 2: 0 can be, 2 refused:")
        before = head(desk)
        await desk.press("enter")
        assert head(desk) == before


async def test_one_ticket_that_somebody_touched_keeps_all_from_being_undone_and_is_named(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "t")
        await desk.others(tickets.note, 2, None, text="mine")
        await desk.press("u")
        desk.expect_message("Not undone: T-2 was changed afterwards.")
        assert desk.stored(1).owner == "ana"


async def test_what_cannot_be_undone_says_why_and_gives_way_to_the_step_before(night: Night) -> None:
    async with night() as desk:
        await desk.press("t")
        desk.queue.perform("ticket.merge", desk.queue.targets()[:1], into=2)
        await desk.settle()
        assert desk.stored(1).merged_into == 2
        await desk.press("u")
        desk.expect_message("Not undone: a merge stays")
        await desk.press("u")
        desk.expect_message("Not undone: T-1 was changed afterwards.")


async def test_a_note_is_undone_and_stays_readable(night: Night) -> None:
    async with night() as desk:
        await desk.press("c")
        await desk.type("oops")
        await desk.press("enter", "u")
        desk.expect_message("Undone:")
        await desk.press("enter")
        desk.expect("note: oops (taken back)")


async def test_what_was_done_again_is_called_so_in_the_tickets_story(night: Night) -> None:
    async with night() as desk:
        await desk.press("t", "u", "U", "enter")
        desk.expect("done again: owner").expect("undone: owner, state (taken back)")


async def test_nothing_is_left_to_do_again_after_a_new_step(night: Night) -> None:
    async with night() as desk:
        await desk.press("t", "u", "j", "t", "U")
        desk.expect_message("Nothing to do again.")
        assert desk.stored(1).owner is None


# --- marks --------------------------------------------------------------------------------------------


async def test_marks_are_counted_and_survive_scrolling_sorting_and_refresh(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space")
        desk.expect("2 marked")
        await desk.press("G", "ctrl+r", "g", "ctrl+r")
        desk.expect("2 marked")
        assert [row.id for row in desk.queue.table.marked] == [1, 2]


async def test_all_marks_every_ticket_of_the_filter_at_hand_or_not(night: Night) -> None:
    async with night() as desk:
        assert len(desk.ids) < 60
        await desk.press("V")
        desk.expect("60 marked")
        await desk.press("V")
        assert desk.queue.table.marked == ()
        await desk.press("slash")
        await desk.type('-"number 1"')
        await desk.press("enter", "V")
        desk.expect("59 marked")
        await desk.press("a")
        assert desk.stored(60).acknowledged_by == "ana"
        assert desk.stored(2).acknowledged_by is None


async def test_more_than_can_be_marked_is_said(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "MOST_MARKED", 50)
    async with night() as desk:
        await desk.press("V")
        desk.expect_message("The first 50 are marked; there are more.")
        desk.expect("50 marked")


async def test_a_range_goes_from_the_last_mark_to_here(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "j", "j", "v")
        assert [row.id for row in desk.queue.table.marked] == [1, 2, 3, 4]


async def test_marks_one_after_the_other_are_undone_as_one_step(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "space", "u")
        assert desk.queue.table.marked == ()
        desk.expect_message('Undone: "3 marked"')
        await desk.press("U")
        assert [row.id for row in desk.queue.table.marked] == [1, 2, 3]
        await desk.press("escape")
        assert desk.queue.table.marked == ()
        await desk.press("u")
        assert [row.id for row in desk.queue.table.marked] == [1, 2, 3]


async def test_marks_that_an_action_used_up_are_not_what_undo_takes_back(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "t", "u")
        desk.expect_message("Undone:")
        assert desk.stored(1).owner is None
        await desk.press("u")
        desk.expect_message("Nothing to undo.")


async def test_marks_that_a_filter_hides_are_not_acted_on_stay_and_are_counted(night: Night) -> None:
    async with night() as desk:
        await desk.press("V", "slash")
        await desk.type("id:2,4,6,8")
        await desk.press("enter")
        desk.expect("60 marked, 56 not listed")
        await desk.press("a")
        desk.expect_message("T-2, T-4, T-6 and 1 more.  56 not listed, left out.  u undo")
        assert [number for number in range(1, 61) if desk.stored(number).acknowledged_by] == [2, 4, 6, 8]
        desk.expect("56 marked, 56 not listed")
        await desk.press("slash", *["backspace"] * 10, "enter")
        desk.expect("56 marked ")
        assert len(desk.queue.targets()) == 56


async def test_marks_beyond_the_window_are_listed_where_the_filter_has_them(night: Night) -> None:
    async with night() as desk:
        await desk.press("V", "slash")
        await desk.type("-id:2,4")
        await desk.press("enter")
        assert len(desk.ids) < 58
        desk.expect("60 marked, 2 not listed")
        await desk.press("G", "g", "a")
        assert [number for number in range(1, 61) if not desk.stored(number).acknowledged_by] == [2, 4]


async def test_a_view_that_hides_marks_leaves_them_out_and_says_so_in_the_question(night: Night) -> None:
    async with night() as desk:
        await desk.others(tickets.take, 2, None, by="ana")
        await desk.press("space", "space", "space")
        desk.queue.go_to_view(desk.queue.view_called("mine"))
        await desk.settle()
        desk.expect("3 marked, 2 not listed")
        await desk.press("d")
        desk.expect("Resolve T-2 (2 not listed left out):")
        await desk.press("f", "enter")
        assert [number for number in (1, 2, 3) if not desk.stored(number).is_open] == [2]
        desk.expect_message("2 not listed, left out.")
        await desk.press("u")
        assert desk.stored(2).is_open


async def test_where_no_marked_ticket_is_listed_nothing_is_done_to_the_row_under_the_cursor(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "slash")
        await desk.type('"number 7"')
        await desk.press("enter")
        before = head(desk)
        for key in ("a", "t", "d", "E", "c", "R", "D", "y"):
            await desk.press(key)
            assert desk.app.screen is desk.queue
            desk.expect_message("Nothing was done: no marked ticket is listed. Esc clears the marks.")
        assert head(desk) == before
        await desk.press("escape", "a")
        assert desk.stored(8).acknowledged_by == "ana"


async def test_a_key_typed_before_the_other_list_is_there_waits_for_it(night: Night, monkeypatch) -> None:
    gate, read = threading.Event(), listed.page

    def slow(tx: Any, *asked: Any) -> Any:
        gate.wait(5)
        return read(tx, *asked)

    async with night() as desk:
        await desk.press("V")
        monkeypatch.setattr(listed, "page", slow)
        for key in ("slash", *"id", "colon", "5", "enter", "a"):
            desk.send(key)
        await desk.until(lambda: [event.key for event in desk.app._ahead] == ["a"])
        gate.set()
        await desk.settle()
        assert [number for number in range(1, 61) if desk.stored(number).acknowledged_by] == [5]


async def test_a_marked_ticket_that_leaves_the_list_is_left_out(night: Night) -> None:
    async with night() as desk:
        desk.queue.go_to_view(desk.queue.view_called("unassigned"))
        await desk.settle()
        await desk.press("space", "space", "j")
        await desk.others(tickets.take, 2, None, by="ben")
        await desk.press("ctrl+r")
        desk.expect("2 marked, 1 not listed")
        await desk.press("a")
        assert [number for number in (1, 2) if desk.stored(number).acknowledged_by == "ana"] == [1]


async def test_leaving_a_filter_puts_back_what_is_known_of_the_marks(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "slash")
        await desk.type("id:9")
        desk.queue._prompt.submitted("id:9")
        await desk.settle()
        desk.expect("2 marked, 2 not listed")
        await desk.press("slash", *["backspace"] * 4, "1", "escape")
        desk.expect("2 marked, 2 not listed")


async def test_marks_brought_back_are_asked_whether_they_are_listed(night: Night) -> None:
    async with night() as desk:
        await desk.press("V", "escape", "slash")
        await desk.type("id:9")
        await desk.press("enter", "u")
        desk.expect("60 marked, 59 not listed")
        await desk.press("a")
        assert [number for number in range(1, 61) if desk.stored(number).acknowledged_by] == [9]


async def test_a_command_for_named_tickets_leaves_the_marks_of_others(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "colon")
        await desk.type("ack 7")
        await desk.press("enter")
        assert desk.stored(7).acknowledged_by == "ana"
        assert [row.id for row in desk.queue.table.marked] == [1, 2]


async def test_the_first_line_the_badges_and_the_place_move_together(night: Night, monkeypatch) -> None:
    gate, read = threading.Event(), counting.figures

    def slow(*asked: Any) -> Any:
        gate.wait(5)
        return read(*asked)

    async with night() as desk:
        await desk.press("space", "space", "space", "d", "f")
        monkeypatch.setattr(app, "figures", slow)
        desk.send("enter")
        await desk.until(
            lambda: not any(desk.stored(number).is_open for number in (1, 2, 3)) and not desk.queue._marked
        )
        desk.expect("60 open").expect("[Team 60]").expect("of 60")
        gate.set()
        await desk.settle()
        desk.expect("57 open").expect("[Team 57]").expect("of 57")
        await desk.press("u")
        desk.expect("60 open").expect("[Team 60]").expect("of 60")


# --- what leaves --------------------------------------------------------------------------------------


async def test_escalating_marked_tickets_names_them_all_and_pages_each_person_once(night: Night) -> None:
    async with night() as desk:
        await desk.press("space", "space", "space", "E")
        desk.expect("T-1, T-2, T-3 ->")
        await desk.press("enter")
        desk.expect_message("Paging L1 (Ben), T-1, T-2, T-3 in 8s - u withdraw")
        states = desk.other.ask(lambda tx: tx.outbox.counts())
        assert states == {NoticeState.pending: 1, NoticeState.bundled: 2}
        await desk.press("u")
        desk.expect_message("Withdrawn before it left: L1 (Ben), T-1, T-2, T-3.")
        assert desk.other.ask(lambda tx: tx.outbox.counts()) == {NoticeState.withdrawn: 3}


@pytest.fixture
def mailing(night: Night, filled) -> Night:
    """The site sends replies by mail; the first ticket's requester has an address."""
    with filled.write() as tx:
        tx.definitions.put_site({"reply_channel": "mail"})
    return night


async def test_a_reply_counts_down_and_is_withdrawn(mailing: Night) -> None:
    async with mailing() as desk:
        await desk.others(tickets.edit, 1, None, fields={"requester": "mia@shop.example"})
        desk.queue.reply(desk.queue.targets(), text="Hello")
        await desk.settle()
        desk.expect_message("Reply on T-1 leaves in 8s - u withdraw")
        await desk.press("u")
        desk.expect_message("Withdrawn before it left: Reply on T-1.")


async def test_a_reply_that_has_left_says_so(mailing: Night) -> None:
    async with mailing() as desk:
        await desk.others(tickets.edit, 1, None, fields={"requester": "mia@shop.example"})
        desk.queue.reply(desk.queue.targets(), text="Hello")
        await desk.settle()
        await desk.tick(seconds=9)
        desk.expect_message("Reply on T-1 leaves now.")


async def test_a_reply_that_nothing_sends_says_so_and_can_be_copied(night: Night) -> None:
    async with night() as desk:
        desk.queue.reply(desk.queue.targets(), text="Hello")
        await desk.settle()
        desk.expect_message("T-1 recorded, NOT SENT: this site names no channel for replies. y copies it")
        await desk.press("u")
        desk.expect_message('Undone: "Reply on T-1"')
