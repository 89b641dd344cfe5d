"""What a foreign file means, as data: a mapping file (TOML) says which column is what.

Presets are mapping files that come with the program; a site's own is a path to one.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from supporttui import packs
from supporttui.domain.events import Kind
from supporttui.domain.faults import BadInput
from supporttui.domain.plain import from_plain
from supporttui.domain.wall import zone

MAX_MAPPING_BYTES = 1 << 20
_NO_DELIMITERS = '"\r\n\0'
_DATE_PARTS = "aAwdbBmyYHIpMSfzZjUWcxXGuV%"
ISO = "iso"
"""In ``dates``: ISO 8601, with or without an offset."""
EPOCH, EPOCH_MS = "epoch", "epoch_ms"
"""In ``dates``: seconds or milliseconds since 1970 in UTC."""


class Format(StrEnum):
    """How the file is written."""

    csv = "csv"
    json = "json"
    """A document with an array of objects, or one object a line; columns are paths such as ``fields.status.name``."""


class HistoryKind(StrEnum):
    """What a row of the file is."""

    events = "events"
    """One row per update; the rows of a number together are its history."""
    tickets = "tickets"
    """One row per ticket, as it stands now."""


class Encoding(StrEnum):
    """Encodings a file may declare; ``utf-8`` takes a byte order mark as well."""

    utf8 = "utf-8"
    utf8_sig = "utf-8-sig"
    latin1 = "latin-1"
    cp1252 = "cp1252"


class MappedState(StrEnum):
    """Our states, and ``unchanged`` for a value that says nothing: the state before it stays."""

    new = "new"
    active = "active"
    waiting_requester = "waiting_requester"
    waiting_vendor = "waiting_vendor"
    scheduled = "scheduled"
    resolved = "resolved"
    closed = "closed"
    unchanged = "unchanged"


@dataclass(frozen=True, slots=True)
class StateRule:
    """What one foreign state is here."""

    state: MappedState
    reason: str = ""
    """Hold reason: the finer word."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A value from a column through a map; a value outside the map is ``default``, or else refused."""

    column: str
    map: Mapping[str, str] = field(default_factory=dict)
    default: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """Our word → the file's column."""

    number: str
    state: str
    opened: str = ""
    at: str = ""
    """When the row was written."""
    responded: str = ""
    resolved: str = ""
    closed: str = ""
    """Instants of the milestones, where a row is a whole ticket."""
    actor: str = ""
    team: str = ""
    owner: str = ""
    resolver: str = ""
    requester: str = ""
    category: str = ""
    text: str = ""
    language: str = ""
    resolution: str = ""
    priority: str = ""
    impact: str = ""
    urgency: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A whole mapping file."""

    system: str
    """Under this name the foreign number becomes a reference."""
    columns: Columns
    states: Mapping[str, StateRule]
    service: str | Lookup
    team: str
    """Our team for rows that name none."""
    title: tuple[str, ...]
    """Columns that are joined to the title."""
    zone: str
    dates: tuple[str, ...] = (ISO,)
    """``strptime`` formats, tried in this order, or ``iso``."""
    history: HistoryKind = HistoryKind.events
    format: Format = Format.csv
    rows: str = ""
    """Path of the array in a JSON document; objects a line, or an array alone, need none."""
    apostrophes: bool = False
    """An apostrophe before a formula's sign only keeps a spreadsheet from running it, and is left out."""
    encoding: Encoding = Encoding.utf8
    delimiter: str = ","
    missing: tuple[str, ...] = ()
    """Cells that mean "nothing", beside the empty one."""
    optional: tuple[str, ...] = ()
    """Columns that the file may lack."""
    state_default: StateRule | None = None
    """For states outside the map; without it their rows are refused."""
    kind: str | Lookup = Kind.incident.value
    priorities: Mapping[str, int] = field(default_factory=dict)
    """Words for priority, impact and urgency; others are read by their leading number."""
    priority_default: int = 3
    teams: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    """Foreign name → our id, where it is not the name itself."""
    derive_response: bool = False
    """The first leaving of ``new`` counts as first response, marked as derived."""
    file: str = ""
    """Where it was read from, for reports."""


def load(name: str, *, zone_name: str | None = None) -> MappingFile:
    """The mapping of this preset, or of the file at this path.

    Raises:
        BadInput: ``import.preset_unknown``, ``import.mapping_unreadable``, ``import.mapping_toml``,
            ``import.mapping_key``, ``import.mapping_missing``, ``import.mapping_value`` or ``zone.unknown``.
    """
    text = packs.preset(name) if name in packs.presets() else _read(name)
    mapping = parse(text, file=name)
    if zone_name:
        mapping = replace(mapping, zone=zone_name)
    zone(mapping.zone)
    return mapping


def parse(text: str, *, file: str) -> MappingFile:
    """A mapping from the text of its file; faults name the file and the key.

    Raises:
        BadInput: as ``load``.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadInput("import.mapping_toml", file=file, problem=str(fault)[:120]) from None
    try:
        mapping = from_plain(MappingFile, {**_with_rules(data), "file": file})
    except BadInput as fault:
        raise _explained(fault, file) from None
    _check(mapping)
    return mapping


def _read(name: str) -> str:
    path = Path(name).expanduser()
    if not path.suffix and len(path.parts) <= 1 and (not name or not path.exists()):
        raise BadInput("import.preset_unknown", preset=name[:60], allowed=", ".join(packs.presets()))
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_MAPPING_BYTES).decode()
    except (OSError, ValueError) as fault:
        problem = getattr(fault, "strerror", None) or "UTF-8"
        raise BadInput("import.mapping_unreadable", file=name, problem=problem) from None


def _with_rules(data: Mapping[str, Any]) -> dict[str, Any]:
    """A state may be a bare word instead of a table."""
    result = dict(data)
    if isinstance(states := data.get("states"), Mapping):
        result["states"] = {key: _rule(value) for key, value in states.items()}
    if "state_default" in data:
        result["state_default"] = _rule(data["state_default"])
    return result


def _rule(value: object) -> object:
    return {"state": value} if isinstance(value, str) else value


def _explained(fault: BadInput, file: str) -> BadInput:
    """The fault of a plain value, said as a fault of this file."""
    params = fault.params
    key = str(params.get("where", "-"))
    if fault.code == "plain.unknown":
        return BadInput("import.mapping_key", file=file, key=key, allowed=params["allowed"])
    if fault.code == "plain.missing":
        return BadInput("import.mapping_missing", file=file, key=key)
    allowed = params.get("allowed", params.get("expected", "-"))
    return BadInput("import.mapping_value", file=file, key=key, found=params["found"], allowed=allowed)


def _is_form(form: str) -> bool:
    """Whether it is one of ours, or ``strptime`` knows every part of it."""
    parts = re.findall("%(.?)", form)
    return form in (ISO, EPOCH, EPOCH_MS) or (bool(parts) and all(part and part in _DATE_PARTS for part in parts))


def _check(mapping: MappingFile) -> None:
    """What the types cannot say."""
    kind = mapping.kind
    kinds = {kind} if isinstance(kind, str) else {*kind.map.values(), kind.default}
    wrong = sorted(kinds - set(Kind) - {""})
    divides = len(mapping.delimiter) == 1 and mapping.delimiter not in _NO_DELIMITERS
    dates = bool(mapping.dates) and all(map(_is_form, mapping.dates))
    timed = bool(mapping.columns.at) or mapping.history is HistoryKind.tickets
    dated = bool(mapping.columns.opened or mapping.columns.at)
    checks: tuple[tuple[str, bool, str, str], ...] = (
        ("delimiter", divides, mapping.delimiter, "; , |"),
        ("kind", not wrong, ", ".join(wrong), ", ".join(Kind)),
        ("title", bool(mapping.title), "[]", '["…"]'),
        ("dates", dates, ", ".join(mapping.dates), f"{ISO}, %d/%m/%Y %H:%M"),
        ("columns.opened", dated, '""', "columns.opened, columns.at"),
        ("columns.at", timed, '""', "columns.at"),
        ("priority_default", 1 <= mapping.priority_default <= 9, str(mapping.priority_default), "1 … 9"),
        ("system", bool(mapping.system.strip()), mapping.system, '"…"'),
    )
    for key, holds, found, allowed in checks:
        if not holds:
            raise BadInput("import.mapping_value", file=mapping.file, key=key, found=found, allowed=allowed)
