"""Words of filters in every language: each stands for one code, and can be typed as one word."""

import re

import pytest

from supporttui.domain.filter import FLAGS, Names, complete, in_codes, parse, spoken
from supporttui.domain.filter.fields import WRITTEN, plain
from supporttui.domain.filter.forecasts import FORECASTS, Forecast
from supporttui.domain.filter.spelling import quoted
from supporttui.domain.spans import Instant, Span
from supporttui.i18n import filter_words
from supporttui.i18n.catalogue import languages, load
from tests.builders import NOW

LANGUAGES = languages()
SOON = Forecast(Span(NOW, Instant(NOW + 3600)), Instant(NOW + 3600))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_stands_for_two_codes(language: str) -> None:
    words = load(language, "UTC", {})
    for field, known in filter_words.aliases(words).items():
        assert len({plain(word) for word in known}) == len(known), (field, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_understood_where_it_belongs(language: str) -> None:
    """A name of a field is one word that can stand before a colon; a value may need quotation marks."""
    known = Names(aliases=filter_words.aliases(load(language, "UTC", {})), forecast=SOON)
    for word in known.aliases["field"]:
        assert re.fullmatch(r"[^\W\d]\w*", word), word
    for field in ("is", "state", "kind", "priority"):
        for word, code in known.aliases[field].items():
            typed = parse(f"{field}:{quoted(word)}", known, NOW, "UTC")
            assert typed == parse(f"{field}:{code}", known, NOW, "UTC"), word


@pytest.mark.parametrize("field", ["due", "created", "updated"])
def test_days_are_understood_in_the_readers_words_and_kept_in_codes(field: str) -> None:
    known = Names(aliases={"day": {"heute": "today", "morgen": "tomorrow"}})
    for typed, code in (("Heute", "today"), ("<=morgen", "<=tomorrow"), ("heute..morgen", "today..tomorrow")):
        assert in_codes(f"{field}:{typed}", known) == f"{field}:{code}"
        for text in (typed, code):
            assert parse(f"{field}:{text}", known, NOW, "UTC") == parse(f"{field}:{code}", Names(), NOW, "UTC")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_stays_what_it_is_beside_the_words_so_that_a_shared_view_means_the_same(language: str) -> None:
    known = Names(aliases=filter_words.aliases(load(language, "UTC", {})))
    for field in ("is", "state", "kind", "sla", "priority"):
        for code in complete(f"{field}:", len(field) + 1, Names()).candidates:
            assert parse(f"{field}:{code}", known, NOW, "UTC") == parse(f"{field}:{code}", Names(), NOW, "UTC"), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readers_words_are_offered_first_and_what_they_become_is_kept_in_codes(language: str) -> None:
    known = Names(aliases=filter_words.aliases(load(language, "UTC", {})))
    for field in ("is", "state", "kind", "sla", "priority"):
        name = spoken("field", known).get(field, field)
        words = set(map(quoted, spoken(field, known).values()))
        offered = complete(f"{name}:", len(name) + 1, known).candidates
        behind = [candidate in words for candidate in offered]
        assert behind == sorted(behind, reverse=True)
        assert behind[0]
        for candidate in offered:
            kept = in_codes(f"{name}:{candidate}", known)
            assert kept.isascii()
            assert parse(kept, Names(), NOW, "UTC") == parse(f"{name}:{candidate}", known, NOW, "UTC")


def test_every_flag_and_every_field_that_a_person_types_has_a_word() -> None:
    words = filter_words.aliases(load("en", "UTC", {}))
    assert set(words["is"].values()) == {*FLAGS, *FORECASTS}
    assert set(words["field"].values()) == set(WRITTEN) - {"sla", "id"}


def test_what_has_no_word_is_its_code() -> None:
    words = load("de", "UTC", {})
    assert filter_words.field(words, "sla") == "sla"
    assert filter_words.flag(words, "new_in_a_newer_program") == "new_in_a_newer_program"
