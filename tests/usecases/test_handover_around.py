"""Around the world: a day in Berlin gives to a day in Tokyo on another rota, and takes it back; each in own words."""

from datetime import datetime, time

import pytest

from supporttui.domain.faults import NotFound
from supporttui.domain.ids import RotaId
from supporttui.domain.rota.schedule import Layer, LayerMode, Restriction, Rota, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.states import Role
from supporttui.i18n.catalogue import load
from supporttui.i18n.notices import subject_and_body
from supporttui.storage import SqlStore
from supporttui.usecases import tickets
from supporttui.usecases.handover import reading, taking, writing
from tests.builders import NOW, Desk, MovableClock, person, refuses, service, site

pytestmark = pytest.mark.core

EIGHT = Instant(NOW + 16_800)
"""08:00 in Berlin, 16:00 in Tokyo: there one day ends and here another begins."""


def day(key: str, name: str, zone: str, who: str) -> Rota:
    hours = Restriction(time(8), time(16))
    first = Layer("day", (Rotation(datetime(2026, 1, 5, 8), ((who,),), unit=Unit.day),), restrictions=(hours,))
    return Rota(RotaId(key), name, zone, (first,))


@pytest.fixture
def world(store: SqlStore, clock: MovableClock) -> Desk:
    """Ana by day in Berlin, Kei by day in Tokyo; the service names Berlin's rota alone."""
    people = (person("Ana", zone="Europe/Berlin", language="de"), person("Kei", zone="Asia/Tokyo", language="ja"))
    berlin, tokyo = day("night", "Berlin", "Europe/Berlin", "ana"), day("tokyo", "Tokyo", "Asia/Tokyo", "kei")
    site(store, people=people, rota=berlin, mail=service(policy=None), tokyo=tokyo)
    return Desk(store, clock)


def test_a_shift_of_a_month_gives_to_the_whole_month_that_follows(desk: Desk) -> None:
    turns = Rotation(datetime(2026, 3, 1, 8), (("ana",), ("ben",)), unit=Unit.month)
    with desk.store.write() as tx:
        tx.definitions.put("night", Rota(RotaId("night"), "Night", "UTC", (Layer("first", (turns,)),)))
    joint = desk.ask(reading.show, desk.clock(), "ana").handover.joint
    assert (joint.span.end - joint.span.start, joint.takes.end - joint.takes.start) == (31 * 86_400, 30 * 86_400)


def test_who_stands_on_the_rota_to_learn_neither_gives_nor_takes(desk: Desk, clock: MovableClock) -> None:
    shadow = person("Nia", role=Role.shadow)
    turns = Rotation(datetime(2026, 1, 5, 8), (("ana",), ("ben",)), unit=Unit.day)
    beside = Rotation(datetime(2026, 1, 5, 14), (("nia",), ()), unit=Unit.day)
    layers = (Layer("first", (turns,)), Layer("beside", (beside,), mode=LayerMode.adds))
    with desk.store.write() as tx:
        tx.definitions.put("nia", shadow)
        tx.definitions.put("night", Rota(RotaId("night"), "Night", "UTC", layers))
    joint = desk.ask(reading.show, clock(), "ben").handover.joint
    assert (joint.giving, joint.taking, joint.span.end - joint.span.start) == (("ben",), ("ana",), 86_400)
    with refuses("handover.none", NotFound):
        desk.ask(reading.show, clock(), "nia")


def test_tokyo_gives_to_berlin_and_berlin_to_tokyo(world: Desk) -> None:
    burning = world.do(tickets.create, title="Mail is down", service="mail", priority=1, by="kei").id
    view = world.ask(reading.show, world.clock(), "kei")
    joint = view.handover.joint
    assert (joint.rota, joint.to_rota, joint.giving, joint.taking) == ("tokyo", "night", ("kei",), ("ana",))
    assert (joint.span.end, joint.takes.start, joint.takes.end) == (EIGHT, EIGHT, EIGHT + 8 * 3600)
    assert [item.ticket for item in view.handover.items if item.ticket] == [burning]
    world.do(writing.next_step, ticket=burning, text="call", by="kei")
    world.do(writing.sign, by="kei")
    (told,) = [one for one in world.ask(lambda tx: tx.outbox.of_operation(world.last)) if one.person == "ana"]
    subject, body = subject_and_body(load("de", "Europe/Berlin", {}), told)
    assert "2026-03-02 08:00" in subject
    assert "Tokyo -> Berlin" in body
    world.clock.now = EIGHT
    world.do(taking.accept, everything=True, by="ana")
    back = world.ask(reading.show, world.clock(), "ana").handover.joint
    assert (back.rota, back.to_rota, back.taking) == ("night", "tokyo", ("kei",))
    assert (back.span.end, back.takes.start) == (EIGHT + 8 * 3600, EIGHT + 16 * 3600)  # nobody is there between
