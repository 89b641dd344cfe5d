"""While the database is away the desk shows rota, contacts and plan as they were kept, by the key of the rota too."""

from pathlib import Path

from supporttui import kept
from supporttui.domain.plain import to_plain
from supporttui.tui.continuing import SECONDS_BEFORE_FIRST
from supporttui.tui.desk import Link, LinkState
from supporttui.tui.windows.reader import Reader
from supporttui.usecases import continuity
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import command


async def pull(desk: Driven) -> None:
    now = desk.clock()
    desk.app.desk.link = Link(LinkState.away, heard=now, away_since=now, tries=1, retry_at=now + 4)
    await desk.tick()


async def test_the_rotas_key_shows_what_was_kept_with_its_age_where_it_was_never_read(
    night: Night, tmp_path: Path
) -> None:
    file = tmp_path / "continuity"
    async with night(kept=str(file)) as desk:
        await desk.tick()
        assert not file.exists()
        desk.clock.forward(seconds=SECONDS_BEFORE_FIRST)
        await desk.tick()
        await desk.until(file.exists)
        desk.clock.forward(minutes=30)
        await pull(desk)
        await desk.press("2")
        assert isinstance(desk.app.screen, Reader)
        desk.expect("known 30 minutes ago").expect("Contacts").expect("On call")
        await desk.press("escape")
        await command(desk, "oncall")
        desk.expect("known 30 minutes ago")


async def test_a_rota_that_was_read_stays_and_is_no_snapshot(night: Night, tmp_path: Path) -> None:
    async with night(kept=str(tmp_path / "continuity")) as desk:
        await desk.press("2", "1")
        await pull(desk)
        await desk.press("2")
        assert not isinstance(desk.app.screen, Reader)


async def test_without_anything_kept_that_is_said(night: Night, tmp_path: Path) -> None:
    async with night(kept=str(tmp_path / "continuity")) as desk:
        await pull(desk)
        await command(desk, "continuity")
        desk.expect_message("Nothing was kept of rota and contacts on this machine.")


async def test_while_it_answers_it_is_read_anew_and_kept(night: Night, tmp_path: Path) -> None:
    file = tmp_path / "continuity"
    async with night(kept=str(file)) as desk:
        await command(desk, "continuity")
        assert "ago" not in desk.text
        assert kept.read(file) == to_plain(desk.other.ask(continuity.sheet, desk.clock()))
