"""What is being typed reaches the disk at once, then at most once a second, and whole when the desk ends."""

from pathlib import Path

import pytest

from supporttui.domain.faults import SupportError
from supporttui.drafts import Drafts
from supporttui.tui.drafting import Drafting, Typed


class Second:
    """The timer of the app: a second passes when the test says so."""

    def __init__(self) -> None:
        self.waiting = []

    def later(self, seconds, call):
        assert seconds == 1.0
        self.waiting.append(call)

    def passes(self):
        calls, self.waiting = self.waiting, []
        for call in calls:
            call()


@pytest.fixture
def second():
    return Second()


@pytest.fixture
def faults():
    return []


@pytest.fixture
def drafting(tmp_path, second, faults):
    return Drafting(str(tmp_path / "drafts"), clock=lambda: 100, later=second.later, refused=faults.append)


def on_disk(drafting: Drafting, kind: str = "note", ticket: int = 7) -> str | None:
    found = drafting._drafts.get(kind, ticket)
    return None if found is None else found.texts["text"]


def test_the_first_letter_is_kept_at_once_the_next_ones_once_a_second(drafting, second, monkeypatch):
    written = []
    monkeypatch.setattr(Drafts, "put", lambda self, draft: written.append(draft.texts["text"]) or True)
    slot = drafting.of_action("ticket.note", 7)
    for end in range(1, 6):
        slot.typed({"text": "hello"[:end]})
    assert written == ["h"]
    second.passes()
    assert written == ["h", "hello"]
    second.passes()
    slot.typed({"text": "hello!"})
    assert written == ["h", "hello", "hello!"]


def test_the_end_writes_what_the_last_second_brought(drafting):
    slot = drafting.of_action("ticket.note", 7)
    slot.typed({"text": "a"})
    slot.typed({"text": "all of it"})
    assert on_disk(drafting) == "a"
    drafting.end()
    assert on_disk(drafting) == "all of it"


def test_what_was_dropped_does_not_come_back_with_the_next_second(drafting, second):
    slot = drafting.of_action("ticket.note", 7)
    slot.typed({"text": "a"})
    slot.typed({"text": "ab"})
    slot.drop()
    second.passes()
    assert on_disk(drafting) is None


def test_an_emptied_text_is_no_draft(drafting):
    slot = drafting.of_action("ticket.note", 7)
    slot.typed({"text": "a"})
    slot.typed({"text": " \n"})
    assert slot.draft is None


def test_asking_for_a_draft_sees_the_last_letter(drafting):
    slot = drafting.of_action("ticket.note", 7)
    slot.typed({"text": "a"})
    slot.typed({"text": "ab"})
    assert slot.draft.texts == {"text": "ab"}


def test_what_the_editor_had_saved_is_the_draft_when_the_desk_ends_meanwhile(drafting, tmp_path: Path):
    slot = drafting.of_action("ticket.note", 7)
    slot.typed({"text": "before", "other": "stays"})
    file = tmp_path / "text.txt"
    file.write_text("from the editor\n")
    drafting.outside = Typed(slot.key, "text", file)
    drafting.end()
    assert slot.draft.texts == {"text": "from the editor", "other": "stays"}


def test_a_disk_that_is_full_is_said_once(drafting, faults, monkeypatch, second):
    def full(self, draft):
        raise SupportError("draft.unwritten", reason="No space left on device")

    monkeypatch.setattr(Drafts, "put", full)
    slot = drafting.of_action("ticket.note", 7)
    for text in ("a", "ab", "abc"):
        slot.typed({"text": text})
        second.passes()
    assert [fault.code for fault in faults] == ["draft.unwritten"]
    assert slot.draft.texts == {"text": "abc"}
    assert drafting.all() == drafting.of_ticket(7) == (slot.draft,)
    slot.drop()
    assert drafting.all() == ()
