"""Who is on call, and the plan of a week, as screens and commands read them."""

from importlib import import_module
from itertools import pairwise

import pytest

from supporttui.domain.rota.schedule import Override, OverrideKind
from supporttui.usecases import rota
from tests.builders import NOW, Desk, refuses

pytestmark = pytest.mark.core

WEEK = 7 * 86_400


def test_a_plan_tiles_the_span_per_layer_and_per_level(desk: Desk) -> None:
    (plan,) = desk.ask(rota.plan, NOW, NOW + WEEK, now=NOW)
    assert (plan.rota.name, set(plan.layers), set(plan.levels)) == ("Night", {"first", "second"}, {1, 2})
    for pieces in (*plan.layers.values(), *plan.levels.values()):
        assert pieces[0].span.start == NOW
        assert pieces[-1].span.end == NOW + WEEK
        assert all(a.span.end == b.span.start for a, b in pairwise(pieces))
    assert plan.gaps == ()
    assert plan.names == {"ana": "Ana", "ben": "Ben", "mia": "Mia"}
    assert [line.people for line in plan.now] == [("ben",), ("mia",)]


def test_an_override_moves_the_final_plan_and_not_the_layer(desk: Desk) -> None:
    away = Override("o1", OverrideKind.remove, NOW, NOW + 3600, person="ben", created_at=NOW)
    with desk.store.write() as tx:
        tx.definitions.put("night", away)
    (plan,) = desk.ask(rota.plan, NOW, NOW + 7200)
    assert plan.layers["first"][0].people == ("ben",)
    assert plan.levels[1][0].people == ()
    assert [(gap.span.start, gap.span.end) for gap in plan.gaps] == [(NOW, NOW + 3600)]
    assert plan.now[0].cause == "gap.removed"


def test_on_call_is_answered_for_all_rotas_or_for_one_service(desk: Desk) -> None:
    first, second = desk.ask(rota.who, NOW)
    assert (first.rota_name, first.people, first.until, first.next) == ("Night", ("ben",), NOW + 16_800, ("ana",))
    assert (second.people, second.until, second.next) == (("mia",), None, ())
    assert desk.ask(rota.who, NOW, "mail") == (first, second)
    with refuses("service.unknown"):
        desk.ask(rota.who, NOW, "nothing")


def test_what_the_package_brings_later_is_what_it_says() -> None:
    """A module of the same name would take its place as soon as it is loaded."""
    for module, found in rota._LATER.items():
        loaded = import_module(f"supporttui.usecases.rota.{module}")
        for name in found:
            assert getattr(rota, name) is getattr(loaded, name)
    assert not {name for found in rota._LATER.values() for name in found} & set(rota._LATER)
