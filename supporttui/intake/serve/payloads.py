"""A message as it came, read into flat fields: whatever cannot be read is told with its place."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from supporttui.domain.events.incoming import Signal
from supporttui.domain.faults import BadInput
from supporttui.domain.incoming.report import TEXT, Fields, Report, key_of, report, text_of
from supporttui.domain.incoming.source import IntakeSource, SourceKind

MOST_ALERTS = 1_000
MOST_FIELDS = 2_000
DEEPEST = 12
VERSION = "4"
"""Of Alertmanager's webhook."""
_BESIDE = ("receiver", "groupKey", "externalURL")
_COMMON = ("groupLabels", "commonLabels", "commonAnnotations")
_OWN = ("status", "startsAt", "endsAt", "generatorURL", "fingerprint")


@dataclass(frozen=True, slots=True)
class Message:
    """What one message says, as fields of each thing in it."""

    items: tuple[Fields, ...]
    id: str = ""
    """The sender's own, so that it is taken in once."""
    cut: int = 0
    """Items that the sender left out."""
    going_on: bool = False
    """Whether the sender says of all of it, with what it left out, that it goes on."""

    def reports(self, source: IntakeSource) -> tuple[Report, ...]:
        """By the source's texts and rules.

        What is over of a group may go on in those of it that were left out; only what names one item is sure.
        """
        found = (replace(report(source, fields), cut=self.cut) for fields in self.items)
        unsure = bool(self.cut) and self.going_on and "{fingerprint" not in text_of(source, "key")
        return tuple(replace(one, state=Signal.firing) if unsure else one for one in found)


def message(kind: SourceKind, body: bytes) -> Message:
    """Read a body by the kind of its source; mail is read by ``letters``.

    Raises:
        BadInput: ``intake.json``, ``intake.form``, ``intake.version``, ``intake.field``, ``intake.empty``.
    """
    if kind is SourceKind.alertmanager:
        return _alerts(_object(body))
    if kind is SourceKind.command and not body.lstrip().startswith(b"{"):
        return _text(body)
    return _form(_object(body))


# --- an object, and a text ---------------------------------------------------------------------------------


def _form(data: Mapping[str, Any]) -> Message:
    fields = dict(_flat(data))
    if not any(fields.get(name, "").strip() for name in fields):
        raise BadInput("intake.empty")
    return Message((fields,), id=key_of(fields.get("id", "").strip()))


def _text(body: bytes) -> Message:
    text = body.decode("utf-8", "replace").strip()
    if not text:
        raise BadInput("intake.empty")
    return Message(({"title": text.splitlines()[0], "text": text},))


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body.decode("utf-8-sig"))
    except json.JSONDecodeError as fault:
        raise BadInput("intake.json", line=fault.lineno, column=fault.colno, problem=fault.msg) from None
    except UnicodeDecodeError as fault:
        raise BadInput("intake.json", line=body.count(b"\n", 0, fault.start) + 1, column=1, problem="UTF-8") from None
    except (RecursionError, ValueError):  # thousands of brackets; a number of thousands of digits
        raise BadInput("intake.json", line=1, column=1, problem="too deep or too long") from None
    if not isinstance(data, dict):
        raise BadInput("intake.form", found=type(data).__name__)
    return data


def _flat(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Path → text. Raises BadInput ``intake.field`` for what is endless or too deep."""
    for count, (path, value) in enumerate(_leaves(data, "", 0)):
        if count >= MOST_FIELDS:
            raise BadInput("intake.field", field=path[:60], problem=f"> {MOST_FIELDS}")
        yield path, value


def _leaves(data: object, path: str, depth: int) -> Iterator[tuple[str, str]]:
    if depth > DEEPEST:
        raise BadInput("intake.field", field=path[:60], problem=f"depth > {DEEPEST}")
    match data:
        case Mapping():
            for key, value in data.items():
                yield from _leaves(value, f"{path}.{key}" if path else str(key), depth + 1)
        case list() if any(isinstance(one, dict | list) for one in data):
            for place, value in enumerate(data):
                yield from _leaves(value, f"{path}.{place}", depth + 1)
        case list():
            yield path, ", ".join(map(_scalar, data))
        case _:
            yield path, _scalar(data)


def _scalar(value: object) -> str:
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


# --- Alertmanager's webhook --------------------------------------------------------------------------------


def _alerts(data: Mapping[str, Any]) -> Message:
    if str(data.get("version", "")) != VERSION:
        raise BadInput("intake.version", found=str(data.get("version", "-"))[:20], wanted=VERSION)
    alerts = data.get("alerts")
    if not isinstance(alerts, list) or not alerts:
        raise BadInput("intake.field", field="alerts", problem="list")
    if len(alerts) > MOST_ALERTS:
        raise BadInput("intake.field", field="alerts", problem=f"> {MOST_ALERTS}")
    group = {name: _said(data, name) for name in _BESIDE}
    for name in _COMMON:
        group |= _labels(data, name, name)
    cut = data.get("truncatedAlerts") or 0
    if not isinstance(cut, int) or isinstance(cut, bool) or cut < 0:
        raise BadInput("intake.field", field="truncatedAlerts", problem=str(cut)[:40])
    items = tuple({**group, **_alert(one, place)} for place, one in enumerate(alerts))
    return Message(items, cut=min(cut, 10**9), going_on=data.get("status") == "firing")


def _alert(data: object, place: int) -> Fields:
    where = f"alerts[{place}]"
    if not isinstance(data, dict):
        raise BadInput("intake.field", field=where, problem=type(data).__name__)
    if data.get("status") not in ("firing", "resolved"):
        raise BadInput("intake.field", field=f"{where}.status", problem=str(data.get("status", "-"))[:40])
    labels = _labels(data, "labels", where + ".labels")
    own = {name: _said(data, name) for name in _OWN}
    return {**labels, **_labels(data, "annotations", where + ".annotations"), **own,
            "fingerprint": own["fingerprint"] or _fingerprint(sorted(labels.items()))}  # fmt: skip


def _labels(data: Mapping[str, Any], name: str, where: str) -> dict[str, str]:
    found = data.get(name) or {}
    if not isinstance(found, dict) or len(found) > MOST_FIELDS:
        raise BadInput("intake.field", field=where, problem=type(found).__name__)
    return {f"{name}.{key}": _scalar(value)[:TEXT] for key, value in found.items()}


def _said(data: Mapping[str, Any], name: str) -> str:
    return _scalar(data.get(name))[:TEXT]


def _fingerprint(labels: Sequence[tuple[str, str]]) -> str:
    """What tells alerts apart where the sender does not say."""
    return hashlib.sha256(json.dumps(labels).encode()).hexdigest()[:16]
