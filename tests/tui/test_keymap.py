"""Keys: no clash within a screen, none that a terminal or multiplexer takes, each with words and an action."""

import tomllib

import pytest

from supporttui.actions import by_id
from supporttui.tui import help as keys
from supporttui.tui import key_choices, key_names, keymap
from supporttui.tui.queue.screen import QueueScreen


def test_no_key_has_two_meanings_on_one_screen_and_none_is_a_rejected_one() -> None:
    assert keymap.clashes() == ()


LAYOUTS = ("", *key_choices.LAYOUTS)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("preset", key_choices.PRESETS)
def test_no_preset_has_a_clash_on_any_screen_in_any_layout(preset: str, layout: str) -> None:
    whole = key_choices.effective({"preset": preset, "layout": layout})
    assert keymap.clashes(whole) == ()
    assert keymap.unknown(whole) == ()
    assert key_names.misspelt(whole) == ()


@pytest.mark.parametrize("preset", [name for name in key_choices.PRESETS if name != key_choices.DEFAULT])
def test_a_preset_says_only_what_differs(preset: str) -> None:
    defaults = {key.id: key.keys for scope in keymap.SCOPES.values() for key in scope}
    assert not [action for action, keys in key_choices.PRESETS[preset].items() if defaults[action] == keys]


def test_no_letter_moves_anything_in_the_preset_of_arrows() -> None:
    moving = ("list.down", "list.up", "list.top", "list.bottom", "list.next_view", "list.previous_view", "preview.",
              "list.half", "list.page", "list.scroll", "text.down", "text.up", "text.top", "text.bottom", "text.half",
              "ticket.next", "ticket.previous", "calendar.previous", "calendar.next")  # fmt: skip
    whole = key_choices.effective({"preset": "arrows", "layout": "ru"})
    for action, chosen in whole.items():
        if action.startswith(moving):
            assert not [name for name in key_names.split(chosen) if len(name) == 1], action


def test_the_persons_own_keys_go_over_the_preset() -> None:
    whole = key_choices.effective({"preset": "k9s", "ticket.note": "N"})
    assert (whole["ticket.note"], whole["ticket.copy"]) == ("N", "c")


@pytest.mark.parametrize(
    ("layout", "keys", "whole"),
    [
        ("ru", "a", "a,ф"), ("ru", "E", "E,У"), ("uk", "s", "s,і"), ("el", "a,f5", "a,f5,α"), ("he", "a", "a,ש"),
        ("he", "E", "E"), ("he", "q", "q"), ("ar", "a", "a,ش"), ("ar", "b", "b"), ("bg", "a", "a,ь"),
        ("bg-phonetic", "a", "a,а"), ("ka", "T", "T"), ("hy", "A", "A,Ջ"), ("ru", "ctrl+r,slash", "ctrl+r,slash"),
        ("", "a", "a"),
    ],
)  # fmt: skip
def test_a_layout_adds_the_letter_in_the_same_place(layout: str, keys: str, whole: str) -> None:
    assert key_choices.with_letters(keys, layout) == whole


@pytest.mark.parametrize("layout", key_choices.LAYOUTS)
def test_a_layout_has_one_letter_for_each_of_ours(layout: str) -> None:
    letters = key_choices.LAYOUTS[layout]
    assert len(letters) == len(key_choices.LATIN)
    known = [letter for letter in letters if letter != " "]
    assert len(set(known)) == len(known) >= 23
    assert all(letter.isalnum() and not letter.isascii() for letter in known)


async def test_a_key_of_another_layout_does_what_the_latin_one_does(night) -> None:
    async with night(keys=key_choices.effective({"layout": "ru"})) as desk:
        await desk.press("ф")
        desk.expect_message("Acknowledged")


async def test_help_and_footer_follow_the_chosen_map(night) -> None:
    async with night(keys=key_choices.effective({"preset": "k9s"})) as desk:
        assert "n Note" in desk.footer
        await desk.press("question_mark")
        assert any(line.split()[:2] == ["n", "Write"] for line in desk.lines)


async def test_the_whole_map_is_shown_with_its_ids_and_copied_for_the_settings(night) -> None:
    async with night(keys=key_choices.effective({"preset": "k9s"}), clipboard="osc52") as desk:
        await desk.press("colon")
        await desk.type("keys")
        await desk.press("enter")
        desk.expect("ticket.acknowledge")
        assert tomllib.loads(keys.as_toml(desk.app.parts.options.keys))["keys"]["ticket.note"] == "n"
        await desk.press("y")
        desk.expect_message("the key map")


def test_a_clash_that_a_person_configures_is_found_with_both_ids() -> None:
    found = keymap.clashes({"ticket.take": "a"})
    assert {"ticket.acknowledge", "ticket.take"} in [set(clash.ids) for clash in found]


@pytest.mark.parametrize("key", ["ctrl+a", "ctrl+b", "ctrl+m", "alt+x", "f10", "tilde", "at"])
def test_a_rejected_key_is_reported(key: str) -> None:
    assert keymap.clashes({"ticket.take": key})[0].ids == ("ticket.take",)


def test_an_unknown_id_is_reported() -> None:
    assert keymap.unknown({"ticket.fly": "x", "ticket.take": "t"}) == ("ticket.fly",)


def test_every_key_has_a_label_and_every_key_of_the_queue_an_action() -> None:
    for key in keymap.keys_of("queue"):
        assert keymap.label(key)
        assert hasattr(QueueScreen, f"action_{key.id.replace('.', '_')}"), key.id


DRAWS_OTHERS = "ticket.attend"
"""Nobody is told, so that it can be undone; but others look at it."""
OPENS_AN_EDITOR_FIRST = {"ticket.reply"}
"""Lower case although it reaches others: nothing happens before a text was written and sent by ^s."""


def test_what_touches_other_people_is_upper_case_and_what_is_mine_lower() -> None:
    for key in keymap.TICKET:
        action = by_id()[key.id]
        outward = action.id == DRAWS_OTHERS or (action.outward and action.id not in OPENS_AN_EDITOR_FIRST)
        assert key_names.split(key.keys)[0].isupper() == outward, key.id


def test_keys_are_shown_as_people_write_them() -> None:
    assert [key_names.shown(name) for name in ("question_mark", "ctrl+r", "slash", "E", "pagedown")] == [
        "?",
        "^r",
        "/",
        "E",
        "PgDn",
    ]


@pytest.mark.parametrize(
    "key", ["a", "Z", "7", "f5", "ctrl+x", "slash", "question_mark", "shift+tab", "space", "é", "あ"]
)
def test_a_name_that_a_key_has_is_taken(key: str) -> None:
    assert key_names.misspelt({"ticket.take": f"t, {key}"}) == ()


@pytest.mark.parametrize("key", ["frobkey", "/", "ctrl+frob", "ctrl", "F13x"])
def test_a_name_that_no_key_has_is_reported_with_its_id(key: str) -> None:
    assert key_names.misspelt({"ticket.take": f"t, {key}"}) == (("ticket.take", key),)


@pytest.mark.parametrize("keys", ["", " ", ","])
def test_an_action_cannot_be_left_without_any_key(keys: str) -> None:
    assert key_names.misspelt({"ticket.take": keys}) == (("ticket.take", keys),)


def test_every_key_that_comes_along_has_a_name_that_textual_knows() -> None:
    assert key_names.misspelt({key.id: key.keys for scope in keymap.SCOPES.values() for key in scope}) == ()


async def test_a_desk_with_clashing_keys_begins_and_says_so(night) -> None:
    async with night(keys={"ticket.take": "a"}) as desk:
        assert "ticket.acknowledge, ticket.take" in desk.text
