"""Columns of the queue: which fit, in which order they give way, how they scroll, and what they show. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.queue import SortBy
from supporttui.domain.states import Kind
from supporttui.domain.views import COLUMNS, DEFAULT_COLUMNS, SUBJECT
from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.cells import cell_width
from supporttui.i18n.countdown import ENGLISH
from supporttui.tui.queue import columns
from supporttui.tui.queue.arranging import Choosing, lines
from supporttui.tui.queue.columns import DROPPED_FIRST, Reader, cell, layout
from supporttui.tui.queue.reads import Arrangement
from supporttui.tui.queue.view import look
from supporttui.usecases.views import QueueItem
from tests.builders import NOW, row

WORDS = load("en", "UTC", {})
some_columns = st.permutations(COLUMNS).flatmap(
    lambda order: st.integers(0, len(order)).map(lambda n: tuple(dict.fromkeys((*order[:n], SUBJECT))))
)


@pytest.mark.parametrize("language", languages())
def test_every_heading_fits_its_column(language):
    words = load(language, "UTC", {})
    headings = {one.id: (words.p(*one.heading), one.width) for one in columns.COLUMNS.values() if one.width}
    assert [key for key, (text, width) in headings.items() if cell_width(text) > width] == []


def shown(width: int, chosen: tuple[str, ...] = COLUMNS, **options) -> list[str]:
    found = layout(width, ids=6, units=ENGLISH, chosen=chosen, **options)
    names = [column.id for column in found.columns]
    return [*names[: found.before], SUBJECT, *names[found.before :]] if found.subject else names


def test_every_column_has_a_heading_a_cell_and_a_place_among_those_that_give_way() -> None:
    assert set(columns.COLUMNS) == set(columns.CELLS) == set(COLUMNS)
    assert set(DROPPED_FIRST) == set(COLUMNS) - {SUBJECT}


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (60, "priority state subject who"),
        (80, "priority state subject who attention"),
        (100, "priority state subject who service attention"),
        (120, "priority state subject who service team resolver attention"),
        (160, "priority state subject who service team resolver reference attention chases hops worked due"),
        (240, " ".join(COLUMNS)),
    ],
)
def test_all_columns_give_way_in_the_stated_order(width: int, expected: str) -> None:
    assert " ".join(shown(width)) == expected


@given(st.integers(40, 260), some_columns)
def test_what_gives_way_does_so_in_its_order_whatever_was_chosen(width: int, chosen: tuple[str, ...]) -> None:
    here = shown(width, chosen)
    assert [name for name in chosen if name in here] == here
    gone = [DROPPED_FIRST.index(name) for name in chosen if name not in here]
    left = [DROPPED_FIRST.index(name) for name in here if name != SUBJECT]
    assert SUBJECT in here
    assert not gone or not left or max(gone) < min(left)


@given(st.integers(40, 260), some_columns, st.integers(0, 20))
def test_a_row_fills_the_width_however_columns_are_chosen_and_scrolled(
    width: int, chosen: tuple[str, ...], skip: int
) -> None:
    seen = look(WORDS, width, me="ana", prefix="T-", widest=1042, unicode=False, columns=chosen, skip=skip)
    made = seen.row(QueueItem(row(title="漢字 " * 40, requester="漢" * 40, category="x" * 99), None), {}, NOW)
    runs = seen.runs(made, now=NOW, cursor=False, marked=False)
    assert cell_width("".join(text for _, text in runs)) == width
    assert cell_width("".join(text for _, text in seen.heading())) == width


@given(st.integers(50, 120), some_columns)
def test_every_column_can_be_scrolled_to(width: int, chosen: tuple[str, ...]) -> None:
    seen: set[str] = set()
    for skip in range(len(chosen) + 1):
        seen |= set(shown(width, chosen, skip=skip))
    assert seen == set(chosen)


def test_scrolling_ends_where_the_last_column_is_seen_and_begins_only_where_some_are_hidden() -> None:
    far = layout(80, ids=6, units=ENGLISH, chosen=DEFAULT_COLUMNS, skip=99)
    assert far.columns[-1].id == "age"
    assert 0 < far.skipped < len(DEFAULT_COLUMNS)
    assert layout(160, ids=6, units=ENGLISH, chosen=DEFAULT_COLUMNS, skip=3).skipped == 0


@pytest.mark.parametrize(
    ("column", "text", "deviations"),
    [
        ("team", "Desk", {}),
        ("resolver", "Desk", {}),
        ("resolver", "Vendor", {"resolver": "vendor"}),
        ("category", "line a", {"category": "line a"}),
        ("kind", "request", {"kind": Kind.request}),
        ("reference", "INC7 +1", {"references": ("INC7", "OPS-1")}),
        ("reference", "", {}),
        ("language", "de", {"language": "de"}),
        ("followers", "2", {"followers": "\x1fana\x1fben\x1f"}),
        ("followers", "", {}),
        ("due", "", {"due": None}),
        ("updated", "2h", {"updated_at": NOW - 7300}),
        ("who", "you", {"owner": "ana"}),
        ("who", "Ben", {"owner": "ben"}),
        ("who", "-", {"owner": None}),
    ],
)
def test_what_a_column_shows(column: str, text: str, deviations: dict) -> None:
    names = {"desk": "Desk", "vendor": "Vendor", "ben": "Ben"}
    reader = Reader(WORDS, ENGLISH, "ana", names, NOW)
    assert cell(reader, column, row(**{"team": "desk", **deviations})) == text


# --- choosing ---------------------------------------------------------------------------------------------


@given(some_columns, st.lists(st.sampled_from(["moved", "turned", "picked", "shifted", "reversed", "reset"])))
def test_whatever_is_pressed_gives_an_arrangement_with_the_subject(chosen: tuple[str, ...], keys: list[str]) -> None:
    choosing = Choosing.of(Arrangement(SortBy.created, columns=chosen))
    assert choosing.arrangement == Arrangement(SortBy.created, columns=chosen)
    for key in keys:
        method = getattr(choosing, key)
        choosing = method(1) if key in ("moved", "shifted") else method()
        assert SUBJECT in choosing.arrangement.columns
        assert set(choosing.columns) == set(COLUMNS)
        assert any(text.startswith(">") for line in lines(WORDS, choosing, 80, 10) for _, text in line)
