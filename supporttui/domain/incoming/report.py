"""From the fields of what came in to a report: by the source's texts and rules alone."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase

from supporttui.domain.events.incoming import Signal
from supporttui.domain.ids import ServiceId
from supporttui.domain.incoming.source import IntakeSource, SourceKind, SourceRule
from supporttui.domain.priorities import Level
from supporttui.domain.spans import Instant, Span
from supporttui.domain.states import Kind
from supporttui.domain.text import storable

Fields = Mapping[str, str]
"""Path of a field → its text, such as ``labels.severity`` → ``critical``."""

TITLE, TEXT, SHORT = 200, 20_000, 200
"""The longest that is kept of a title, a text, any other field."""
KEY = 500
"""Bytes of a key; a longer one is shortened, and stays its own (an index of PostgreSQL takes 2,704)."""
_COMPARED = 1_000
_PLACE = re.compile(r"\{([^{}]*)\}")
_NAME = re.compile(r"[^{}|\s]+")
_OVER = frozenset({"resolved", "ok", "up", "recovered", "recovery", "closed", "clear", "cleared", "normal", "inactive"})
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")

_USUAL: Mapping[SourceKind, Mapping[str, str]] = {
    SourceKind.alertmanager: {
        "title": "{commonAnnotations.summary|annotations.summary|commonLabels.alertname|labels.alertname}",
        "text": "{commonAnnotations.description|annotations.description|annotations.message}",
        "key": "{groupKey}",
        "state": "{status}",
        "link": "{generatorURL|externalURL}",
        "category": "{labels.category}",
    },
    SourceKind.json: {
        "title": "{title|subject|summary}",
        "text": "{text|description|message}",
        "key": "{key}",
        "state": "{status|state}",
        "link": "{url|link}",
        "category": "{category}",
        "requester": "{requester|from}",
        "language": "{language}",
    },
    SourceKind.mail: {"title": "{subject}", "text": "{body}", "requester": "{from}", "language": "{language}"},
}
_AS_JSON = _USUAL[SourceKind.json]


@dataclass(frozen=True, slots=True)
class Report:
    """One thing that a source reports."""

    key: str
    """Empty: folds with nothing."""
    title: str
    service: ServiceId
    state: Signal = Signal.firing
    text: str = ""
    category: str = ""
    requester: str = ""
    language: str = ""
    link: str = ""
    kind: Kind = Kind.incident
    impact: Level = Level(2)
    urgency: Level = Level(2)
    cut: int = 0
    """Of what the sender says it left out, how much."""
    window: Span | None = None
    """When it announces that something is done, if it does."""
    left_out: bool = False
    """A rule says not to take it in."""

    @property
    def pressing(self) -> tuple[int, int]:
        """Of several the least is the most pressing."""
        return self.impact + self.urgency, self.impact


def report(source: IntakeSource, fields: Fields) -> Report:
    """What a source reports with these fields."""
    said = {name: fill(text_of(source, name), fields) for name in _AS_JSON}
    ruled = _ruled(source, fields)
    given = source.kind in (SourceKind.json, SourceKind.command)
    return Report(
        key=key_of(said["key"]),
        title=_one_line(said["title"], TITLE) or _one_line(said["text"], TITLE) or source.name or source.id,
        service=ruled.service or source.service,
        state=Signal.resolved if said["state"].casefold() in _OVER else Signal.firing,
        text=said["text"][:TEXT],
        category=_one_line(ruled.category if ruled.category is not None else said["category"], SHORT),
        requester=_one_line(said["requester"], SHORT),
        language=said["language"].replace("_", "-") if _TAG.fullmatch(said["language"]) else "",
        link=_one_line(said["link"], TITLE * 5),
        kind=ruled.ticket_kind or source.ticket_kind,
        impact=ruled.impact or (_level(fields, "impact") if given else None) or source.impact,
        urgency=ruled.urgency or (_level(fields, "urgency") if given else None) or source.urgency,
        window=_window(fields) if given else None,
        left_out=bool(ruled.leave_out),
    )


def key_of(text: str) -> str:
    """A key or an id of another system as both databases can hold it and find it by.

    >>> key_of("disk"), len(key_of("x" * 9_999)), key_of("x" * 999) == key_of("x" * 998)
    ('disk', 133, False)
    """
    key = storable(text)
    if len(key.encode()) <= KEY:
        return key
    return f"{key[:100]}~{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def folded(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports of one key as one: it goes on while any does, as pressing as the most pressing of those.

    >>> one = Report("k", "Disk full", "erp")
    >>> folded([replace(one, state=Signal.resolved), replace(one, title="Disk fuller"), one])[0].title
    'Disk fuller'
    """
    by_key: dict[str, list[Report]] = {}
    for place, one in enumerate(reports):
        by_key.setdefault(one.key or f"\0{place}", []).append(one)
    return tuple(map(_one_of, by_key.values()))


def _one_of(alike: Sequence[Report]) -> Report:
    going_on = [one for one in alike if one.state is not Signal.resolved] or list(alike)
    worst = min(going_on, key=lambda one: one.pressing)
    texts = dict.fromkeys(_told(one, several=len(alike) > 1) for one in alike)
    return replace(going_on[0], impact=worst.impact, urgency=worst.urgency, text="\n".join(filter(None, texts))[:TEXT])


def _told(one: Report, *, several: bool) -> str:
    """What one of several says, with its own title before it."""
    if not several:
        return one.text
    over = " ✓" if one.state is Signal.resolved else ""
    return f"{one.title}{over}: {one.text}" if one.text and one.text != one.title else f"{one.title}{over}"


def text_of(source: IntakeSource, name: str) -> str:
    """The source's own text of a field, or what is usual for its kind."""
    return getattr(source, name) or _USUAL.get(source.kind, _AS_JSON).get(name, "")


def fill(text: str, fields: Fields) -> str:
    """The text with fields in their places; one that is not there leaves nothing.

    >>> fill("{labels.host|host}: {what}", {"host": "db1", "what": " full "})
    'db1: full'
    """
    return _PLACE.sub(lambda place: _first(place[1], fields), text).strip()


def defects(text: str) -> tuple[str, ...]:
    """What in a source's text begins as a place and is none.

    >>> defects("{a|b} {c, {} {d e}")
    ('{}', '{d e}', '{c,')
    """
    bad = [place[0] for place in _PLACE.finditer(text) if not all(map(_NAME.fullmatch, place[1].split("|")))]
    stray = re.findall(r"[{}]\S*", _PLACE.sub("", text))
    return (*bad, *stray)


def _first(names: str, fields: Fields) -> str:
    found = (fields.get(name, "").strip() for name in names.split("|"))
    return next(filter(None, found), "")


def _ruled(source: IntakeSource, fields: Fields) -> SourceRule:
    """All that the rules say of these fields, the first word on each matter."""
    fitting = [rule for rule in source.rules if _fits(rule, fields)]

    def first(name: str) -> Iterator[object]:
        return (value for rule in fitting if (value := getattr(rule, name)) is not None)

    said = ("service", "category", "ticket_kind", "impact", "urgency", "leave_out")
    return replace(SourceRule(), **{name: next(first(name), None) for name in said})  # type: ignore[arg-type]


def _fits(rule: SourceRule, fields: Fields) -> bool:
    return all(
        fnmatchcase(fields.get(name, "")[:_COMPARED].casefold(), _pattern(wanted)) for name, wanted in rule.when.items()
    )


def _pattern(wanted: str) -> str:
    """Only ``*`` means more than itself."""
    return re.sub(r"[\[?]", lambda sign: f"[{sign[0]}]", wanted.casefold())


def _level(fields: Fields, name: str) -> Level | None:
    text = fields.get(name, "").strip()
    return Level(int(text)) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) else None


def _window(fields: Fields) -> Span | None:
    """From ``starts`` to ``ends``, in ISO 8601 with an offset: no zone is guessed, and what is no window is none."""
    start, end = (_instant(fields.get(name, "").strip()) for name in ("starts", "ends"))
    return Span(start, end) if start is not None and end is not None and start < end else None


def _instant(text: str) -> Instant | None:
    """An instant of another system.

    >>> _instant("2026-03-01T22:00+01:00"), _instant("2026-03-01T22:00"), _instant("soon")
    (1772398800, None, None)
    """
    try:
        found = datetime.fromisoformat(text)
        return None if found.tzinfo is None else Instant(int(found.timestamp()))
    except (ValueError, OverflowError):
        return None


def _one_line(text: str, most: int) -> str:
    return " ".join(text.split())[:most]
