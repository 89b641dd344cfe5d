"""What is written at the desk: kept as it is typed, offered again, sent or dropped; nobody's text is lost."""

from contextlib import nullcontext
from dataclasses import replace
from gettext import NullTranslations
from pathlib import Path

import pytest

from supporttui.domain.events import Noted
from supporttui.domain.replies import Template
from supporttui.tui.app import SupportApp
from supporttui.tui.parts import Programs
from supporttui.tui.windows.form import Form
from supporttui.usecases import tickets
from tests.tui.conftest import Night
from tests.tui.driver import Driven
from tests.tui.screens import line, message


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """A folder for drafts."""
    return str(tmp_path / "drafts")


def editor(tmp_path: Path, *lines: str) -> Programs:
    """An editor of the person's own."""
    path = tmp_path / "editor"
    path.write_text("\n".join(("#!/bin/sh", *lines)))
    path.chmod(0o755)
    return Programs(str(path), str(path), {"PATH": "/usr/bin:/bin"}, folder=str(tmp_path))


@pytest.fixture(autouse=True)
def no_terminal_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    """These stories have no terminal; those of ``tests/terminal`` have."""
    monkeypatch.setattr(SupportApp, "suspend", lambda self: nullcontext())


def files(folder: str) -> list[Path]:
    """The drafts on disk."""
    return list(Path(folder).glob("*"))


def notes(desk: Driven, ticket: int) -> list[str]:
    """The notes of a ticket, oldest first."""
    facts = desk.other.ask(lambda tx: tx.journal.of_ticket(ticket))
    return [fact.event.text for fact in facts if isinstance(fact.event, Noted)]


async def test_a_note_that_was_left_is_offered_on_its_ticket_and_continued(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        number = desk.current
        await desk.press("c", *"first look", "escape")
        desk.expect_message("Not saved; the draft is kept.")
        await desk.press("enter")
        assert line(desk, "drafts").strip().startswith("Note draft saved ")
        assert line(desk, "drafts").strip().endswith(" - c continues it")
        await desk.press("c")
        desk.expect("first look")
        await desk.press("!", "enter")
        assert notes(desk, number) == ["first look!"]
        assert files(kept) == []
        await desk.press("c")
        assert next(text for text in desk.lines if "Note on" in text).rstrip().endswith(":")


async def test_a_desk_that_ended_offers_the_draft_at_its_next_start(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        number = desk.current
        await desk.press("c")
        await desk.type("half a th")
    async with night(drafts=kept) as desk:
        assert desk.current == number
        await desk.press("c")
        desk.expect("half a th")


async def test_another_ticket_has_another_draft(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        await desk.press("c", "a", "escape", "j", "c")
        (asked,) = [text for text in desk.lines if "Note on T-" in text]
        assert asked.rstrip().endswith(":")


@pytest.mark.parametrize("keys", [("f8",), ("backspace", "backspace", "escape")])
async def test_a_draft_that_is_dropped_or_emptied_is_gone(night: Night, kept: str, keys) -> None:
    async with night(drafts=kept) as desk:
        await desk.press("c", "a", "b", *keys)
        assert files(kept) == []
        await desk.press("q")
        assert desk.app.return_code == 0


async def test_leaving_asks_while_something_is_not_sent(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        await desk.press("c", "a", "escape", "q")
        desk.expect("1 draft is not sent. Leave the desk?")
        await desk.press("enter")
        assert desk.app.return_code is None
        await desk.press("q", "y")
        assert desk.app.return_code == 0
        assert len(files(kept)) == 1


async def test_f4_goes_on_in_more_lines_with_what_was_typed(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        number = desk.current
        await desk.press("c", "a", "f4")
        assert isinstance(desk.app.screen, Form)
        await desk.press("enter", "b", "ctrl+s")
        assert notes(desk, number) == ["a\nb"]
        desk.expect_message("Note saved")


async def test_a_draft_of_several_lines_opens_with_all_of_them(night: Night, kept: str) -> None:
    async with night(drafts=kept) as desk:
        await desk.press("c", "a", "f4", "enter", "b", "escape", "c")
        assert isinstance(desk.app.screen, Form)
        assert desk.app.screen.texts == {"text": "a\nb"}


async def test_f4_hands_the_text_to_the_editor_and_takes_it_back(night: Night, kept: str, tmp_path: Path) -> None:
    programs = editor(tmp_path, 'echo "第二行" >> "$1"')
    async with night(drafts=kept, programs=programs) as desk:
        number = desk.current
        await desk.press("c", "a", "f4")
        await desk.settle()
        assert desk.app.screen.texts == {"text": "a\n第二行"}
        await desk.press("ctrl+s")
        assert notes(desk, number) == ["a\n第二行"]


async def test_an_editor_that_fails_is_said_and_the_text_stays(night: Night, kept: str, tmp_path: Path) -> None:
    async with night(drafts=kept, programs=editor(tmp_path, "exit 3")) as desk:
        await desk.press("c", *"precious", "f4")
        await desk.settle()
        desk.expect("ended with 3; your text is as it was.").expect("precious")
        await desk.press("escape", "c")
        desk.expect("precious")


async def test_f3_shows_the_whole_section_in_the_pager(night: Night, tmp_path: Path) -> None:
    async with night(programs=editor(tmp_path, f"cat > {tmp_path}/shown")) as desk:
        number = desk.current
        await desk.others(tickets.note, number, None, text="\n".join(f"line {n}" for n in range(80)))
        await desk.press("enter", "f3")
        shown = (tmp_path / "shown").read_text()
        assert f"T-{number}" in shown
        assert "line 0" in shown
        assert "line 79" in shown


async def test_a_pager_that_is_not_there_is_said(night: Night) -> None:
    async with night(programs=Programs("", "/no/pager", {}, "")) as desk:
        await desk.press("enter", "f3")
        assert "pager could not be started" in message(desk)


async def test_a_disk_that_takes_nothing_is_said_and_the_text_is_still_offered(night: Night, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    async with night(drafts=str(blocked / "drafts")) as desk:
        await desk.press("c", "a", "b", "escape")
        assert any("cannot be kept on disk" in said.text for said in desk.app.messages.history)
        await desk.press("c")
        assert ": ab" in desk.text


# --- replies --------------------------------------------------------------------------------------------


@pytest.fixture
def with_template(night: Night, filled) -> Night:
    """The site has a template with a place for the writer's text, above its signature."""
    text = "Hello {requester},\n\n{text}\n\n{me}, {service}"
    with filled.write() as tx:
        tx.definitions.put("ask", Template("ask", name="Ask", texts={"en": text}))
    return night


async def test_a_template_opens_with_its_first_gap_to_be_typed_over(with_template: Night) -> None:
    async with with_template() as desk:
        await desk.others(tickets.edit, 1, None, fields={"requester": "Mia"})
        await desk.press("r", "1")
        await desk.settle()
        desk.expect("<your text?>").expect("Fill in: your text.")
        await desk.press(*"Which")
        assert desk.app.screen.texts["text"] == "Hello Mia,\n\nWhich\n\nAna, Mail"


async def test_a_gap_that_is_left_is_refused_in_the_form_and_offered_again(with_template: Night, kept: str) -> None:
    async with with_template(drafts=kept) as desk:
        await desk.press("r", "1")
        await desk.settle()
        await desk.press(*"Mia", "ctrl+s")
        assert isinstance(desk.app.screen, Form)
        desk.expect("still has places without a").expect("text: your text.")
        await desk.press("escape", "r", *"Why", "ctrl+s")
        facts = desk.other.ask(lambda tx: tx.journal.of_ticket(1))
        assert facts[-1].event.text == "Hello Mia,\n\nWhy\n\nAna, Mail"


class Germanish(NullTranslations):
    """One word in another language."""

    def pgettext(self, context: str, message: str) -> str:
        return {"your text": "Ihr Text"}.get(message, message)


async def test_a_gap_is_named_in_the_writers_language_whatever_the_letters_is(with_template: Night) -> None:
    async with with_template() as desk:
        desk.app.words = replace(desk.app.words, catalogue=Germanish())
        await desk.press("r", "1")
        await desk.settle()
        desk.expect("<Ihr Text?>").expect("Hello ").expect("Fill in: requester's name, Ihr Text.")
        await desk.press(*"Mia", "ctrl+s")
        desk.expect("text: Ihr Text.")
