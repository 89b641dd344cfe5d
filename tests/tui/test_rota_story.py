"""The rota on screen: weeks, zones, rotas, changes, and what a command says of it."""

import pytest

from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.storage import SqlStore
from tests.builders import MovableClock, rota, site
from tests.tui.conftest import Night
from tests.tui.driver import Driven, at_desk
from tests.tui.screens import block, command, every_key


def week(desk: Driven) -> str:
    """All of the rota that is shown."""
    return block(desk, "week")


async def test_two_shows_this_week_with_who_is_on_now(night: Night) -> None:
    async with night() as desk:
        await desk.press("2")
        assert "Night   week 10, 2-8 Mar 2026   times in CET" in week(desk)
        assert "L1 now: Ben until 08:00 CET, then you  ben@example.org" in week(desk)
        assert ">Ben" in week(desk)
        assert "No gap in this week." in week(desk)


async def test_capital_l_and_h_go_by_weeks_and_the_dot_comes_back(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "L")
        assert "week 11, 9-15 Mar 2026" in week(desk)
        assert ">Ben" not in week(desk)
        await desk.press("H", "ctrl+pageup")
        assert "week 9, 23 Feb - 1 Mar 2026" in week(desk)
        await desk.press("full_stop")
        assert "week 10, " in week(desk)


async def test_z_goes_through_the_zones_and_says_so_where_there_is_only_one(
    site_store: SqlStore, clock: MovableClock
) -> None:
    site(site_store, rota=rota(zone="Asia/Tokyo"))
    async with at_desk(site_store, clock) as desk:
        await desk.press("2")
        assert "times in JST" in week(desk)
        chosen = block(desk, "cell")
        await desk.press("z")
        assert "times in CET" in week(desk)
        await desk.press("z")
        assert "times in UTC" in week(desk)
        await desk.press("z")
        assert "times in JST" in week(desk)
        assert block(desk, "cell") == chosen


async def test_the_week_begins_on_monday_of_the_rotas_zone_also_the_first_time(
    site_store: SqlStore, clock: MovableClock
) -> None:
    """The zone is known only with the first answer."""
    site(site_store, rota=rota(zone="Pacific/Auckland"))
    async with at_desk(site_store, clock, size=(120, 40)) as desk:
        await desk.press("2")
        (heading,) = [row for row in week(desk).split("\n") if "Mon " in row and "Sun " in row]
        assert heading.split()[:2] == ["Mon", "2"]


async def test_tab_goes_through_the_rotas(site_store: SqlStore, clock: MovableClock) -> None:
    with site_store.write() as tx:
        tx.definitions.put("day", rota(id="day", name="Day"))
    async with at_desk(site_store, clock) as desk:
        await desk.press("2")
        assert "Day 1/2 " in week(desk)
        await desk.press("tab")
        assert "Night 2/2 " in week(desk)
        await desk.press("shift+tab")
        assert "Day 1/2 " in week(desk)


async def test_an_override_is_marked_and_told_and_so_is_a_gap(site_store: SqlStore, clock: MovableClock) -> None:
    night, day = clock.now, 86_400
    changes = (
        Override("o", OverrideKind.replace, night - 3600, night + 3600, person="mia", in_place_of="ben", reason="ill"),
        Override("r", OverrideKind.remove, night + 2 * day, night + 2 * day + 3600, layer="first"),
    )
    site(site_store, rota=rota(overrides=changes))
    async with at_desk(site_store, clock) as desk:
        await desk.press("2")
        assert "* Mon 2 02:20-04:20 CET: Mia for Ben (ill)" in week(desk)
        assert ">02:20" in week(desk)
        assert " Mia* " in week(desk)
        assert "! Gap: Wed 4 03:20-04:20 CET, L1: taken out by an override" in week(desk)
        assert "-GAP-" in week(desk)


async def test_hands_change_while_one_looks(night: Night) -> None:
    async with night() as desk:
        await desk.press("2")
        assert "L1 now: Ben until" in week(desk)
        await desk.tick(hours=4)
        assert "L1 now: you until" in week(desk)


async def test_a_desk_without_rota_says_how_to_get_one(store, clock: MovableClock) -> None:
    with store.write() as tx:
        tx.definitions.put_site({"name": "Berlin", "zone": "Europe/Berlin", "prefix": "T-"})
    async with at_desk(store, clock) as desk:
        await desk.press("2", "j", "k", "l", "h", "z", "full_stop")
        assert "No rota yet." in week(desk)


async def test_a_window_too_short_for_the_week_says_which_key_shows_the_rest(night: Night) -> None:
    async with night(size=(80, 10)) as desk:
        await desk.press("2")
        top = desk.lines[1]
        assert "PgDn" in desk.text
        for there, back in (("pagedown", "pageup"), ("ctrl+d", "ctrl+u")):
            await desk.press(there)
            assert desk.lines[1] != top
            await desk.press(back)
            assert desk.lines[1] == top


@pytest.mark.parametrize(
    ("text", "shown"),
    [("rota", "week 10, "), ("rota 2026-03-19", "week 12, "), ("rota 9d", "week 11, ")],
)
async def test_a_command_goes_to_the_week_of_a_moment(night: Night, text: str, shown: str) -> None:
    async with night() as desk:
        await command(desk, text)
        assert shown in week(desk)


async def test_every_key_of_the_screen_is_answered_without_harm(night: Night) -> None:
    async with night() as desk:
        for key in every_key("rota"):
            if key != "q":
                await desk.press("2", key, "escape")
                assert desk.app.is_running, key
