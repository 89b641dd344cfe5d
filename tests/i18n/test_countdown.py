"""Countdowns: what remains is never shown longer than it is, lateness never shorter."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from supporttui.i18n.catalogue import Words, load
from supporttui.i18n.cells import cell_width, fit
from supporttui.i18n.countdown import ENGLISH, countdown, precise, spell, units, width

WORDS = Words("en")
MINUTE, HOUR, DAY = 60, 3600, 86_400
LONG = 99 * DAY


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (12 * DAY + 5, "12d"),
        (2 * DAY + 4 * HOUR + 59 * MINUTE, "2d04h"),
        (DAY, "1d00h"),
        (5 * HOUR + 20 * MINUTE + 59, "5h20m"),
        (23 * HOUR + 59 * MINUTE, "23h59m"),
        (41 * MINUTE + 59, "41m"),
        (59, "0m"),
        (0, "0m"),
        (-1, "-1m"),
        (-12 * MINUTE, "-12m"),
        (-3 * HOUR - 4 * MINUTE - 1, "-3h05m"),
        (-10 * HOUR + 30, "-10h"),
        (-10 * HOUR - 1, "-11h"),
        (-DAY + 1, "-1d00h"),
        (-10 * DAY + 1, "-10d"),
        (-10 * DAY - 1, "-11d"),
        (None, "hold"),
    ],
)
def test_text(seconds: int | None, text: str):
    assert countdown(WORDS, seconds) == text


def test_a_clock_that_stands_outside_hours_is_marked():
    assert countdown(WORDS, 5 * HOUR, standing=True) == "5h00m*"


@pytest.mark.parametrize(("seconds", "text"), [(599, "9m59s"), (61, "1m01s"), (9, "9s"), (600, "10m"), (-5, "-1m")])
def test_the_next_breach_is_told_to_the_second_below_ten_minutes(seconds: int, text: str):
    assert precise(WORDS, seconds) == text


def _read_back(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    total, number = 0, ""
    for char in text.lstrip("-"):
        if char.isdigit():
            number += char
        else:
            total += int(number) * {"d": DAY, "h": HOUR, "m": MINUTE}[char]
            number = ""
    return sign * total


@given(st.integers(-LONG, LONG))
def test_it_never_flatters(seconds: int):
    shown = _read_back(spell(ENGLISH, seconds))
    assert shown <= seconds
    assert seconds - shown < (DAY if abs(seconds) >= 10 * DAY - HOUR else HOUR if abs(seconds) >= 9 * HOUR else MINUTE)


@given(st.integers(-LONG, LONG))
def test_in_latin_letters_it_needs_six_cells_and_a_mark(seconds: int):
    assert len(spell(ENGLISH, seconds)) <= 6
    assert width(ENGLISH) == 7


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@given(seconds=st.integers(-LONG, LONG))
def test_the_column_of_a_language_holds_every_countdown(language: str, seconds: int):
    letters = units(load(language, "UTC", {}))
    assert cell_len(spell(letters, seconds, standing=True)) <= width(letters)
    assert cell_len(spell(letters, None)) <= width(letters)


@pytest.mark.parametrize(
    "text", ["", "plain", "日本語", "が", "Ärger e\u0301", "✗▴▵◌✓", "ｆｕｌｌ", "한국어", "ไทย", "…─·"]
)
def test_cells_agree_with_the_screen_library(text: str):
    assert cell_width(text) == cell_len(text)


@given(st.text(st.sampled_from("ab 日本ﾊ゙é\u0301"), max_size=12), st.integers(0, 15), st.booleans())
def test_a_fitted_text_has_exactly_its_width(text: str, cells: int, right: bool):
    assert cell_width(fit(text, cells, right=right)) == cells


def test_a_cut_text_says_so():
    assert fit("Payment gateway", 8) == "Payment~"
    assert fit("日本語", 4) == "日~ "
    assert fit("5h", 4, right=True) == "  5h"


def test_the_first_frame_can_use_it_without_loading_anything():
    code = "import sys; a = set(sys.modules); import supporttui.i18n.countdown; print(*(set(sys.modules) - a))"
    loaded = subprocess.run([sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True)
    assert set(loaded.stdout.split()) <= {
        "supporttui", "supporttui.i18n", "supporttui.i18n.cells", "supporttui.i18n.countdown", "unicodedata",
    }  # fmt: skip
