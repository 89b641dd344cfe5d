"""How a line goes on where it ends: verbs, arguments, and tickets by their number or by words of their title."""

import pytest

from supporttui.domain.filter import Names
from supporttui.tui.completing import Found, Known, complete, sought_in
from supporttui.tui.history import MOST, NAME, History
from supporttui.tui.memory import Memory

NAMES = Names(
    people={"ana": "Ana", "ben": "Ben"}, teams={"desk": "Desk", "network": "Network"}, services={"mail": "Mail"}
)
FOUND = (Found("T-104", "Printer on floor 4"), Found("T-1042", "Payment gateway \x1b[31m"))


NAMED = Known(NAMES)


def completed(line: str, known: Known = NAMED) -> str:
    return complete(line, known, prefix="T-").completed(line)


@pytest.mark.parametrize(
    ("line", "goes_on"),
    [
        ("wa", "wait "),
        ("wait wai", "wait waiting_"),
        ("wait unt", "wait until="),
        ("queue team:n", "queue team:network "),
        ("queue is:open sta", "queue is:open state:"),
        ("lang d", "lang de "),
        ("zzz", "zzz"),
        ("", ""),
    ],
)
def test_it_goes_on_as_far_as_all_candidates_agree(line: str, goes_on: str) -> None:
    assert completed(line) == goes_on


@pytest.mark.parametrize(
    ("line", "sought"),
    [
        ("ack 10", (4, "10")),
        ("ack T-10", (4, "T-10")),
        ("ack 1042 T-9", (9, "T-9")),
        ("t payment gate", (2, "payment gate")),
        ("take 1042 printer", (10, "printer")),
        ("note pa", (5, "pa")),
        ("note 1042 pay", None),
        ("ack p", None),
        ("lang de", None),
        ("nothing 10", None),
        ("ack", None),
    ],
)
def test_tickets_are_looked_for_where_a_verb_takes_them(line: str, sought: tuple[int, str] | None) -> None:
    found = sought_in(line, "T-")
    assert (None if found is None else (found.start, found.text)) == sought


def test_words_of_a_title_are_replaced_by_the_number_of_the_ticket() -> None:
    known = Known(NAMES, sought="floor 4", found=FOUND[:1])
    assert completed("ack 7 floor 4", known) == "ack 7 T-104 "


def test_of_several_tickets_what_their_numbers_share_is_completed() -> None:
    known = Known(NAMES, sought="10", found=FOUND)
    assert completed("ack 10", known) == "ack T-104"


def test_an_answer_to_another_text_is_of_no_use() -> None:
    known = Known(NAMES, sought="10", found=FOUND)
    assert completed("ack 99", known) == "ack 99"


def test_tickets_are_shown_with_their_titles_cleaned() -> None:
    shown = complete("ack 10", Known(NAMES, sought="10", found=FOUND), prefix="T-").shown
    assert shown[0] == "T-104 Printer on floor 4"
    assert "\x1b" not in shown[1]


# --- what was typed before ------------------------------------------------------------------------------


def test_older_lines_come_back_and_then_what_was_being_typed() -> None:
    memory = Memory()
    for line in ("ack 1", "take 2"):
        History(memory).add(line)
    history = History(memory)
    assert [history.older("no"), history.older("take 2"), history.older("ack 1")] == ["take 2", "ack 1", "ack 1"]
    assert [history.newer("ack 1"), history.newer("take 2"), history.newer("no")] == ["take 2", "no", "no"]


def test_lines_outlive_the_desk_and_only_their_owner_may_read_them(tmp_path) -> None:
    History(Memory(str(tmp_path / "desk"))).add("note 7 the vendor called")
    assert History(Memory(str(tmp_path / "desk"))).older("") == "note 7 the vendor called"
    assert (tmp_path / "desk" / NAME).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "desk").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "desk").iterdir()] == [NAME]


def test_of_a_line_typed_often_one_is_kept_and_of_all_the_newest() -> None:
    memory = Memory()
    for number in range(MOST + 10):
        History(memory).add(f"ack {number}")
    History(memory).add("ack 100")
    assert len(memory.lines(NAME)) == MOST
    assert memory.lines(NAME)[-1] == "ack 100"
    assert memory.lines(NAME).count("ack 100") == 1


@pytest.mark.parametrize("written", ["a\x1b[31mb\n", "\n\n", "\udcff"])
def test_a_file_that_was_tampered_with_harms_nobody(tmp_path, written: str) -> None:
    (tmp_path / NAME).write_bytes(written.encode("utf-8", "surrogateescape"))
    for line in Memory(str(tmp_path)).lines(NAME):
        assert "\x1b" not in line
        assert line.strip()


def test_where_nothing_can_be_written_the_lines_live_as_long_as_the_desk(tmp_path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    memory = Memory(str(blocked / "desk"))
    History(memory).add("ack 1")
    assert History(memory).older("") == "ack 1"
