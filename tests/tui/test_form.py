"""Forms by keyboard alone: what is wrong stands under its field, and no letter that is typed does anything else."""

import pytest
from rich.cells import cell_len

from supporttui.domain.faults import BadInput, Refused
from supporttui.tui import key_names, keymap
from supporttui.tui.widgets.fields import Field, Known, heading, matching, turned, value_of
from supporttui.tui.windows.form import Form
from tests.tui.conftest import Night
from tests.tui.driver import Driven

PEOPLE = (Known("Ana Lopez", "ana"), Known("Ben Ito", "ben"), Known("Bea Ito", "bea"), Known("李伟", "li"))
NAME = Field("name", "Name", required=True, hint="As on the door.")
WHO = Field("who", "Who", known=PEOPLE)
MANY = Field("count", "Count", "1", read=int)
TEXT = Field("text", "Text", long=True)


async def form_at(desk: Driven, *fields: Field, title: str = "A form") -> tuple[Form, list]:
    saved: list = []
    form = Form(title, saved.append, fields=fields, slot=desk.app.drafts.at("test", 1))
    desk.app.push_screen(form)
    await desk.settle()
    await desk.settle()
    return form, saved


# --- what may stand in a field ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [("Ana Lopez", "ana"), ("ana", "ana"), ("lop", "ana"), ("BEN", "ben"), ("李", "li"), ("li", "li"), ("", "")],
)
def test_a_choice_is_meant_by_its_name_its_code_or_a_part_of_one_name(text, value):
    assert value_of(WHO, text) == value


@pytest.mark.parametrize(("text", "code"), [("ito", "form.unclear"), ("nobody", "form.unknown")])
def test_what_means_nothing_or_several_is_said(text, code):
    with pytest.raises(BadInput, match=code):
        value_of(WHO, text)


def test_a_free_field_takes_what_is_not_known_too():
    field = Field("language", "Language", known=(Known("de", "de"),), free=True)
    assert (value_of(field, "D E".replace(" ", "")), value_of(field, "tlh")) == ("de", "tlh")


def test_needed_and_empty_is_said_blank_counts_as_empty():
    with pytest.raises(BadInput, match=r"form\.missing"):
        value_of(NAME, "  ")


def test_up_and_down_go_through_the_choices_and_begin_with_what_fits():
    assert turned(WHO, "", 1) == "Ana Lopez"
    assert turned(WHO, "ito", 1) == "Ben Ito"
    assert turned(WHO, "Ana Lopez", -1) == "李伟"
    assert [one.value for one in matching(PEOPLE, "b")] == ["ben", "bea"]


def test_names_of_fields_begin_with_a_capital_whatever_table_they_come_from() -> None:
    assert [heading(label) for label in ("title", "Why", "échéance", "件名", "")] == [
        "Title", "Why", "Échéance", "件名", "",
    ]  # fmt: skip


# --- on screen ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_form_is_filled_in_and_saved_by_keyboard_alone(night: Night, size) -> None:
    async with night(size=size) as desk:
        form, saved = await form_at(desk, NAME, WHO, MANY, TEXT)
        await desk.type("Jo")
        await desk.press("enter", "down", "down", "tab", "backspace", "7", "tab", "a", "enter", "b", "ctrl+s")
        assert saved == [{"name": "Jo", "who": "ben", "count": 7, "text": "a\nb"}]
        assert max(map(len, desk.lines)) <= size[0]
        desk.expect("^s saves")
        form.close()
        await desk.settle()
        assert desk.app.screen is desk.queue


async def test_one_rule_for_the_names_of_all_fields(night: Night) -> None:
    async with night() as desk:
        await form_at(desk, Field("title", "title", required=True), Field("why", "Why"))
        desk.expect("Title *").expect("Why")
        assert "title" not in desk.text


async def test_what_is_wrong_stands_under_its_field_as_soon_as_it_is_left(night: Night) -> None:
    async with night() as desk:
        await form_at(desk, NAME, WHO)
        assert "This is needed" not in desk.text
        await desk.press("tab")
        at = next(n for n, line in enumerate(desk.lines) if "Name" in line)
        assert "^ This is needed." in desk.lines[at + 1]
        await desk.press("shift+tab", "x")
        assert "This is needed" not in desk.text


async def test_a_hint_is_read_to_its_end_choices_only_as_far_as_they_fit(night: Night) -> None:
    async with night() as desk:
        long = Field("name", "Name", required=True, hint=f"{'As on the door. ' * 6}Or the window.", known=PEOPLE)
        await form_at(desk, long, WHO)
        desk.expect("Or the window.")
        assert "Ana Lopez" not in desk.text
        await desk.press("tab")
        desk.expect("Ana Lopez")
        assert "window" not in desk.text


async def test_saving_shows_all_that_is_wrong_and_goes_to_the_first(night: Night) -> None:
    async with night() as desk:
        form, saved = await form_at(desk, TEXT, NAME, WHO)
        await desk.press("tab", "tab", "i", "t", "o", "f2")
        desk.expect("This is needed.").expect("ito can mean several: Ben Ito, Bea Ito.").expect("2 fields")
        assert saved == []
        assert form.focused is form.rows[1].input


async def test_saving_twice_in_a_row_saves_once_until_it_was_refused(night: Night) -> None:
    async with night() as desk:
        form, saved = await form_at(desk, NAME)
        await desk.press("x", "ctrl+s", "ctrl+s")
        assert len(saved) == 1
        form.complain(Refused("text.empty"))
        await desk.press("ctrl+s")
        assert len(saved) == 2
        assert saved[1] == {"name": "x"}


async def test_a_part_of_a_name_becomes_the_name_when_the_field_is_left(night: Night) -> None:
    async with night() as desk:
        form, _ = await form_at(desk, WHO, NAME)
        await desk.press("l", "o", "p", "tab")
        assert form.texts["who"] == "Ana Lopez"


async def test_letters_of_every_script_are_typed_as_they_come(night: Night) -> None:
    async with night() as desk:
        form, _ = await form_at(desk, NAME, TEXT)
        await desk.press(*"日本語のメモ")
        await desk.press("tab", *"Ünïcode 한국어".replace(" ", ""))
        assert form.texts == {"name": "日本語のメモ", "text": "Ünïcode한국어"}
        desk.expect("日本語のメモ")


async def test_leaving_keeps_a_draft_and_dropping_it_does_not(night: Night) -> None:
    async with night() as desk:
        await form_at(desk, NAME, WHO)
        await desk.press("J", "o", "escape")
        desk.expect_message("the draft is kept")
        form, _ = await form_at(desk, NAME, WHO)
        assert form.texts["name"] == "Jo"
        desk.expect("draft of")
        await desk.press("f8")
        form, _ = await form_at(desk, NAME, WHO)
        assert form.texts["name"] == ""
        await desk.press("escape")
        assert "draft" not in desk.message


async def test_what_was_put_back_is_no_draft(night: Night) -> None:
    async with night() as desk:
        await form_at(desk, MANY)
        await desk.press("2", "backspace", "escape")
        assert desk.app.drafts.at("test", 1).draft is None


@pytest.mark.parametrize("screen", keymap.SCREENS)
async def test_no_key_of_a_screen_acts_while_a_field_has_the_focus(night: Night, screen: str) -> None:
    """Every letter and sign that means something below is only typed."""
    async with night() as desk:
        stack = list(desk.app.screen_stack)
        form, saved = await form_at(desk, NAME)
        typed = [name for key in keymap.keys_of(screen) for name in key_names.split(key.keys) if len(name) == 1]
        await desk.press(*typed)
        assert form.texts["name"] == "".join(typed)
        assert list(desk.app.screen_stack) == [*stack, form]
        assert saved == []
        assert desk.message == ""
        assert all(desk.stored(number).version == 1 for number in desk.ids)


@pytest.mark.parametrize("key", ["c", "slash", "colon"])
async def test_no_key_acts_while_a_prompt_is_typed_into(night: Night, key: str) -> None:
    async with night() as desk:
        await desk.press(key)
        letters = {
            name for screen in keymap.SCREENS for k in keymap.keys_of(screen) for name in key_names.split(k.keys)
        }
        await desk.press(*sorted(name for name in letters if len(name) == 1 and name.isalpha()))
        assert len(desk.app.screen_stack) == 2
        assert all(desk.stored(number).version == 1 for number in desk.ids)


@pytest.mark.parametrize("language", ["de", "ja"])
async def test_no_line_of_a_form_is_wider_than_the_screen(night: Night, language: str) -> None:
    async with night(language=language, size=(60, 20)) as desk:
        await desk.press("n")
        await desk.settle()
        await desk.press("ctrl+s")

        assert max(map(cell_len, desk.lines)) <= 60
        assert "^s" in "".join(desk.lines[-2:])
