"""Windows from edge to edge: their keys stand in the key map, so that a person's own reach them."""

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

from supporttui import tui
from supporttui.tui import key_choices, key_names, keymap
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.windows.titled import TitledWindow
from tests.tui.conftest import Night
from tests.tui.screens import block, command


def windows(kind: type[TitledWindow] = TitledWindow) -> Iterator[type[TitledWindow]]:
    """Those that have a name, however deep they stand."""
    for window in kind.__subclasses__():
        if "NAME" in window.__dict__:
            yield window
        yield from windows(window)


for found in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
    import_module(found.name)
WINDOWS = tuple(dict.fromkeys(windows()))


def test_every_window_of_the_key_map_is_there() -> None:
    assert {window.NAME for window in WINDOWS} == set(keymap.WINDOWS)


@pytest.mark.parametrize("window", WINDOWS)
def test_every_key_of_a_window_is_answered_by_it_and_it_has_no_others(window: type[TitledWindow]) -> None:
    wanted = {key.id for key in keymap.keys_of(window.NAME)}
    assert {binding.id for binding in window.BINDINGS} == wanted
    assert [name for name in wanted if not hasattr(window, f"action_{name.replace('.', '_')}")] == []


def test_one_key_with_two_meanings_in_a_window_is_a_clash() -> None:
    assert keymap.clashes({"views.share": "d"})[0] == keymap.Clash("views", "d", ("views.share", "views.delete"))


def test_no_letter_moves_anything_in_a_window_in_the_preset_of_arrows() -> None:
    whole = key_choices.effective({"preset": "arrows"})
    for key in (*keymap.MOVES, *keymap.LINES, *keymap.TURNING, *keymap.PARTS):
        assert not [name for name in key_names.split(whole.get(key.id, key.keys)) if len(name) == 1], key.id


async def test_the_persons_own_keys_move_in_every_window(night: Night) -> None:
    async with night(keys={"list.down": "n", "text.down": "n", "window.close": "Q"}) as desk:
        await desk.press("f", "n")
        assert desk.app.screen.query_one("LineTable").cursor == 1
        await desk.press("j")
        assert desk.app.screen.query_one("LineTable").cursor == 1
        await desk.press("Q", "question_mark")
        top = desk.lines[1]
        await desk.press("n")
        assert desk.lines[1] != top
        await desk.press("q")
        assert desk.lines[1] != top
        await desk.press("Q")
        assert isinstance(desk.app.screen, BaseScreen)


async def test_keys_of_another_layout_reach_windows(night: Night) -> None:
    async with night(keys=key_choices.effective({"layout": "ru"})) as desk:
        await desk.press("f", "о")
        assert desk.app.screen.query_one("LineTable").cursor == 1
        await desk.press("й")
        assert isinstance(desk.app.screen, BaseScreen)


@pytest.mark.parametrize("key", ["f", "equals_sign", "question_mark"])
async def test_the_key_that_opened_a_window_closes_it_wherever_it_was_put(night: Night, key: str) -> None:
    async with night() as desk:
        await desk.press(key)
        assert isinstance(desk.app.screen, TitledWindow)
        await desk.press(key)
        assert isinstance(desk.app.screen, BaseScreen)


async def test_the_whole_map_tells_the_keys_of_windows(night: Night) -> None:
    async with night() as desk:
        await command(desk, "keys")
        assert "window.search" in block(desk, "lines")


async def test_a_window_tells_the_keys_as_they_are_now(night: Night) -> None:
    async with night(keys={"window.pick": "P", "window.search": "S"}) as desk:
        await desk.press("f")
        assert desk.lines[-1].startswith(" P picks")
        assert "S searches" in desk.lines[-1]
