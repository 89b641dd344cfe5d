"""Drafts on disk: private, whole, cleaned, and apart by ticket and kind."""

import pytest

from supporttui.domain.faults import Unavailable
from supporttui.drafts import Draft, Drafts


@pytest.fixture
def drafts(tmp_path):
    return Drafts(tmp_path / "state" / "drafts")


def draft(text="half a sent", *, kind="note", ticket=7, saved=100):
    return Draft(kind, ticket, saved, {"text": text})


def test_what_was_kept_comes_back(drafts):
    drafts.put(draft("日本\nsecond line"))
    assert drafts.get("note", 7) == draft("日本\nsecond line")
    drafts.put(draft("more"))
    assert drafts.get("note", 7) == draft("more")
    drafts.drop("note", 7)
    assert drafts.get("note", 7) is None


def test_each_ticket_and_kind_has_its_own_and_a_new_ticket_too(drafts):
    drafts.put(draft(saved=1))
    drafts.put(draft(kind="reply", saved=3))
    drafts.put(draft(ticket=70, saved=2))
    drafts.put(draft(kind="new", ticket=None, saved=4))
    assert [(one.kind, one.ticket) for one in drafts.all()] == [("new", None), ("reply", 7), ("note", 70), ("note", 7)]
    assert [one.kind for one in drafts.of_ticket(7)] == ["reply", "note"]


def test_nobody_else_can_read_them(drafts):
    drafts.put(draft())
    (file,) = drafts.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert drafts.folder.stat().st_mode & 0o777 == 0o700


def test_the_file_holds_nothing_that_a_terminal_obeys(drafts):
    drafts.put(draft("red \x1b[31m and \u202e"))
    (file,) = drafts.folder.iterdir()
    assert not {"\x1b", "\u202e"} & set(file.read_text())
    assert "red" in drafts.get("note", 7).texts["text"]


def test_a_long_text_is_not_cut(drafts):
    drafts.put(draft("x" * 300_000))
    assert len(drafts.get("note", 7).texts["text"]) == 300_000


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"ticket": 7}', '{"kind": "note", "ticket": {}, "saved": 1, "texts": {}}']
)
def test_a_file_that_is_no_draft_is_none_and_stays(drafts, content):
    drafts.folder.mkdir(parents=True)
    file = drafts.folder / "7-note.json"
    file.write_text(content)
    assert drafts.get("note", 7) is None
    assert drafts.all() == ()
    assert file.read_text() == content


def test_a_folder_that_cannot_be_written_is_said_and_the_draft_before_stays(drafts):
    drafts.folder.parent.mkdir()
    drafts.folder.write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match=r"draft\.unwritten"):
        drafts.put(draft())
    assert drafts.get("note", 7) is None


def test_without_a_folder_none_is_kept():
    nowhere = Drafts(None)
    nowhere.put(draft())
    nowhere.drop("note", 7)
    assert (nowhere.get("note", 7), nowhere.all(), nowhere.of_ticket(7)) == (None, (), ())
