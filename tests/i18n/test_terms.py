"""Terms of the field by their code; a code that a site made up is its own word."""

import pytest
from rich.cells import cell_len

from supporttui.i18n import terms
from supporttui.i18n.catalogue import languages, load


@pytest.mark.parametrize("language", languages())
def test_usual_ways_to_reach_somebody_have_words_and_those_of_a_site_stay(language: str) -> None:
    words = load(language, "UTC", {})
    assert all(1 <= cell_len(terms.channel(words, name)) <= 12 for name in terms._CHANNELS)
    assert (terms.channel(words, "matrix-bridge"), terms.channel(words, "")) == ("matrix-bridge", "")
