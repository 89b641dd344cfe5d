"""Keys: no clash within a screen, none that a terminal or multiplexer takes, each with words and an action."""

import pytest

from supporttui.actions import by_id
from supporttui.tui import keymap
from supporttui.tui.queue.screen import QueueScreen


def test_no_key_has_two_meanings_on_one_screen_and_none_is_a_rejected_one() -> None:
    assert keymap.clashes() == ()


@pytest.mark.parametrize("preset", keymap.PRESETS)
def test_the_presets_have_no_clash_either(preset: str) -> None:
    assert keymap.clashes(keymap.PRESETS[preset]) == ()
    assert keymap.unknown(keymap.PRESETS[preset]) == ()


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
