"""Text from strangers: shown so that it cannot act, searched so that it is found."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.text import MARKS_A_BASE, fold, safe_text, storable

pytestmark = pytest.mark.core

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Cs"]),
        st.sampled_from("\r\n\t\0\x1b\x7f\x9b\u200d\ufe0f\U000e0041\U000e0100葛 a\u0301" + BIDI),
    ),
    max_size=60,
)


@given(NASTY, st.booleans())
def test_no_control_bidi_or_separator_survives(text: str, one_line: bool):
    shown = safe_text(text, one_line=one_line)
    allowed = "" if one_line else "\n"
    for char in shown:
        assert char in allowed or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")
        assert char not in BIDI
        assert not 0xE0000 <= ord(char) <= 0xE007F
    shown.encode("utf-8")


@given(NASTY, st.booleans(), st.integers(0, 80))
def test_cleaning_twice_changes_nothing(text: str, one_line: bool, limit: int):
    once = safe_text(text, one_line=one_line, limit=limit)
    assert safe_text(once, one_line=one_line, limit=limit) == once
    assert len(once) <= limit


@given(NASTY)
def test_folding_twice_changes_nothing(text: str):
    folded = fold(text)
    assert fold(folded) == folded
    assert not any(unicodedata.category(char) in ("Cc", "Cs", "Cf") for char in folded)


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_folding_ignores_case_and_composition(text: str):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(text.upper().lower()) == fold(text.lower().upper().lower())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("a\x9bb\x7f\0", "a\\x9bb␡␀"),
        ("pay\u202efdp.exe", "pay\\u202efdp.exe"),
        ("a\u2028b", "a\\u2028b"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("lone \ud800", "lone \\ud800"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("two\r\nlines\tand", "two lines and"),
        ("back\rover", "back␍over"),
        ("❤\ufe0f", "❤\ufe0f"),
        (" \ufe0f", " \\ufe0f"),
        ("葛\U000e0100", "葛\U000e0100"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\u0301alone", "◌\u0301alone"),
        ("e" + "\u0301" * 50, "e" + "\u0301" * MARKS_A_BASE),
        ("日本語 Ärger", "日本語 Ärger"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_one_line_shows(text: str, shown: str):
    assert safe_text(text, one_line=True) == shown


def test_many_lines_keep_their_ends_and_lose_their_tabs():
    assert safe_text("a\r\nb\n\tc", one_line=False) == "a\nb\n    c"


def test_a_long_text_is_cut_with_dots_and_never_inside_an_escape():
    assert safe_text("x" * 20, one_line=True, limit=10) == "xxxxxxx..."
    assert safe_text("x" * 5 + "\u202e" * 9, one_line=True, limit=12) == "xxxxx..."


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Straße ÉCOLE", "strasse ecole"),
        ("ＶＰＮ ﾊﾞｯｸ", "vpn バック"),
        ("がか", "がか"),
        ("Łódź Ørsted", "lodz orsted"),
        ("so\u00adft\u200b", "soft"),
        ("İstanbul", "istanbul"),
        ("tab\there", "tab here"),
    ],
)
def test_search_form(text: str, folded: str):
    assert fold(text) == folded


def test_only_what_a_database_refuses_is_replaced_on_the_way_in():
    assert storable("a\0b\ud800\x1b\u202e") == "a\ufffdb\ufffd\x1b\u202e"
