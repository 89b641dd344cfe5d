"""Values become plain data and come back the same; what cannot be read is refused with its place."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NewType

import pytest
import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from supporttui.domain.events import KINDS, Event, event_from, kind_of, payload
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import from_plain, to_plain
from supporttui.domain.sla.calendars import Calendar
from supporttui.domain.sla.targets import TargetSet

pytestmark = pytest.mark.core

Key = NewType("Key", str)


class Colour(StrEnum):
    red = "red"
    blue = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    size: int = 1
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Outer:
    key: Key
    colour: Colour = Colour.red
    inner: tuple[Inner, ...] = ()
    pair: tuple[int, str] = (0, "")
    choice: int | str = 0
    share: float = 0.0
    flag: bool = False
    tags: frozenset[Colour] = frozenset()
    sizes: Mapping[str, int] = field(default_factory=dict)
    day: date | None = None
    moment: datetime | None = None
    anything: Any = None


def test_fields_at_their_default_are_left_out():
    assert to_plain(Outer(Key("k"))) == {"key": "k"}
    assert to_plain(Outer(Key("k"), inner=(Inner(),), sizes={"a": 1})) == {"key": "k", "inner": [{}], "sizes": {"a": 1}}


def test_every_kind_of_value_comes_back():
    value = Outer(
        Key("k"), Colour.blue, (Inner(2, time(9, 30)),), (1, "x"), "text", 0.5, True,
        frozenset({Colour.red, Colour.blue}), {"a": 1}, date(2026, 3, 2), datetime(2026, 3, 2, 9), ["x"],
    )  # fmt: skip
    assert from_plain(Outer, json.loads(json.dumps(to_plain(value)))) == value
    assert from_plain(Outer, tomllib.loads(tomlkit.dumps(to_plain(value)))) == value


def test_toml_may_write_dates_and_times_as_its_own():
    text = 'key = "k"\nday = 2026-03-02\nmoment = 2026-03-02T09:00:00\ninner = [{at = 09:30:00}]'
    assert from_plain(Outer, tomllib.loads(text)) == Outer(
        Key("k"), inner=(Inner(at=time(9, 30)),), day=date(2026, 3, 2), moment=datetime(2026, 3, 2, 9)
    )


def test_a_whole_number_may_stand_for_a_fraction():
    share = from_plain(Outer, {"key": "k", "share": 1}).share
    assert (share, type(share)) == (1.0, float)


def test_a_set_is_written_in_one_order():
    assert to_plain(frozenset({Colour.red, Colour.blue})) == ["blue", "red"]


@pytest.mark.parametrize(
    ("data", "code", "where"),
    [
        ({}, "plain.missing", "key"),
        ({"key": 1}, "plain.type", "key"),
        ({"key": "k", "colour": "green"}, "plain.choice", "colour"),
        ({"key": "k", "colour": ["red"]}, "plain.choice", "colour"),
        ({"key": "k", "color": "red"}, "plain.unknown", "color"),
        ({"key": "k", "inner": [{}, {"size": "big"}]}, "plain.type", "inner[1].size"),
        ({"key": "k", "inner": [{"sise": 1}]}, "plain.unknown", "inner[0].sise"),
        ({"key": "k", "inner": {"size": 1}}, "plain.type", "inner"),
        ({"key": "k", "inner": "text"}, "plain.type", "inner"),
        ({"key": "k", "inner": [7]}, "plain.type", "inner[0]"),
        ({"key": "k", "pair": [1]}, "plain.type", "pair"),
        ({"key": "k", "pair": [1, 2]}, "plain.type", "pair[1]"),
        ({"key": "k", "choice": 0.5}, "plain.type", "choice"),
        ({"key": "k", "flag": 1}, "plain.type", "flag"),
        ({"key": "k", "inner": [{"size": True}]}, "plain.type", "inner[0].size"),
        ({"key": "k", "sizes": {"a": "b"}}, "plain.type", "sizes.a"),
        ({"key": "k", "sizes": [1]}, "plain.type", "sizes"),
        ({"key": "k", "day": "2026-02-30"}, "plain.type", "day"),
        ({"key": "k", "day": datetime(2026, 3, 2, 9)}, "plain.type", "day"),
        ({"key": "k", "moment": "soon"}, "plain.type", "moment"),
        ({"key": "k", "moment": "2026-03-02T09:00+01:00"}, "plain.type", "moment"),
        ({"key": "k", "moment": 5}, "plain.type", "moment"),
        ("text", "plain.type", "-"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data, code, where):
    with pytest.raises(BadInput) as refused:
        from_plain(Outer, data)
    assert (refused.value.code, refused.value.params["where"]) == (code, where)


def test_the_place_begins_where_the_reader_says():
    with pytest.raises(BadInput) as refused:
        from_plain(Outer, {"key": 1}, where="services[2]")
    assert refused.value.params["where"] == "services[2].key"


def test_a_refused_choice_names_what_is_allowed():
    with pytest.raises(BadInput) as refused:
        from_plain(Outer, {"key": "k", "colour": "green"})
    assert refused.value.params["allowed"] == "red, blue"


def test_keys_of_later_versions_are_ignored_in_stored_facts():
    assert from_plain(Outer, {"key": "k", "later": 1, "inner": [{"new": 2}]}, strict=False) == Outer(
        Key("k"), inner=(Inner(),)
    )


def test_a_value_is_taken_as_it_is():
    assert from_plain(Outer, {"key": "k", "inner": [Inner(3)]}).inner == (Inner(3),)


# --- the values that are stored -------------------------------------------------------------------

plain_values = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
fields = st.dictionaries(st.text(max_size=5), plain_values, max_size=3)


def events() -> st.SearchStrategy[Event]:
    special = {"undone": {"restores": fields}}
    return st.one_of([st.builds(kind, **special.get(word, {})) for word, kind in KINDS.items()])


@given(events())
def test_every_event_comes_back_from_its_payload(event):
    stored = json.loads(json.dumps(payload(event)))
    assert event_from(stored) == event
    assert stored["kind"] == kind_of(event)
    assert stored["v"] == 1


@given(st.from_type(Calendar))
def test_every_calendar_comes_back_from_json(calendar):
    assert from_plain(Calendar, json.loads(json.dumps(to_plain(calendar)))) == calendar


@given(st.from_type(TargetSet))
def test_every_set_of_targets_comes_back_from_json(targets):
    assert from_plain(TargetSet, json.loads(json.dumps(to_plain(targets)))) == targets
