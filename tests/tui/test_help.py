"""Help is made from the key map and the registry; nothing in it is written twice."""

import pytest

from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui import help as keys
from supporttui.tui import keymap
from tests.i18n import pseudo

WORDS = load("en", "UTC", {})


def text(lines) -> str:
    return "\n".join("".join(part for _, part in line) for line in lines)


@pytest.mark.parametrize("screen", keymap.SCREENS)
def test_every_key_of_a_screen_is_in_its_help(screen):
    shown = text(keys.lines(WORDS, screen, changed={}, width=80))
    for key in keymap.keys_of(screen):
        assert keymap.shown(keymap.split(key.keys)[0]) in shown


def test_a_moved_key_is_shown_where_it_is_now():
    shown = text(keys.lines(WORDS, "queue", changed={"ticket.acknowledge": "f9"}, width=80, wanted="seen it"))
    assert "f9" in shown


def test_typing_keeps_the_entries_in_which_it_occurs():
    shown = text(keys.lines(WORDS, "queue", changed={}, width=80, wanted="escalat"))
    assert "Page the next line of support now" in shown
    assert "internal note" not in shown


@pytest.mark.parametrize("language", ["de", "ja", *pseudo.KINDS])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_no_line_is_wider_than_the_screen(language, width):
    words = pseudo.words(language) if language in pseudo.KINDS else load(language, "UTC", {})
    for line in keys.lines(words, "queue", changed={}, width=width):
        assert sum(cell_width(part) for _, part in line) <= width
