"""Views: the built-in ones, and what becomes of them under a filter."""

import pytest

from supporttui.domain.filter import Names, parse
from supporttui.domain.filter.forecasts import FORECASTS as WORDS
from supporttui.domain.queue import EVERYTHING, And, Or, Words
from supporttui.domain.views import (
    BUILT_IN,
    COLUMNS,
    DEFAULT_COLUMNS,
    FORECASTS,
    OPEN,
    View,
    built_in,
    narrowed,
    speaks_of_state,
)
from tests.builders import NOW

pytestmark = pytest.mark.core


def test_each_word_for_what_will_fall_due_has_a_view() -> None:
    assert [view.query for view in FORECASTS] == [f"is:open is:{word}" for word in WORDS]


def test_everybody_has_the_same_twelve_and_owns_none_of_them() -> None:
    assert BUILT_IN == (
        "mine", "team", "unassigned", "breaching", "all", "this_shift", "next_shift", "unattended",
        "stagnation", "attention", "early", "promises",
    )  # fmt: skip
    assert all(view.is_built_in and view.id == view.name for view, _ in built_in(()))
    assert not View("v", "Mine", "", owner="ana").is_built_in


def test_whoever_has_no_team_sees_every_team_s_tickets_as_the_team_s() -> None:
    views = {view.id: (view.query, node) for view, node in built_in(())}
    assert views["team"] == ("is:open", And((OPEN,)))


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("is:closed", True),
        ("-is:open", True),
        ("state:resolved", True),
        ("id:7", True),
        ("T-7", True),
        ("ref:INC7", True),
        ("a (b OR is:closed)", True),
        ("is:mine", False),
        ("a -b OR priority:1", False),
        ("", False),
    ],
)
def test_which_filters_say_what_states_they_want(text: str, speaks: bool) -> None:
    assert speaks_of_state(parse(text, Names(), NOW, "UTC")) == speaks


def test_only_a_built_in_view_gives_way_to_what_a_filter_says_of_states() -> None:
    mine = And((OPEN, Words("x")))
    closed = parse("is:closed", Names(), NOW, "UTC")
    assert narrowed(mine, closed, built_in=True) == And((Words("x"), closed))
    assert narrowed(mine, closed, built_in=False) == And((mine, closed))
    assert narrowed(mine, Words("y"), built_in=True) == And((mine, Words("y")))
    assert narrowed(Or(()), closed, built_in=True) == And((Or(()), closed))
    assert narrowed(EVERYTHING, closed, built_in=True) == And((EVERYTHING, closed))


def test_the_usual_columns_are_among_those_to_choose() -> None:
    assert set(DEFAULT_COLUMNS) < set(COLUMNS)
