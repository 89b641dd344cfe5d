"""What is done on the rota screen: each change is shown before it is made, and taken back by ``u``."""

from dataclasses import replace

import pytest

from supporttui.domain.rota.swaps import SwapPiece
from supporttui.storage import SqlStore
from supporttui.tui.windows.form import Form
from supporttui.usecases import rota as usecases
from tests.builders import MovableClock, rota
from tests.tui.conftest import Night
from tests.tui.driver import Driven, at_desk
from tests.tui.screens import block, command, message


def stored(desk: Driven) -> list[tuple[str | None, str | None]]:
    """Who stands for whom, by the overrides that hold."""
    with desk.other.store.read() as tx:
        return [(one.person, one.in_place_of) for one in tx.definitions.overrides("night")]


async def fill(desk: Driven, **values: str) -> None:
    """Put texts into fields of the form on top."""
    form = desk.app.screen
    assert isinstance(form, Form)
    for row in form.rows:
        if row.field.name in values:
            row.text = values[row.field.name]
    await desk.settle()


async def test_the_cursor_goes_by_days_and_rows_and_the_cell_tells_its_answer(night: Night) -> None:
    async with night() as desk:
        await desk.press("2")
        assert "L1 first  Sun 1 08:00 - Mon 2 08:00 CET: Ben" in block(desk, "cell")
        await desk.press("l", "j")
        assert "L2 second" in block(desk, "cell")
        await desk.press("h", "up", "left")
        assert "week 9, " in block(desk, "week")
        assert "Sun 1 08:00 - Mon 2 08:00 CET: Ben" in block(desk, "cell")


async def test_m_shows_the_month_and_the_week_again_with_the_cursor_on_the_same_day(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "l", "m")
        assert "1-31 Mar 2026" in block(desk, "week")
        assert "Tue 3 08:00" in block(desk, "cell")
        await desk.press("L")
        assert "1-30 Apr 2026" in block(desk, "week")
        await desk.press("m", "full_stop")
        assert "week 10, " in block(desk, "week")


async def test_why_tells_every_reason_for_each_hand_of_the_day(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "l", "equals_sign")
        desk.expect("Night, line 1: why?").expect("slot 0 of version 1 gives Ana").expect(
            "slot 1 of version 1 gives Ben"
        )


async def test_an_override_of_my_own_duty_does_not_propose_me_instead_of_me(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "n")
        assert ["Who", "Ana"] in [line.split() for line in desk.text.splitlines()]
        await desk.press("escape", "l", "l", "n")
        lines = [line.split() for line in desk.text.splitlines()]
        assert ["Who"] in lines
        assert ["In", "place", "of", "Ana"] in lines


async def test_an_override_is_shown_before_it_is_put_and_u_and_capital_u_take_it_back_and_put_it_again(
    night: Night,
) -> None:
    async with night() as desk:
        await desk.press("2", "n", "ctrl+s")
        desk.expect("Ana instead of Ben").expect("Enter does it")
        assert stored(desk) == []
        await desk.press("escape", "ctrl+s", "enter")
        assert stored(desk) == [("ana", "ben")]
        assert "Ana instead of Ben" in message(desk)
        assert "you*" in block(desk, "week")
        await desk.press("u")
        assert "you*" not in block(desk, "week")
        await desk.press("U")
        assert "you*" in block(desk, "week")
        await desk.press("D")
        desk.expect("Take back: Ana instead of Ben")
        await desk.press("enter")
        assert "you*" not in block(desk, "week")


async def test_what_stands_against_it_is_told_in_the_form_which_stays(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "l", "e", "enter", "ctrl+s")
        desk.expect("Nothing of the layer first is changed.")
        await fill(desk, turns="Mia, Ben")
        await desk.press("ctrl+s")
        desk.expect("Edit of Night")
        await desk.press("enter")
        desk.expect("Layer first of Night").expect("lacks the right configure")


async def test_a_lead_gives_a_layer_other_turns_and_takes_that_back(filled: SqlStore, clock: MovableClock) -> None:
    async with at_desk(filled, clock, me="lea") as desk:
        await desk.press("2", "e", "enter")
        await fill(desk, turns="Mia, Ben")
        await desk.press("ctrl+s")
        desk.expect("Mia instead of Ana")
        await desk.press("enter")
        assert "Mia" in block(desk, "week").partition("L2 second")[0]
        await desk.press("u")
        assert "Mia" not in block(desk, "week").partition("L2 second")[0].partition("Mon 2")[2]


async def test_a_lead_lets_a_layer_stand_beside_others_and_adds_a_line_of_support(
    filled: SqlStore, clock: MovableClock
) -> None:
    async with at_desk(filled, clock, me="lea", size=(80, 24)) as desk:
        await desk.press("2", "e", "n")
        await fill(
            desk, name="crisis", line="3", turns="Zoe", mode="stands beside those below", hours="Mon-Fri 9:00-17:00"
        )
        await desk.press("ctrl+s")
        desk.expect("Zoe instead of NOBODY")
        await desk.press("enter")
        assert "crisis" in block(desk, "week")
        await desk.press("j", "j", "j", "e", "enter")
        await fill(desk, ends="2026-03-03 12:00")
        await desk.press("ctrl+s")
        desk.expect("NOBODY instead of Zoe")
        await desk.press("escape")
        await fill(desk, turns="Zoe + Zoe")
        await desk.press("ctrl+s")
        desk.expect("turns 1: Zoe stands twice in one turn.")


async def test_a_lead_plans_a_day_by_hand_and_lets_that_end(filled: SqlStore, clock: MovableClock) -> None:
    async with at_desk(filled, clock, me="lea", size=(100, 30)) as desk:
        await command(desk, "rota pin")
        desk.expect("Plan by hand: Night, L1").expect("Ben")
        await fill(desk, shifts="Mia: 2026-03-02 07:30 .. 2026-03-02 08:00", rest="nobody", reason="fair")
        await desk.press("ctrl+s")
        desk.expect("Mia instead of Ben")
        await desk.press("enter")
        assert "u undo" in message(desk)
        assert "planned by hand (fair)" in block(desk, "cell")
        assert "planned by hand (fair)" in block(desk, "week")
        await desk.press("u")
        assert "planned by hand" not in block(desk, "cell")
        await desk.press("U", "P")
        desk.expect("The plan set by hand ends").expect("Ben instead of Mia")
        await desk.press("enter")
        assert "planned by hand" not in block(desk, "cell")


async def test_a_plan_by_hand_of_nobody_is_refused_in_its_form_and_who_does_not_lead_has_none(night: Night) -> None:
    async with night(me="lea") as desk:
        await desk.press("2", "p")
        await fill(desk, shifts="")
        await desk.press("ctrl+s")
        desk.expect("Nobody is named, so nothing would change.")
    async with night() as desk:
        await desk.press("2", "p")
        assert "lacks the right" in message(desk)


async def test_cover_is_asked_for_seen_taken_and_both_sides_move(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "l", "T")
        await fill(desk, to="Ben", reason="party")
        await desk.press("ctrl+s")
        desk.expect("It is yours until somebody takes it.").expect("Ben instead of Ana")
        await desk.press("enter")
        assert "? 1 request to be covered" in block(desk, "week")
        assert "? Ana asks to be covered" in block(desk, "cell")
        with desk.other.store.read() as tx:
            (view,) = usecases.swaps(tx, desk.clock())
        await desk.others(usecases.take, view.swap.id, by="ben")
        assert stored(desk) == [("ben", "ana")]
        assert "request" not in block(desk, "week")


async def test_a_request_of_somebody_is_taken_from_its_cell(night: Night) -> None:
    async with night() as desk:
        await desk.press("2")
        running = desk.app.screen.cell.pieces[0]
        await desk.others(usecases.ask, "night", [SwapPiece(running.span, running.level)], by="ben")
        await desk.press("t")
        desk.expect("Cover Ben").expect("Ana instead of Ben")
        await desk.press("enter")
        assert stored(desk) == [("ana", "ben")]
        await desk.press("u")
        assert stored(desk) == []
        await desk.press("U")
        assert stored(desk) == [("ana", "ben")]


async def test_a_request_to_everybody_tells_before_who_could_take_it(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "l", "T", "ctrl+s")
        desk.expect("It is yours until somebody takes it.").expect("Who could take it").expect("- Ben")


async def test_an_absence_tells_whom_it_meets_and_a_conflict_is_settled_by_one_who_could(night: Night) -> None:
    async with night(size=(120, 40)) as desk:
        await desk.press("2", "l", "a", "ctrl+s")
        desk.expect("Ana is on leave and on duty: Night").expect("Duty does not move by itself")
        await desk.press("enter", "c")
        desk.expect("Ana is on leave and on duty")
        await desk.press("escape", "A")
        desk.expect("Ana  on leave")
        await desk.press("enter", "enter")
        assert "Absence taken back: Ana." in message(desk)
        await desk.press("c")
        desk.expect("Nobody is on duty while away.")


async def test_gaps_of_a_year_are_listed_with_their_cause_and_enter_goes_there(
    site_store: SqlStore, clock: MovableClock
) -> None:
    short = rota(layers=rota().layers[:1])
    with site_store.write() as tx:
        tx.definitions.put("night", short)
        tx.definitions.put("ben", _without(tx, "ben"))
    async with at_desk(site_store, clock, size=(160, 30)) as desk:
        await desk.press("2", "g")
        desk.expect("Gaps of the next 12 months: Night").expect("may not be on call: Ben")
        await desk.press("j", "j", "enter")
        desk.expect("-GAP-")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("rota gaps", "Gaps of the next 12 months"), ("rota swap list", "Requests to be covered"),
        ("rota override", "Override: Night, L1 first"), ("rota ledger", "What duty costs"),
        ("rota languages", "Languages by the hour"), ("rota why 1d", "slot 0 of version 1"),
    ],
)  # fmt: skip
async def test_each_is_a_command_from_any_screen(night: Night, typed: str, shown: str) -> None:
    async with night(size=(120, 40)) as desk:
        await command(desk, typed)
        desk.expect(shown)


async def test_who_leaves_is_told_by_name_also_before_the_rota_was_ever_shown(night: Night) -> None:
    async with night(size=(120, 40)) as desk:
        await command(desk, "person leave ben")
        desk.expect("Ben leaves").expect("Enter does it")


async def test_any_zone_is_shown_by_its_name_or_by_a_persons(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "Z")
        await desk.type("Asia/Tokyo")
        await desk.press("enter")
        assert "times in JST" in block(desk, "week")
        await desk.press("Z")
        await desk.type("Atlantis/Deep")
        await desk.press("enter")
        desk.expect("Atlantis/Deep")
        await desk.press("escape")
        assert "times in JST" in block(desk, "week")


async def test_a_desk_that_only_reads_changes_nothing(night: Night) -> None:
    async with night(read_only=True) as desk:
        await desk.press("2", "n")
        assert "read-only" in message(desk)


def _without(tx, person: str):
    return replace(next(one for one in tx.definitions.people() if one.id == person), may_be_on_call=False)
