"""S33: staff and users live in different time zones."""

from datetime import datetime, time
from itertools import pairwise

import pytest

from supporttui.domain.rota.schedule import Layer, Restriction, Rotation, Unit
from supporttui.domain.spans import Instant
from supporttui.domain.wall import resolve
from supporttui.usecases import tickets
from tests.builders import opened, rota

ANCHOR = datetime(2026, 1, 5, 22)
AMSTERDAM = rota(
    zone="Europe/Amsterdam",
    layers=(
        Layer(
            "night",
            (Rotation(ANCHOR, (("ana",), ("ben",)), unit=Unit.day),),
            restrictions=(Restriction(time(22), time(6)),),
        ),
        Layer("day", (Rotation(ANCHOR, (("mia",),)),), restrictions=(Restriction(time(6), time(22)),)),
    ),
)


def seconds(written: str) -> int:
    return int(datetime.fromisoformat(written).timestamp())


@pytest.mark.parametrize(("night", "hours"), [("2026-03-28", 7), ("2026-10-24", 9), ("2026-06-01", 8)])
def test_a_night_in_amsterdam_is_as_long_as_its_clocks_make_it_and_nothing_is_left_open(shell, desk, night, hours):
    with desk.store.write() as tx:
        tx.definitions.put("night", AMSTERDAM)
    found = shell("rota", "show", "--week", night, "--zone", "Europe/Amsterdam", "--json").json["rotas"][0]
    duties = found["levels"]["1"]
    assert all(left["end"] == right["start"] for left, right in pairwise(duties))
    assert all(duty["people"] for duty in duties)
    evening = resolve(datetime.fromisoformat(f"{night}T22:00:00"), "Europe/Amsterdam")
    (during,) = [duty for duty in duties if seconds(duty["start"]) == evening]
    assert seconds(during["end"]) - seconds(during["start"]) == hours * 3600


def test_one_instant_is_shown_on_each_readers_clock(shell, desk):
    number = str(desk.do(tickets.open_ticket, opened(priority=1, zone="Asia/Tokyo")).id)
    assert "Opened: 2026-03-02 03:20 CET" in shell("ticket", "show", number, "--zone", "Europe/Berlin").out
    assert "Opened: 2026-03-02 11:20 JST" in shell("ticket", "show", number, "--zone", "Asia/Tokyo").out


def test_the_requesters_clock_is_on_the_ticket(shell, desk):
    number = str(desk.do(tickets.open_ticket, opened(zone="Asia/Tokyo")).id)
    assert "Their clock: 2026-03-02 11:20 JST" in shell("ticket", "show", number, "--zone", "Europe/Berlin").out
    elsewhere = str(desk.do(tickets.open_ticket, opened(zone="Mars/Olympus")).id)
    assert "Their clock" not in shell("ticket", "show", elsewhere).out


def test_what_is_stored_is_an_instant_and_no_wall_time(desk):
    stored = desk.do(tickets.open_ticket, opened())
    assert stored.created_at == Instant(desk.clock())
