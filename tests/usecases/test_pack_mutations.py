"""A pack in which anything at all was changed is refused with its place, or goes in whole: nothing in between."""

import copy
import random
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest

from supporttui import packs
from supporttui.domain.faults import SupportError
from supporttui.packs.writing import to_toml
from supporttui.usecases import packing
from supporttui.usecases.definitions import defining
from supporttui.usecases.definitions.defining import Pack
from tests.builders import NOW, Desk, MovableClock
from tests.quick import memory_store

pytestmark = pytest.mark.core

ODD: tuple[Any, ...] = (
    "", "x" * 5000, "\x00", "\x1b[31m", "24:00", "99:99", "../etc/passwd", "{title", 0, -1, 366, 10**9, 2**63, 10**30,
    1.5, float("nan"), True, [], [[]], ["x"] * 300, {}, {"a": 1}, date(1, 1, 1), date(9999, 12, 31),
    datetime(1, 1, 1), datetime(9999, 12, 31, 23, 59, 59), time(0),
)  # fmt: skip
SEEDS = range(12)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container in plain data with each of its keys."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from places(value[key])


def changed(data: Any, by: random.Random) -> Any:
    """The data with one thing otherwise: gone, another, of its kind or not, twice, or far too big."""
    where, key = by.choice(list(places(data)))
    value = where[key]
    match by.choice(["gone", "odd", "alike", "alike", "twice", "elsewhere", "big"]):
        case "gone":
            del where[key]
        case "odd":
            where[key] = copy.deepcopy(by.choice(ODD))
        case "alike":
            where[key] = copy.deepcopy(by.choice([odd for odd in ODD if type(odd) is type(value)] or ODD))
        case "twice" if isinstance(where, list):
            where.append(copy.deepcopy(value))
        case "elsewhere":
            where[key] = copy.deepcopy(by.choice([other[at] for other, at in places(data)]))
        case _ if type(value) is int:
            where[key] = value * by.choice([-1, 1000, 10**12])
    return data


def plain(name: str) -> Any:
    """A shipped pack as what TOML holds."""
    return tomllib.loads(packs.starter_text(name))


def applied(desk: Desk, pack: Pack) -> bool:
    try:
        desk.do(packing.apply, pack, by="root")
    except SupportError:
        return False
    return True


@pytest.mark.parametrize("seed", SEEDS)
def test_any_change_of_a_shipped_pack_is_refused_with_its_line_or_goes_in_whole(seed: int) -> None:
    by = random.Random(seed)
    text = to_toml(changed(plain(by.choice(packs.starters())), by))
    faults = tuple(packs.faults(text, zone="Europe/Berlin"))
    assert all(packs.line(text, fault) for fault in faults)
    if faults:
        return
    clock = MovableClock(NOW)
    desk, pack = Desk(memory_store(clock), clock), packs.parse(text, zone="Europe/Berlin")
    if applied(desk, pack):
        again = packs.parse(to_toml(desk.ask(packing.whole, NOW)), zone="UTC")
        assert not desk.ask(lambda tx: tuple(defining.faults(tx, again)))
    else:
        assert desk.store.head() == 0
        assert not desk.ask(lambda tx: tx.definitions.people())
    desk.store.close()
