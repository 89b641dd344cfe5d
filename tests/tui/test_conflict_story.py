"""Two on one ticket, on both databases: nothing is overwritten, and what I typed is not lost until I drop it."""

from collections.abc import Iterator
from contextlib import AbstractAsyncContextManager
from functools import partial

import pytest

from supporttui.domain.events import Noted, State
from supporttui.storage import SqlStore, open_store
from supporttui.tui.windows.conflict import ConflictScreen
from supporttui.tui.windows.form import Form
from supporttui.usecases import tickets
from tests.builders import Desk, MovableClock, opened, site
from tests.tui.driver import Driven, at_desk
from tests.tui.screens import block, message


@pytest.fixture(params=["sqlite_url", "postgres_url"])
def store(request: pytest.FixtureRequest, clock: MovableClock) -> Iterator[SqlStore]:
    """A desk's database with one ticket."""
    found = open_store(request.getfixturevalue(request.param), clock=clock)
    site(found)
    Desk(found, clock, prefix="fill").do(tickets.open_ticket, opened(title="Mail is slow"))
    yield found
    found.close()


@pytest.fixture
def mine(store: SqlStore, clock: MovableClock, tmp_path) -> "partial[AbstractAsyncContextManager[Driven]]":
    """Ana's desk, and Ben at another one."""
    return partial(at_desk, store, clock, drafts=str(tmp_path / "drafts"), size=(120, 30))


def ben_waits(desk: Driven) -> None:
    desk.other.do(tickets.wait, 1, None, state=State.waiting_vendor, by="ben")
    desk.clock.forward(seconds=18)


def notes(desk: Driven) -> list[str]:
    facts = desk.other.ask(lambda tx: tx.journal.of_ticket(1))
    return [fact.event.text for fact in facts if isinstance(fact.event, Noted)]


async def test_the_message_says_who_what_and_when_and_both_are_at_enter(mine) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter")
        assert message(desk) == (
            "Not saved: Ben changed T-1 18s ago (state new -> waiting for vendor). Enter shows both, u drops yours."
        )
        assert notes(desk) == []
        await desk.press("enter")
        assert isinstance(desk.app.screen, ConflictScreen)
        shown = block(desk, "both").split("\n")
        assert any("precious" in line and " | " in line for line in shown)
        assert any("state new -> waiting for vendor" in line.split(" | ")[1] for line in shown)
        assert any("Ben" in line for line in shown)


async def test_mine_can_be_saved_on_top_and_theirs_stays(mine) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter", "enter", "a")
        assert notes(desk) == ["precious"]
        assert desk.stored(1).state is State.waiting_vendor
        assert desk.app.drafts.all() == ()
        desk.expect_message("Note saved on T-1.")


async def test_mine_can_be_changed_first(mine) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter", "enter", "e")
        desk.expect("precious")
        await desk.press("!", "enter")
        assert notes(desk) == ["precious!"]


@pytest.mark.parametrize("keys", [("u",), ("enter", "d")])
async def test_mine_can_be_dropped(mine, keys) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter", *keys)
        desk.expect_message("Yours is dropped; T-1 is as it was saved.")
        assert (notes(desk), desk.app.drafts.all()) == ([], ())
        assert desk.stored(1).state is State.waiting_vendor


@pytest.mark.parametrize("keys", [("enter", "escape"), ("j",)])
async def test_until_it_is_dropped_it_stays_a_draft_whatever_is_pressed(mine, keys) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter", *keys)
        assert notes(desk) == []
        await desk.hear()
        await desk.press("c")
        desk.expect("precious")
        await desk.press("enter")
        assert notes(desk) == ["precious"]


async def test_what_was_chosen_and_typed_for_an_action_is_kept_whole(mine) -> None:
    """Resolving takes a code and a text; both come back, as a form."""
    async with mine() as desk:
        await desk.press("d", "w", *"restarted")
        ben_waits(desk)
        await desk.press("enter", "enter", "escape")
        await desk.hear()
        await desk.press("d")
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.texts == {"text": "restarted", "code": "workaround"}
        await desk.press("ctrl+s")
        stored = desk.stored(1)
        assert (stored.state, stored.resolution) == (State.resolved, "workaround")
        assert desk.app.drafts.all() == ()


async def test_edited_fields_meet_edited_fields_and_neither_is_lost(mine) -> None:
    async with mine() as desk:
        await desk.press("e")
        await desk.settle()
        await desk.press("!")
        desk.other.do(tickets.edit, 1, None, fields={"title": "Mail stands", "category": "mail"}, by="ben")
        await desk.press("ctrl+s")
        assert "title Mail is slow -> Mail stands" in message(desk)
        await desk.press("enter")
        assert "Mail is slow!" in block(desk, "both")
        await desk.press("a")
        assert (desk.stored(1).title, desk.stored(1).category) == ("Mail is slow!", "mail")


async def test_a_key_without_a_text_can_be_taken_again_too(mine) -> None:
    async with mine() as desk:
        desk.other.do(tickets.note, 1, None, text="Ben was faster", by="ben")
        await desk.press("t")
        assert "note: Ben was faster" in message(desk)
        assert desk.stored(1).owner is None
        assert desk.app.drafts.all() == ()
        await desk.press("enter", "a")
        assert desk.stored(1).owner == "ana"


async def test_a_third_change_meanwhile_is_again_told_and_nothing_overwritten(mine) -> None:
    async with mine() as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter", "enter")
        desk.other.do(tickets.resume, 1, None, by="ben")
        await desk.press("a")
        assert "Not saved" in message(desk)
        assert notes(desk) == []
        await desk.press("enter", "a")
        assert notes(desk) == ["precious"]


async def test_in_a_narrow_window_mine_stands_above_theirs(store, clock) -> None:
    async with at_desk(store, clock, size=(80, 24)) as desk:
        await desk.press("c", *"precious")
        ben_waits(desk)
        await desk.press("enter")
        assert message(desk) == "Not saved: Ben changed T-1 18s ago. Enter shows both, u drops yours."
        await desk.press("enter")
        lines = block(desk, "both").split("\n")
        mine, theirs = (next(n for n, line in enumerate(lines) if part in line) for part in ("Yours", "Theirs"))
        assert mine < theirs
        assert not any(" | " in line for line in lines)


async def test_enter_means_the_ticket_again_after_any_other_key(mine) -> None:
    async with mine() as desk:
        ben_waits(desk)
        await desk.press("t", "k", "enter")
        assert not isinstance(desk.app.screen, ConflictScreen)
