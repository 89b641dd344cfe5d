"""Of an answer what was written is told from what it quotes, whatever program and language; nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.incoming.quotes import Split, split

pytestmark = pytest.mark.core

OUTLOOK = """From: Desk <desk@example.org>
Sent: Monday, 2 March 2026 03:20
To: Ana
Subject: T-1042"""
GERMAN = """Von: Desk <desk@example.org>
Gesendet: Montag, 2. März 2026 03:20
An: Ana
Betreff: T-1042"""
JAPANESE = """差出人: Desk <desk@example.org>
送信日時: 2026年3月2日 3:20
件名: T-1042"""


@pytest.mark.parametrize(
    "quote",
    [
        "> Is it?",
        "> Is it?\n>\n>> It was.",
        "On Mon, 2 Mar 2026 at 03:20, Ana <ana@example.org> wrote:\n\n> Is it?\n",
        "On Mon, 2 Mar 2026 at 03:20, Ana Whose Name Is Rather Long\n<ana@example.org> wrote:\n> Is it?",
        "Am Mo., 2. März 2026 um 03:20 Uhr schrieb Ana <ana@example.org>:\n> Is it?",
        "2026年3月2日(月) 3:20 Ana <ana@example.org>:\n> Is it?",
        "> Is it?\n\n-- \nAna",
        f"-----Original Message-----\n{OUTLOOK}\n\nIs it?\n\nRegards\nDesk",
        f"________________________________\n{GERMAN}\n\nIs it?",
        f"-----Ursprüngliche Nachricht-----\n\n{GERMAN}\n\nIs it?",
        JAPANESE,
    ],
)
def test_what_stands_below_is_cut(quote):
    found = split(f"It is back.\n\nThanks\nBen\n\n{quote}")
    assert found == Split("It is back.\n\nThanks\nBen", quote.rstrip("\n"))


def test_what_alone_stands_above_is_cut():
    assert split("On 2 March Ana wrote:\n> Is it?\n\nIt is.") == Split("It is.", "On 2 March Ana wrote:\n> Is it?")


def test_own_words_just_before_a_quote_stay():
    found = split("It is back.\nOn 2 March Ana wrote:\n> Is it?")
    assert found == Split("It is back.", "On 2 March Ana wrote:\n> Is it?")
    assert split("It says:\n> error") == Split("It says:", "> error")


@pytest.mark.parametrize(
    "body",
    [
        "",
        "It is back.",
        "> Is it?",
        "> Is it?\nYes.\n> Since when?\nSince noon.",
        "Yes.\n> Since when?\nSince noon.",
        "From: here\nTo: there",
        "Host: db1\nState: down 10:30\nDisk: full",
        "Two things:\n---\nthe first\n---\nthe second",
    ],
)
def test_where_it_is_not_certain_all_of_it_stays(body):
    assert split(body) == Split(body, "")


pieces = st.sampled_from([
    "word", "", "> quoted", ">> twice", "On 2 March Ana wrote:", "-- ", "-----Original Message-----", *OUTLOOK.split("\n"),
])  # fmt: skip


@given(st.lists(pieces, max_size=14))
def test_every_line_is_in_one_of_both_and_something_is_always_said(lines):
    found = split("\n".join(lines))
    both = sorted(line.rstrip() for part in found for line in part.splitlines() if line.strip())
    assert both == sorted(line.rstrip() for line in lines if line.strip())
    assert found.text.strip() or not any(line.strip() for line in lines)
