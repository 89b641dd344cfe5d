"""Templates of replies: the requester's language where there is one, and nothing sent with a hole in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.replies import (
    PLACES,
    Template,
    added_to,
    address_of,
    choose,
    fill,
    missing,
    name_of,
    places_in,
)

pytestmark = pytest.mark.core

TEXTS = {"en": "Solved.", "de": "Gelöst.", "pt-BR": "Resolvido.", "ja": "解決しました。"}
SOLVED = Template("solved", texts=TEXTS)


@pytest.mark.parametrize(
    ("wanted", "instead", "language", "fallback"),
    [
        ("de", (), "de", False),
        ("de_CH", (), "de", False),
        ("PT-br", (), "pt-BR", False),
        ("pt", (), "pt-BR", False),
        ("fr", (), "en", True),
        ("fr", ("de", "ja"), "de", True),
        ("fr", ("it", "ja"), "ja", True),
        ("", (), "en", True),
        ("", ("de",), "de", True),
    ],
)
def test_the_language_is_the_wanted_one_or_the_one_that_was_agreed(wanted, instead, language, fallback):
    chosen = choose(SOLVED, wanted, instead=instead)
    assert (chosen.language, chosen.text, chosen.fallback) == (language, TEXTS[language], fallback)


def test_a_template_without_english_still_says_something():
    assert choose(Template("x", texts={"ja": "はい", "de": "Ja"}), "fr").language == "de"
    assert choose(Template("x"), "fr").text == ""


@given(st.dictionaries(st.sampled_from(PLACES), st.text(max_size=20)), st.text(max_size=30))
def test_a_filled_text_holds_its_values_and_marks_what_it_has_none_for(values, around):
    around = around.replace("<", "").replace("{", "").replace("}", "")
    for place in PLACES:
        filled = fill(f"{around}{{{place}}}", values)
        value = values.get(place, "").strip()
        assert filled == around + (value or f"<{place}?>")
        if not value:
            assert missing(filled) == (place,)


@given(st.text())
def test_what_is_put_in_is_never_read_for_places(text):
    assert fill("{title}", {"title": text or "x", "me": "Ana"}) == (text.strip() or ("<title?>" if text else "x"))


@given(st.text(alphabet="ab {}tex"), st.text(min_size=1).filter(str.strip))
def test_what_the_writer_adds_has_a_place_in_every_template(template, text):
    assert "text" in places_in(added_to(template, text))


@pytest.mark.parametrize(
    ("requester", "address", "name"),
    [
        ("Mia Tanaka <mia@shop.example>", "mia@shop.example", "Mia Tanaka"),
        ("mia@shop.example", "mia@shop.example", "mia@shop.example"),
        ("Mia (mia@shop.example)", "mia@shop.example", "Mia"),
        ("Shop <4711>", "4711", "Shop"),
        ("大阪倉庫", "", "大阪倉庫"),
        ("@", "", "@"),
        ("", "", ""),
    ],
)
def test_address_and_name_of_a_requester(requester, address, name):
    assert (address_of(requester), name_of(requester)) == (address, name)
