"""Packs as text: what is written reads back to the same, and every value has its line."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui import packs
from supporttui.domain.people import Person
from supporttui.domain.periods.period import Dates, Fiscal, Period, PeriodHours, PeriodKind, Rule, Weeks
from supporttui.domain.replies import Template
from supporttui.domain.rota.schedule import IntendedGap, Layer, LayerMode, Override, Requirement, Restriction
from supporttui.domain.sla.calendars import Break, Holiday, OpenTimers, Season, SpecialDate
from supporttui.domain.sla.hours import Window
from supporttui.domain.sla.targets import Metric, Target
from supporttui.domain.states import State
from supporttui.packs.writing import to_toml
from supporttui.usecases.definitions.defining import Pack
from tests.builders import NOW, calendar, person, policy, refuses, rota, service, targets

pytestmark = pytest.mark.core

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.text("abcdefgh-_. é日\"'\\#[]{}=\n", max_size=8)
days = st.dates(date(1971, 1, 1), date(2090, 1, 1))
windows = st.builds(Window, st.just("08:00"), st.just("24:00"), st.tuples(st.integers(1, 7)))
several = st.lists(windows, max_size=3).map(tuple)
calendars = st.builds(
    calendar, id=names, name=texts, weekly=several,
    breaks=st.lists(st.builds(Break, st.just("12:00"), st.just("13:00"), name=texts), max_size=2).map(tuple),
    seasons=st.lists(st.builds(Season, texts, days, days, several, st.booleans()), max_size=2).map(tuple),
    special=st.lists(st.builds(SpecialDate, days, several, texts), max_size=2).map(tuple),
    holidays=st.lists(st.builds(Holiday, texts, days, st.none() | days, st.booleans(), several), max_size=3).map(tuple),
    open_timers=st.sampled_from(OpenTimers),
)  # fmt: skip
target_sets = st.builds(
    targets, name=texts,
    targets=st.lists(
        st.builds(
            Target, st.sampled_from(Metric), st.integers(0, 10**6), priority=st.none() | st.integers(1, 4),
            pauses=st.none() | st.frozensets(st.sampled_from(State), max_size=3), warn_percent=st.just((50, 90)),
            warn_offset=st.just((-600,)), days=st.integers(0, 3), name=texts, service=st.none() | names,
        ),
        max_size=4,
    ).map(tuple),
)  # fmt: skip
templates = st.builds(Template, names, texts=st.dictionaries(st.sampled_from(["en", "de", "pt-BR"]), texts, max_size=3))


@given(st.lists(calendars, max_size=2), st.lists(target_sets, max_size=2), st.lists(templates, max_size=2), texts)
def test_whatever_is_written_reads_back_to_equal_definitions(hours, promises, replies, about):
    pack = Pack("x", about, calendars=tuple(hours), target_sets=tuple(promises), templates=tuple(replies))
    assert packs.parse(to_toml(pack), zone="UTC") == pack


def full() -> Pack:
    """A pack in which nothing is as it is by default."""
    first, second = rota().layers
    planned = (*first.rotations, *(one for one in second.rotations))
    extra = Layer(
        "adds", planned, LayerMode.adds, (Restriction(time(9), time(17, 30), (1, 2)),), zone="Asia/Tokyo",
        valid_from=NOW, valid_to=NOW + 86_400, elastic_end=True, holiday_as=7, holidays=(date(2026, 5, 1),),
    )  # fmt: skip
    night = rota(
        layers=(first, second, extra), holidays=(date(2026, 12, 25),), required_languages=("de",), fallback="zoe",
        overrides=(Override("x", "add", NOW, NOW + 60, "ana"),),
        intended_gaps=(IntendedGap(NOW, NOW + 60, "moving"),), requirements=(Requirement((Restriction(),), 2),),
    )  # fmt: skip
    end = Period(
        "end", "Year end", PeriodKind.period_end, "UTC", ("mail",), (Dates(date(2026, 12, 30), date(2026, 12, 31)),),
        Rule(last=3, fiscal=Fiscal(4, Weeks.w445)), hours=PeriodHours((Window("06:00", "22:00"),), instead=True),
    )  # fmt: skip
    ana = person(valid_from=NOW, valid_to=NOW + 86_400)
    return Pack(
        "full", calendars=(calendar(),), target_sets=(targets(),), people=(ana, person("Ben", role="lead")),
        rotas=(night,), policies=(policy(),), services=(service(), service("erp")), periods=(end,),
        templates=(Template("done", texts={"en": 'Dear all,\n\nit is "done".\n', "de": "Ja"}),),
        site={"categories": "a, b", "odd key": ""},
    )  # fmt: skip


@pytest.mark.parametrize("pack", [full(), *(packs.starter(name, zone="Asia/Tokyo") for name in packs.starters()),
                                  packs.demo_site()], ids=lambda pack: pack.name)  # fmt: skip
def test_every_shipped_pack_reads_back(pack):
    again = packs.parse(to_toml(pack), zone="UTC")
    assert again.rotas == pack.rotas
    assert again == pack


def test_instants_are_written_as_times_in_utc():
    assert "valid_from = 2026-03-02T02:20:00Z" in to_toml(Pack("x", people=(person(valid_from=NOW),)))


def test_nothing_that_may_be_left_out_stands_for_something_else_than_nothing():
    """TOML has no null: a field that may be None must be None where it is left out."""
    assert [
        name for name, field, hint in _fields(Pack) if type(None) in get_args(hint) and field.default is not None
    ] == []


def _fields(kind: Any, seen: frozenset[Any] = frozenset()) -> Iterator[tuple[str, Any, Any]]:
    if is_dataclass(kind) and kind not in seen:
        hints = get_type_hints(kind)
        for field in fields(kind):
            yield f"{kind.__name__}.{field.name}", field, hints[field.name]
            yield from _fields(hints[field.name], seen | {kind})
    for inner in get_args(kind):
        yield from _fields(inner, seen)


@pytest.mark.parametrize("path", ["calendars[0].zone", "people[1].role", "services[1].id", "rotas[0].layers[2].name",
                                  "target_sets[0].targets[5].seconds", "templates[0].texts.de"])  # fmt: skip
def test_a_fault_is_found_in_its_line(path):
    text = to_toml(full())
    line = packs.places.line_of(text, path)
    value: Any = full()
    for name in path.replace("[", ".").replace("]", "").split("."):
        value = value[int(name)] if name.isdigit() else value[name] if isinstance(value, dict) else getattr(value, name)
    assert str(value) in text.split("\n")[line - 1]


def test_what_is_missing_is_sought_where_it_should_stand():
    text = 'name = "x"\n\n[[calendars]]\nid = "a"\n\n[[calendars]]\nid = "b"\n'
    found = list(packs.faults(text, zone="UTC"))
    assert [(fault.params["where"], packs.line(text, fault)) for fault in found] == [
        *((f"calendars[0].{name}", 3) for name in ("name", "zone", "weekly")),
        *((f"calendars[1].{name}", 6) for name in ("name", "zone", "weekly")),
    ]


def test_text_that_is_no_toml_says_its_line():
    (fault,) = packs.faults("name = 'x'\nabout = [1,\n", zone="UTC")
    assert (fault.code, packs.line("name = 'x'\nabout = [1,\n", fault)) == ("pack.toml", 3)


@pytest.mark.parametrize("text", ["a = " + "[" * 5000, ".".join("a" * 5000) + " = 1"])
def test_text_nested_without_end_is_refused_as_no_toml(text):
    assert [fault.code for fault in packs.faults(text, zone="UTC")] == ["pack.toml"]


def test_what_a_value_refuses_itself_has_its_place_too():
    text = 'name = "x"\n[[policies]]\nid = "p"\nname = "P"\nrounds = 0\nsteps = []\n'
    (fault,) = packs.faults(text, zone="UTC")
    assert (fault.code, packs.line(text, fault)) == ("policy.positive", 2)
    with refuses("policy.positive"):
        packs.parse(text, zone="UTC")


def test_a_person_needs_no_more_than_id_and_name():
    assert packs.parse('name = "x"\n[[people]]\nid = "a"\nname = "A"\n', zone="UTC").people == (Person("a", "A"),)
