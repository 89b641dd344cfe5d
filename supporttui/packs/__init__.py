"""Data that comes with the program: mapping presets for imports and starter policies."""

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.resources import files
from typing import Any

from supporttui.domain.faults import BadInput, NotFound
from supporttui.domain.plain import faults_of, from_plain
from supporttui.domain.wall import zone as zone_named
from supporttui.packs.places import line_of
from supporttui.usecases.definitions.defining import Pack

SITE_ZONE = "site"
"""In a pack, the zone of the site that applies it."""
_WALL = frozenset({"date and time", "date", "time"})


@functools.cache
def presets() -> tuple[str, ...]:
    """Names of the mapping presets, sorted."""
    return _names("presets")


@functools.cache
def starters() -> tuple[str, ...]:
    """Names of the starter packs, sorted."""
    return _names("")


def preset(name: str) -> str:
    """The text of a mapping preset; a good start for a site's own.

    Raises:
        NotFound: ``pack.unknown``.
    """
    if name not in presets():
        raise NotFound("pack.unknown", pack=name[:60], allowed=", ".join(presets()))
    return (files(__name__) / "presets" / f"{name}.toml").read_text(encoding="utf-8")


def starter_text(name: str = "starter") -> str:
    """The text of a starter pack; its comments say what each default assumes.

    Raises:
        NotFound: ``pack.unknown``.
    """
    if name not in starters():
        raise NotFound("pack.unknown", pack=name[:60], allowed=", ".join(starters()))
    return (files(__name__) / f"{name}.toml").read_text(encoding="utf-8")


def starter(name: str = "starter", *, zone: str) -> Pack:
    """A starter pack for a site in this zone.

    Raises:
        NotFound: ``pack.unknown``.
        BadInput: ``zone.unknown``.
    """
    return parse(starter_text(name), zone=zone)


def parse(text: str, *, zone: str) -> Pack:
    """A pack from its TOML text; every ``zone = "site"`` becomes this zone.

    Raises:
        BadInput: ``zone.unknown``, ``plain.…`` (with the path of the key), ``pack.toml``.
    """
    return from_plain(Pack, _data(text, zone))


def faults(text: str, *, zone: str) -> Iterator[BadInput]:
    """Every fault for which ``parse`` would end at the first."""
    try:
        data = _data(text, zone)
        found = tuple(faults_of(Pack, data))
        if not found:
            from_plain(Pack, data)
    except BadInput as fault:
        found = (fault,)
    yield from (_with_offset(text, fault) for fault in found)


def _with_offset(text: str, fault: BadInput) -> BadInput:
    """A time with an offset where the wall clock's is meant is told as what stands there, not as an instant."""
    if fault.code != "plain.type" or fault.params["expected"] not in _WALL:
        return fault
    found: Any = tomllib.loads(text)
    for key in re.findall(r"[^.\[\]]+", str(fault.params["where"])):
        found = found[int(key)] if isinstance(found, list) else found[key]
    if not isinstance(found, datetime):
        return fault
    return BadInput("pack.offset", where=fault.params["where"], found=found.isoformat())


def line(text: str, fault: BadInput) -> int | None:
    """The line of a pack's text in which a fault is, 1 first; ``None`` for one that has no place."""
    if fault.code == "pack.toml":
        known = re.search(r"at line (\d+)", str(fault.params["problem"]))
        return int(known.group(1)) if known is not None else text.count("\n") + 1
    path = fault.params.get("path") or fault.params.get("where")
    return line_of(text, str(path)) if path else None


def _data(text: str, zone: str) -> Any:
    zone_named(zone)
    try:
        return _read(tomllib.loads(text), zone)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput("pack.toml", problem=str(fault)[:120]) from None
    except RecursionError:  # thousands of brackets, which no pack has
        raise BadInput("pack.toml", problem="nested too deeply") from None


def _read(data: Any, zone: str) -> Any:
    """The site's zone in its places; a time with an offset is an instant."""
    if isinstance(data, dict):
        return {
            key: zone if key == "zone" and value == SITE_ZONE else _read(value, zone) for key, value in data.items()
        }
    if isinstance(data, datetime) and data.tzinfo is not None:
        return int(data.timestamp())
    return [_read(item, zone) for item in data] if isinstance(data, list) else data


def _names(folder: str) -> tuple[str, ...]:
    found = files(__name__) / folder if folder else files(__name__)
    names = (entry.name for entry in found.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def demo_site() -> Pack:
    """The definitions of the demo's site; it writes the replies of the starter pack."""
    return replace(parse(demo_text("site"), zone="UTC"), templates=starter(zone="UTC").templates)


def demo_text(name: str) -> str:
    """The text of a file of the demo: ``site`` or ``tickets``."""
    return (files(__name__) / "demo" / f"{name}.toml").read_text(encoding="utf-8")
