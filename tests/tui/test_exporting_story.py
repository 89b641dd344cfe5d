"""What the queue shows leaves as a file: asked for, or named in a command; nothing that is there is replaced."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from supporttui.bootstrap import exports
from supporttui.tui.parts import Exported
from supporttui.usecases import tickets
from tests.builders import opened
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import command, message


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the person started the desk."""
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def writing(desk: Driven) -> None:
    """The desk gets the writer that bootstrap hands in."""

    def export(tx, ask, file, words) -> Exported:
        return Exported(*exports.from_the_desk(tx, ask, file, words=words, now=desk.app.parts.clock()))

    desk.app.parts = replace(desk.app.parts, export=export)


def numbers(path: Path) -> list[str]:
    return [line.split(",")[0] for line in path.read_text("utf-8").splitlines()[1:]]


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_x_proposes_a_name_and_writes_every_ticket_of_the_view_not_only_those_on_screen(
    night: Night, folder: Path
) -> None:
    async with night() as desk:
        writing(desk)
        await desk.press("X")
        proposed = desk.app.screen.query_one(Input).value
        await desk.press("enter")
        assert "60 tickets" in message(desk)
        written = numbers(folder / proposed)
        assert (written[0], written[-1], len({*written})) == ("T-1", "T-60", 60)
        assert (folder / proposed).stat().st_mode & 0o777 == 0o600


async def test_escape_writes_nothing(night: Night, folder: Path) -> None:
    async with night() as desk:
        writing(desk)
        await desk.press("X", "escape")
        assert inside(folder) == []


async def test_a_filter_narrows_what_is_written(night: Night, folder: Path) -> None:
    async with night() as desk:
        writing(desk)
        await command(desk, "filter id:7")
        await command(desk, "export seven.csv")
        assert numbers(folder / "seven.csv") == ["T-7"]


async def test_a_word_stands_for_a_file_of_the_usual_name(night: Night, folder: Path) -> None:
    async with night() as desk:
        writing(desk)
        await command(desk, "export json")
        (path,) = inside(folder)
        assert path.suffix == ".json"
        assert json.loads(path.read_text())["total"] == 60


async def test_a_file_that_is_there_stays_as_it_is(night: Night, folder: Path) -> None:
    async with night() as desk:
        writing(desk)
        (folder / "mine.csv").write_text("mine")
        await command(desk, "export mine.csv")
        assert "is there already" in message(desk)
        assert (folder / "mine.csv").read_text() == "mine"


async def test_what_a_spreadsheet_would_run_is_said(night: Night, folder: Path) -> None:
    async with night() as desk:
        writing(desk)
        desk.other.do(tickets.open_ticket, opened(title="=cmd|' /C calc'!A0", priority=3), by="ben")
        await command(desk, "export risky.csv")
        assert "1 cell" in message(desk)
        assert "'=cmd" in (folder / "risky.csv").read_text()
