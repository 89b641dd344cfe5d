"""Keys: no clash within a screen, none that a terminal or multiplexer takes, each with words and an action."""

import pytest

from supporttui.actions import by_id
from supporttui.tui import key_choices, keymap
from supporttui.tui.queue.screen import QueueScreen


def test_no_key_has_two_meanings_on_one_screen_and_none_is_a_rejected_one() -> None:
    assert keymap.clashes() == ()


@pytest.mark.parametrize("preset", key_choices.PRESETS)
def test_the_presets_have_no_clash_either(preset: str) -> None:
    assert keymap.clashes(key_choices.PRESETS[preset]) == ()
    assert keymap.unknown(key_choices.PRESETS[preset]) == ()


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


def test_what_touches_other_people_is_upper_case_and_what_is_mine_lower() -> None:
    for key in keymap.TICKET:
        action = by_id()[key.id]
        assert keymap.split(key.keys)[0].isupper() == action.outward, key.id


def test_keys_are_shown_as_people_write_them() -> None:
    assert [keymap.shown(name) for name in ("question_mark", "ctrl+r", "slash", "E", "pagedown")] == [
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
    assert keymap.misspelt({"ticket.take": f"t, {key}"}) == ()


@pytest.mark.parametrize("key", ["frobkey", "/", "ctrl+frob", "ctrl", "F13x"])
def test_a_name_that_no_key_has_is_reported_with_its_id(key: str) -> None:
    assert keymap.misspelt({"ticket.take": f"t, {key}"}) == (("ticket.take", key),)


@pytest.mark.parametrize("keys", ["", " ", ","])
def test_an_action_cannot_be_left_without_any_key(keys: str) -> None:
    assert keymap.misspelt({"ticket.take": keys}) == (("ticket.take", keys),)


def test_every_key_that_comes_along_has_a_name_that_textual_knows() -> None:
    assert keymap.misspelt({key.id: key.keys for scope in keymap.SCOPES.values() for key in scope}) == ()
    for preset in key_choices.PRESETS.values():
        assert keymap.misspelt(preset) == ()


async def test_a_desk_with_clashing_keys_begins_and_says_so(night) -> None:
    async with night(keys={"ticket.take": "a"}) as desk:
        assert "ticket.acknowledge, ticket.take" in desk.text
