"""Every fault of what is set, not only the first: what ``config validate`` tells.

``load`` ends at the first fault, for a desk must not begin with half of its settings; a person who mends a file
wants to see all of them.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from supporttui.domain.faults import BadInput
from supporttui.domain.plain import faults_of, from_plain
from supporttui.settings.bounds import outside
from supporttui.settings.loading import Layer, flat, laid, not_toml
from supporttui.settings.sources import Origins, Source, not_allowed, pointed
from supporttui.settings.values import Loaded, Settings

_MOST_SYNTAX = 20
"""Lines that are no TOML after which a file is taken for something else."""


def faults_in(kind: type[Any], table: Mapping[str, Any], *, at: str = "", origins: Origins) -> Iterator[BadInput]:
    """Every fault of a part's table: what ``fill`` would raise, one after the other, each with its nearest guess."""
    found = tuple(faults_of(kind, table, where=at))
    yield from (pointed(_guessed(fault), origins) for fault in found)
    if not found:
        yield from (not_allowed(beyond, origins) for beyond in outside(from_plain(kind, table, where=at), at))


def read(source: Source) -> tuple[Layer, tuple[BadInput, ...]]:
    """What a file sets apart from the lines that are no TOML, and a fault for each of those.

    A faulty line is passed over and the rest is read again. Where that does not help, the file ends there.
    """
    lines, found = source.text.splitlines(), list[BadInput]()
    while len(found) < _MOST_SYNTAX:
        try:
            return Layer(source, flat(tomllib.loads("\n".join(lines)))), tuple(found)
        except tomllib.TOMLDecodeError as error:
            fault = not_toml(Source(source.name, "\n".join(lines)), str(error))
            line = int(fault.params["line"])
            found.append(fault)
            if not 0 < line <= len(lines) or "=" not in lines[line - 1]:
                break
            lines[line - 1] = ""
    return Layer(source, {}), tuple(found)


def check(layers: Sequence[Layer], *, site: Layer) -> tuple[Loaded, tuple[BadInput, ...]]:
    """Every fault of each layer by itself; and the settings that stand without what is faulty."""
    found: list[BadInput] = []
    sound: list[Layer] = []
    for layer in layers:
        origins = dict.fromkeys(layer.table, layer.source)
        faults = tuple(faults_in(Settings, layer.table, origins=origins))
        bad = {str(fault.params["key"]).split(".")[0].split("[")[0] for fault in faults}
        sound.append(Layer(layer.source, {key: value for key, value in layer.table.items() if key not in bad}))
        found += faults
    while True:
        try:
            return laid(sound, site=site), tuple(found)
        except BadInput as fault:
            key = str(fault.params["key"])
            found.append(fault)
            sound = [Layer(x.source, {k: v for k, v in x.table.items() if k != key}) for x in sound]


def _guessed(fault: BadInput) -> BadInput:
    """With the known name that looks most like the wrong one."""
    allowed = str(fault.params.get("allowed", ""))
    wrong = str(fault.params.get("found") or str(fault.params.get("where", "")).rsplit(".", 1)[-1])
    near = get_close_matches(wrong, allowed.split(", "), n=1) if allowed else []
    return BadInput(fault.code, **{**fault.params, "suggestion": near[0]}) if near else fault
