"""The queue in cells: columns, signs, foreign text, pages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui import early
from supporttui.domain.ids import TicketId
from supporttui.domain.queue import SortBy
from supporttui.domain.sla.timer import Segment, SortBucket, SortKey
from supporttui.domain.spans import Instant
from supporttui.domain.views import FORECASTS, built_in
from supporttui.i18n.catalogue import load
from supporttui.i18n.cells import cell_width
from supporttui.i18n.countdown import ENGLISH
from supporttui.tui.queue import paging
from supporttui.tui.queue.view import ViewsBar, empty_text, layout, limits, look, views_runs
from supporttui.tui.terminal import FORBIDDEN
from supporttui.usecases.views import QueueItem, QueuePage
from tests.builders import NOW, row

WORDS = load("en", "UTC", {})


def item(number: int = 1042, left: int = 3600, *, running: bool = True, **deviations: object) -> QueueItem:
    made = row(id=number, seconds=14_400, sort=SortKey(SortBucket.due, NOW + left), **deviations)
    return QueueItem(made, Segment(left, NOW, Instant(NOW + 10**6), running))


def line(found: QueueItem, *, width: int = 80, now: int = NOW, cursor: bool = False, unicode: bool = False) -> str:
    seen = look(WORDS, width, me="ana", prefix="T-", widest=found.row.id, unicode=unicode)
    made = seen.row(found, {}, NOW)
    return "".join(text for _, text in seen.runs(made, now=Instant(now), cursor=cursor, marked=False))


@given(st.integers(40, 300))
def test_a_row_is_as_wide_as_the_window_whatever_its_width(width: int) -> None:
    assert cell_width(line(item(title="漢字 and a long title " * 20), width=width)) == width


@pytest.mark.parametrize(
    ("width", "columns"),
    [
        (60, "priority state who"),
        (80, "priority state who"),
        (100, "priority state who service"),
        (160, "priority state who service requester age"),
        (40, "priority"),
    ],
)
def test_columns_give_way_in_their_order_and_the_subject_never(width: int, columns: str) -> None:
    """Age first, then requester, service, who, state, priority; id, countdown and subject stay."""
    found = layout(width, ids=6, units=ENGLISH)
    assert " ".join(column.id for column in found.columns) == columns
    assert found.subject > 0


def test_only_the_view_of_everything_open_says_that_nobody_waits():
    views = {view.id: view for view in (*(view for view, _ in built_in(())), *FORECASTS)}
    told = {name: empty_text(WORDS, "", view=view) for name, view in views.items()}
    assert [name for name, text in told.items() if "Nobody waits" in text] == ["all"]
    assert empty_text(WORDS, "is:breached", view=views["all"]).startswith('No ticket matches "is:breached"')


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_an_age_is_never_cut_in_any_language(language: str) -> None:
    words = load(language, "UTC", {})
    seen = look(words, 200, me="ana", prefix="T-", widest=1042, unicode=False)
    for age in (59, 3599, 35_999, 86_399, 863_999, 8_640_000):
        made = seen.row(item(), {}, Instant(NOW + age))
        assert not made.tail.endswith("~")


@pytest.mark.parametrize(
    ("left", "sign", "text"),
    [
        (-720, "X", "-12m"),
        (480, "!", "8m"),
        (2460, "~", "41m"),
        (11_400, " ", "3h10m"),
        (0, "!", "0m"),
        (-1, "X", "-1m"),
    ],
)
def test_the_sign_and_the_countdown_stand_in_front(left: int, sign: str, text: str) -> None:
    shown = line(item(left=left))
    assert shown[1] == sign
    assert shown[:17].split()[-1] == text


def test_a_countdown_goes_on_by_itself_and_the_sign_with_it() -> None:
    found = item(left=2000)
    assert line(found)[1] == "~"
    assert line(found, now=NOW + 600)[1] == "!"
    assert line(found, now=NOW + 2001)[1] == "X"


def test_a_closed_service_stands_and_says_so() -> None:
    found = item(left=7200, running=False)
    assert "2h00m*" in line(found)
    assert line(found) == line(found, now=NOW + 5000)


def test_a_paused_ticket_says_hold() -> None:
    found = QueueItem(row(sort=SortKey(SortBucket.paused, 500)), Segment(500, NOW, NOW, running=False, paused=True))
    assert line(found)[1] == "="
    assert "hold" in line(found)


def test_a_ticket_without_a_promise_has_no_countdown() -> None:
    assert line(QueueItem(row(), None))[1] == "-"


@given(st.integers(60, 10**6))
def test_the_limits_are_those_of_the_domain(seconds: int) -> None:
    critical, at_risk = limits(seconds)
    assert critical == max(900, seconds // 10)
    assert at_risk == max(3600, seconds // 4)


@given(st.text(max_size=60))
def test_nothing_that_a_terminal_obeys_is_left_of_a_title(title: str) -> None:
    shown = line(item(title=title, requester=title), width=160)
    assert FORBIDDEN.search(shown) is None


@pytest.mark.parametrize("language", ["en", "de", "ja"])
@pytest.mark.parametrize("width", [40, 60, 80, 160])
def test_the_row_of_views_fits(language: str, width: int) -> None:
    words = load(language, "UTC", {})
    labels = [(words.p("view", name), "99+") for name in ("Mine", "Team", "Unassigned", "Breaching", "All")]
    bar = ViewsBar(labels, 1, SortBy.sla, place=3, total=14, waiting=3, filter="is:breached " * 9)
    assert cell_width("".join(text for _, text in views_runs(words, bar, width))) == width


@pytest.mark.parametrize("language", ["en", "de", "ja"])
def test_the_view_and_the_beginning_of_its_filter_are_seen_beside_marks(language: str) -> None:
    words = load(language, "UTC", {})
    labels = [(words.p("view", name), "28") for name in ("Mine", "Team", "Unassigned", "Breaching", "All")]
    bar = ViewsBar(labels, 4, SortBy.created, place=1, total=28, marked=28, filter="is:at_risk team:network")
    shown = "".join(text for _, text in views_runs(words, bar, 80))
    assert f"[{words.p('view', 'All')} 28] /is:at_risk" in shown


# --- pages ------------------------------------------------------------------------------------------------


def page(numbers: list[int], total: int = 100) -> QueuePage:
    return QueuePage(tuple(item(n) for n in numbers), 1, NOW, total, {})


def numbers(part: paging.Part) -> list[int]:
    return [found.row.id for found in part.items]


def test_marks_that_are_not_listed_are_counted_beside_the_others_and_a_space_keeps_views_and_order_apart() -> None:
    labels = [("Mine", "2"), ("Team", "12"), ("Unassigned", "15"), ("Breaching", "3"), ("All", "37"), ("night", "12")]
    hidden = ViewsBar(labels, 1, SortBy.sla, place=1, total=3, marked=12, hidden=9, filter="prio:1,2")
    assert "/prio:1,2 12 marked, 9 not listed  by SLA  1 of 3 " in "".join(
        text for _, text in views_runs(WORDS, hidden, 80)
    )
    full = ViewsBar(labels, 5, SortBy.sla, place=1, total=12)
    assert "[night 12] " in "".join(text for _, text in views_runs(WORDS, full, 80))


def test_pages_are_put_together_in_both_directions_and_what_is_far_is_let_go() -> None:
    part = paging.first(page([1, 2, 3, 4]), 4)
    part = paging.after(part, page([5, 6, 7, 8]), 4, most=6)
    assert (numbers(part), part.offset, part.before.id if part.before else 0) == ([3, 4, 5, 6, 7, 8], 2, 2)
    part = paging.ahead(part, page([1, 2]), 4, most=6)
    assert (numbers(part), part.offset, part.before) == ([1, 2, 3, 4, 5, 6], 0, None)
    assert part.more_after


def test_the_end_of_a_list_knows_its_place() -> None:
    part = paging.end(page([97, 98, 99, 100]), 4)
    assert (numbers(part), part.offset, part.more_after) == ([98, 99, 100], 97, False)


@given(st.lists(st.integers(1, 30), unique=True, min_size=1), st.lists(st.integers(1, 30), unique=True), st.data())
def test_the_ticket_under_the_cursor_is_there_after_every_reading(
    old: list[int], new: list[int], data: st.DataObject
) -> None:
    cursor = data.draw(st.integers(0, len(old) - 1))
    part = paging.again(paging.first(page(old), 99), page(new), 99, cursor=cursor)
    assert old[cursor] in numbers(part)
    assert len(set(numbers(part))) == len(part.items)
    assert [n for n in numbers(part) if n != part.ghost] == new


def test_a_ghost_keeps_the_names_that_its_page_no_longer_has() -> None:
    before = replace(paging.first(page([1, 2]), 99), names={"lena": "Lena Çelik", "ana": "Ana"})
    part = paging.again(before, replace(page([2]), names={"ana": "Ana P."}), 99, cursor=0)
    assert (part.ghost, part.names) == (1, {"lena": "Lena Çelik", "ana": "Ana P."})


def test_other_contents_change_no_place() -> None:
    part = paging.first(page([1, 2, 3]), 99)
    changed = paging.updated(part, [item(2, title="new")])
    assert numbers(changed) == [1, 2, 3]
    assert changed.items[1].row.title == "new"
    assert paging.unknown(part, page([2, 3, 4, 5])) == 2


def test_the_first_frame_and_the_app_make_the_same_row() -> None:
    """One formatter: what the early frame prints is what the list shows."""
    seen = look(WORDS, 80, me="ana", prefix="T-", widest=1042, unicode=False)
    made = seen.row(item(), {}, NOW)
    direct = early.row_runs(made, units=seen.units, glyphs=seen.glyphs, sla_width=seen.layout.sla, now=NOW, cursor=True)
    assert tuple(seen.runs(made, now=NOW, cursor=True, marked=False)) == direct
    assert made.id == TicketId(1042)
