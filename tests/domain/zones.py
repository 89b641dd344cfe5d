"""Every time zone and each change of its clocks, read from the zone files themselves."""

import functools
import struct
import zoneinfo
from importlib import resources
from pathlib import Path

from supporttui.domain.spans import Instant

_FIRST = 0
"""Zones are walked from 1970 on: before, service hours are closed."""


@functools.cache
def zones() -> tuple[str, ...]:
    """One name for each different set of rules."""
    by_rules = {_content(name): name for name in sorted(zoneinfo.available_timezones(), reverse=True)}
    return tuple(sorted(by_rules.values()))


@functools.cache
def transitions(zone: str) -> tuple[tuple[Instant, int, int], ...]:
    """(instant, offset before, offset after) of every change of the clocks from 1970 on."""
    data = _content(zone)
    counts = struct.unpack(">6l", data[20:44])
    # The second block has 64-bit times; it follows the first one, whose size its counts tell.
    utc, std, leap, times, types, chars = counts
    second = data[44 + times * 5 + types * 6 + chars + leap * 8 + std + utc :]
    _, _, _, times, types, _ = struct.unpack(">6l", second[20:44])
    instants = struct.unpack(f">{times}q", second[44 : 44 + times * 8])
    kinds = second[44 + times * 8 : 44 + times * 9]
    offsets = [
        struct.unpack(">lbb", second[at : at + 6])[0] for at in range(44 + times * 9, 44 + times * 9 + types * 6, 6)
    ]
    found = []
    before = offsets[0]
    for instant, kind in zip(instants, kinds, strict=True):
        if instant >= _FIRST and offsets[kind] != before:
            found.append((Instant(instant), before, offsets[kind]))
        before = offsets[kind]
    return tuple(found)


def _content(zone: str) -> bytes:
    """The file that ``zoneinfo`` reads: the system's where it has one, which may be of another version."""
    for folder in zoneinfo.TZPATH:
        if Path(folder, zone).is_file():
            return Path(folder, zone).read_bytes()
    return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
