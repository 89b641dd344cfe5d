"""A screen that was just pushed is told of everything before it has anything to paint on."""

from collections.abc import Callable

import pytest
from textual.events import Resize

from supporttui.domain.ids import TicketId
from supporttui.tui.app import SupportApp
from supporttui.tui.widgets.field_row import Field, FieldRow
from supporttui.tui.windows.form import Form
from supporttui.tui.windows.prompt import LineChoice, Option
from supporttui.usecases.ports import Changed
from tests.tui.conftest import Night
from tests.tui.driver import key_event

Told = Callable[[SupportApp], object]

OPENS: dict[str, Told] = {
    "ticket": lambda app: app.open_ticket(TicketId(1)),
    "procedures": lambda app: app.open_procedure(TicketId(1)),
    "rota": lambda app: app.show_screen("rota"),
    "escalations": lambda app: app.show_screen("escalations"),
    "handover": lambda app: app.show_screen("handover"),
}
TOLD: tuple[Told, ...] = (
    lambda app: app.tick(app.parts.clock()),
    lambda app: app.linked(app.desk.link),
    lambda app: app.changed(Changed(frozenset({TicketId(1)}), definitions=True, seq=10**6)),
    lambda app: app.say("Something."),
    lambda app: app.speak("de"),
    lambda app: app.reload(),
    lambda app: app.repaint_all(),
)


@pytest.mark.parametrize("name", OPENS)
async def test_what_happens_while_a_screen_opens_does_not_end_the_desk(night: Night, name: str) -> None:
    """The second passes, somebody commits, a message comes: in the moment between key and first frame."""
    async with night() as desk:

        def happens() -> None:
            OPENS[name](desk.app)
            for told in TOLD:
                told(desk.app)

        desk.app.call_later(happens)
        await desk.settle()
        assert desk.app.crash is None
        assert desk.app.is_running


async def test_a_window_that_is_left_before_it_shows_anything_closes(night: Night) -> None:
    """Help is asked for and left within one line of bytes."""
    async with night() as desk:

        def happens() -> None:
            desk.app.show_help()
            desk.app.screen.action_window_leave()

        desk.app.call_later(happens)
        await desk.settle()
        assert desk.app.crash is None
        assert desk.app.screen.NAME == "queue"


async def test_keys_that_come_while_the_desk_is_left_are_for_nobody(night: Night) -> None:
    """No screen is there any more, and no fault of ours is told."""
    async with night() as desk:
        desk.app.exit(0)
        desk.app._screen_stacks[desk.app.current_mode].clear()
        await desk.app.on_event(key_event("j"))
        assert desk.app.crash is None


async def test_an_answer_of_the_database_that_comes_while_the_desk_is_left_is_for_nobody(night: Night) -> None:
    """What would paint it is being taken down."""
    async with night() as desk:
        told: list[str] = []
        desk.app.exit(0)
        desk.app.deliver(lambda: told.append("painted"))
    assert not told


async def test_a_question_that_is_resized_before_it_stands_shows_its_answers_once_it_does(night: Night) -> None:
    """The window of the terminal changes in the moment of the key."""
    async with night() as desk:

        def happens() -> None:
            question = LineChoice("Sure?", [Option("y", "yes", "yes")])
            desk.app.push_screen(question)
            question.on_resize(Resize(desk.app.size, desk.app.size))

        desk.app.call_later(happens)
        await desk.settle()
        assert desk.app.crash is None
        assert "Sure?" in desk.text


async def test_a_form_that_is_closed_before_its_fields_are_there_ends_nothing(night: Night) -> None:
    """Its first field would have got the focus."""
    async with night() as desk:
        await desk.press("r", "0")
        form = desk.app.screen
        assert isinstance(form, Form)
        form.dismiss(None)
        await desk.settle()
        form._begin()
        assert desk.app.screen.NAME == "queue"
        row = FieldRow(Field("x", "X"), "", label_width=10, words=desk.app.words)
        row.on_mount()
