"""The palette: everything by a part of its name, in one's own language and in English; what cannot be done says why."""

from dataclasses import replace

import pytest

from supporttui.i18n.cells import cell_width
from supporttui.tui import palette
from supporttui.tui.base_screen import BaseScreen
from supporttui.tui.memory import Memory
from supporttui.tui.palette import Entry, ranked
from supporttui.tui.ticket.screen import TicketScreen
from supporttui.tui.windows import palette as window
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import message


def entry(label: str, *names: str, **given: str) -> Entry:
    return Entry(given.pop("id", label), label, lambda: None, names=names, **given)


ENTRIES = [
    entry("Übernehmen", "Take", "take"),
    entry("Notiz", "Note"),
    entry("Weiter", "Next ticket"),
    entry("Ansicht"),
]


def names(wanted: str, recent: tuple[str, ...] = ()) -> list[str]:
    return [one.label for one in ranked(ENTRIES, wanted, recent)]


@pytest.mark.parametrize(
    ("wanted", "first"),
    [("uber", "Übernehmen"), ("take", "Übernehmen"), ("NOTE", "Notiz"), ("tick nex", "Weiter"), ("asi", "Ansicht")],
)
def test_it_is_found_by_either_name_without_accents_and_by_scattered_letters(wanted: str, first: str) -> None:
    assert names(wanted)[0] == first


def test_without_anything_typed_what_was_chosen_last_comes_first() -> None:
    assert names("", ("Weiter", "Notiz")) == ["Weiter", "Notiz", "Übernehmen", "Ansicht"]


def test_what_fits_nowhere_is_not_shown() -> None:
    assert names("xyz") == []
    assert names("note xyz") == []


def test_a_full_name_comes_before_a_part_of_one() -> None:
    entries = [entry("Unmark"), entry("Mark all"), entry("Mark")]
    assert [one.label for one in ranked(entries, "mark")] == ["Mark all", "Mark", "Unmark"]


def test_a_line_tells_name_meaning_and_key_within_its_width() -> None:
    take = entry("Take", meaning="Make it yours: you own it and work on it.", group="Action", key="t")
    for width in (40, 80, 160):
        line = "".join(text for _, text in palette.line(take, width, current=False))
        assert cell_width(line) == width
        assert line.split()[-2:] == ["Action", "t"]
    assert "Make it yours: you own it" in line
    blocked = "".join(text for _, text in palette.line(replace(take, why_not="Read-only."), 80, current=False))
    assert "(Read-only.)" in blocked
    assert "yours" not in blocked


def test_choices_are_remembered_without_repeats_and_not_for_ever() -> None:
    memory = Memory()
    for number in [*range(30), 25]:
        palette.choose(memory, entry(str(number)))
    assert palette.recent(memory)[:3] == ("25", "29", "28")
    assert len(palette.recent(memory)) == palette.REMEMBERED


# --- at the desk ----------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typing rests at once."""
    monkeypatch.setattr(window, "REST_SECONDS", 0.001)


def rows(desk: Driven) -> list[str]:
    return [line for line in desk.lines[2:-1] if line.strip()]


async def test_an_action_is_found_and_done_on_the_ticket_under_the_cursor(night: Night) -> None:
    async with night() as desk:
        number = desk.current
        await desk.press("ctrl+p")
        await desk.type("acknowl")
        assert rows(desk)[0].split()[-1] == "a"
        await desk.press("enter")
        assert desk.stored(number).acknowledged_by == "ana"


@pytest.mark.parametrize("language", ["en", "de", "ja"])
async def test_it_shows_whole_names_and_below_the_list_what_the_chosen_one_does_to_its_end(
    night: Night, language: str
) -> None:
    async with night(language=language) as desk:
        words = desk.app.words
        await desk.press("ctrl+p")
        await desk.type("acknowl")
        assert rows(desk)[0].split()[1] == words.t("Acknowledge")
        meaning = words.t("Say that you have seen it. Stops the escalation; the state stays.")
        assert "".join(meaning.split()) in "".join(desk.text.split())


async def test_in_german_an_action_is_found_by_its_english_name_too(night: Night) -> None:
    async with night(language="de") as desk:
        await desk.press("ctrl+p")
        for name in ("übernehmen", "take"):
            await desk.type(name.replace("ü", "u"))
            assert "bernehmen" in rows(desk)[0]
            await desk.press(*["backspace"] * len(name))


async def test_a_ticket_is_found_by_words_of_its_title(night: Night) -> None:
    async with night() as desk:
        await desk.press("ctrl+p")
        await desk.type("number 41")
        await desk.until(lambda: "T-42" in desk.text)
        await desk.press("enter")
        assert isinstance(desk.app.screen, TicketScreen)


async def test_a_person_leads_to_their_tickets(night: Night) -> None:
    async with night() as desk:
        await desk.press("ctrl+p")
        await desk.type("ben")
        await desk.until(lambda: any("Person" in row and "Ben" in row for row in rows(desk)))
        while ">" not in next(row for row in rows(desk) if "Person" in row and "Ben" in row):
            await desk.press("down")
        await desk.press("enter")
        await desk.until(lambda: desk.queue._filter == "owner:ben")


async def test_a_verb_that_needs_words_opens_the_command_line_with_it(night: Night) -> None:
    async with night() as desk:
        await desk.press("ctrl+p")
        await desk.type("lang")
        await desk.press("enter")
        desk.expect(": lang ")


async def test_what_cannot_be_done_is_there_and_says_why(night: Night) -> None:
    async with night(read_only=True) as desk:
        await desk.press("ctrl+p")
        await desk.type("acknowl")
        desk.expect("(This desk is read-only.)")
        await desk.press("enter")
        assert not isinstance(desk.app.screen, BaseScreen)
        assert desk.lines[-1].strip() == "This desk is read-only."


async def test_where_no_ticket_is_chosen_actions_on_tickets_say_so(night: Night) -> None:
    async with night() as desk:
        await desk.press("2", "ctrl+p")
        await desk.type("acknowledge")
        desk.expect("No ticket is chosen here.")


async def test_what_was_chosen_stands_first_the_next_time_also_after_a_new_start(night: Night, tmp_path) -> None:
    folder = str(tmp_path / "desk")
    async with night(memory=Memory(folder)) as desk:
        await desk.press("ctrl+p")
        await desk.type("on call")
        await desk.press("enter", "escape")
    async with night(memory=Memory(folder)) as desk:
        await desk.press("ctrl+p")
        assert "On call" in rows(desk)[0]


async def test_the_cursor_stays_in_sight_however_far_down(night: Night) -> None:
    async with night() as desk:
        await desk.press("ctrl+p", *["down"] * 30)
        assert sum(row.startswith(">") for row in rows(desk)) == 1
        await desk.press(*["pageup"] * 9)
        assert rows(desk)[0].startswith(">")


async def test_settings_are_found_with_their_value(night: Night) -> None:
    async with night(settings={"theme": "auto"}) as desk:
        await desk.press("ctrl+p")
        await desk.type("theme")
        while ">" not in next(row for row in rows(desk) if "Setting" in row):
            await desk.press("down")
        await desk.press("enter")
        assert message(desk).startswith("theme is auto.")


async def test_escape_and_nothing_found_change_nothing(night: Night) -> None:
    async with night() as desk:
        await desk.press("ctrl+p")
        await desk.type("zzzzqq")
        desk.expect("Nothing is called zzzzqq.")
        await desk.press("enter", "escape")
        assert isinstance(desk.app.screen, BaseScreen)
