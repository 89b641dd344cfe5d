"""What picked values become: words that their reader types, which are kept so that everybody can read them."""

import pytest

from supporttui.domain import filter as filters
from supporttui.domain.filter import Names
from supporttui.domain.queue import Facet
from supporttui.domain.states import Kind, State
from supporttui.i18n import filter_words
from supporttui.i18n.catalogue import languages, load
from supporttui.tui.queue.facets import filter_of, picks
from tests.builders import NOW

FACETS = (
    *(Facet("is", flag, 1) for flag in filters.FLAGS),
    *(Facet("state", state.value, 1) for state in State),
    *(Facet("kind", kind.value, 1) for kind in Kind),
    *(Facet("priority", str(number), 1) for number in range(1, 6)),
    Facet("team", "desk", 1), Facet("owner", "", 1), Facet("category", "Line A", 1), Facet("lang", "", 1),
)  # fmt: skip


def written(language: str, *facets: Facet) -> str:
    words = load(language, "UTC", {})
    return filter_of(picks(words, Names(teams={"desk": "Desk"}, aliases=filter_words.aliases(words)), facets))


@pytest.mark.parametrize("language", languages())
def test_every_value_is_read_back_and_means_the_same_to_readers_of_every_language(language: str) -> None:
    teams = {"desk": "Desk"}
    known = Names(teams=teams, aliases=filter_words.aliases(load(language, "UTC", {})))
    for facet in FACETS:
        typed = written(language, facet)
        meant = filters.parse(filters.term_text(facet.field, [facet.value or "@none"]), Names(teams=teams), NOW, "UTC")
        assert filters.parse(typed, known, NOW, "UTC") == meant
        assert filters.parse(filters.in_codes(typed, known), Names(teams=teams), NOW, "UTC") == meant


def test_they_are_written_in_the_readers_words() -> None:
    atrisk, waiting, first = Facet("is", "atrisk", 1), Facet("state", "waiting_vendor", 1), Facet("priority", "1", 1)
    assert written("de", atrisk, waiting, first) == "ist:gefährdet status:wartet_auf_Lieferant priorität:1"
    assert written("ja", atrisk, waiting) == "フラグ:注意 状態:ベンダー待ち"


def test_where_no_word_is_known_codes_are_written() -> None:
    assert filter_of(picks(load("de", "UTC", {}), Names(), [Facet("is", "atrisk", 1)])) == "is:atrisk"
