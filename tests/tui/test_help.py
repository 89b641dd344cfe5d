"""Help is made from the key map and the registry; nothing in it is written twice."""

import pytest

from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.tui import commands, key_names, keymap
from supporttui.tui import help as keys
from supporttui.tui.base_screen import BaseScreen
from tests.i18n import pseudo
from tests.tui.conftest import Night
from tests.tui.screens import block

WORDS = load("en", "UTC", {})


def text(lines) -> str:
    return "\n".join("".join(part for _, part in line) for line in lines)


@pytest.mark.parametrize("screen", keymap.SCREENS)
def test_every_key_of_a_screen_is_in_its_help(screen):
    shown = text(keys.lines(WORDS, screen, changed={}, width=80))
    for key in keymap.keys_of(screen):
        assert key_names.shown(key_names.split(key.keys)[0]) in shown


def test_what_no_key_does_is_in_the_help_as_a_command_where_it_makes_sense():
    told = {screen: text(keys.lines(WORDS, screen, changed={}, width=80)) for screen in keymap.SCREENS}
    queue, rota = told["queue"], told["rota"]
    for verb in commands.verbs():
        assert f":{verb}" in "".join(told.values())
    assert ":intake list" in rota
    assert ":unmerge" not in rota
    assert ":take" not in queue[queue.index("Only as commands") :]


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


@pytest.mark.parametrize(("digit", "part"), [("1", "Mark"), ("2", "Next rota"), ("3", "Acknowledge")])
async def test_the_question_mark_shows_the_keys_of_the_screen_it_is_pressed_on(night: Night, digit, part):
    async with night() as desk:
        await desk.press(digit, "question_mark")
        assert part.casefold() in block(desk, "lines").casefold() or "seen it" in block(desk, "lines")
        await desk.press("question_mark")
        assert isinstance(desk.app.screen, BaseScreen)


async def test_typing_after_a_slash_filters_and_escape_clears_first_and_closes_then(night: Night):
    async with night() as desk:
        await desk.press("f1")
        everything = block(desk, "lines")
        await desk.press("slash")
        await desk.type("internal note")
        assert block(desk, "lines").count("\n") < 4
        await desk.press("enter", "escape")
        assert block(desk, "lines") == everything
        await desk.press("escape")
        assert isinstance(desk.app.screen, BaseScreen)


async def test_a_filter_that_fits_nothing_says_so(night: Night):
    async with night() as desk:
        await desk.press("question_mark", "slash")
        await desk.type("zzz")
        assert "Nothing here has zzz in it." in block(desk, "lines")


async def test_help_scrolls_by_every_key_and_says_when_there_is_more(night: Night):
    async with night() as desk:
        await desk.press("question_mark")
        top = desk.lines[1]
        assert "PgDn" in desk.lines[22]
        for there, back in (
            ("j", "k"),
            ("down", "up"),
            ("space", "b"),
            ("pagedown", "pageup"),
            ("ctrl+d", "ctrl+u"),
            ("G", "g"),
            ("end", "home"),
        ):
            await desk.press(there)
            assert desk.lines[1] != top, there
            await desk.press(back)
            assert desk.lines[1] == top, back
        await desk.press("G")
        assert "PgDn" not in desk.lines[22]


async def test_help_answers_q_and_leaves_the_desk_running(night: Night):
    async with night() as desk:
        await desk.press("question_mark", "q")
        assert isinstance(desk.app.screen, BaseScreen)
        assert desk.app.is_running


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_whole_map_shows_full_names_ids_and_what_each_does(language, width):
    words = load(language, "UTC", {})
    lines = keys.whole_map(words, changed={}, width=width)
    assert max(sum(cell_width(part) for _, part in line) for line in lines) <= width
    shown = "".join(text(lines).split())
    for key in (key for scope in keymap.SCOPES.values() for key in scope):
        assert "".join(words.t(keymap.meaning(key)).split()) in shown
        assert key.id in shown


def test_the_whole_map_is_searched_by_what_keys_do_too():
    shown = text(keys.whole_map(WORDS, changed={}, width=80, wanted="stops the escalation"))
    assert "Acknowledge" in shown
    assert "Ack " not in shown
    assert "ticket.take" not in shown


def test_only_what_undo_does_not_take_back_says_so():
    """The line of the undo itself stands among them: fifty times the same would hide the few that differ."""
    shown = text(keys.lines(WORDS, "queue", changed={}, width=160))
    assert "Taken back by: Undo." not in shown
    assert "Taken back by: " in shown


@pytest.mark.parametrize("language", ["en", "de", "ja"])
async def test_no_line_is_cut_by_the_mark_that_there_is_more(night: Night, language):
    async with night(language=language) as desk:
        await desk.press("question_mark")
        whole = keys.lines(desk.app.words, "queue", changed={}, width=80)
        known = {"".join(part for _, part in line).rstrip() for line in whole}
        for _ in range(12):
            last = desk.lines[22]
            assert last.removesuffix("PgDn").rstrip() in known
            await desk.press("j")
