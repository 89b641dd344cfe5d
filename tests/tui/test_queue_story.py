"""A night at the queue: what a person presses and what they see."""

import pytest

from supporttui.domain.events import State
from supporttui.storage import SqlStore
from supporttui.tui.app import SupportApp
from supporttui.tui.desk import Link, LinkState
from supporttui.usecases import escalation, tickets
from tests.builders import opened
from tests.tui.conftest import Night


async def test_everything_fits_into_80_by_24(night: Night) -> None:
    """Status, screens, views, heading, rows, message, footer; no line is wider than the window."""
    async with night() as desk:
        assert len(desk.lines) == 24
        assert desk.lines[0].startswith("on call: Ben (L1) till 08:00, L2 Mia | 60 open")
        assert "live " in desk.lines[0]
        assert "1 Queue" in desk.lines[1]
        assert "SLA" in desk.lines[3]
        assert desk.lines[23].rstrip().endswith("? more")
        assert sum("Ticket number" in line for line in desk.lines) == 18


async def test_the_cursor_moves_and_only_two_rows_are_painted(night: Night) -> None:
    async with night() as desk:
        first = desk.current
        await desk.press("j")
        assert desk.ids[1] == desk.current
        await desk.press("k")
        assert desk.current == first
        await desk.press("G")
        assert desk.current == desk.ids[-1]
        await desk.press("g")
        assert desk.current == first


async def test_acknowledging_tells_and_can_be_undone(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("a")
        desk.expect_message(f"Acknowledged T-{number}.")
        assert desk.stored(number).acknowledged_by == "ana"
        await desk.press("u")
        desk.expect_message("Undone")
        assert desk.stored(number).acknowledged_by is None


async def test_a_key_faster_than_the_first_line_names_the_ticket_as_the_site_writes_it(
    night: Night, filled: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list has come and says it, whatever becomes of the first line."""
    monkeypatch.setattr(SupportApp, "_know", lambda app, status: setattr(app, "_status", status))
    with filled.write() as tx:
        tx.definitions.put_site({**tx.definitions.site(), "prefix": "INC-"})
    async with night() as desk:
        number = desk.current
        await desk.press("a")
        desk.expect_message(f"Acknowledged INC-{number}.")


async def test_one_key_acts_on_all_marked_tickets_and_undo_takes_them_back_together(night: Night) -> None:
    async with night() as desk:
        chosen = desk.ids[:3]
        await desk.press("space", "space", "space", "t")
        assert [desk.stored(n).owner for n in chosen] == ["ana"] * 3
        await desk.press("u")
        assert [desk.stored(n).owner for n in chosen] == [None] * 3


async def test_the_cursor_stays_on_its_ticket_while_others_change_everything(night: Night) -> None:
    """Rows come, go and move above and below; the number under the cursor and its line stay."""
    async with night() as desk:
        await desk.press(*"jjjjjjjj")
        number, above = desk.current, desk.ids[:3]
        desk.clock.forward(seconds=10)
        for gone in above:
            await desk.others(tickets.resolve, gone, None, text="done")
            assert desk.current == number
        line = desk.cursor_line
        for _ in range(3):
            await desk.others(tickets.open_ticket, opened(priority=1, title="Fire"))
            assert desk.current == number
        assert desk.cursor_line == line
        await desk.press("a")
        assert desk.stored(number).acknowledged_by == "ana"


async def test_the_order_stands_still_for_two_seconds_after_a_key(night: Night) -> None:
    """A key that is pressed twice hits the row that was seen, not one that slipped under it."""
    async with night() as desk:
        before = desk.ids
        await desk.press("j")
        await desk.others(tickets.resolve, before[0], None, text="done")
        assert desk.ids == before
        await desk.tick(seconds=3)
        assert desk.ids[:20] == before[1:21]


async def test_a_ticket_that_left_the_view_stays_under_the_cursor_until_it_moves(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        desk.clock.forward(seconds=10)
        await desk.others(tickets.resolve, number, None, text="done")
        assert desk.current == number
        await desk.press("j")
        await desk.tick(seconds=3)
        assert number not in desk.ids


async def test_a_change_by_somebody_else_is_a_conflict_and_nothing_is_overwritten(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        desk.other.do(tickets.take, number, None, by="ben")
        await desk.press("t")
        assert desk.stored(number).owner == "ben"
        assert "Not saved" in desk.message


async def test_typing_in_a_prompt_fires_no_action(night: Night) -> None:
    """Every letter that is a key on the queue is a letter in a note."""
    async with night() as desk:
        number, version = desk.current, desk.stored(desk.current).version
        await desk.press("c")
        await desk.type("atEmdpujkqGVvsh/123")
        assert desk.stored(number).version == version
        assert desk.current == number
        await desk.press("enter")
        desk.expect_message("Note saved")


async def test_the_filter_narrows_while_it_is_typed_and_escape_puts_back_what_was(night: Night) -> None:
    async with night() as desk:
        before = desk.ids
        await desk.press("slash")
        await desk.type('"number 7"')
        await desk.until(lambda: desk.ids != before)
        await desk.settle()
        assert len(desk.ids) == 1
        await desk.press("escape")
        await desk.settle()
        assert desk.ids == before


async def test_a_wrong_filter_is_marked_under_the_word_and_changes_nothing(night: Night) -> None:
    async with night() as desk:
        before = desk.ids
        await desk.press("slash")
        await desk.type("is:nonsense")
        await desk.until(lambda: "^^^" in desk.text)
        assert desk.ids == before


async def test_escalating_takes_two_keys_names_the_person_counts_down_and_can_be_withdrawn(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("E")
        desk.expect(f"T-{number} ->  [Enter]")
        await desk.press("enter")
        desk.expect_message("in 8s - u withdraw")
        await desk.tick(seconds=3)
        desk.expect_message("in 5s - u withdraw")
        await desk.press("u")
        desk.expect_message("Withdrawn before it left")


async def test_waiting_and_going_on(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("m", "r")
        assert desk.stored(number).state is State.waiting_requester
        await desk.tick(seconds=3)
        await desk.press("m", "enter")
        assert desk.stored(number).state is State.active


async def test_resolving_asks_for_a_code_and_a_text(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("d", "enter")
        await desk.type("restarted")
        await desk.press("enter")
        found = desk.stored(number)
        assert (found.state, found.resolution) == (State.resolved, "fixed")


async def test_a_priority_by_hand_needs_a_reason(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("p", "1", "enter")
        assert desk.stored(number).priority == 3
        await desk.press("p", "1")
        await desk.type("board")
        await desk.press("enter")
        assert desk.stored(number).priority == 1


@pytest.mark.parametrize(
    ("option", "words"), [({"read_only": True}, "read-only"), ({"as_of": 1_772_418_000}, "the past")]
)
async def test_a_desk_that_may_not_change_anything_says_why(night: Night, option: dict, words: str) -> None:
    async with night(**option) as desk:
        number = desk.current
        for key in "atE":
            await desk.press(key)
            assert words in desk.message
        assert desk.stored(number).version == 1


async def test_the_language_changes_while_running(night: Night) -> None:
    """Footer, screens and columns follow at once."""
    async with night() as desk:
        desk.app.speak("de")
        await desk.settle()
        assert "Eskalieren" in desk.footer
        assert "Warteschlange" in desk.lines[1]
        desk.app.speak("ja")
        await desk.settle()
        assert desk.footer.endswith(desk.app.words.p("footer", "more"))


@pytest.mark.parametrize("size", [(80, 24), (60, 15), (100, 30), (160, 45), (40, 10), (20, 5), (1, 1)])
async def test_no_window_is_too_small_or_too_wide(night: Night, size: tuple[int, int]) -> None:
    """Nothing crashes, no line is wider than the window, and keys go on working."""
    async with night(size=size) as desk:
        number = desk.current
        await desk.press("a")
        assert desk.stored(number).acknowledged_by == "ana"


@pytest.mark.parametrize("size", [(160, 45), (80, 24), (60, 15), (50, 15)])
async def test_every_answer_of_a_chooser_is_seen_in_every_window(night: Night, size: tuple[int, int]) -> None:
    async with night(size=size) as desk:
        await desk.press("d")
        for word in ("fixed", "workaround", "duplicate", "other", "Esc"):
            desk.expect(word)
        await desk.press("escape", "E")
        desk.expect("[Enter]").expect("Lead").expect("Esc")


async def test_answers_that_come_too_fast_are_taken_once(night: Night) -> None:
    """Two Enters before the question is gone: one escalation, no crash."""
    async with night() as desk:
        number = desk.current
        await desk.press("E")
        desk.app.screen.answer(desk.app.screen._options[0].value)
        await desk.press("j")
        await desk.settle()
        with desk.other.store.read() as tx:
            assert tx.escalations.get(number).firing == 1


async def test_no_footer_is_cut_and_each_ends_with_more(night: Night) -> None:
    async with night() as desk:
        for language in ("en", "de", "ja"):
            desk.app.speak(language)
            await desk.settle()
            assert desk.footer.rstrip().endswith(desk.app.words.p("footer", "more"))
            assert "~" not in desk.footer


async def test_a_step_that_the_watch_fired_meanwhile_does_not_stop_an_acknowledgement(night: Night) -> None:
    """What only the watch changed is no conflict; what a person changed is one (see above)."""
    async with night() as desk:
        number = (await desk.others(tickets.open_ticket, opened(priority=1, title="Fire"))).id
        await desk.press("g")
        assert desk.current == number
        token = desk.other.lead()
        desk.clock.forward(minutes=30)
        desk.other.watch(escalation.sweep, token, 50)
        assert desk.stored(number).version > 1
        await desk.press("a")
        desk.expect_message(f"Acknowledged T-{number}.")


async def test_a_database_that_went_away_is_said_reading_goes_on_and_its_return_is_noticed(night: Night) -> None:
    async with night() as desk:
        rows = desk.ids
        now = desk.clock()
        desk.app.linked(Link(LinkState.away, heard=now, away_since=now, tries=1, retry_at=now + 4))
        desk.app.desk.link = Link(LinkState.away, heard=now, away_since=now, tries=1, retry_at=now + 4)
        await desk.tick()
        assert "offline since" in desk.status
        desk.expect_message("No database, trying again in 4s.")
        await desk.press("j")
        assert desk.ids == rows
        desk.app.desk.retry_now()
        await desk.until(lambda: desk.app.desk.link.state is LinkState.live)
        await desk.tick()
        assert "live" in desk.status
