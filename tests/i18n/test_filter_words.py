"""Words of filters in every language: each stands for one code, and can be typed as one word."""

import re

import pytest

from supporttui.domain.filter import FLAGS, Names, parse
from supporttui.domain.filter.fields import WRITTEN, plain
from supporttui.domain.filter.spelling import quoted
from supporttui.i18n import filter_words
from supporttui.i18n.catalogue import languages, load
from tests.builders import NOW

LANGUAGES = languages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_codes(language: str) -> None:
    words = load(language, "UTC", {})
    for field, known in filter_words.aliases(words).items():
        assert len({plain(word) for word in known}) == len(known), (field, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_understood_where_it_belongs(language: str) -> None:
    """A name of a field is one word that can stand before a colon; a value may need quotation marks."""
    known = Names(aliases=filter_words.aliases(load(language, "UTC", {})))
    for word in known.aliases["field"]:
        assert re.fullmatch(r"[^\W\d]\w*", word), word
    for field in ("is", "state", "kind", "priority"):
        for word, code in known.aliases[field].items():
            typed = parse(f"{field}:{quoted(word)}", known, NOW, "UTC")
            assert typed == parse(f"{field}:{code}", known, NOW, "UTC"), word


def test_every_flag_and_every_field_that_a_person_types_has_a_word() -> None:
    words = filter_words.aliases(load("en", "UTC", {}))
    assert set(words["is"].values()) == set(FLAGS)
    assert set(words["field"].values()) == set(WRITTEN) - {"sla", "id"}


def test_what_has_no_word_is_its_code() -> None:
    words = load("de", "UTC", {})
    assert filter_words.field(words, "sla") == "sla"
    assert filter_words.flag(words, "new_in_a_newer_program") == "new_in_a_newer_program"
