"""Themes: what fits a terminal, what timers look like in each, another one while the desk runs."""

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from supporttui.tui import themes

BACKGROUND = {"dark": Color.parse("#000000"), "light": Color.parse("#ffffff")}


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    """A terminal with all colours, unless a test says otherwise."""
    for name in ("NO_COLOR", "COLORFGBG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


@pytest.mark.parametrize(
    ("wished", "said", "few", "worn"),
    [
        ("auto", "", False, "ansi-dark"), ("", "", False, "ansi-dark"), ("auto", "0;15", False, "ansi-light"),
        ("auto", "15;0", False, "ansi-dark"), ("auto", "0;default;7", False, "ansi-light"),
        ("nord", "", False, "nord"), ("nord", "", True, "ansi-dark"), ("textual-light", "", True, "ansi-light"),
        ("high-contrast", "", False, "high-contrast"), ("high-contrast", "", True, "ansi-dark"),
        ("mono", "", True, "mono"), ("ansi-light", "15;0", True, "ansi-light"), ("no such", "", False, "ansi-dark"),
    ],
)  # fmt: skip
def test_the_theme_that_fits(wished, said, few, worn):
    assert themes.fitting(wished, {"COLORFGBG": said}, few=few) == worn


def test_all_of_textuals_themes_and_our_own_are_there():
    names = themes.names()
    assert names[0] == "auto"
    assert {*themes.BUILTIN_THEMES, "high-contrast", "high-contrast-light", "mono"} < set(names)


@pytest.mark.parametrize(("terminal_theme", "ground"), [(themes.DARK, "dark"), (themes.LIGHT, "light")])
@pytest.mark.parametrize("number", [1, 3, 6, 11])
def test_the_colours_of_timers_can_be_read_on_their_ground(terminal_theme, ground, number):
    colour = Color(*terminal_theme.ansi_colors[number])
    assert BACKGROUND[ground].get_contrast_text(1).rgb is not None
    assert _contrast(colour, BACKGROUND[ground]) >= 6.8


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color):
    parts = (part / 255 for part in color.rgb)
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def painted(theme, style):
    (one,) = themes.filter_of(theme) or (None,)
    segment = Segment("x", Style.parse(style))
    return (one.apply([segment], Color.parse("#112233")) if one is not None else [segment])[0].style


def test_mono_takes_every_colour_and_keeps_the_attributes():
    style = painted("mono", "bold reverse red on blue")
    assert (style.bold, style.reverse) == (True, True)
    assert style.color.is_default
    assert style.bgcolor.is_default


@pytest.mark.parametrize("colour", ["yellow", "bright_yellow", "cyan"])
def test_what_is_too_pale_for_a_light_terminal_is_in_its_own_foreground(colour):
    assert painted("ansi-light", f"bold {colour}").color.is_default
    assert painted("ansi-light", "red").color.name == "red"
    assert painted("ansi-dark", colour).color.name == colour


def test_a_theme_of_its_own_colours_stands_on_its_own_ground():
    style = painted("nord", "bold")
    assert (style.bgcolor.triplet.hex, style.color.triplet.hex) == ("#112233", "#d8dee9")
    assert painted("nord", "#ff7a45").color.triplet.hex == "#ff7a45"


async def test_another_theme_is_worn_at_once(night) -> None:
    async with night() as desk:
        for name in ("nord", "high-contrast", "mono", "ansi-light"):
            await desk.press("colon")
            await desk.type("theme")
            await desk.press("space")
            await desk.type(name)
            await desk.press("enter")
            assert desk.app.theme == name
            desk.expect_message(name)


async def test_set_theme_means_the_same_and_an_unknown_one_names_the_known(night) -> None:
    async with night(size=(160, 45)) as desk:
        await desk.press("colon")
        await desk.type("set theme nord")
        await desk.press("enter")
        assert desk.app.theme == "nord"
        desk.app.wear("nrod")
        assert desk.app.theme == "nord"
        desk.expect_message("There is no theme nrod")


async def test_theme_alone_lists_them_and_marks_the_one_that_is_worn(night) -> None:
    async with night(size=(80, 45), theme="nord") as desk:
        await desk.press("colon")
        await desk.type("theme")
        await desk.press("enter")
        desk.expect(" * nord").expect("   mono")
        assert desk.text.count(" * ") == 1
        await desk.press("q")
        assert desk.app.theme == "nord"


async def test_a_terminal_without_colours_says_what_it_wears_instead(night, monkeypatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with night(theme="nord") as desk:
        assert desk.app.theme == "ansi-dark"
        desk.app.wear("textual-light")
        assert desk.app.theme == "ansi-light"
        desk.expect_message("few colours")


@pytest.mark.parametrize("theme", ["high-contrast", "mono", "auto"])
async def test_a_desk_begins_in_each_of_our_own(night, theme) -> None:
    async with night(theme=theme) as desk:
        assert desk.app.theme == ("ansi-dark" if theme == "auto" else theme)
        desk.expect("T-")
