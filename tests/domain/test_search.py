"""What is searched of a ticket, and where a word of a filter fits in it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from supporttui.domain.events import Acknowledged, Noted, Replied, RequesterWrote, State, StateChanged, Voided
from supporttui.domain.filter.search import (
    NOTES_LIMIT,
    TEXT_LIMIT,
    WORD_LIMIT,
    beginning_of,
    head_of,
    needle,
    notes_of,
)
from supporttui.domain.queue import Words
from supporttui.domain.text import fold
from supporttui.domain.tickets import Reference
from tests.builders import ticket
from tests.filter_oracle import holds
from tests.texts import some_text

pytestmark = pytest.mark.core


def found(wanted: str, text: str, *, whole: bool = False) -> bool:
    """Whether a word finds a note."""
    return holds(notes_of([Noted(text)]), needle(Words(fold(wanted), whole)))


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("strasse", "Straße 7"),
        ("STRASSE", "Straße 7"),
        ("Mull", "Müllabfuhr"),
        ("muller", "Mu\u0308ller"),  # the umlaut as a mark of its own
        ("cert", "Certificate expired"),
        ("2026", "am ２０２６-11-23"),
        ("ｖｐｎ", "VPN down"),
        ("o'neil", "O’Neil called"),
        ("eu-west", "node in EU West 2"),
        ("error:0x80", "Error: 0x8007"),
        ("inc0000161", "siehe INC0000161!"),
        ("東", "本社は東京都"),
        ("京", "東京"),
        ("京都", "東京都庁"),
        ("東京都庁", "新東京都庁舎"),
        ("東京VPN", "東京 VPN 接続"),
        ("接続障害", "VPN接続障害発生"),
        ("ネットワーク", "社内ネットワーク"),
        ("ﾈｯﾄﾜｰｸ", "社内ネットワーク"),
        ("网络故障", "总部网络故障"),
        ("서울", "서울사무소"),
        ("사무", "서울사무소"),
        ("เครือข่าย", "ปัญหาเครือข่ายล่ม"),
        ("🔥", "alarm 🚨🔥 now"),
        ("👩\u200d💻", "von 👩\u200d💻 gemeldet"),
        ("नेटवर्क", "नेटवर्क बंद"),
        ("сет", "Сеть недоступна"),
        ("%", "anything"),
        ('"', "anything"),
        ("", "anything"),
    ],
)
def test_is_found(wanted: str, text: str) -> None:
    assert found(wanted, text)


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("ull", "Müllabfuhr"),  # words are found by their beginning
        ("eu-west", "west eu"),
        ("zurichstrasse", "Zürich Straße"),
        ("京大", "東京・大阪"),
        ("東京都庁", "東京 都庁"),
        ("北京", "東京"),
        ("a", ""),
        ("vpnx", "vpn"),
    ],
)
def test_is_not_found(wanted: str, text: str) -> None:
    assert not found(wanted, text)


def test_quoted_words_are_whole_and_side_by_side() -> None:
    assert found("log file", "the log file", whole=True)
    assert not found("log fil", "the log file", whole=True)
    assert not found("log", "login", whole=True)
    assert found("log", "login")
    assert not found("log file", "log of a file", whole=True)


def test_nothing_is_side_by_side_across_two_texts() -> None:
    head = head_of(ticket(title="Disk", text="full"))
    assert holds(head, needle(Words("disk")))
    assert holds(head, needle(Words("full")))
    assert not holds(head, needle(Words("disk full")))
    assert not holds(notes_of([Noted("full"), Noted("disk")]), needle(Words("disk full")))


def test_everything_that_is_said_of_a_ticket_is_searched() -> None:
    head = head_of(
        ticket(title="t1", requester="r1", category="c1", text="x1", references=(Reference("snow", "INC1"),))
    )
    for word in ("1042", "t1", "r1", "c1", "x1", "inc1"):
        assert holds(head, needle(Words(word))), word
    said = (Noted("n1"), Replied("p1"), RequesterWrote("w1"), StateChanged(State.resolved, text="s1"), Voided("v1"))
    for word in ("n1", "p1", "w1", "s1", "v1"):
        assert holds(notes_of(said), needle(Words(word))), word
    assert notes_of([Acknowledged("ana"), StateChanged(State.active)]) == ""


def test_a_field_is_found_by_its_beginning_and_by_nothing_else() -> None:
    head = head_of(ticket(title="Shop OPS-1", requester="Shop & Söhne", references=(Reference("jira", "NET 7/a"),)))
    for field, value in (
        ("requester", "shop"),
        ("requester", "shop & so"),
        ("ref", "net 7/a"),
        ("ref", ""),
        ("ref", "n"),
    ):
        assert holds(head, beginning_of(field, value)), value
    for field, value in (
        ("requester", "sohne"),
        ("ref", "ops"),
        ("ref", "7"),
        ("ref", "net 7/ab"),
        ("requester", "net"),
    ):
        assert not holds(head, beginning_of(field, value)), value


@given(some_text, st.data())
def test_a_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    """From where a word begins, or anywhere in a script without spaces."""
    folded = fold(text)
    starts = [place for place, char in enumerate(folded) if _begins(folded, place)]
    assume(starts)
    start = data.draw(st.sampled_from(starts))
    assert found(folded[start : data.draw(st.integers(start + 1, len(folded)))], text)


def _begins(text: str, place: int) -> bool:
    before, char = text[place - 1 : place], text[place]
    return not before.isalnum() and not unicodedata.combining(char) and (not before or before.isascii())


@given(some_text, some_text)
def test_what_was_said_is_the_same_however_it_came(first: str, second: str) -> None:
    together = notes_of([Noted(first), Noted(second)])
    assert notes_of([Noted(second)], notes_of([Noted(first)])) == together
    assert "\n" not in together
    assert together == "" or (together[0] == " " and together[-1] != " " and "  " not in together)


@given(st.lists(st.integers(1, NOTES_LIMIT), max_size=5), st.lists(st.sampled_from(["a", "disk " * 40]), max_size=3))
def test_the_newest_is_kept_and_a_cut_depends_on_nothing_else(lengths: list[int], later: list[str]) -> None:
    events = [Noted("x y " * (length // 4)) for length in lengths] + [Noted(text) for text in later]
    one_by_one = ""
    for event in events:
        one_by_one = notes_of([event], one_by_one)
    assert one_by_one == notes_of(events)
    assert len(one_by_one) <= NOTES_LIMIT
    assert not later or holds(one_by_one, needle(Words(later[-1].split()[0])))


def test_what_is_long_is_cut_alike_in_texts_and_in_words() -> None:
    endless = "x" * 5_000
    assert found(endless, endless)
    assert all(len(token) <= WORD_LIMIT for token in needle(Words(endless)).tokens)
    assert not found("end", "word " * TEXT_LIMIT + "end")
